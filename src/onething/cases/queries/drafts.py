"""Reading drafts: their answers, what registers know, the plan that follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from onething.cases.errors import DraftNotFound
from onething.cases.models import Case, Draft
from onething.catalogue import planning
from onething.engine import bundle
from onething.kernel.access import Actor
from onething.registry import queries as registry
from onething.registry import sealing


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """Find the forms that a person has begun and not submitted, newest first."""
    found = Draft.objects.visible_to(actor).filter(case=None).select_related("release").defer("release__content")
    return found.order_by("-saved_at")


def draft_for(actor: Actor, draft_id: UUID) -> Draft:
    """Find one form of the person who asks. Refuses DraftNotFound."""
    draft = (
        Draft.objects.visible_to(actor)
        .select_related("release", "case")
        .defer("release__content")
        .filter(pk=draft_id)
        .first()
    )
    if draft is None:
        raise DraftNotFound
    return draft


def answers_of(draft: Draft) -> dict[str, Any]:
    """Open what the person has filled in."""
    answers: dict[str, Any] = sealing.unseal(draft.person_id, bytes(draft.answers))
    return answers


def answers_in(case: Case) -> dict[str, Any]:
    """Open the answers a case was submitted with, mended ones above."""
    answers: dict[str, Any] = sealing.unseal(case.person_id, bytes(case.answers))
    return answers


def known_and_answered(draft: Draft) -> dict[str, Any]:
    """Put together what the house knows and what the person said; the person's word stands above the register's."""
    return {**known_to_the_house(draft), **answers_of(draft)}


def known_to_the_house(draft: Draft) -> dict[str, Any]:
    """Find what the registers know of the answers that a form asks for."""
    fields = planning.compiled(draft.release_id).catalogue.fields
    known = registry.known_facts(draft.person_id)
    return {name: fact.value for name, fact in known.items() if name in fields}


def plan_of(draft: Draft, *, on: date) -> dict[str, Any]:
    """
    Compute the plan of a draft as JSON, from all that is known, for a submission on a day.

    Before a registered day has come, such as that of the discharge, the plan is for that day.
    """
    return plan_with(draft, known_to_the_house(draft), answers_of(draft), on=on)


def plan_with(draft: Draft, known: Mapping[str, Any], said: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """Compute the plan of a draft as `plan_of` does, from what was read of it already. No query."""
    day = _first_day(draft, known, said, on)
    plan: dict[str, Any] = bundle.to_json(planning.plan_for(draft.release_id, {**known, **said}, day))
    return plan


def first_day(draft: Draft, *, on: date) -> date:
    """Find the first day from `on` on which a draft may be submitted, as far as the registers tell (mended or not)."""
    return _first_day(draft, known_to_the_house(draft), answers_of(draft), on)


def _first_day(draft: Draft, known: Mapping[str, Any], said: Mapping[str, Any], on: date) -> date:
    told = {name: said.get(name, value) for name, value in known.items()}
    return planning.first_day(draft.release_id, told, on)
