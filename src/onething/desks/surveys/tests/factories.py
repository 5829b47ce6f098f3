"""An invented county with towns, people in them, and a survey."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from onething.desks.surveys import questions, services
from onething.desks.surveys.models import Answer, Invitation, Survey
from onething.desks.surveys.questions import Given, Kind, Question
from onething.identity.queries import permissions_of
from onething.kernel.access import SYSTEM, Actor, Door
from onething.registry.models import Person
from onething.registry.tests import factories as registry

NOW = registry.NOW
COUNTY, NEIGHBOUR, CITY = registry.COUNTY, registry.NEIGHBOUR, registry.CITY
TOWN = registry.TOWN

ASKS = (
    Question(
        id="q1", kind=Kind.ONE, title=questions.title_of("您现在最需要什么？", "What do you need most?"),
        options=questions.read_options("看病 | Medical care\n找工作 | Work\n住房 | Housing"),
    ),
    Question(
        id="q2", kind=Kind.MANY, title=questions.title_of("您想怎么办事？", "How do you like to apply?"),
        options=questions.read_options("手机 | Phone\n窗口 | Counter"),
    ),
    Question(id="q3", kind=Kind.WORDS, title=questions.title_of("还有什么想说的？", "Anything else?")),
)  # fmt: skip


def staff(role: str, region: str = COUNTY, **more: Any) -> Actor:
    """Give a member of staff of a division."""
    given = {"account_id": uuid4(), "post_id": uuid4(), "organisation": "service", **more}
    return Actor(door=Door.STAFF, role=role, region=region, permissions=permissions_of(role), **given)


def survey(region: str = COUNTY, *, actor: Actor | None = None, **wishes: Any) -> Survey:
    """Write a survey."""
    given = {
        "title": questions.title_of("您需要什么", "What do you need"), "intro": {}, "asks": ASKS, "kinds": (),
        "cases": "any", "way": "phone", "last_day": NOW.date() + timedelta(days=14), **wishes,
    }  # fmt: skip
    by = actor or staff("supervisor", region)
    return services.write_survey(survey=Survey(), region=region, actor=by, now=NOW, **given)


def sent(region: str = COUNTY, **wishes: Any) -> Survey:
    """Write a survey and ask everybody."""
    made = survey(region, **wishes)
    services.open_survey(survey_id=made.pk, actor=SYSTEM, now=NOW)
    while services.invite_batch(survey_id=made.pk, now=NOW):
        pass
    made.refresh_from_db()
    return made


def given(*chosen: str, words: str = "") -> Given:
    """Answer the first question by one option, the second by the others."""
    picked = {"q1": chosen[:1], "q2": chosen[1:]}
    return Given(chosen={name: ids for name, ids in picked.items() if ids}, words={"q3": words} if words else {})


def answer(made: Survey, somebody: Person, *chosen: str, wants: bool = False, words: str = "") -> Answer:
    """Answer as the person does on the phone."""
    code = Invitation.objects.get(survey=made, person=somebody).code
    return services.give_answer(
        code=code, given=given(*chosen, words=words), wants_contact=wants, actor=SYSTEM, now=NOW
    )  # fmt: skip
