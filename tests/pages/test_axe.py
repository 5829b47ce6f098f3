"""axe finds nothing on any page: both languages, both faces, ordinary and care mode."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.pages.conftest import DESKTOP, PHONE, House
from tests.pages.world import PageSeen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("care", [0, 3], ids=["ordinary", "care"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_portal(house: House, language: str, care: int) -> None:
    _nothing_is_found(house, house.portal(), PHONE, language=language, care=care)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_workbench(house: House, language: str) -> None:
    _nothing_is_found(house, house.workbench(), DESKTOP, language=language)


def _nothing_is_found(house: House, pages: list[PageSeen], size: tuple[int, int], **wishes: object) -> None:
    assert len(pages) > 15
    found = []
    for reader, theirs in house.by_reader(pages):
        with house.open(reader, size, **wishes) as context:
            page = context.new_page()
            for one in theirs:
                page.goto(one.address)
                found += [f"{one}: {words}" for words in _violations(page)]
    assert not found, "\n".join(found)


def _violations(page: Page) -> list[str]:
    answer = Axe().run(page, options={"resultTypes": ["violations"], **RULES}).response
    return [
        f"{one['id']}: {node['target']} {node['html'][:150]}" for one in answer["violations"] for node in one["nodes"]
    ]
