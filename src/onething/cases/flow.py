"""The graph of one case, pure: what may start, what a refusal ends, and when each matter falls due.

A task's `needs` are the matters before it, its `events` the outside happenings it waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onething.kernel import workdays
from onething.kernel.workdays import Calendar, Deadline, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """
    One matter of a case.

    `days` are working days, joined. `started` and `ended` are what really happened; `stops` the times its clock
    stood still (a correction, or waiting for an event once everything else was there).
    """

    matter: str
    needs: frozenset[str]
    events: frozenset[str]
    days: int
    started: date | None = None
    ended: date | None = None
    is_open: bool = True
    is_with_person: bool = False
    stops: tuple[Stop, ...] = ()


def cut_off_by(refused: str, needs: Mapping[str, frozenset[str]]) -> list[str]:
    """Find everything that can no longer happen once `refused` will not: all that depend on it, nearest first."""
    lost = [refused]
    for matter in lost:
        lost += sorted(m for m, before in needs.items() if matter in before and m not in lost)
    return lost[1:]


def revived_by(approved: str, needs: Mapping[str, frozenset[str]], refused: Iterable[str]) -> list[str]:
    """Find what can happen after all once `approved` is: its dependents, without those of a `refused` one."""
    still_lost = {lost for one in refused for lost in cut_off_by(one, needs)}
    return [matter for matter in cut_off_by(approved, needs) if matter not in still_lost]


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Sort so that each matter comes after what it needs. A pack with a cycle was refused long before."""
    remaining = {node.matter: node for node in nodes}
    ordered: list[Node] = []
    while remaining:
        free = [n for n in remaining.values() if not n.needs & remaining.keys()]
        if not free:
            raise ValueError(f"these matters wait for each other: {sorted(remaining)}")
        ordered += sorted(free, key=lambda n: n.matter)
        for node in free:
            del remaining[node.matter]
    return ordered


def deadlines(nodes: Sequence[Node], *, submitted: date, calendar: Calendar) -> dict[str, Deadline]:
    """
    Compute the promised day of each matter: from the day its predecessors are promised, by its own days and stops.

    An early finish never shortens somebody's promise; a stop moves it by exactly the working days inside. A matter
    whose clock stands still with no end in sight, and whatever comes after it, has no promised day: it is left out.
    """
    promised: dict[str, Deadline] = {}
    unsaid: set[str] = set()
    for node in in_order(nodes):
        before = [day for m in node.needs if m in promised and (day := promised[m].due)]
        counted = workdays.add_working_days(calendar, max([submitted, *before]), node.days, node.stops)
        if counted.is_stopped or node.needs & unsaid:
            unsaid.add(node.matter)
        else:
            promised[node.matter] = counted
    return promised


def promised_day(nodes: Sequence[Node], *, submitted: date, calendar: Calendar) -> date | None:
    """
    Compute the promised day of the whole; None while something waits for the person, for then nobody can say.

    What waits for an outside event is outside the promise until the event has happened.
    """
    if any(node.is_with_person for node in nodes):
        return None
    promised = deadlines(nodes, submitted=submitted, calendar=calendar)
    return max((deadline.due for deadline in promised.values() if deadline.due), default=None)


def forecast(nodes: Sequence[Node], *, submitted: date, today: date, calendar: Calendar) -> dict[str, date | None]:
    """
    Foresee the day each matter ends: the real day where it ended, else counted on from what is known today.

    None where it cannot be said: an outside event, or the person, has to come first.
    """
    seen: dict[str, date | None] = {}
    for node in in_order(nodes):
        seen[node.matter] = _foresee(node, seen, submitted=submitted, today=today, calendar=calendar)
    return seen


def _foresee(
    node: Node, seen: Mapping[str, date | None], *, submitted: date, today: date, calendar: Calendar
) -> date | None:
    if not node.is_open:
        return node.ended
    before = [seen[m] for m in node.needs if m in seen]
    known = [day for day in before if day is not None]
    if len(known) < len(before) or (node.events and node.started is None):
        return None
    start = node.started or max([submitted, today, *known])
    due = workdays.add_working_days(calendar, start, node.days, node.stops).due
    return max(due, today) if due else None


def depth(matters: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Number the layers of the parallel order, 0 for what may start at once."""
    layers: dict[str, int] = {}
    nodes = [Node(matter=m, needs=n, events=frozenset(), days=0) for m, n in matters.items()]
    for node in in_order(nodes):
        layers[node.matter] = 1 + max((layers[m] for m in node.needs if m in layers), default=-1)
    return layers
