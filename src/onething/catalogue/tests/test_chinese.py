"""Every refusal of a catalogue has a Chinese sentence with the same facts."""

from __future__ import annotations

import re
from pathlib import Path

from onething.catalogue import check
from onething.catalogue.chinese import SENTENCES
from onething.catalogue.tests.written import files_in_the_document, noodle_shop
from onething.engine.bundle import errors
from onething.kernel.errors import Invalid
from onething.plumbing import calendars

OF_A_PERSON = {errors.AnswersNotUsable, errors.CatalogueRefused}
"""They carry lists that are shown one by one."""


def refusals() -> dict[str, type[Invalid]]:
    found = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Invalid)]
    return {code(one): one for one in found if one is not Invalid and one not in OF_A_PERSON}


def code(refusal: type[Invalid]) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", refusal.__name__).lower()


def test_every_refusal_of_a_catalogue_is_there() -> None:
    assert set(SENTENCES) == set(refusals())


def test_the_chinese_uses_only_facts_that_the_english_has() -> None:
    for name, refusal in refusals().items():
        english = set(re.findall(r"{(\w+)}", refusal.__doc__ or ""))
        assert set(re.findall(r"{(\w+)}", SENTENCES[name][0])) <= english, name


def test_a_cycle_is_told_in_chinese(tmp_path: Path) -> None:
    needs = "needs:\n  - {matter: sign_permit, because: {zh: 要, en: Needed}, source: L1}\n"
    licence = files_in_the_document()["matters/licence.yaml"] + needs
    report = check.check_pack(
        str(noodle_shop(tmp_path, **{"matters/licence.yaml": licence})), calendars.national_calendar()
    )
    said = report.problems[0].what("zh")
    assert "互相等待" in said
    assert "licence → sign_permit → licence" in said or "sign_permit → licence → sign_permit" in said
