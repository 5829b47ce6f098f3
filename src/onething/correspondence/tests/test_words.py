"""Days, names and check codes in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onething.correspondence import check_codes, printing, wording
from onething.correspondence.tests.samples import SLIP, SLIP_EN


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张三", "张**"), ("欧阳长青", "欧阳**"), ("𠮷田", "𠮷**"), ("Ann Lee", "A**"), (" 何青松 ", "何**")],
)
def test_only_the_surname_is_shown(name, masked):
    assert wording.masked_surname(name) == masked


def test_days_are_written_as_people_say_them():
    assert wording.day(date(2026, 9, 30), "zh", weekday=True) == "2026年9月30日（周三）"
    assert wording.day(date(2026, 9, 30), "en", weekday=True) == "Wednesday 30 September 2026"
    late = datetime(2026, 9, 30, 17, 5, tzinfo=UTC)
    assert wording.moment(late, "zh") == "2026年10月1日 01:05"


@pytest.mark.parametrize(
    ("due", "zh", "en"),
    [
        (
            date(2026, 9, 30),
            "比承诺的早 2 天（承诺的是2026年9月30日）。",
            "2 days before the promised day (30 September 2026).",
        ),
        (date(2026, 9, 28), "就是承诺的那一天（承诺的是2026年9月28日）。", "On the promised day."),
        (
            date(2026, 9, 27),
            "比承诺的晚 1 天（承诺的是2026年9月27日）。",
            "1 day after the promised day (27 September 2026).",
        ),
    ],
)
def test_a_slip_says_whether_the_promise_was_kept(due, zh, en):
    promise = replace(SLIP.promise, due=due)
    assert wording.headline(replace(SLIP, promise=promise))["sentence"] == zh
    assert wording.headline(replace(SLIP_EN, promise=promise))["sentence"] == en


@given(st.binary(max_size=50), st.binary(min_size=32, max_size=32))
def test_a_code_survives_how_people_type_it(content, secret):
    code = check_codes.compute(secret, number="N", content=content)
    assert len(code) == 16
    assert not set(code) & set("ILOU")
    assert check_codes.same(code, check_codes.grouped(code).lower().replace("0", "o").replace("1", "l"))
    assert not check_codes.same(code, code[:-1])


@given(st.binary(min_size=1, max_size=50), st.integers(0, 49), st.binary(min_size=32, max_size=32))
def test_another_content_number_or_key_has_another_code(content, at, secret):
    code = check_codes.compute(secret, number="N", content=content)
    changed = bytearray(content)
    changed[at % len(content)] ^= 1
    assert code != check_codes.compute(secret, number="N", content=bytes(changed))
    assert code != check_codes.compute(secret, number="M", content=content)
    assert code != check_codes.compute(bytes(32 - len(secret)) + secret[::-1] + b"x", number="N", content=content)


def test_the_canonical_content_holds_every_value():
    assert printing.canonical(SLIP) != printing.canonical(replace(SLIP, person_name="贺长平"))
    assert printing.canonical(SLIP) != printing.canonical(replace(SLIP, outcomes=SLIP.outcomes[:-1]))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("都办好了。请来拿。", "都办好了。"),
        ("Done at 3.15 pm. Come.", "Done at 3.15 pm."),
        ("Received, no. TY1. Done soon.", "Received, no. TY1."),
        ("一行\n二行", "一行"),
        ("", ""),
    ],
)
def test_a_letter_without_subject_is_listed_by_its_first_sentence(text, first):
    assert wording.first_sentence(text) == first
