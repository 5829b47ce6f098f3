"""What a condition may contain, and how everything else is refused: with expression, position and correction."""

from __future__ import annotations

import pytest

from onething.engine.rules import errors
from onething.engine.rules.language import parse
from onething.engine.rules.nodes import All, Compare, Either, FieldRef, Kind, fields_of
from onething.engine.rules.tests.build import FIELDS


@pytest.mark.parametrize(
    "text",
    [
        "TRUE",
        "ill",
        "NOT ill AND (married OR member)",
        "months >= 144",
        "months * 2 - 1 < 24 + months",
        "-months < 0",
        "income * 0.75 <= 100000",
        "colour = 'red'",
        "'red' = colour",
        "colour = second_colour",
        "colour IN ('red', 'green')",
        "colour NOT IN ('red')",
        "months BETWEEN 1 AND 600",
        "born < DATE '1960-01-01'",
        "years_between(born, as_of()) >= 60",
        "YEARS_BETWEEN(born, DATE '2026-01-01') >= 60",
        "has(skills, 'red')",
        "months IS NULL OR city IS NOT NULL",
        "CASE WHEN ill THEN 1 ELSE 2 END = 1",
        "CASE WHEN ill THEN married ELSE FALSE END",
        "city = 'a;b'",
    ],
)
def test_accepted(text: str) -> None:
    assert parse(text, FIELDS).kind is Kind.BOOLEAN


REFUSED = [
    ("monhts >= 1", errors.UnknownField, 1, "Did you mean months?"),
    ("ill AND weight > 3", errors.UnknownField, 9, "Add it to fields.yaml first."),
    ('colour = "red"', errors.UnknownField, 10, "Text stands in single quotes: 'red'."),
    ("colour = 'rde'", errors.UnknownOption, 10, "Did you mean 'red'?"),
    ("ill OR colour IN ('red', 'violet')", errors.UnknownOption, 26, "Its options: blue, green, red."),
    ("has(skills, 'gren')", errors.UnknownOption, 13, "Did you mean 'green'?"),
    ("months / 12 > 2", errors.NotInTheLanguage, 1, "Multiply the other side instead: income < line * size."),
    ("months IN (SELECT 1)", errors.NotInTheLanguage, 1, "List the values: IN ('a', 'b')."),
    ("(SELECT 1) = 1", errors.NotInTheLanguage, 9, "Name the field that holds the value."),
    ("TRUE; DROP TABLE x", errors.RuleUnreadable, 5, "One condition is one expression."),
    ("TRUE;", errors.RuleUnreadable, 5, "One condition is one expression."),
    ("length(city) > 3", errors.NotInTheLanguage, 1, "Known: years_between, has, as_of."),
    ("year_between(born, as_of()) > 3", errors.NotInTheLanguage, 1, "Did you mean years_between?"),
    ("coalesce(months, 0) > 3", errors.NotInTheLanguage, 1, "Known: years_between, has, as_of."),
    ("months = NULL", errors.NotInTheLanguage, 1, "Write field IS NULL."),
    ("ill IS TRUE", errors.NotInTheLanguage, 1, "A yes/no field stands alone: x, NOT x."),
    ("city LIKE 'a%'", errors.NotInTheLanguage, 1, "Use = or IN (…)."),
    ("ill married", errors.NotInTheLanguage, 1, "Join them with AND or OR."),
    ("people.ill", errors.NotInTheLanguage, 1, "Write ill alone."),
    ("born > DATE '2026-13-01'", errors.NotInTheLanguage, 13, "Write DATE '2024-09-01'."),
    ("CAST(months AS TEXT) = '1'", errors.NotInTheLanguage, 6, "A day is written DATE '2024-09-01'."),
    ("CASE WHEN ill THEN 1 END = 1", errors.NotInTheLanguage, 11, None),
    ("born > '2026-01-01'", errors.TypeClash, 1, "A day is written DATE '2024-09-01'."),
    ("months > '3'", errors.TypeClash, 1, "A number stands without quotes."),
    ("ill = 'yes'", errors.TypeClash, 1, "A yes/no field stands alone: field, or NOT field."),
    ("skills = 'red'", errors.TypeClash, 1, "Use has(field, 'option')."),
    ("colour < 'red'", errors.TypeClash, 1, "Use = or <> or IN (…)."),
    ("months", errors.TypeClash, 1, "Compare it with something, e.g. “… >= 1”."),
    ("months AND ill", errors.TypeClash, 1, "Compare it with something: field = 'value'."),
    ("born + 1 > DATE '2026-01-01'", errors.TypeClash, 1, None),
    ("years_between(months, born) > 1", errors.TypeClash, 1, "It takes (date, date)."),
    ("ill AND", errors.RuleUnreadable, 5, "Check operators, quotes and brackets."),
    ("city = 'a", errors.RuleUnreadable, 1, "Put text in single quotes: 'self_employed'."),
    ("", errors.RuleUnreadable, 1, "Write TRUE if it always holds."),
    ("(" * 900 + "ill" + ")" * 900, errors.RuleUnreadable, 1, "Split it into several clauses."),
    ("ill" + " AND ill" * 500, errors.RuleUnreadable, 2000, "Split it into several clauses."),
]


@pytest.mark.parametrize(("text", "family", "position", "correction"), REFUSED, ids=[one[0][:30] for one in REFUSED])
def test_refused(text: str, family: type[errors.RuleRefused], position: int, correction: str | None) -> None:
    with pytest.raises(errors.RuleRefused) as caught:
        parse(text, FIELDS)
    refusal = caught.value
    assert (type(refusal), refusal.position) == (family, position)
    assert correction in (None, refusal.correction)
    assert "{" not in str(refusal)


def test_what_is_parsed_is_a_typed_tree_with_positions() -> None:
    tree = parse("ill AND married AND (months > 3 OR member)", FIELDS)
    assert isinstance(tree, All)
    assert [type(part) for part in tree.parts] == [FieldRef, FieldRef, Either]
    either = tree.parts[2]
    assert isinstance(either, Either) and isinstance(either.parts[0], Compare)
    assert either.parts[0].at == 22
    assert fields_of(tree) == {"ill", "married", "months", "member"}
