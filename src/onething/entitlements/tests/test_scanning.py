"""Many at once by DuckDB, few one by one: both keep what the registry and the one-person program say, row by row."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from onething.engine.policies.facts import plain_fact, readable_facts
from onething.entitlements import queries, services, sweeps
from onething.entitlements.models import Basis, Decision, Sweep
from onething.entitlements.rulebooks import FACTS, Person
from onething.entitlements.tests import drawn, people
from onething.kernel.access import SYSTEM
from onething.registry import queries as registry
from onething.registry import sealing
from onething.registry.models import Person as Registered
from onething.registry.models import PersonKey
from onething.registry.tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COLUMNS = ("person_id", "policy", "outcome", "amount", "start", "missing", "grade", "terms", "is_lead")
Row = tuple[Any, ...]


@pytest.fixture
def crowd() -> list[Registered]:
    factories.load_regions()
    people.publish()
    return drawn.crowd(80, seed=4)


def rows() -> list[Row]:
    found = Decision.objects.order_by("person_id", "policy").values_list(*COLUMNS)
    return [(*row[:5], tuple(row[5]), *row[6:]) for row in found]


def by_hand(day: date = people.DAY) -> tuple[list[Row], dict[UUID, list[str]]]:
    """Decide person by person through the doors that a single person uses; no batch, no scan, no sheet."""
    book = queries.rulebook(queries.in_force(people.COUNTY, on=day).release.pk, day)
    told, odd = [], {}
    for one in Registered.objects.filter(key__isnull=False).order_by("pk"):
        known = registry.facts_for_rules(one.pk)
        facts = readable_facts({name: said.value for name, said in known.items()}, book.parsed.pack.facts)
        person = Person(facts, {name: known[name].grade for name in facts}, ())
        decisions = book.program.decide(facts)
        if not any(each.trace for each in decisions):
            odd[one.pk] = sorted(decisions[0].missing)
            continue
        for line in book.lines(decisions, person):
            each = line.decision
            values = (str(each.outcome), each.amount, each.start, tuple(sorted(each.missing)))
            told.append((one.pk, each.policy.id, *values, line.grade, line.terms, line.is_lead))
    return sorted(told, key=lambda row: row[:2]), odd


def found(*, few: int, most: int = 60) -> Sweep:
    Sweep.objects.all().delete()
    sweep = services.begin_sweep(as_of=people.DAY, actor=SYSTEM, now=people.NOW)
    return sweeps.go_on(sweep, batch=most, few=few)


def test_many_few_and_one_by_hand_say_the_same(crowd: list[Registered]) -> None:
    PersonKey.objects.filter(person=crowd[7]).delete()
    told, odd = by_hand()
    assert len(told) > 150
    assert {row[2] for row in told} == {"eligible", "amount_unknown", "unknown"}
    assert len({row[6] for row in told}) > 1  # grades
    seen = []
    for few in (0, 1_000):  # a scan; one by one
        sweep = found(few=few)
        assert rows() == told
        impossible = Basis.objects.exclude(impossible=[]).values_list("person_id", "impossible")
        assert dict(impossible) == odd != {}
        assert (sweep.persons, sweep.unreadable, sweep.impossible) == (80, 1, len(odd))
        assert sweep.rows == len(told) == sum(sweep.counts.values()) - sweep.counts["not_eligible"]
        seen.append((sweep.counts, _facts_kept()))
    assert seen[0] == seen[1]
    parsed = queries.in_force(people.COUNTY, on=people.DAY).parsed
    for one in crowd[20:30]:
        known = queries.known_facts(one.pk, parsed)
        assert seen[0][1][one.pk][1] == {name: plain_fact(value) for name, value in known.items()}
    assert len(seen[0][1]) == 79


def _facts_kept() -> dict[UUID, tuple[bytes, dict[str, Any]]]:
    kept = {}
    for basis in Basis.objects.all():
        facts = sealing.unseal(basis.person_id, bytes(basis.sealed), field=FACTS)
        kept[basis.person_id] = (bytes(basis.digest), facts)
    return kept


def test_persons_of_two_releases_are_decided_each_by_their_own(crowd: list[Registered]) -> None:
    other = people.publish(6)
    other.region = people.NEIGHBOUR
    other.save()
    one_by_one = found(few=1_000).counts, rows()
    assert (found(few=0).counts, rows()) == one_by_one
    releases = set(Decision.objects.values_list("region", "release_id"))
    assert releases == {(people.COUNTY, UUID(int=5)), (people.NEIGHBOUR, other.pk)}
