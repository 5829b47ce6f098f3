"""Care mode (长辈版) and the keyboard: what the eye gets, the ear hears and the fingers reach."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.pages.conftest import PHONE, House

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]


def test_the_sizes_are_what_their_names_say(house: House) -> None:
    sizes = {}
    for care in (0, 1, 2, 3):
        with house.open(house.of("home", "following").reader, care=care) as context:
            page = context.new_page()
            page.goto("/")
            sizes[care] = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)")
    assert sizes == {0: 17, 1: 20, 2: 24, 3: 30}


def test_one_tap_on_every_page_and_the_same_words(house: House) -> None:
    for reader, theirs in house.by_reader(house.portal()):
        with house.open(reader) as plain, house.open(reader, care=1) as care:
            one, other = plain.new_page(), care.new_page()
            for page in theirs[:6]:
                one.goto(page.address)
                other.goto(page.address)
                expect(one.get_by_role("button", name="长辈版")).to_be_visible()
                expect(other.get_by_role("button", name="普通版").first).to_be_visible()
                assert one.locator("main").inner_text().split() == other.locator("main").inner_text().split(), page


def test_it_reads_aloud_where_the_browser_can(house: House) -> None:
    with house.open(house.of("home", "following").reader, care=1) as context:
        page = _voiced(context)
        page.goto("/")
        page.get_by_role("button", name="读给我听").click()
        page.wait_for_function("window.spoken.join('').includes('等您办')")
        assert set(page.evaluate("window.tongues")) == {"zh-CN"}
        page.get_by_role("button", name="停下来").click()
        expect(page.get_by_role("button", name="读给我听")).to_be_visible()
    with house.open(house.of("home", "following").reader, care=1) as context:
        context.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis")
        page = context.new_page()
        page.goto("/")
        expect(page.get_by_role("button", name="读给我听")).to_be_hidden()


def _voiced(context: BrowserContext) -> Page:
    """Give the browser a voice that writes down what it says: this machine has no loudspeaker."""
    context.add_init_script("""
        window.spoken = []; window.tongues = [];
        const voice = {speaking: false, pending: false, cancel() { this.speaking = false; },
            speak(line) { this.speaking = true; window.spoken.push(line.text); window.tongues.push(line.lang); }};
        Object.defineProperty(window, "speechSynthesis", {get: () => voice});
    """)
    return context.new_page()


KEYBOARD = ["home", "cases:question", "cases:notice", "cases:papers", "cases:case", "identity:me", "identity:sign_in"]


@pytest.mark.parametrize("route", KEYBOARD)
def test_by_keyboard_everything_is_reached_and_seen(house: House, route: str) -> None:
    seen = house.of(route)
    with house.open(seen.reader, PHONE) as context:
        page = context.new_page()
        page.goto(seen.address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "ot-skip"
        reached = {_focused(page)}
        for _stop in range(page.evaluate("document.querySelectorAll('a,button,input,select,textarea,summary').length")):
            page.keyboard.press("Tab")
            reached.add(_focused(page))
        assert _focusable(page) <= reached


def _focusable(page: Page) -> set[str]:
    """List what a keyboard must reach; of radio buttons with one name the keyboard stops at one."""
    found: list[str] = page.evaluate("""() => {
        const all = [...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary")];
        const stops = all.filter(one => one.tabIndex >= 0 && one.checkVisibility() && one.type !== "radio");
        all.forEach((one, at) => one.dataset.stop = at);
        return stops.map(one => one.dataset.stop);
    }""")
    return set(found)


def _focused(page: Page) -> str:
    """Number what has the focus, having seen its ring and that no bar lies over it."""
    got: dict[str, Any] = page.evaluate("""() => {
        const all = [...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary")];
        const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 30));
        return {at: String(all.indexOf(one)), ring: parseFloat(style.outlineWidth), line: style.outlineStyle,
            free: one === document.body || !top || one.contains(top) || top.contains(one),
            words: one.outerHTML.slice(0, 120)};
    }""")
    if got["at"] != "-1":
        assert got["ring"] >= 3 and got["line"] == "solid", f"no ring: {got['words']}"
        assert got["free"], f"hidden below a bar: {got['words']}"
    return str(got["at"])
