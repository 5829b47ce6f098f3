"""Every refusal of a catalogue has a Chinese sentence with the same facts."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from onething.catalogue import check
from onething.catalogue.chinese import SENTENCES, in_chinese
from onething.catalogue.tests.written import files_in_the_document, noodle_shop
from onething.engine.bundle import checks, compiling, errors
from onething.kernel.errors import Refusal
from onething.plumbing import calendars


def refusals_in(*modules: ModuleType) -> dict[str, type[Refusal]]:
    found = {one for module in modules for one in vars(module).values() if isinstance(one, type)}
    return {code(one): one for one in found if issubclass(one, Refusal) and one.__module__ == errors.__name__}


def code(refusal: type[Refusal]) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", refusal.__name__).lower()


def test_every_refusal_that_making_a_catalogue_ready_can_give_is_there() -> None:
    given = set(refusals_in(checks, compiling)) - {"catalogue_refused"}  # which only carries the others
    assert {"cyclic_needs", "material_nobody_supplies"} <= given
    assert given <= set(SENTENCES)


def test_the_chinese_uses_only_facts_that_the_english_has() -> None:
    known = refusals_in(errors)
    for name, words in SENTENCES.items():
        english = set(re.findall(r"{(\w+)}", known[name].__doc__ or ""))
        assert set(re.findall(r"{(\w+)}", words[0])) <= english, name


def test_a_cycle_is_told_in_chinese(tmp_path: Path) -> None:
    needs = "needs:\n  - {matter: sign_permit, because: {zh: 要, en: Needed}, source: L1}\n"
    licence = files_in_the_document()["matters/licence.yaml"] + needs
    report = check.check_pack(
        str(noodle_shop(tmp_path, **{"matters/licence.yaml": licence})), calendars.national_calendar()
    )
    said = report.problems[0].what("zh")
    assert "互相等待" in said
    assert "licence → sign_permit → licence" in said or "sign_permit → licence → sign_permit" in said


@pytest.mark.parametrize(
    "condition",
    [
        "has_sign = ", "has_sine", "shop_size = 'huge'", "seats = 'large'", "seats / 2 > 1", "seats",
        "length(seats) > 3",
        "seats IN (SELECT 1)", "has_sign IS TRUE", "seats = NULL", "has_sign AND seats", "", "TRUE; FALSE",
        "seats > 1 1", "shop_size > 'large'", "CASE WHEN has_sign THEN TRUE END", "seats + has_sign > 1",
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_condition_is_told_in_chinese(tmp_path: Path, condition: str) -> None:
    folder = noodle_shop(tmp_path, ("matters/sign_permit.yaml", 'when: "has_sign"', f'when: "{condition}"'))
    said = check.check_pack(str(folder), calendars.national_calendar()).problems[0].what("zh")
    assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", said.replace(condition, "")), said
    assert not re.search(r"\ba (text|number|boolean|date|choice)\b", said), said


def test_a_gap_in_the_papers_is_told_in_chinese() -> None:
    chain = "every way is closed when seats = 3 (licence does not apply then)"
    said, _ = in_chinese(errors.MaterialNobodySupplies(material="lease", matter="licence", chain=chain))
    assert "这样回答时，哪种办法都走不通：seats = 3（这时不办 licence）" in said
