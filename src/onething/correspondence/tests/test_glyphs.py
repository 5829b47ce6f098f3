"""Which characters can be drawn: the font's table as we read it, judged by the typesetter itself."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from onething.correspondence import glyphs, printing
from onething.correspondence.tests.samples import NOW, RARE_NAME, RECEIPT


def _print(name: str) -> bytes:
    return printing.to_pdf(
        kind="receipt", number="N", content=replace(RECEIPT, person_name=name), check_code="0" * 16,
        check_address="http://h/slip/1?d=0", issued_at=NOW,
    )  # fmt: skip


def test_rare_characters_are_drawn_as_they_are():
    assert glyphs.drawable(RARE_NAME + "𣲗𫟹龘·ABC") == RARE_NAME + "𣲗𫟹龘·ABC"


def test_what_cannot_be_drawn_is_named():
    assert glyphs.drawable("好\U0001f600") == "好〔U+1F600〕"
    assert glyphs.drawable("a\tb\u0000c\ud800") == "a bc〔U+D800〕"


@given(st.text(st.characters(), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_the_paper_is_printed(text):
    assert _print(text).startswith(b"%PDF-")
