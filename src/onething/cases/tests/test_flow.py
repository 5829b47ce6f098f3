"""The pure graph of a case: promised days beside a clock that stands still."""

from __future__ import annotations

from datetime import date

from onething.cases import flow
from onething.catalogue import planning
from onething.kernel.workdays import Stop

SUBMITTED = date(2026, 9, 1)


def node(matter: str, *needs: str, days: int = 2, stops: tuple[Stop, ...] = ()) -> flow.Node:
    return flow.Node(matter=matter, needs=frozenset(needs), events=frozenset(), days=days, stops=stops)


def test_what_comes_after_a_clock_that_stands_has_no_promised_day_either() -> None:
    nodes = [node("a"), node("army", "a", stops=(Stop(date(2026, 9, 2)),)), node("card", "army", days=20)]
    promised = flow.deadlines(nodes, submitted=SUBMITTED, calendar=planning.calendar())
    assert promised.keys() == {"a"}
    assert flow.promised_day(nodes, submitted=SUBMITTED, calendar=planning.calendar()) == date(2026, 9, 3)
