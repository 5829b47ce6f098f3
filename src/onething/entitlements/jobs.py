"""Sweeps and reactions of entitlements: safe to run twice."""

from __future__ import annotations

from onething.entitlements import services, sweeps
from onething.plumbing import clock
from onething.plumbing.journal import every, on
from onething.registry.events import PersonForgotten


@every("15 17 * * *")  # a quarter past one in the morning in Beijing
def find_the_entitled() -> None:
    """Decide for everybody by the releases of the day."""
    sweeps.decide_everybody(clock.day_of(clock.now()))


@on(PersonForgotten, lock="person:{person_id}")
def forget_findings(fact: PersonForgotten) -> None:
    """Remove what was found about somebody whose data was deleted."""
    services.forget(person_id=fact.person_id)
