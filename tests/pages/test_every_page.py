"""Every page is looked at, and axe and the measures of care mode find nothing: both languages, both faces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

from tests.pages.conftest import DESKTOP, NARROW, PHONE, House
from tests.pages.listing import PageSeen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

NO_PAGE = {
    "identity:leave": "goes out to the provider",
    "identity:come_back": "comes back from the provider and goes on",
    "registry:export": "a file",
    "catalogue:years": "goes on to this year",
    "catalogue:settings_asked": "goes on to the settings",
    "healthz": "programs ask whether we live",
    "readyz": "programs ask whether we work",
    "metrics": "programs ask how we are",
    "cases:page_file": "the photo itself, inside the page of the papers",
    "cases:draft": "leads on to where the form was left",
    "exchange:next": "leads on to the next thing to do",
    "correspondence:document": "a PDF",
    "correspondence:enclosure": "a PDF",
    "cases:order_paper": "the paper itself, inside the page of the order",
    "cases:desk_paper": "the paper itself, inside the page of the case",
    "correspondence:root_certificate": "a certificate",
    "appointments:calendar_file": "an entry for a calendar",
}
"""What can be opened and shows no page of its own: why."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
MEASURE = (Path(__file__).parent / "measure.js").read_text()
CARE = {"text": 18, "line": 1.5, "target": 60, "contrast": 4.5}
"""Source: issue 4, and 工信部 "移动互联网应用（APP）适老化通用设计规范" (18 dp and more, 60 × 60 for main targets)."""
ORDINARY = {"text": 14, "line": 1.0, "target": 24, "contrast": 4.5}
ANY = {"text": 0, "line": 0, "target": 0, "contrast": 0}
LIVE = ("appointments:ticket", "appointments:screen")
"""These turn by themselves, with no script: whose turn it is changes by the minute (WCAG 2.2.1 allows that)."""
ZOOMED = (640, 400)
"""A window of 1280 × 800 at 200 %."""


def test_every_route_shows_a_page_or_says_why_not(house: House) -> None:
    """A new route needs somebody in `world.py` who can open it, or a reason above."""
    unseen = {route: answer for route, answer in house.dark.items() if route not in NO_PAGE}
    assert not unseen, "\n".join(f"{route}: {answer}" for route, answer in unseen.items())
    assert not NO_PAGE.keys() - house.dark.keys(), "these show a page by now"


@pytest.mark.parametrize(("language", "care"), [("zh-hans", 0), ("zh-hans", 1), ("en", 3)])
def test_portal(house: House, language: str, care: int) -> None:
    """The figures hold on the smallest phone, with everything that folds open."""
    least = CARE if care else ORDINARY
    found = _found(house, house.portal(), (PHONE, NARROW), least, language=language, care=care)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_workbench(house: House, language: str) -> None:
    """At 200 percent nothing scrolls sideways."""
    found = _found(house, house.workbench(), (DESKTOP, ZOOMED), ANY, language=language)
    assert not found, "\n".join(found)


Size = tuple[int, int]


def _found(
    house: House, pages: list[PageSeen], sizes: tuple[Size, Size], least: dict[str, float], **wishes: Any
) -> list[str]:
    """Let axe look at pages of the first size, and measure them at the second; give what is wrong."""
    found, texts, tapped = [], 0, 0
    for reader, theirs in house.by_reader(pages):
        with house.open(reader, sizes[0], **wishes) as context:
            context.add_init_script(path=AXE_FILE_PATH)
            page = context.new_page()
            for one in theirs:
                _unfolded(page, one.address, sizes[0])
                found += [f"{one}: {words}" for words in _violations(page) if not _is_live(one, words)]
                page.set_viewport_size({"width": sizes[1][0], "height": sizes[1][1]})
                seen = page.evaluate(f"({MEASURE})({least})")
                texts, tapped = texts + seen["texts"], tapped + seen["tapped"]
                found += [f"{one}: {words}" for words in seen["short"]]
    assert texts > 10 * len(pages) and tapped > 3 * len(pages) > 45, "the pages were not there"
    return found


def _is_live(page: PageSeen, words: str) -> bool:
    return page.route in LIVE and words.startswith("meta-refresh:")


def _unfolded(page: Page, address: str, size: Size) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


def _violations(page: Page) -> list[str]:
    """Run axe, which lies in every page that is opened; only what it finds comes back from the browser."""
    found: list[str] = page.evaluate(
        """async (options) => (await axe.run(document, options)).violations.flatMap((rule) =>
            rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.html.slice(0, 150)}`))""",
        {"resultTypes": ["violations"], **RULES},
    )
    return found
