"""What a person does on the phone, one verb a function."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page, expect

from onething.identity.tests.factories import code_sent_to
from tests.journeys import stage

PAPER = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 an invented paper"}
PHOTO = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 an invented photo"}


def sign_in(page: Page) -> None:
    """Sign in with the code that comes to the phone."""
    page.goto("/")
    page.get_by_role("link", name="登录", exact=True).click()
    page.get_by_label("您的手机号").fill(stage.PHONE)
    page.get_by_role("button", name="给我发验证码").click()
    page.get_by_label("短信里的验证码").fill(code_sent_to(stage.PHONE))
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("何青松")


def choose_life_event(page: Page) -> None:
    """Choose the retirement on the first page."""
    page.get_by_role("navigation", name="按人生大事找").get_by_role("link").first.click()
    page.get_by_role("button", name="开始").click()


def answer_questions(page: Page, given: Mapping[str, Any]) -> int:
    """Answer the deciding questions, one a page, until the notice is there. Gives how many there were."""
    count = 0
    while "/questions/" in page.url:
        field = page.locator("input[name=field]").input_value()
        fill_in(page, field, given[field])
        page.get_by_role("button", name="保存，下一步").click()
        count += 1
    expect(page.get_by_role("heading", level=1)).to_have_text("您的一次告知单")
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
    page.get_by_role("link", name="开始填表").click()
    page.get_by_role("button", name="都对，下一步").click()
    while "/steps/" in page.url:
        fill_page(page, given)
        page.get_by_role("button", name="保存，下一步").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("份材料")


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
    page.get_by_role("button", name="存好，去核对").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("最后再看一遍")


def submit(page: Page) -> str:
    """Press the one button; give the number of the case."""
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("收到了")
    found = re.search(r"TY\d+", page.locator("main").inner_text())
    assert found, "the receipt names no number"
    return found.group()
