"""The catalogue API under /api/v1/catalogue: what is published, and the plan for one person's answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from onething.catalogue import planning, queries
from onething.engine import bundle
from onething.kernel.access import Door
from onething.kernel.codes import NATION
from onething.plumbing import clock
from onething.plumbing.ui.doors import Request
from onething.registry import queries as registry

router = Router(tags=["catalogue"])


class ReleaseOut(Schema):
    """One published pack as new forms use it."""

    pack: str
    version: str
    digest: str
    title: dict[str, str]
    region: str
    effective_from: date
    effective_to: date | None


class Question(Schema):
    """Answers of one person; what departments already know of the signed-in person is added."""

    model_config = ConfigDict(extra="forbid")
    pack: str = Field(max_length=120, examples=["hlj/retirement"])
    answers: dict[str, Any] = Field(default_factory=dict)


@router.get("/releases", response=list[ReleaseOut], summary="What can be done in a division")
def releases(request: HttpRequest, region: Annotated[str, Query(pattern=r"^[0-9]{12}$")] = NATION) -> list[Any]:
    """List the packs that a person of a division can use today, nearest division first."""
    return list(queries.releases_for(region, on=clock.day_of(clock.now())))


@router.post("/plan", response=dict[str, Any], summary="Compute the one thing")
def plan(request: HttpRequest, question: Question) -> dict[str, Any]:
    """Compute the plan for one person's answers; nothing is stored. Needs no account."""
    actor = cast(Request, request).actor
    today = clock.day_of(clock.now())
    release = queries.current_release(question.pack, on=today)
    answers = question.answers
    if actor.door is Door.CITIZEN and actor.person_id:
        fields = planning.compiled(release).catalogue.fields
        known = registry.known_facts(actor.person_id)
        answers = {name: fact.value for name, fact in known.items() if name in fields} | answers
    return bundle.to_json(planning.plan_for(release, answers, today))
