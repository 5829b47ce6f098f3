"""What a person does, one verb a function. Texts are named in Chinese; an English page is asked for their English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from babel.messages.pofile import read_po
from playwright.sync_api import Page, expect

from onething.cases.tests import photos
from onething.identity.tests.factories import code_sent_to
from tests.house.words import SOURCE
from tests.journeys import stage

PAPER = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 an invented paper"}
PHOTO = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photos.jpeg()}


def said(page: Page, words: str, *, exact: bool = False) -> str | re.Pattern[str]:
    """Find what the page says in its language: the Chinese words, or any English whose Chinese has these words."""
    if page.locator("html").get_attribute("lang") != "en":
        return words
    english = {text for text, chinese in _translated() if (chinese == words if exact else words in chinese)}
    assert english, f"nobody translates {words}"
    return re.compile("^(" + "|".join(re.sub(r"%\\\(\w+\\\)s", ".+", re.escape(one)) for one in sorted(english)) + ")$")


@cache
def _translated() -> tuple[tuple[str, str], ...]:
    return tuple(_pairs())


def _pairs() -> Iterator[tuple[str, str]]:
    """List every text of the house with its Chinese; of one with a plural both forms."""
    for file in SOURCE.rglob("locale/zh_Hans/**/*.po"):
        with file.open("rb") as lines:
            for message in read_po(lines, locale="zh_Hans"):
                forms = message.id if isinstance(message.id, tuple) else (message.id,)
                chinese = message.string[0] if isinstance(message.string, tuple) else message.string
                yield from ((form, chinese) for form in forms if form)


def sign_in(page: Page) -> None:
    """Sign in with the code that comes to the phone."""
    page.goto("/")
    page.get_by_role("link", name=said(page, "登录", exact=True), exact=True).click()
    page.get_by_label(said(page, "您的手机号")).fill(stage.PHONE)
    page.get_by_role("button", name=said(page, "给我发验证码")).click()
    page.get_by_label(said(page, "短信里的验证码")).fill(code_sent_to(stage.PHONE))
    page.get_by_role("button", name=said(page, "登录", exact=True), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("何青松")


def choose_life_event(page: Page) -> None:
    """Choose the retirement on the first page."""
    page.get_by_role("navigation", name=said(page, "按人生大事找")).get_by_role("link").first.click()
    page.get_by_role("button", name=said(page, "开始")).click()


def answer_questions(page: Page, given: Mapping[str, Any]) -> int:
    """Answer the deciding questions, one a page, until the notice is there. Gives how many there were."""
    count = 0
    while "/questions/" in page.url:
        field = page.locator("input[name=field]").input_value()
        fill_in(page, field, given[field])
        page.get_by_role("button", name=said(page, "保存，下一步")).click()
        count += 1
    expect(page.get_by_role("heading", level=1)).to_have_text(said(page, "您的一次告知单"))
    return count


def fill_in(page: Page, field: str, value: Any) -> None:
    """Fill one box in the way that fits it."""
    box = page.locator(f"[name=q_{field}]")
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if box.first.get_attribute("type") == "radio":
        page.locator(f"[name=q_{field}][value={value}]").check()
    else:
        box.fill(str(value))


def fill_the_form(page: Page, given: Mapping[str, Any]) -> None:
    """Fill page after page, from the notice to the papers."""
    page.get_by_role("link", name=said(page, "开始填表")).click()
    page.get_by_role("button", name=said(page, "都对，下一步")).click()
    while "/steps/" in page.url:
        fill_page(page, given)
        page.get_by_role("button", name=said(page, "保存，下一步")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(said(page, "份材料"))


def fill_page(page: Page, given: Mapping[str, Any]) -> None:
    """Fill the boxes of one page."""
    names = page.locator("main [name^=q_]").evaluate_all("boxes => [...new Set(boxes.map(box => box.name))]")
    for field in (name.removeprefix("q_") for name in names):
        fill_in(page, field, given[field])


def hand_in_papers(page: Page, *, but: str = "") -> None:
    """Choose a file for every paper but one, and go to the last check."""
    for box in page.locator("input[type=file]").all():
        if box.get_attribute("name") != f"file_{but}":
            box.set_input_files(PAPER)
    page.get_by_role("button", name=said(page, "存好，去核对")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said(page, "最后再看一遍"))


def submit(page: Page) -> str:
    """Press the one button; give the number of the case."""
    page.get_by_role("button", name=said(page, "提交")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said(page, "收到了"))
    found = re.search(r"TY\d+", page.locator("main").inner_text())
    assert found, "the receipt names no number"
    return found.group()
