"""Divisions: lists loaded, history kept, and what moves when a division gets another code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from onething.kernel import codes
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry import events, regions
from onething.registry.errors import ChangeImpossible, NoSuchRegion, RegionCodeTaken, RegionTwice, RegionWithoutParent
from onething.registry.models import Region, RegionChange, RegionMove
from onething.registry.regions import ChangeRow, RegionRow

Kind = RegionChange.Kind


@dataclass(frozen=True, slots=True)
class ListCount:
    """What a list would change: how many divisions are new, otherwise named or placed, as they were, or at an end."""

    new: int
    changed: int
    same: int
    ended: int


@writes
def load_regions(
    *,
    rows: Iterable[RegionRow],
    source: str,
    actor: Actor,
    now: datetime,
    is_own: bool = False,
    is_complete: bool = False,
) -> int:
    """
    Load a list of divisions; what is known already is brought up to date. Gives the number of rows.

    A province's own list (`is_own`) adds divisions and places known ones in its own tree; it renames none. A complete
    list ends, as of today, what the same source no longer names.
    Refuses RegionTwice, RegionWithoutParent, RegionCodeWrong; then nothing is loaded.
    """
    listed = _checked(rows)
    _require_parents(listed)
    if is_complete:
        _end_unnamed(listed, source, clock.day_of(now))
    with connection.cursor() as cursor:
        for piece in _columns(listed):
            cursor.execute(_LOAD_OWN if is_own else _LOAD_REGIONS, [source, *piece])
    publish(events.RegionsLoaded(source=source, count=len(listed)), actor=actor, at=now)
    return len(listed)


def count_list(rows: Iterable[RegionRow], *, source: str, is_complete: bool = False) -> ListCount:
    """
    Count what a list would change, and change nothing.

    Refuses what `load_regions` refuses.
    """
    listed = _checked(rows)
    _require_parents(listed)
    known = dict(Region.objects.values_list("code", "name"))
    named = {row.code: row.name for row in listed}
    new = sum(code not in known for code in named)
    changed = sum(code in known and known[code] != name for code, name in named.items())
    ended = _unnamed(listed, source).count() if is_complete else 0
    return ListCount(new, changed, len(named) - new - changed, ended)


PIECE = 20_000

_VALUES = "unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::date[], %s::date[])"
_LOAD_REGIONS = f"""
INSERT INTO registry_region (source, code, name, name_en, parent_id, valid_from, valid_to)
SELECT %s, * FROM {_VALUES}
ON CONFLICT (code) DO UPDATE SET
    source = EXCLUDED.source, name = EXCLUDED.name, name_en = EXCLUDED.name_en, parent_id = EXCLUDED.parent_id,
    valid_from = EXCLUDED.valid_from, valid_to = EXCLUDED.valid_to, is_own = false
