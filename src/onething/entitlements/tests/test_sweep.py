"""Deciding for everybody: nobody is lost, nobody else is found, and a sweep that was cut off goes on."""

from __future__ import annotations

import hmac
import json
from datetime import date
from typing import Any
from uuid import UUID

import duckdb
import pytest
from django.db import connection

from onething.catalogue.models import Release
from onething.engine.policies.deciding import Outcome, compile_program
from onething.engine.policies.facts import readable_facts
from onething.engine.scan.running import Scan, run_scan
from onething.entitlements import jobs, queries, services, sweeps
from onething.entitlements.errors import SweepDoesNotAddUp
from onething.entitlements.models import Basis, Decision, Sweep
from onething.entitlements.rulebooks import FACTS
from onething.entitlements.tests import people
from onething.kernel.access import SYSTEM
from onething.registry import batches, sealing
from onething.registry import queries as registry
from onething.registry import services as persons
from onething.registry.events import RosterUndone
from onething.registry.models import PersonKey
from onething.registry.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published() -> None:
    factories.load_regions()
    people.publish()


def leads() -> set[Any]:
    found = Decision.objects.shown().leads().filter(policy=people.POLICY)
    return set(found.values_list("person_id", flat=True))


def rows() -> list[tuple[Any, ...]]:
    names = ("person_id", "policy", "outcome", "amount", "start", "missing", "terms", "grade", "is_lead")
    return list(Decision.objects.shown().order_by("person_id", "policy").values_list(*names))


def test_those_planted_are_found_and_nobody_else() -> None:
    planted = {people.person(serial=number).pk for number in range(8)}
    planted.add(people.person(serial=50, hukou_type_at_discharge=None).pk)  # one thing is open
    planted.add(people.person(serial=51, compulsory_end=None, compulsory_start=None).pk)  # the amount is open
    people.crowd(40)
    sweep = sweeps.decide_everybody(people.DAY, batch=7)
    assert leads() == planted
    assert sweep.persons == sweep.expected == 50
    open_ones = Decision.objects.shown().leads().filter(policy=people.POLICY).exclude(outcome=Outcome.ELIGIBLE)
    assert sorted(open_ones.values_list("outcome", "missing")) == [
        ("amount_unknown", ["compulsory_start"]),
        ("unknown", ["hukou_type_at_discharge"]),
    ]


def test_the_counts_add_up_and_the_impossible_are_listed() -> None:
    people.crowd(30)
    odd = people.person(serial=1, discharge_date="1980-01-01")
    sweep = sweeps.decide_everybody(people.DAY, batch=11)
    policies = len(queries.in_force(people.COUNTY, on=people.DAY).asking.program.policies)
    listed = Basis.objects.filter(sweep=sweep).exclude(impossible=[])
    assert sum(sweep.counts.values()) == policies * (sweep.persons - sweep.impossible - sweep.unreadable)
    assert sweep.rows == Decision.objects.count() == sum(sweep.counts.values()) - sweep.counts["not_eligible"]
    assert listed.count() == sweep.impossible > 0
    assert listed.get(person=odd).impossible == ["discharge_date", "enlist_date"]


def test_what_is_kept_is_what_the_scan_of_a_file_says(tmp_path) -> None:
    """Two ways to the same rows: persons one by one out of the registry, and DuckDB over a file of the same facts."""
    known = [people.person(serial=number) for number in range(3)] + people.crowd(25)
    sweeps.decide_everybody(people.DAY)
    parsed = queries.in_force(people.COUNTY, on=people.DAY).parsed
    facts = {one.pk: queries.known_facts(one.pk, parsed) for one in known}
    file = tmp_path / "people.parquet"
    _write(file, parsed, facts)
    run_scan(Scan(parsed, people.DAY, file, tmp_path / "out"))
    query = f"SELECT person, policy, verdict, amount, start_month, missing FROM '{tmp_path}/out/rows/*/*.parquet'"
    impossible = set(Basis.objects.exclude(impossible=[]).values_list("person_id", flat=True))
    order = sorted(facts)
    with duckdb.connect() as database:
        told = database.execute(query.replace("rows/*", "rows/[!i]*")).fetchall()
    said = {(order[p], policy, v, amount, start, m) for p, policy, v, amount, start, m in told}
    kept = {(p, policy, v, a, s, ",".join(m)) for p, policy, v, a, s, m, *_ in rows()}
    assert kept == {row for row in said if row[0] not in impossible}
    assert len(kept) > 50


