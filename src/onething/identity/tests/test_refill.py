"""What was typed goes back into the form it came from: every kind of box, and nothing else of the page changes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml

from onething.identity.refill import refilled

PAGE = """<!DOCTYPE html><html><head><title>a &amp; b</title></head><body><p>1 &lt; 2 &#183; 中</p>
<form method="post" action="/other/"><input name="words" value="theirs"></form>
<details><summary>more</summary><form method="post" action="/there/">
<input type="hidden" name="csrfmiddlewaretoken" value="t">
<input name="words" value=""><input name="line"><input name="line"><textarea name="long">before</textarea>
<select name="kind">
<option value="">-</option><option value="a" selected>A</option><option value="b">B</option></select>
<input type="checkbox" name="on" value="1">
<input type="radio" name="pick" value="x" checked><input type="radio" name="pick" value="y">
<input type="password" name="secret"><button name="does" value="yes">ok</button></form></details>
<form method="post" action="/there/"><input name="words"><button name="does" value="no">no</button></form>
<script nonce="n">if (a < b && c) { x("</p>"); }</script></body></html>"""
TYPED = {
    "words": ["欧阳𬎆 \"<b>\" &amp; '"], "line": ["one", "two"], "long": ["</textarea><script>"],
    "kind": ["b"], "on": ["1"], "pick": ["y"], "secret": ["s"], "does": ["yes"],
}  # fmt: skip


def filled(typed: Any = None, sent_to: str = "/there/", page: str = "/here/") -> Any:
    found = refilled(PAGE, page=page, sent_to=sent_to, typed=typed or TYPED, note="still here")
    return None if found is None else lxml.fromstring(found)


def test_every_box_is_as_it_was_typed() -> None:
    tree = filled()
    form = tree.forms[1]
    given = dict(form.form_values())
    assert given["words"] == TYPED["words"][0]
    assert [box.get("value") for box in form.iterfind(".//input[@name='line']")] == ["one", "two"]
    assert given["long"].strip() == "</textarea><script>"
    assert (given["kind"], given["on"], given["pick"], given.get("secret", "")) == ("b", "1", "y", "")
    assert given["csrfmiddlewaretoken"] == "t"
    assert tree.find(".//details").get("open") is not None
    assert [note.text_content() for note in tree.iterfind(".//div[@role='status']")] == ["still here"]
    assert tree.forms[0].fields["words"] == "theirs"


def test_of_two_forms_that_lead_there_the_one_whose_button_was_pressed() -> None:
    tree = filled({"words": ["no, thanks"], "does": ["no"]})
    assert (tree.forms[1].fields["words"], tree.forms[2].fields["words"]) == ("", "no, thanks")


@pytest.mark.parametrize("typed", [{"strange": ["x"]}, {"words": ["x"], "does": ["perhaps"]}])
def test_a_form_without_such_a_box_is_none(typed: Any) -> None:
    assert filled(typed) is None
    assert filled(sent_to="/nowhere/") is None


def test_a_form_that_says_no_address_is_that_of_its_page() -> None:
    page = '<form method="post"><input name="words"></form><form><input name="words"></form>'
    found = refilled(page, page="/here/", sent_to="/here/", typed={"words": ["x"]}, note="n")
    assert found and found.count('value="x"') == 1


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_nothing_typed_is_markup_and_the_rest_of_the_page_stays(text: str) -> None:
    found = refilled(PAGE, page="/", sent_to="/there/", typed={"words": [text], "does": ["yes"]}, note="n")
    assert found is not None
    tree = lxml.fromstring(found)
    assert tree.forms[1].fields["words"] == text
    start, end = PAGE.index("<details>"), PAGE.index("</details>")
    assert found.startswith(PAGE[:start]) and found.endswith(PAGE[end:])
