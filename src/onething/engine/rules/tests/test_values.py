"""The values worth trying for a field: each constant and its neighbours, each option, and one value of no condition."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onething.engine.rules.language import parse
from onething.engine.rules.tests.build import FIELDS
from onething.engine.rules.values import ANY_OTHER_TEXT, values_that_matter


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("ill", "ill", (True, False)),
        ("colour = 'red'", "colour", ("blue", "red")),
        ("colour IN ('red', 'green') OR 'red' <> colour", "colour", ("blue", "green", "red")),
        ("colour IN ('red', 'green') OR colour IN ('green', 'red')", "colour", ("blue", "green")),
        ("CASE WHEN ill THEN colour ELSE 'red' END = 'red'", "colour", ("blue", "green", "red")),
        ("colour IS NULL", "colour", ("blue",)),
        ("city = 'a' OR city IN ('b')", "city", ("a", "b", ANY_OTHER_TEXT)),
        ("months > 12 OR 3 = months", "months", (2, 3, 4, 11, 12, 13)),
        ("born < DATE '2000-01-01'", "born", (date(1999, 12, 31), date(2000, 1, 1), date(2000, 1, 2))),
        ("has(skills, 'red')", "skills", (frozenset(), frozenset({"red"}))),
        ("months IS NULL", "months", (0,)),
        ("months + 1 > 3", "months", None),
        ("months > 3 AND months > income", "months", None),
        ("CASE WHEN ill THEN months ELSE 0 END > 3", "months", None),
        ("years_between(born, as_of()) > 3", "born", None),
    ],
)
def test_the_values_that_matter(text: str, field: str, values: tuple[Any, ...] | None) -> None:
    assert values_that_matter([parse(text, FIELDS)])[field] == values
