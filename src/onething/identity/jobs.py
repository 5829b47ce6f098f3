"""Reactions and sweeps of the door."""

from __future__ import annotations

from onething.identity import services
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal import every, on
from onething.registry.events import PersonForgotten


@on(PersonForgotten, lock="person:{person_id}")
def close_account_of_forgotten(fact: PersonForgotten) -> None:
    """Close the account of somebody whose data was deleted."""
    services.close_account_of(person_id=fact.person_id, actor=SYSTEM, now=clock.now())


@every("*/10 * * * *")
def sweep_traces() -> None:
    """Remove what the door no longer needs: old codes, old counts, sessions that ended."""
    services.sweep_traces(now=clock.now())
