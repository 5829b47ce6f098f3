"""Every refusal that a rule's author can earn, by one edit of the national pack: with file, line and correction."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from onething.catalogue.check import check_pack
from onething.plumbing import places
from onething.plumbing.calendars import national_calendar

POLICIES, STANDARDS = "policies/living_allowances.yaml", "standards/living_allowances.yaml"
AGE = '"years_between(birth_date, as_of()) >= 60"'
AMOUNT = "\"param('rural_veteran_monthly') * ceil_years(compulsory_start, compulsory_end)\""
UNEQUAL = '"months_between(birth_date, as_of()) >= years_between(enlist_date, discharge_date)"'
BORN = "en: When were you born?}, type: date,"
EDITS = {
    "a field that is not there": (POLICIES, AGE, '"years_between(birthday, as_of()) >= 60"', "birth_date"),
    "a day compared with a number": (POLICIES, AGE, '"birth_date >= 60"', "of one kind"),
    "a division": (POLICIES, AMOUNT, "\"param('rural_veteran_monthly') / 4\"", "no division"),
    "a part of a number": (POLICIES, AMOUNT, "\"param('rural_veteran_monthly') * 0.75\"", "div_round"),
    "LEAST": (POLICIES, AMOUNT, "\"LEAST(monthly_income, param('rural_veteran_monthly'))\"", "smaller_of"),
    "no ELSE": (POLICIES, AMOUNT, "\"CASE WHEN hukou_type = 'rural' THEN param('rural_veteran_monthly') END\"", "ELSE"),
    "a second statement": (POLICIES, AGE, '"TRUE; DROP TABLE x"', "one expression"),
    "a query": (POLICIES, AGE, '"birth_date IN (SELECT 1)"', "List the values"),
    "another function": (POLICIES, AGE, '"pg_sleep(1) > 0"', "Known:"),
    "a field without a type": ("facts.yaml", BORN, "en: When were you born?},", "type"),
    "a clause without a source": (POLICIES, "source: F35\n    - id: enlisted", "\n    - id: enlisted", "source"),
    "a figure without a source": (STANDARDS, "value: 3500, source: F50,", "value: 3500,", "source"),
    "a source that is not there": (STANDARDS, "value: 3500, source: F50,", "value: 3500, source: F999,", "F49"),
    "never true": (POLICIES, AGE, '"years_between(birth_date, as_of()) BETWEEN 60 AND 50"', "Correct"),
    "a day without a value": (STANDARDS, "gaps: unknown          # 2012", "# 2012", "gaps: unknown"),
    "two figures on a day": (STANDARDS, "to: 2019-08-01, value: 3500", "to: 2024-09-01, value: 3500", "End the one"),
    "a circle": (POLICIES, AGE, "\"eligible('rural_veteran_60')\"", "receives"),
    "unequal units": (POLICIES, AGE, UNEQUAL, "months"),
    "money in a rule": (POLICIES, AMOUNT, '"6000 * ceil_years(compulsory_start, compulsory_end)"', "money"),
    "a standard that is not there": (POLICIES, AMOUNT, "\"param('nothing')\"", "Add it"),
    "no pack that grants it": ("pack.yaml", "granted_by: national/grants", "granted_by: national/nothing", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_it_is_refused_with_place_and_correction(name: str, tmp_path: Path) -> None:
    file, text, instead, correction = EDITS[name]
    pack = tmp_path / "national" / "entitlements"
    shutil.copytree(places.packs_root() / "national" / "entitlements", pack)
    shutil.rmtree(pack / "situations")
    written = (pack / file).read_text(encoding="utf-8")
    assert text in written, "the pack no longer reads so: change this test"
    (pack / file).write_text(written.replace(text, instead, 1), encoding="utf-8")
    problems = check_pack(str(pack), national_calendar()).problems
    assert problems
    first = problems[0]
    assert (first.place.file, first.place.line > 0) == (pack / file, True)
    assert correction in f"{first.what('en')} {first.remedy('en')}"
    assert first.what("zh") and first.remedy("zh")
