"""Which post of a department's desk gets which of its matters, and who sits at the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from onething.catalogue.models import Kind, Release
from onething.exchange import policy
from onething.exchange.models import Department, Route
from onething.identity import queries as accounts
from onething.identity.queries import Colleague
from onething.kernel.access import SYSTEM, Actor


def matters_of(port: Department, *, on: date) -> dict[str, dict[str, str]]:
    """Find the matters that packs in force give to a department: id → its words."""
    contents = Release.objects.in_force(on).filter(kind=Kind.MATTERS).values_list("content__matters", flat=True)
    found = {name: matter for matters in contents for name, matter in matters.items()}
    return {name: matter["title"] for name, matter in sorted(found.items()) if matter["department"] == port.code}


def desk_of(port: Department, *, now: datetime) -> list[Colleague]:
    """Find who answers orders at the port's desk now, by name."""
    return accounts.colleagues(replace(SYSTEM, organisation=port.organisation), policy.ANSWER_ORDER, now)


def posts_for(actor: Actor, port: Department) -> dict[str, UUID]:
    """Give the routes of a port that the actor may see: matter → post."""
    return dict(Route.objects.visible_to(actor).filter(port=port).values_list("matter", "post_id"))
