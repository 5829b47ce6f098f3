"""The small values: fen, half-open periods, the language of a terminal."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onething.kernel import money
from onething.kernel.language import language
from onething.kernel.money import format_yuan, parse_yuan
from onething.kernel.periods import Period, PeriodEmpty


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,234.56", 123456),
        ("1234.5", 123450),
        ("0", 0),
        ("-3", -300),
        ("¥ 12", 1200),
        ("￥12", 1200),
        ("12元", 1200),
        ("１２．３４", 1234),
        ("5.", 500),
        ("4500", 450000),
    ],
)
def test_money_is_read(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text", ["", "abc", "1,23", "1,2345", "12,34,567", "1.2.3", "--1", "1e3", ".5", "NaN", "一百", "٣"]
)
def test_what_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(money.AmountUnreadable):
        parse_yuan(text)


def test_less_than_a_fen_is_refused() -> None:
    with pytest.raises(money.AmountTooFine, match="3 decimal places"):
        parse_yuan("1.005")


@given(st.integers(-(10**14), 10**14))
def test_money_survives_writing_and_reading(fen: int) -> None:
    written = format_yuan(fen)
    assert parse_yuan(written) == fen
    assert written == f"{Decimal(fen) / 100:,.2f}"


DAYS = st.dates(date(2000, 1, 1), date(2000, 3, 1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(DAYS)
    length = draw(st.none() | st.integers(1, 40))
    return Period(start, None if length is None else start + timedelta(days=length))


def days_of(period: Period) -> set[date]:
    return {on for number in range(200) if (on := date(2000, 1, 1) + timedelta(days=number)) in period}


@given(periods(), periods())
def test_overlap_is_having_a_day_in_common(a: Period, b: Period) -> None:
    assert a.overlaps(b) == b.overlaps(a) == bool(days_of(a) & days_of(b))


@given(periods())
def test_the_end_no_longer_belongs_to_a_period(period: Period) -> None:
    assert period.contains(period.start)
    if period.end is None:
        assert period.days is None
    else:
        assert period.end not in period
        assert period.days == len(days_of(period))


def test_an_empty_period_is_refused() -> None:
    with pytest.raises(PeriodEmpty):
        Period(date(2000, 1, 1), date(2000, 1, 1))


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "ONETHING_LANG": "zh"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "ONETHING_LANG": "en"}, "en"),
        ({"LANG": "en_GB.UTF-8", "ONETHING_LANG": ""}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "zh_CN.UTF-8", "ONETHING_LANG": "en"}, "en"),
    ],
)
def test_the_language_of_a_terminal(environ: dict[str, str], expected: str) -> None:
    assert language(environ) == expected
