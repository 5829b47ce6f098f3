"""The catalogue API under /api/v1/catalogue: what is published, and the plan for one person's answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from onething.catalogue import planning, queries
from onething.catalogue.plan_shape import plan_schema
from onething.engine import bundle
from onething.kernel.access import Door
from onething.kernel.codes import NATION
from onething.plumbing import clock
from onething.plumbing.ui.doors import Request
from onething.registry import queries as registry

router = Router(tags=["catalogue"])


ANSWERS = (
    "Answers by field id (`open_questions[].field`, `form.fields[].id`), each of the field's `type`. A string: `text`, "
    "`long_text`, `phone`, `id_number`, `bank_card`, `date` (2026-11-22), `region` (12 digits), `choice` (one option's "
    "`value`). `boolean`: true or false; `integer`, `money` (fen): a number; `choices`: a list of options' values."
)
Division = Annotated[
    str,
    Query(
        pattern=r"^[0-9]{12}$", description="Code of a division: 12 digits, as in 230000000000; without it, the nation."
    ),
]


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
    pack: str = Field(
        max_length=120, pattern=r"^[^\x00]*$", examples=["hlj/retirement"], description="`pack` of a release"
    )
    answers: dict[str, Any] = Field(default_factory=dict, description=ANSWERS)


@router.get("/releases", response=list[ReleaseOut], summary="What can be done in a division")
def releases(request: HttpRequest, region: Division = NATION) -> list[Any]:
    """List the packs that a person of a division can use today, nearest division first."""
    return list(queries.releases_for(region, on=clock.day_of(clock.now())))


SHAPE = {"responses": {200: {"content": {"application/json": {"schema": plan_schema()}}}}}


@router.post("/plan", response=dict[str, Any], summary="Compute the one thing", openapi_extra=SHAPE)
def plan(request: HttpRequest, question: Question) -> dict[str, Any]:
    """
    Compute the plan for one person's answers: the personal notice as data. Nothing is stored. Needs no key.

    With a citizen's key, what departments already know of that person is taken as answered. While `open_questions`
    are left, the plan is partial: ask them from the top, send all answers again. Then `form.fields` is the one form,
    and the `materials` whose `action` is `hand_in` are the papers; those with `may_follow` may come later.
    """
    actor = cast(Request, request).actor
    today = clock.day_of(clock.now())
    release = queries.current_release(question.pack, on=today)
    answers = question.answers
    if actor.door is Door.CITIZEN and actor.person_id:
        fields = planning.compiled(release).catalogue.fields
        known = registry.known_facts(actor.person_id)
        answers = {name: fact.value for name, fact in known.items() if name in fields} | answers
    return bundle.to_json(planning.plan_for(release, answers, today))
