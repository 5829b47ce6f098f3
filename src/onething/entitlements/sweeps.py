"""Deciding for everybody, from the first batch to the list: killed at any moment, the next run goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from uuid import UUID

from onething.entitlements import comparing, keeping_up, services, tallies
from onething.entitlements.models import Sweep
from onething.kernel.access import SYSTEM
from onething.plumbing import clock

Tell = Callable[[Sweep], None]
PORTION = 5_000
"""Persons decided again in one transaction."""


def decide_everybody(as_of: date, *, batch: int = services.BATCH, tell: Tell = lambda sweep: None) -> Sweep:
    """
    Decide for every person of the registry on a day, and show the result when it is whole.

    `tell` hears of every batch. Each batch is a transaction of its own and locks nothing but its sweep.
    """
    sweep = go_on(services.begin_sweep(as_of=as_of, actor=SYSTEM, now=clock.now()), batch=batch, tell=tell)
    sweep = services.finish_sweep(sweep_id=sweep.pk, actor=SYSTEM, now=clock.now())
    while services.clear_sweeps():
        pass
    return sweep


def keep_up(as_of: date, *, batch: int = PORTION) -> Sweep | None:
    """
    Decide again for those who changed, or whose time came, since the newest search, and show that at once.

    Gives the search as it is now; None where everybody is to be decided, because rules or figures are others.
    """
    found = keeping_up.behind(as_of)
    if found is None:
        return None
    for persons in _portions(found.persons, batch):
        keeping_up.decide_again(sweep_id=found.sweep_id, persons=persons, as_of=as_of)
    sweep = Sweep.objects.get(pk=found.sweep_id)
    if found.persons or sweep.as_of != as_of:
        sweep = keeping_up.end_keeping_up(found=found, actor=SYSTEM, now=clock.now())
    return sweep


def _portions(persons: Sequence[UUID], most: int) -> Iterator[Sequence[UUID]]:
    """Give portions of at most so many, in their order."""
    for first in range(0, len(persons), most):
        yield persons[first : first + most]


def compare_everybody(comparison_id: UUID) -> None:
    """Compare a draft with what is in force to the end, batch by batch; each is a transaction of its own."""
    while comparing.compare_on(comparison_id=comparison_id, now=clock.now()):
        pass


def go_on(
    sweep: Sweep, *, batch: int = services.BATCH, few: int = tallies.FEW, tell: Tell = lambda sweep: None
) -> Sweep:
    """Decide for the persons behind the last batch, until there are no more."""
    while True:
        before = sweep.after
        sweep = services.sweep_on(sweep_id=sweep.pk, most=batch, few=few)
        if sweep.after == before:
            return sweep
        tell(sweep)
