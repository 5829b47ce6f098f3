"""Codes with their own proof, against python-stdnum and against the standards' own examples."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from onething.kernel import codes
from onething.kernel.codes import RegionLevel, Sex, id_check_digit, read_credit_code, read_id_number, read_region

BIRTHS = st.dates(date(1900, 1, 1), date(2026, 11, 22))
DIGITS = "0123456789"


def numbered(region: str = "990101", born: date = date(1999, 3, 4), order: int = 17) -> str:
    body = f"{region}{born:%Y%m%d}{order:03d}"
    return body + ric.calc_check_digit(body + "0")


def test_an_id_number_tells_region_birth_and_sex() -> None:
    number = read_id_number(numbered())
    assert (number.region, number.birth_date, number.sex) == ("990101000000", date(1999, 3, 4), Sex.MALE)
    assert read_id_number(numbered(order=18)).sex is Sex.FEMALE


def test_the_example_of_the_standard() -> None:
    assert read_id_number("11010519491231002X").birth_date == date(1949, 12, 31)
    assert read_id_number("440524188001010014").sex is Sex.MALE


def test_it_forgives_how_it_was_typed() -> None:
    assert read_id_number(" 110105 19491231 002x ").value == "11010519491231002X"
    assert read_id_number("１１０１０５１９４９１２３１００２Ｘ").value == "11010519491231002X"


def test_fifteen_places_become_eighteen() -> None:
    assert read_id_number("110105491231002").value == "11010519491231002X"


def test_it_is_printed_only_masked() -> None:
    number = read_id_number("11010519491231002X")
    assert repr(number) == "IdNumber(110*************2X)"
    assert f"{number}" == repr(number)


@pytest.mark.parametrize("region", ["330113", "330114", "510118", "440309", "460400"])
def test_counties_younger_than_any_table_are_no_error(region: str) -> None:
    """python-stdnum 2.2 refuses or crashes on these real counties; we check no list."""
    assert read_id_number(numbered(region)).region == region + "000000"


@given(st.integers(110000, 999999), BIRTHS, st.integers(0, 999))
def test_check_digits_agree_with_stdnum(region: int, born: date, order: int) -> None:
    number = numbered(str(region), born, order)
    assert id_check_digit(number[:17]) == number[-1]
    assert read_id_number(number).birth_date == ric.get_birth_date(number) == born


@given(BIRTHS, st.integers(0, 999), st.integers(0, 17), st.sampled_from(DIGITS))
def test_one_wrong_digit_never_passes(born: date, order: int, place: int, digit: str) -> None:
    right = numbered(born=born, order=order)
    wrong = right[:place] + digit + right[place + 1 :]
    if wrong != right:
        with pytest.raises(codes.Invalid) as caught:
            read_id_number(wrong)
        assert wrong not in str(caught.value) + caught.value.remedy + repr(caught.value.facts)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", codes.IdNumberLengthWrong),
        ("1101051949123100", codes.IdNumberLengthWrong),
        ("11010519491231O02X", codes.IdNumberCharacterWrong),
        ("X1010519491231002X", codes.IdNumberCharacterWrong),
        ("11010549123100X", codes.IdNumberCharacterWrong),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢٧", codes.IdNumberCharacterWrong),
        ("110105194902300023", codes.IdNumberDateImpossible),
        ("110105194913010023", codes.IdNumberDateImpossible),
        ("110105000001010023", codes.IdNumberDateImpossible),
        ("110105170001010023", codes.IdNumberDateImpossible),
        ("110105194912310021", codes.CheckDigitWrong),
    ],
)
def test_each_slip_of_the_finger_has_its_own_refusal(text: str, refusal: type[codes.Invalid]) -> None:
    with pytest.raises(refusal):
        read_id_number(text)


def test_a_birth_in_the_future_is_refused_when_the_day_is_told() -> None:
    number = numbered(born=date(2026, 11, 23))
    read_id_number(number)
    with pytest.raises(codes.IdNumberDateImpossible):
        read_id_number(number, on=date(2026, 11, 22))


# Unified social credit codes.


@given(
    st.sampled_from(["11", "12", "13", "15", "51", "52", "53", "59", "91", "92", "93"]),
    st.integers(0, 999999),
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9),
)
def test_credit_codes_agree_with_stdnum(kind: str, region: int, body: str) -> None:
    whole = f"{kind}{region:06d}{body}"
    right = whole + uscc.calc_check_digit(whole)
    assert read_credit_code(right.lower()) == right
    assert uscc.is_valid(right)


def test_a_real_credit_code_is_read() -> None:
    assert read_credit_code("91110000600037341L") == "91110000600037341L"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("91110000600037341", codes.CreditCodeLengthWrong),
        ("9111000060003734IL", codes.CreditCodeCharacterWrong),
        ("91A10000600037341L", codes.CreditCodeCharacterWrong),
        ("91110000600037341K", codes.CheckDigitWrong),
        ("91110000600037314L", codes.CheckDigitWrong),
    ],
)
def test_wrong_credit_codes_are_refused(text: str, refusal: type[codes.Invalid]) -> None:
    with pytest.raises(refusal):
        read_credit_code(text)


# Regions.


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("000000000000", RegionLevel.NATION, None),
        ("230000000000", RegionLevel.PROVINCE, "000000000000"),
        ("230100000000", RegionLevel.CITY, "230000000000"),
        ("230102000000", RegionLevel.COUNTY, "230100000000"),
        ("230102001000", RegionLevel.TOWNSHIP, "230102000000"),
        ("230102001001", RegionLevel.VILLAGE, "230102001000"),
        ("441900003000", RegionLevel.TOWNSHIP, "441900000000"),
        ("230110000000", RegionLevel.COUNTY, "230100000000"),
    ],
)
def test_level_and_parent_come_from_the_zeros(code: str, level: RegionLevel, parent: str | None) -> None:
    assert (codes.region_level(code), codes.region_parent(code)) == (level, parent)


def test_a_city_without_counties_is_its_townships_parent_and_knows_its_level() -> None:
    assert codes.region_level("441900000000") is RegionLevel.CITY


def test_within_means_itself_or_below() -> None:
    assert codes.is_within("230102001001", "230102000000")
    assert codes.is_within("230102000000", "230102000000")
    assert codes.is_within("230102000000", codes.NATION)
    assert not codes.is_within("230100000000", "230102000000")
    assert not codes.is_within("231002000000", "230100000000")


@given(st.integers(110000000000, 829999999999).map(str))
def test_every_region_lies_within_all_its_parents(code: str) -> None:
    above: str | None = code
    while above is not None:
        assert codes.is_within(code, above)
        above = codes.region_parent(above)


@pytest.mark.parametrize("code", ["", "2301", "23010200000A", "000100000000", "2301020000001"])
def test_what_is_no_region_is_refused(code: str) -> None:
    with pytest.raises(codes.RegionCodeWrong):
        read_region(code)


def test_six_digits_are_filled_up() -> None:
    assert read_region("230102") == "230102000000"


@pytest.mark.parametrize("module", ["codes", "money", "periods", "workdays"])
def test_every_refusal_has_a_sentence_and_a_remedy(module: str) -> None:
    found = vars(import_module(f"onething.kernel.{module}")).values()
    refusals = [
        it for it in found if isinstance(it, type) and issubclass(it, codes.Invalid) and it is not codes.Invalid
    ]
    assert refusals
    for refusal in refusals:
        assert refusal().sentence.endswith(".")
        assert refusal.remedy.endswith(".")