"""  # noqa: S608  # of constants
_LOAD_OWN = f"""
INSERT INTO registry_region (source, code, name, name_en, parent_id, valid_from, valid_to, own_parent_id, is_own)
SELECT %s, r.code, r.name, r.name_en, r.above, r.valid_from, r.valid_to, r.above, true
FROM {_VALUES} AS r(code, name, name_en, above, valid_from, valid_to)
WHERE r.code <> '000000000000'
ON CONFLICT (code) DO UPDATE SET own_parent_id = EXCLUDED.own_parent_id
"""  # noqa: S608  # of constants


def _columns(listed: Sequence[RegionRow]) -> Iterable[list[list[object]]]:
    for start in range(0, len(listed), PIECE):
        piece = listed[start : start + PIECE]
        rows = [[row.code, row.name, row.name_en, row.parent, row.valid_from, row.valid_to] for row in piece]
        yield [list(column) for column in zip(*rows, strict=True)]


def _checked(rows: Iterable[RegionRow]) -> list[RegionRow]:
    """Check a list of divisions, add the nation, from which every tree hangs, and put what is above first."""
    listed = {regions.NATION.code: regions.NATION}
    for row in rows:
        codes.region_level(row.code)
        if row.code in listed and row.code != codes.NATION:
            raise RegionTwice(code=row.code)
        listed[row.code] = row
    return sorted(listed.values(), key=lambda row: (codes.region_level(row.code), row.code))


def _require_parents(listed: list[RegionRow]) -> None:
    here = {row.code for row in listed}
    wanted = {row.parent: row.code for row in listed if row.parent is not None and row.parent not in here}
    known = set(Region.objects.filter(code__in=wanted).values_list("code", flat=True))
    for parent, code in sorted(wanted.items()):
        if parent not in known:
            raise RegionWithoutParent(code=code, parent=parent)


def _unnamed(listed: list[RegionRow], source: str) -> QuerySet[Region]:
    named = Region.objects.filter(source=source, valid_to__isnull=True, is_own=False)
    return named.exclude(code__in=[row.code for row in listed])


def _end_unnamed(listed: list[RegionRow], source: str, day: date) -> None:
    _unnamed(listed, source).update(valid_to=day)


@writes
def enter_changes(*, rows: Iterable[ChangeRow], source: str, actor: Actor, now: datetime) -> tuple[int, int]:
    """
    Enter changes of divisions into their history, and carry out those whose day has come.

    Gives how many were new, and how many divisions moved. A change that is known already is left as it is; one with
    a year only is history and moves nothing.
    Refuses ChangeImpossible, NoSuchRegion, RegionCodeTaken; then nothing is entered.
    """
    told = [_change(row, source) for row in rows]
    before = RegionChange.objects.count()
    RegionChange.objects.bulk_create(told, ignore_conflicts=True, batch_size=1000)
    return RegionChange.objects.count() - before, apply_due_changes(actor=actor, now=now)


@writes
def apply_due_changes(*, actor: Actor, now: datetime) -> int:
    """
    Carry out the changes whose day has come: old divisions end, persons and offices move, upper modules are told.

    Gives how many divisions moved. Safe to run twice.
    """
    due = RegionChange.objects.select_for_update().filter(applied_at__isnull=True, day__lte=clock.day_of(now))
    told = list(due)
    for change in sorted(told, key=lambda one: codes.region_level(one.new_code) if one.new_code else 0):
        if change.kind in (Kind.FOUNDED, Kind.RECODED):
            _place(change.new_code, change.new_name, change)  # all new ones stand, from above, before anything moves
    return sum(_apply(change, told, actor, now) for change in sorted(told, key=_depth_first))


def _depth_first(change: RegionChange) -> tuple[date | None, int, str]:
    """Order by day; what lies deeper is named for itself and goes before what carries the rest along."""
    code = change.old_code or change.new_code
    return change.day, -codes.region_level(code), code


def _apply(change: RegionChange, told: Sequence[RegionChange], actor: Actor, now: datetime) -> int:
    moves = _CHANGES[Kind(change.kind)](change, told)
    RegionMove.objects.bulk_create([RegionMove(change=change, old_code=a, new_code=b) for a, b in moves.items()])
    _move_what_is_ours(change)
    change.applied_at = now
    change.save(update_fields=["applied_at"])
    fact = events.RegionChanged(change_id=change.pk, change=change.kind, old=change.old_code, new=change.new_code)
    publish(fact, actor=actor, at=now)
    return len(moves)


def _found(change: RegionChange, told: Sequence[RegionChange]) -> dict[str, str]:
    return {}  # it stands already


def _rename(change: RegionChange, told: Sequence[RegionChange]) -> dict[str, str]:
    if not Region.objects.filter(code=change.old_code).update(name=change.new_name, source=change.source):
        raise NoSuchRegion(code=change.old_code)
    return {}


def _abolish(change: RegionChange, told: Sequence[RegionChange]) -> dict[str, str]:
    _end(change.old_code, change.day)
    return {}


def _recode(change: RegionChange, told: Sequence[RegionChange]) -> dict[str, str]:
    """Move a division with what lies below it; what the list itself names, or a split leaves open, is not carried."""
    old, new = change.old_code, change.new_code
    if sum(other.old_code == old for other in told) > 1:  # a split: where each person belongs, only a clerk can tell
        _end(old, change.day)
        return {}
    below = Region.objects.filter(code__startswith=regions.prefix(old), valid_to__isnull=True).exclude(code=old)
    moves = {code: regions.carried(code, old, new) for code in below.values_list("code", flat=True)}
    names = dict(below.values_list("code", "name"))
    for code in sorted(moves, key=codes.region_level):
        _place(moves[code], names[code], change)
    _end(old, change.day, with_below=True)
    return {old: new} | moves


_CHANGES = {Kind.FOUNDED: _found, Kind.RENAMED: _rename, Kind.ABOLISHED: _abolish, Kind.RECODED: _recode}


def _place(code: str, name: str, change: RegionChange) -> None:
    """Open a division; one that stands already under the same name stays. Refuses RegionCodeTaken."""
    standing = Region.objects.filter(code=code).first()
    if standing is not None and standing.name != name and standing.valid_to is None:
        raise RegionCodeTaken(code=code, name=standing.name)
    if standing is not None and standing.valid_to is None:
        return
    above = _standing_above(code)
    row = Region(code=code, name=name, parent_id=above, valid_from=change.day, valid_to=None, source=change.source)
    row.save()


def _standing_above(code: str) -> str:
    standing = set(Region.objects.filter(code__in=regions.upwards(code)[1:]).values_list("code", flat=True))
    return next((above for above in regions.upwards(code)[1:] if above in standing), codes.NATION)


def _end(code: str, day: date | None, *, with_below: bool = False) -> None:
    ending = Region.objects.filter(valid_to__isnull=True)
    ended = ending.filter(code__startswith=regions.prefix(code)) if with_below else ending.filter(code=code)
    if not ended.update(valid_to=day) and not Region.objects.filter(code=code).exists():
        raise NoSuchRegion(code=code)


def _move_what_is_ours(change: RegionChange) -> None:
    """Move persons, and offices where the new division has none of that department yet."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_PERSONS, [change.pk])
        cursor.execute(_MOVE_OFFICES, [change.pk])


