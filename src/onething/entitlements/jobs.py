"""Sweeps and reactions of entitlements: safe to run twice."""

from __future__ import annotations

from onething.catalogue.events import PackPublished
from onething.entitlements import queries, services, sweeps
from onething.entitlements.events import ComparisonAsked
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal import every, on
from onething.registry.events import PersonForgotten, RosterUndone


@every("15 17 * * *")  # a quarter past one in the morning in Beijing
def find_the_entitled() -> None:
    """Decide for everybody by the releases of the day."""
    sweeps.decide_everybody(clock.day_of(clock.now()))


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
