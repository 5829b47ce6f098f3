"""From the first page to the receipt in every way: phone or desktop, script or none, both languages, both sizes.

Pairwise, not every combination: each two properties meet in each of their values.
"""

from __future__ import annotations

from itertools import combinations, product

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from onething.cases.models import Case
from onething.registry.models import Person
from tests.journeys import citizen, stage

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
VALUES = (("phone", "desktop"), (True, False), ("zh-hans", "en"), (0, 2))
WAYS = [
    ("phone", True, "zh-hans", 0),
    ("phone", False, "en", 2),
    ("desktop", True, "en", 2),
    ("desktop", False, "zh-hans", 2),
    ("desktop", False, "en", 0),
]
"""Size, script, language, care mode."""


def test_each_two_properties_meet() -> None:
    for one, other in combinations(range(4), 2):
        met = {(way[one], way[other]) for way in WAYS}
        assert met == set(product(VALUES[one], VALUES[other])), (one, other)


@pytest.mark.parametrize(("size", "script", "language", "care"), WAYS)
def test_from_the_first_page_to_the_receipt(
    chromium: Browser, live_server: LiveServer, soldier: Person, size: str, script: bool, language: str, care: int
) -> None:
    width, height = SIZES[size]
    with chromium.new_context(
        viewport={"width": width, "height": height}, base_url=live_server.url, java_script_enabled=script
    ) as context:
        context.set_default_timeout(15_000)
        wishes = {"django_language": language, "onething_care": str(care)}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in wishes.items()])
        page, given = context.new_page(), stage.answers()
        citizen.sign_in(page)
        citizen.choose_life_event(page)
        citizen.answer_questions(page, given)
        citizen.fill_the_form(page, given)
        citizen.hand_in_papers(page)
        number = citizen.submit(page)
        assert Case.objects.get(number=number).person_id == soldier.pk
        expect(page.locator("html")).to_have_attribute("lang", "en" if language == "en" else "zh-CN")
        expect(page.locator("body[data-weui-mode=care]")).to_have_count(1 if care else 0)