TYPES = {"date": "DATE", "boolean": "BOOLEAN", "integer": "BIGINT", "money": "BIGINT", "choices": "VARCHAR[]"}


def _write(file: Any, parsed: Any, facts: dict[Any, dict[str, Any]]) -> None:
    columns = {name: TYPES.get(fact.type, "VARCHAR") for name, fact in parsed.pack.facts.items()}
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE p (person BIGINT, {', '.join(f'{n} {t}' for n, t in columns.items())})")
        for number, one in enumerate(sorted(facts)):
            values = [facts[one].get(name) for name in columns]
            values = [sorted(value) if isinstance(value, frozenset) else value for value in values]
            database.execute(f"INSERT INTO p VALUES (?, {', '.join('?' * len(columns))})", [number, *values])
        database.execute(f"COPY p TO '{file}' (FORMAT parquet)")


def test_a_sweep_goes_on_behind_its_last_batch_and_shows_nothing_before_the_end() -> None:
    planted = {people.person(serial=number).pk for number in range(12)}
    sweep = services.begin_sweep(as_of=people.DAY, actor=SYSTEM, now=people.NOW)
    services.sweep_on(sweep_id=sweep.pk, most=5)
    assert leads() == set()
    again = services.begin_sweep(as_of=people.DAY, actor=SYSTEM, now=people.NOW)
    assert (again.pk, again.persons) == (sweep.pk, 5)
    whole = sweeps.decide_everybody(people.DAY)
    assert (whole.pk, whole.persons) == (sweep.pk, 12)
    assert leads() == planted


def test_a_release_published_in_between_begins_anew() -> None:
    people.person(serial=1)
    begun = services.begin_sweep(as_of=people.DAY, actor=SYSTEM, now=people.NOW)
    services.sweep_on(sweep_id=begun.pk)
    people.publish(6)
    sweep = sweeps.decide_everybody(people.DAY)
    assert sweep.pk != begun.pk
    assert not Sweep.objects.filter(pk=begun.pk).exists()


def test_rows_that_were_not_counted_are_not_shown() -> None:
    people.person(serial=1)
    sweep = services.begin_sweep(as_of=people.DAY, actor=SYSTEM, now=people.NOW)
    services.sweep_on(sweep_id=sweep.pk)
    Decision.objects.first().delete()
    with pytest.raises(SweepDoesNotAddUp):
        services.finish_sweep(sweep_id=sweep.pk, actor=SYSTEM, now=people.NOW)


def test_the_next_sweep_takes_the_place_of_the_last() -> None:
    people.person(serial=1)
    first = sweeps.decide_everybody(people.DAY)
    before = rows()
    second = sweeps.decide_everybody(people.DAY)
    assert first.pk != second.pk
    assert rows() == before
    assert set(Decision.objects.values_list("sweep_id", flat=True)) == {second.pk}


def test_facts_are_sealed_and_their_reasons_can_be_told_again() -> None:
    one = people.person(serial=1)
    sweeps.decide_everybody(people.DAY)
    kept = Decision.objects.get(person=one, policy=people.POLICY)
    assert b"rural" not in bytes(kept.basis.sealed)
    parsed = queries.in_force(people.COUNTY, on=people.DAY).parsed
    facts = sealing.unseal(one.pk, bytes(kept.basis.sealed), field=FACTS)
    again = compile_program(parsed, people.DAY).decision(readable_facts(facts, parsed.pack.facts), people.POLICY)
    assert (again.outcome, again.amount, again.start) == (kept.outcome, kept.amount, kept.start)
    assert kept.amount == 4 * 6000  # three years and a part of the fourth, 60 yuan each
    assert kept.start == date(2026, 4, 1)
    text = json.dumps([FACTS, facts], ensure_ascii=False, sort_keys=True)
    assert hmac.digest(sealing.key_of(one.pk).secret, text.encode(), "sha256") == bytes(kept.basis.digest)


