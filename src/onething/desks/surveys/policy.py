"""Who may ask, type answers in, read results and follow up. Row access stands beside each table."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from onething.kernel.access import Actor, Door, Permission
from onething.registry import policy as registry
from onething.registry import regions

RUN_SURVEY: Final[Permission] = "surveys.run_survey"
"""Write a survey, send it to a group of the division, close it."""

TYPE_ANSWER: Final[Permission] = "surveys.type_answer"
"""Print questionnaires, type in what came back on paper, and do what people asked for."""

READ_RESULTS: Final[Permission] = "surveys.read_results"
"""Read the results of surveys that reach into the division."""


def surveys(actor: Actor) -> Q:
    """Keep the surveys that ask people of the actor's division: of it, of one below, of one above; the system all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    if actor.door is not Door.STAFF or not actor.region:
        return registry.NOTHING
    return registry.in_region(actor, "region") | Q(region__in=regions.upwards(actor.region))


def of_persons(actor: Actor) -> Q:
    """Keep what is about the person who asks; for staff who follow up, what is about people of their division."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    if actor.door is Door.CITIZEN and actor.person_id:
        return Q(person_id=actor.person_id)
    if actor.door is Door.STAFF and actor.may(TYPE_ANSWER):
        return registry.in_region(actor, "region")
    return registry.NOTHING
