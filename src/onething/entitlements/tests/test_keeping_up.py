"""Day by day, only those who changed or whose time came are decided again: the whole search says the same."""

from __future__ import annotations

import random
from datetime import date
from uuid import UUID

import pytest

from onething.entitlements import jobs, keeping_up, queries, services, sweeps
from onething.entitlements.models import Basis, Decision, Sweep
from onething.entitlements.tests import drawn, people
from onething.entitlements.tests.test_scanning import by_hand, rows
from onething.kernel.access import SYSTEM
from onething.registry import services as registry
from onething.registry.events import RosterApplied
from onething.registry.models import Person
from onething.registry.tests import factories

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 9, 18), date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 20), date(2026, 12, 31)]


@pytest.fixture(autouse=True)
def _pack() -> None:
    factories.load_regions()
    people.publish()


def learn(person_id: UUID, **known: object) -> None:
    """Let a register say something about a person."""
    registry.learn_facts(
        person_id=person_id, known=known, source="register", grade=4, checked_at=people.NOW, actor=SYSTEM,
        now=people.NOW,
    )  # fmt: skip


def known_by_now() -> None:
    """Say that every fact so far was looked at: in a test all of them are of one transaction."""
    Sweep.objects.update(known_until=2**62)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [5, 6])
def test_day_by_day_it_is_what_the_whole_search_says(seed: int) -> None:
    chance, asked = random.Random(seed), drawn.facts()
    crowd = drawn.crowd(60, seed=seed)
    whole = sweeps.decide_everybody(people.DAY)
    changed_rows = 0
    for step, day in enumerate(DAYS):
        known_by_now()
        before = rows()
        learned = chance.sample(crowd, 4)
        for one in learned:
            name = chance.choice(sorted(set(asked) - {"birth_date", "sex"}))
            learn(one.pk, **{name: drawn.value(chance, asked[name])})
        known_until = Sweep.objects.get().known_until
        crowd.append(drawn.person(chance, asked, 500 + step))
        Sweep.objects.update(known_until=0 if step % 2 else known_until)
        if not step % 2:
            keeping_up.decide_again(sweep_id=whole.pk, persons=[one.pk for one in (*learned, crowd[-1])], as_of=day)
        kept_up = sweeps.keep_up(day)
        assert kept_up is not None and (kept_up.pk, kept_up.as_of) == (whole.pk, day)
        told, odd = by_hand(day)
        assert rows() == told
        assert dict(Basis.objects.exclude(impossible=[]).values_list("person_id", "impossible")) == odd
        assert (kept_up.persons, kept_up.impossible, kept_up.rows) == (len(crowd), len(odd), len(told))
        changed_rows += len(set(before) ^ set(told))
    assert changed_rows > 50
    again = sweeps.decide_everybody(DAYS[-1])
    assert (again.differing, again.counts) == (0, kept_up.counts)


def test_only_who_turns_is_decided_again() -> None:
    tomorrow = people.person("1966-09-18", serial=1)  # 60 tomorrow
    others = [people.person("1966-03-01", serial=10 + number) for number in range(5)]
    sweeps.decide_everybody(people.DAY)
    known_by_now()
    assert not Decision.objects.filter(person=tomorrow, policy=people.POLICY).exists()
    found = keeping_up.behind(date(2026, 9, 18))
    assert found is not None
    assert tomorrow.pk in found.persons
    assert not {one.pk for one in others} & set(found.persons)
    sweeps.keep_up(date(2026, 9, 18))
    assert Decision.objects.get(person=tomorrow, policy=people.POLICY).outcome == "eligible"
    ids = set(Decision.objects.filter(person__in=others).values_list("pk", flat=True))
    known_by_now()
    sweeps.keep_up(date(2026, 9, 19))
    assert ids == set(Decision.objects.filter(person__in=others).values_list("pk", flat=True))


def test_what_a_register_says_leads_to_somebody_at_once() -> None:
    one = people.person(serial=1, hukou_type_at_discharge="urban")
    sweeps.decide_everybody(people.DAY)
    assert not Decision.objects.filter(person=one, policy=people.POLICY).exists()
    learn(one.pk, hukou_type_at_discharge="rural")
    sweeps.keep_up(people.DAY)
    assert Decision.objects.shown().leads().get(person=one, policy=people.POLICY).outcome == "eligible"


def test_what_a_file_states_is_read_by_the_rules() -> None:
    one = people.person(serial=1, enlist_date=None, discharge_date="1988-01-15")
    sweeps.decide_everybody(people.DAY)
    assert "enlist_date" in Decision.objects.get(person=one, policy=people.POLICY).missing
    registry.record_statement(
        person_id=one.pk, section="service", values={"enlisted_on": "1984-11-01"}, source="army:roster", actor=SYSTEM,
        now=people.NOW,
    )  # fmt: skip
    sweeps.keep_up(people.DAY)
    assert Decision.objects.get(person=one, policy=people.POLICY).outcome == "eligible"


def test_an_import_is_decided_for_when_it_is_there() -> None:
    people.person(serial=1)
    sweeps.decide_everybody(people.DAY)
    known_by_now()
    late = people.person(serial=2)
    Person.objects.filter(pk=late.pk).update(source="roster:9")
    Sweep.objects.update(known_until=0, as_of=people.DAY)
    fact = RosterApplied(roster_id=UUID(int=9), region=people.COUNTY, source="roster:9", new=1, known=0)
    jobs.decide_for_roster(fact)
    assert Decision.objects.filter(person=late).exists()


def test_new_rules_new_figures_and_new_year_are_for_everybody() -> None:
    people.person(serial=1)
    sweeps.decide_everybody(people.DAY)
    assert sweeps.keep_up(date(2027, 1, 1)) is None  # calendar years are counted
    assert sweeps.keep_up(date(2026, 9, 16)) is None  # backwards
    people.publish(6)
    assert sweeps.keep_up(people.DAY) is None
    Sweep.objects.all().delete()
    assert sweeps.keep_up(people.DAY) is None


def test_the_search_of_the_night_tells_what_was_kept_up_wrongly() -> None:
    one, other = people.person(serial=1), people.person(serial=2)
    sweeps.decide_everybody(people.DAY)
    known_by_now()
    assert sweeps.decide_everybody(people.DAY).differing == 0
    known_by_now()
    Decision.objects.filter(person=one, policy=people.POLICY).update(amount=1)
    assert sweeps.decide_everybody(people.DAY).differing == 2  # the row that is, and the one that should be
    Decision.objects.filter(person=other, policy=people.POLICY).delete()
    Sweep.objects.filter(finished_at__isnull=False).update(known_until=0)  # everybody changed meanwhile
    assert sweeps.decide_everybody(people.DAY).differing == 0


def test_the_month_of_a_birthday_does_not_stand_there_in_clear() -> None:
    one = people.person("1966-10-03", serial=1)
    sweeps.decide_everybody(people.DAY)
    kept = bytes(Basis.objects.get(person=one).turns)
    assert len(kept) == 32
    assert queries.persons_to_decide() == 1
    assert services.begin_sweep(as_of=people.DAY, actor=SYSTEM, now=people.NOW).known_until > 0
