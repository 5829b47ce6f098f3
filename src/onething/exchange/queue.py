"""
My queue: everything that waits for whoever asks, in work order: overdue, due today, corrected, new, begun. Before all
stands what is no longer wanted (please stop), behind all what was given back to the applicant.

In each group what has the shortest time left comes first. Rows come from sources; modules above add theirs:

    @source
    class Concerns:
        def arms(self, actor, ask): ...   # group → rows with `due`; nothing for whom it is not
        def items(self, actor, keys): ... # what a row shows, for the keys of one page

A page costs the same number of queries however many rows wait: each group is read by its own index, cut at the page's
length, from where the page before ended. The numbers on the tabs are kept counters (`plumbing.tallies`) where a source
names its own; what is searched by number, and sources without, are counted up to MOST_COUNTED: “more than” beyond.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol, Self, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onething.exchange.clocks import Clock
from onething.kernel.access import Actor
from onething.plumbing import tallies

ROWS = 50
MOST_COUNTED = 999


class Group(StrEnum):
    """Why a row stands where it stands; the order of the members is the order of work."""

    WITHDRAWN = "withdrawn"
    OVERDUE = "overdue"
    DUE = "due"
    FIXED = "fixed"
    NEW = "new"
    BEGUN = "begun"
    RETURNED = "returned"

    @property
    def place(self) -> int:
        """Give the place of this group in the order of work."""
        return _PLACES[self]


_PLACES = {group: place for place, group in enumerate(Group)}
TITLES: Mapping[Group, Promise | str] = {
    Group.WITHDRAWN: _("No longer wanted: please stop"),
    Group.OVERDUE: _("Overdue"),
    Group.DUE: _("Due today"),
    Group.FIXED: _("Corrected"),
    Group.NEW: _("New"),
    Group.BEGUN: _("Begun"),
    Group.RETURNED: _("Given back, with the applicant"),
}


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Where a row stands in the order of work: its group, its day (none is last), its id."""

    place: int
    due: date
    pk: UUID

    @property
    def group(self) -> Group:
        """Give the group of this place."""
        return tuple(Group)[self.place]

    def __str__(self) -> str:
        return f"{self.place}.{self.due.isoformat()}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read a key from an address; None for one that is none."""
        place, _dot, rest = text.partition(".")
        due, _dot, pk = rest.partition(".")
        try:
            key = cls(int(place), date.fromisoformat(due), UUID(pk))
        except ValueError:
            return None
        return key if 0 <= key.place < len(Group) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked of the queue. `is_mine`: not what colleagues have; `after`: where the page before ended."""

    now: datetime
    today: date
    is_mine: bool = True
    group: Group | None = None
    matter: str = ""
    number: str = ""
    after: Key | None = None
    colleagues: frozenset[UUID] = frozenset()  # the posts in force beside one's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row: what is to be done about whom, how much time is left, and the one next step."""

    key: Key
    kind: str
    title: object
    where: object
    step: object
    address: str
    case_number: str
    person_id: UUID
    person: str = ""
    clock: Clock
    matter: str = ""
    holder: str = ""
    may_be_bundled: bool = False


@dataclass(frozen=True, slots=True)
class Counter:
    """Where the counters of a source's rows are kept, and in which group a cell lies; in none where it is not asked."""

    board: str
    place: str
    group_of: Callable[[str, date], Group | None]


class Source(Protocol):
    """Something that puts rows into the queue; with `counters(actor, ask)` where its counters are kept."""

    def arms(self, actor: Actor, ask: Ask) -> Mapping[Group, QuerySet[Any]]:
        """Give the rows of each group, unordered; all have `pk` and `due`. Empty where this is not the actor's work."""

    def items(self, actor: Actor, keys: Sequence[Key], ask: Ask) -> list[Item]:
        """Read what the rows of these keys show. A constant number of queries."""


_sources: list[Source] = []
_Kind = TypeVar("_Kind", bound=type[Any])


def source(kind: _Kind) -> _Kind:
    """Make a class a source of the queue."""
    _sources.append(kind())
    return kind


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue: its rows, where the next page begins, and how many wait in each group."""

    items: list[Item]
    after: Key | None
    counts: Mapping[Group, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Sum up what is to be done; what lies with the applicant is not."""
        return sum(found for group, found in self.counts.items() if group is not Group.RETURNED)


