"""The registry's pages in a real browser, on a desk and on a phone: nothing sticks out, nothing is inaccessible."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from onething.kernel.access import SYSTEM
from onething.registry import queries, services
from onething.registry.tests.factories import NOW, load_regions, person
from onething.registry.tests.rosters import row, text
from tests.journeys.conftest import chromium  # noqa: F401  # a fixture
from tests.registry.test_pages import staff, targets, upload, work

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SIZES = {"desk": (1280, 900), "phone": (390, 844)}


def busy_desk() -> tuple[Client, dict[str, str]]:
    """A desk in the middle of its day; gives the clerk and the pages' addresses."""
    load_regions()
    known, clerk = person(name="贺长平"), staff()
    for source, rank in (("army:x", "中士"), ("person:desk", "上士")):
        services.record_statement(
            person_id=known.pk, section="service", source=source, actor=SYSTEM, now=NOW,
            values={"enlisted_on": "2008-12", "discharged_on": "2026-09-01", "rank": rank, "unit": "某部"},
        )  # fmt: skip
    services.record_statement(
        person_id=known.pk, section="bank_card", source="bank:x", actor=SYSTEM, now=NOW,
        values={"number": "6222021234567890128", "bank": "清和银行"},
    )  # fmt: skip
    services.note_archive(
        person_id=known.pk, kind="sent", day=NOW.date(), outside="某部", way="机要", actor=SYSTEM, now=NOW
    )
    stated = queries.person_file(SYSTEM, known.pk).entries[0]
    asked = services.ask_correction(
        person_id=known.pk, section="service", match=stated.match, field="rank", wanted="上士",
        because="退役证上是上士", actor=SYSTEM, now=NOW,
    )  # fmt: skip
    there = upload(clerk, text(row("甲乙"), row("李?", 手机号="1"), row("丙丁", 退役时间="2026.9")))
    work(clerk, there, "check", column=targets(there))
    good = upload(clerk, text(row("何远"), row("沈知行", 手机号="")))
    work(clerk, good, "check", column=targets(good))
    work(clerk, good, "apply")
    return clerk, {
        "find": reverse("registry:find"),
        "person": reverse("registry:person", args=[known.pk]),
        "record": reverse("registry:record", args=[known.pk, "service"]),
        "corrections": reverse("registry:corrections"),
        "correction": reverse("registry:correction", args=[asked.pk]),
        "arrivals": reverse("registry:arrivals"),
        "rosters": reverse("registry:rosters"),
        "roster": there,
        "imported": good,
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", list(SIZES))
def test_the_pages_stand_on_a_desk_and_on_a_phone(
    chromium: Browser,  # noqa: F811  # the fixture
    live_server: LiveServer,
    tmp_path: Path,
    size: str,
    language: str,
) -> None:
    clerk, pages = busy_desk()
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, base_url=live_server.url)
    cookies = {"sessionid": clerk.cookies["sessionid"].value, "django_language": language}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    page = context.new_page()
    wrong = []
    for name, address in pages.items():
        page.goto(address)
        page.screenshot(path=tmp_path / f"{name}-{size}-{language}.png", full_page=True)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{name} sticks out")
        wrong += [
            f"{name}: {found['id']} {found['nodes'][0]['html']}" for found in Axe().run(page).response["violations"]
        ]
    context.close()
    assert not wrong, wrong