_MOVE_PERSONS = """
UPDATE registry_person p SET region_id = m.new_code FROM registry_regionmove m
WHERE m.change_id = %s AND p.region_id = m.old_code AND p.forgotten_at IS NULL
"""
_MOVE_OFFICES = """
UPDATE registry_organisation o SET region_id = m.new_code FROM registry_regionmove m
WHERE m.change_id = %s AND o.region_id = m.old_code
  AND (o.kind <> 'department' OR NOT EXISTS (
        SELECT 1 FROM registry_organisation t
        WHERE t.kind = 'department' AND t.department = o.department AND t.region_id = m.new_code))
"""


def _change(row: ChangeRow, source: str) -> RegionChange:
    if row.kind not in Kind.values:
        raise ChangeImpossible(problem=row.kind)
    needs_old, needs_new = row.kind != Kind.FOUNDED, row.kind in (Kind.FOUNDED, Kind.RECODED)
    for code, is_needed in ((row.old_code, needs_old), (row.new_code, needs_new)):
        if is_needed or code:
            codes.region_level(code)
    if row.kind == Kind.RECODED and row.day and codes.region_level(row.old_code) != codes.region_level(row.new_code):
        raise ChangeImpossible(problem=f"{row.old_code} → {row.new_code}")
    return RegionChange(
        kind=row.kind,
        year=row.year,
        day=row.day,
        old_code=row.old_code,
        old_name=row.old_name,
        new_code=row.new_code,
        new_name=row.new_name,
        document=row.document,
        address=row.address,
        source=source,
    )
