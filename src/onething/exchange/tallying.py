"""What the counters of the desks must come to, and in which group of the queue a cell lies. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from onething.exchange.queue import Group
from onething.plumbing import tallies
from onething.plumbing.tallies import NO_DAY

ORDERS, WITHDRAWALS = BOARDS = ("orders", "withdrawals")

tallies.truth(
    ORDERS,
    """
    SELECT NULL::uuid, exchange_places(organisation, matter),
           exchange_stage(state, round) || '|' || coalesce(post_id::text, ''), coalesce(due, '9999-12-31')
    FROM exchange_order WHERE organisation <> '' AND exchange_stage(state, round) IS NOT NULL
    """,
)
tallies.truth(WITHDRAWALS, "SELECT subject, places, cell, day FROM exchange_withdrawals")


def place_of(organisation: str, matter: str) -> str:
    """Name the place whose counters are a desk's, or those of one of its matters."""
    return f"{organisation}/{matter}" if matter else organisation


def group_of(cell: str, day: date, *, today: date, without: Collection[UUID] = ()) -> Group | None:
    """Tell in which group of the queue a cell lies today; in none where it is of one of the posts `without`."""
    stage, _bar, post = cell.partition("|")
    if post and UUID(post) in without:
        return None
    return by_day(day, today=today, later=Group(stage)) if stage in _AT_WORK else Group(stage)


_AT_WORK = (Group.FIXED, Group.NEW, Group.BEGUN)


def by_day(day: date, *, today: date, later: Group) -> Group:
    """Tell the group of what is overdue, due today, or else `later`."""
    if day == NO_DAY or day > today:
        return later
    return Group.OVERDUE if day < today else Group.DUE