def test_confidence_is_that_of_the_weakest_fact_it_rests_on() -> None:
    def learn(name: str, value: str) -> None:
        persons.learn_facts(
            person_id=one.pk, known={name: value}, source="register", grade=4, checked_at=people.NOW, actor=SYSTEM,
            now=people.NOW,
        )  # fmt: skip

    def confidence() -> int | None:
        sweeps.decide_everybody(people.DAY)
        return Decision.objects.get(person=one, policy=people.POLICY).grade

    one = people.person(serial=1, grade=1)
    learn("hukou_type", "rural")
    assert confidence() == 1
    for name, value in people.OLD_SOLDIER.items():
        if name not in ("service_kind", "employment"):  # not asked for this policy
            learn(name, value)
    assert confidence() == 1  # where it is paid
    learn("hukou_region", people.COUNTY)
    assert confidence() == 4


def test_a_person_whose_key_is_lost_is_counted_and_a_forgotten_one_is_gone() -> None:
    lost, forgotten = people.person(serial=1), people.person(serial=2)
    sweeps.decide_everybody(people.DAY)
    PersonKey.objects.filter(person=lost).delete()
    persons.forget_person(person_id=forgotten.pk, actor=SYSTEM, now=people.NOW)
    services.forget(person_id=forgotten.pk)
    assert not Basis.objects.filter(person=forgotten).exists()
    sweep = sweeps.decide_everybody(people.DAY)
    assert (sweep.persons, sweep.unreadable, sweep.rows) == (1, 1, 0)


def test_what_was_found_of_persons_who_went_with_an_import_is_removed() -> None:
    gone, stays = people.person(serial=1), people.person(serial=2)
    sweeps.decide_everybody(people.DAY)
    with connection.cursor() as cursor:  # as an import is taken back: no model, no cascade
        cursor.execute("DELETE FROM registry_knownfact WHERE person_id = %s", [gone.pk])
        cursor.execute("DELETE FROM registry_personkey WHERE person_id = %s", [gone.pk])
        cursor.execute("DELETE FROM registry_person WHERE id = %s", [gone.pk])
    fact = RosterUndone(roster_id=UUID(int=1), gone=1, stayed=0)
    for _twice in range(2):
        jobs.drop_the_gone(fact)
    assert set(Decision.objects.values_list("person_id", flat=True)) == {stays.pk}
    assert set(Basis.objects.values_list("person_id", flat=True)) == {stays.pk}


def test_a_batch_costs_the_same_number_of_queries_however_many_it_reads(django_assert_max_num_queries) -> None:
    for number in range(20):
        people.person(serial=number)
    sweep = services.begin_sweep(as_of=people.DAY, actor=SYSTEM, now=people.NOW)
    with django_assert_max_num_queries(12):
        services.sweep_on(sweep_id=sweep.pk)


def test_the_registry_reads_one_and_many_alike() -> None:
    known = [people.person(serial=number) for number in range(3)]
    persons.learn_facts(
        person_id=known[1].pk, known={"hukou_type": "urban"}, source="register", grade=4, checked_at=people.NOW,
        actor=SYSTEM, now=people.NOW,
    )  # fmt: skip
    fields = list(people.OLD_SOLDIER)
    read = {one.person_id: one.told for one in batches.persons_between(None, None, fields=fields)}
    assert {one.person_id: one.told for one in batches.persons_called(list(read), fields=fields)} == read
    for one in known:
        single = registry.facts_for_rules(one.pk)
        told = {name: (json.loads(text), grade) for name, (text, grade) in read[one.pk].items()}
        assert told == {name: (single[name].value, single[name].grade) for name in told}
        assert set(people.OLD_SOLDIER) | {"birth_date", "sex"} == set(told)


def test_without_a_release_nobody_is_decided_and_all_are_counted() -> None:
    Release.objects.all().delete()
    people.person(serial=1)
    sweep = sweeps.decide_everybody(people.DAY)
    assert (sweep.persons, sweep.unreadable, sweep.rows, sweep.counts) == (1, 1, 0, {})