def page_of(actor: Actor, ask: Ask, *, rows: int = ROWS) -> Queue:
    """Read one page of the actor's queue, with the counts of its groups."""
    whole = [(one, one.arms(actor, replace(ask, group=None, after=None))) for one in _sources]
    found: list[Item] = []
    for one, arms in whole:
        keys = _keys(_cut(arms, ask), ask.after, rows + 1)
        found += one.items(actor, keys, ask) if keys else []
    found.sort(key=lambda item: item.key)
    counts = sizes(actor, ask)
    return Queue(found[:rows], found[rows - 1].key if len(found) > rows else None, counts)


def waiting(actor: Actor, ask: Ask) -> int:
    """Tell how many rows wait for an actor: from kept counters, where there are, else up to MOST_COUNTED a group."""
    return Queue([], None, sizes(actor, ask)).total


def sizes(actor: Actor, ask: Ask) -> dict[Group, int]:
    """Tell how many rows lie in each group. One query of the kept counters, and one for sources that keep none."""
    whole = replace(ask, group=None, after=None)
    kept: list[Counter] = []
    uncounted = []
    for one in _sources:
        counters = getattr(one, "counters", None)
        if counters is None or ask.number:
            uncounted.append(one.arms(actor, whole))
        else:
            kept += counters(actor, whole)
    found = dict.fromkeys(Group, 0) | count(uncounted)
    for group, rows in _kept(kept):
        found[group] += rows
    return found


def _kept(counters: Sequence[Counter]) -> Iterator[tuple[Group, int]]:
    by_board = {one.board: one for one in counters}
    for cell in tallies.read(*((one.board, one.place) for one in counters)):
        group = by_board[cell.board].group_of(cell.cell, cell.day)
        if group is not None:
            yield group, cell.rows


def _cut(arms: Mapping[Group, QuerySet[Any]], ask: Ask) -> dict[Group, QuerySet[Any]]:
    first = ask.after.place if ask.after else 0
    return {g: rows for g, rows in arms.items() if g.place >= first and ask.group in (None, g)}


def _keys(arms: Mapping[Group, QuerySet[Any]], after: Key | None, most: int) -> list[Key]:
    """Read the first keys of all groups in one statement: each group by its index, no further than `most`."""
    if not arms:
        return []
    cut = [_begun(group, rows, after)[:most] for group, rows in arms.items()]
    read = cut[0].union(*cut[1:], all=True) if len(cut) > 1 else cut[0]
    return sorted(Key(place, due or date.max, pk) for place, due, pk in read)[:most]


def _begun(group: Group, rows: QuerySet[Any], after: Key | None) -> QuerySet[Any]:
    if after and after.place == group.place:
        rows = rows.filter(_behind(after))
    placed: QuerySet[Any] = rows.annotate(at_place=Value(group.place, IntegerField()))
    return placed.order_by(F("due").asc(nulls_last=True), "pk").values_list("at_place", "due", "pk")


def _behind(key: Key) -> Q:
    if key.due == date.max:
        return Q(due__isnull=True, pk__gt=key.pk)
    return Q(due__gt=key.due) | Q(due=key.due, pk__gt=key.pk) | Q(due__isnull=True)


def count(sources: Iterable[Mapping[Group, QuerySet[Any]]]) -> dict[Group, int]:
    """Count the rows of each group, no further than MOST_COUNTED + 1 a source. One query."""
    arms = [(group, rows.order_by().values("pk")[: MOST_COUNTED + 1]) for one in sources for group, rows in one.items()]
    if not arms:
        return {}
    told = [rows.query.sql_with_params() for _group, rows in arms]
    columns = ", ".join(f"(SELECT count(*) FROM ({sql}) AS arm)" for sql, _params in told)  # noqa: S608  # Django's own
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [value for _sql, params in told for value in params])
        row = cursor.fetchone()
    sums = dict.fromkeys(Group, 0)
    for (group, _rows), found in zip(arms, row, strict=True):
        sums[group] += found
    return sums
