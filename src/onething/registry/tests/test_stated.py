"""What a file states becomes facts that rules can count with, read one by one and by batches alike."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onething.kernel.access import SYSTEM
from onething.registry import batches, queries, services
from onething.registry.models import Person
from onething.registry.tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
FIELDS = (
    "enlist_date", "discharge_date", "placement_type", "highest_merit", "disability_grade", "disability_nature",
)  # fmt: skip


@pytest.fixture
def person() -> Person:
    factories.load_regions()
    return factories.person()


def state(person: Person, section: str, source: str = "army:2026", **values: str) -> None:
    services.record_statement(person_id=person.pk, section=section, values=values, source=source, actor=SYSTEM, now=NOW)


def facts(person: Person) -> dict[str, Any]:
    """Read one by one; a batch says the same, value and grade."""
    known = queries.facts_for_rules(person.pk)
    found = {name: (known[name].value, int(known[name].grade)) for name in FIELDS if name in known}
    (read,) = batches.persons_called([person.pk], fields=FIELDS)
    told = {name: (json.loads(text), grade) for name, (text, grade) in read.told.items() if name in FIELDS}
    assert told == found
    return {name: value for name, (value, _grade) in found.items()}


def test_the_newest_term_the_highest_merit_and_the_disability_count(person: Person) -> None:
    state(person, "service", enlisted_on="1984-11-01", discharged_on="1988-01-15", placement="安排工作")
    state(person, "service", enlisted_on="1990-12-01", discharged_on="1994-12-01", placement="自主就业")
    for merit, month in (("三等功", "1991-07"), ("一等功", "1992-07"), ("四有优秀", "1993-07")):
        state(person, "merit", **{"class": merit, "awarded_on": month})
    state(person, "disability", "veterans:county", grade="7", nature="因公")
    assert facts(person) == {
        "enlist_date": "1990-12-01", "discharge_date": "1994-12-01", "placement_type": "self_employed",
        "highest_merit": "merit_1", "disability_grade": 7, "disability_nature": "duty",
    }  # fmt: skip


def test_a_month_alone_is_no_day_and_an_unknown_word_no_fact(person: Person) -> None:
    state(person, "service", enlisted_on="1984-11")
    state(person, "merit", **{"class": "四有优秀", "awarded_on": "1985-07"})
    assert facts(person) == {}


def test_of_two_sources_the_better_counts_and_a_fact_before_a_statement(person: Person) -> None:
    state(person, "disability", "person:form", grade="3", nature="因战")
    assert facts(person)["disability_grade"] == 3
    state(person, "disability", "veterans:county", grade="7", nature="因公")
    assert facts(person) == {"disability_grade": 7, "disability_nature": "duty"}
    for grade, expected in ((3, 7), (4, 8)):
        services.learn_facts(
            person_id=person.pk, known={"disability_grade": 8}, source=f"other{grade}", grade=grade,
            checked_at=NOW + timedelta(days=grade), actor=SYSTEM, now=NOW,
        )  # fmt: skip
        assert facts(person)["disability_grade"] == expected
