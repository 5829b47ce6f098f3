"""Sweeps of the registry: safe to run twice."""

from __future__ import annotations

from onething.kernel.access import SYSTEM
from onething.plumbing import clock, places
from onething.plumbing.journal import every, on
from onething.registry import forgotten, services, taking_in
from onething.registry.events import ExportAsked, PersonForgotten


@every("5 16 * * *")  # five past midnight in Beijing
def apply_due_changes() -> None:
    """Carry out the changes of divisions whose day has come."""
    services.apply_due_changes(actor=SYSTEM, now=clock.now())


@every("* * * * *")
def scan_held_files() -> None:
    """Scan what was taken while the scanner was silent."""
    taking_in.scan_held(now=clock.now())


@every("35 18 * * *")  # half past two in the morning in Beijing
def sweep_retention() -> None:
    """Remove what is over its time."""
    services.sweep(now=clock.now())


@on(ExportAsked, lock="export:{person_id}")
def make_export(fact: ExportAsked) -> None:
    """Put together what the person asked for."""
    services.make_export(export_id=fact.export_id, now=clock.now())


@on(PersonForgotten, lock="forgotten")
def remember_to_forget(fact: PersonForgotten) -> None:
    """Write down outside the database whose key was destroyed: an older backup still has it."""
    forgotten.write(places.private("seals"), {fact.person_id})
