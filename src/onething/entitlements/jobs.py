"""Sweeps and reactions of entitlements: safe to run twice."""

from __future__ import annotations

from onething.catalogue.events import PackPublished
from onething.entitlements import queries, services, sweeps
from onething.entitlements.events import ComparisonAsked
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal import every, on
from onething.registry.events import PersonForgotten, RosterApplied, RosterUndone


@every("15 17 * * *")  # a quarter past one in the morning in Beijing
def find_the_entitled() -> None:
    """Decide for everybody by the releases of the day; what was kept up until now is compared with it."""
    today = clock.day_of(clock.now())
    sweeps.keep_up(today)
    sweeps.decide_everybody(today)


@every("*/10 * * * *")
def keep_up() -> None:
    """Decide again for those of whom something was learned, and after midnight for those whose day it is."""
    sweeps.keep_up(clock.day_of(clock.now()))


@on(RosterApplied, lock="entitlements:keep_up")
def decide_for_roster(fact: RosterApplied) -> None:
    """Decide for the persons of an import as soon as it is there."""
    sweeps.keep_up(clock.day_of(clock.now()))


@on(PersonForgotten, lock="person:{person_id}")
def forget_findings(fact: PersonForgotten) -> None:
    """Remove what was found about somebody whose data was deleted."""
    services.forget(person_id=fact.person_id)


@on(ComparisonAsked, lock="comparison:{comparison_id}")
def compare_everybody(fact: ComparisonAsked) -> None:
    """Work out what a draft would change for everybody."""
    sweeps.compare_everybody(fact.comparison_id)


@on(PackPublished, lock="entitlements:{pack}")
def recompute_open(fact: PackPublished) -> None:
    """Decide again what is open when rules change: first the offers that stand, then everybody."""
    if not queries.is_of_entitlements(fact.release_id):
        return
    after = None
    while True:
        after = services.recheck_offers(release_id=fact.release_id, after=after, actor=SYSTEM, now=clock.now())
        if after is None:
            break
    sweeps.decide_everybody(clock.day_of(clock.now()))


@on(RosterUndone)
def drop_the_gone(fact: RosterUndone) -> None:
    """Remove what was found about persons who went with an import that was taken back."""
    services.drop_gone()
