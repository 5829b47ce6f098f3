"""
Between two searches over everybody: who changed, and whose time came, is decided again at once.

Who changed, the journal says: every fact of a transaction that was not finished when the search began, or when it was
last kept up. Whose time comes, the rules say (`engine.policies.turning`); the month of it is kept with every basis, as
a keyed index. The search of the night is the oracle: its rows have to be those that were kept up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count

from onething.engine.policies.deciding import Outcome
from onething.engine.policies.turning import changes_between
from onething.entitlements import events, portions, queries
from onething.entitlements.models import Basis, Decision, Sweep
from onething.entitlements.rulebooks import Rulebook
from onething.entitlements.tallies import TURNS, Tally
from onething.kernel.access import Actor
from onething.plumbing.journal import counting, publish, writes
from onething.registry import batches
from onething.registry import queries as registry
from onething.registry.cipher import blind_indexes

CHANGES = ("registry.PersonRegistered", "registry.PersonCorrected", "registry.FactsLearned", "registry.RosterApplied")


@dataclass(frozen=True, slots=True)
class Behind:
    """How far the newest search is behind a day: who is to be decided again, by facts up to `known_until`."""

    sweep_id: UUID
    as_of: date
    known_until: int
    persons: tuple[UUID, ...]


def behind(as_of: date) -> Behind | None:
    """Find who is to be decided again for a day; None where it is everybody, or nobody was ever decided."""
    sweep = _newest()
    if sweep is None or as_of < sweep.as_of or sweep.releases != _releases(as_of):
        return None
    if any(changes_between(book.parsed, sweep.as_of, as_of) for book in _books(sweep, sweep.as_of).values()):
        return None
    known_until = counting.finished()
    persons = {*_changed(sweep), *_turning(sweep, as_of)}
    return Behind(sweep.pk, as_of, known_until, tuple(sorted(persons)))


@writes
def decide_again(*, sweep_id: UUID, persons: Sequence[UUID], as_of: date) -> None:
    """Decide for these persons by what is known now, and put their rows in the place of those they had."""
    sweep = Sweep.objects.select_for_update().get(pk=sweep_id)
    books = queries.rulebooks(sweep.releases, as_of)
    fields = {name for book in books.values() for name in book.parsed.pack.facts}
    tally = Tally(sweep.pk, books, sweep.releases)
    tally.read(batches.persons_called(persons, fields=fields), most=len(persons))
    tally.decide(first=portions.numbers(len(tally.bases)))
    for kept in (Decision, Basis):
        kept.objects.filter(sweep=sweep, person_id__in=persons).delete()
    portions.keep(tally)


@writes
def end_keeping_up(*, found: Behind, actor: Actor, now: datetime) -> Sweep:
    """Say of which day the newest search now is: months that are "this month" move on, and all is counted anew."""
    sweep = Sweep.objects.select_for_update().get(pk=found.sweep_id)
    for release, book in _books(sweep, found.as_of).items():
        for policy, month in book.starts_today.items():
            of = Decision.objects.filter(sweep=sweep, release_id=release, policy=policy, start__isnull=False)
            of.exclude(start=month).update(start=month)
    sweep.as_of, sweep.known_until = found.as_of, found.known_until
    _count(sweep)
    sweep.save()
    fact = events.SweepKeptUp(sweep_id=sweep.pk, as_of=sweep.as_of, persons=len(found.persons))
    publish(fact, actor=actor, at=now)
    return sweep


def differing_from(sweep: Sweep) -> int | None:
    """
    Count the rows that a whole search and the one before, kept up to the same day, do not have in common.

    Who changed meanwhile is left out. None where there is nothing to compare with.
    """
    before = _newest()
    if before is None or (before.as_of, before.releases) != (sweep.as_of, sweep.releases):
        return None
    given: dict[str, Any] = {"before": before.pk, "sweep": sweep.pk, "changed": list(_changed(before))}
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING, given)
        return int(cursor.fetchone()[0])


_ROWS = """
SELECT person_id, policy, release_id, outcome, amount, start, missing, grade, terms, is_lead FROM entitlements_decision
WHERE sweep_id = %(sweep)s AND person_id <> ALL(%(changed)s)
"""
_BEFORE = _ROWS.replace("%(sweep)s", "%(before)s")
_DIFFERING = f"""
SELECT count(*) FROM (({_ROWS} EXCEPT ALL {_BEFORE}) UNION ALL ({_BEFORE} EXCEPT ALL {_ROWS})) AS differing
"""  # noqa: S608  # of constants


def _newest() -> Sweep | None:
    return Sweep.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()


def _releases(as_of: date) -> dict[str, str]:
    return {place: str(pk) for place, pk in queries.releases_in_force(on=as_of).items()}


def _books(sweep: Sweep, on: date) -> dict[UUID, Rulebook]:
    return {UUID(pk): queries.rulebook(UUID(pk), on) for pk in set(sweep.releases.values())}


def _changed(sweep: Sweep) -> Iterator[UUID]:
    for _kind, said in counting.written_since(sweep.known_until, CHANGES):
        if "person_id" in said:
            yield UUID(said["person_id"])
        else:
            yield from registry.persons_of_source(said["source"])


def _turning(sweep: Sweep, as_of: date) -> Iterator[UUID]:
    """Those of whom something may turn in one of the months from the search's day to this one."""
    if as_of == sweep.as_of:
        return
    indexes = [index for month in _months(sweep.as_of, as_of) for index in blind_indexes(TURNS, month.isoformat())]
    yield from Basis.objects.filter(sweep=sweep, turns__in=indexes).values_list("person_id", flat=True)


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _count(sweep: Sweep) -> None:
    """Count what is kept: of the possible persons, what is no row is a no."""
    bases = Basis.objects.filter(sweep=sweep)
    decided = bases.filter(impossible=[]).values_list("release").annotate(Count("pk"))
    rows: dict[str, Any] = dict(
        Decision.objects.filter(sweep=sweep).values_list("outcome").annotate(Count("pk")).order_by()
    )
    books = _books(sweep, sweep.as_of)
    whole = sum(count * len(books[release].program.policies) for release, count in decided.order_by())
    sweep.rows = sum(rows.values())
    sweep.counts = {**rows, str(Outcome.NOT_ELIGIBLE): whole - sweep.rows} if whole else {}
    sweep.expected = sweep.persons = queries.persons_to_decide()
    known = bases.count()
    sweep.unreadable = max(0, sweep.persons - known)
    sweep.impossible = known - sum(count for _release, count in decided.order_by())
