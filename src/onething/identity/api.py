"""Doors for programs: a portal or mini-program is let in by the person, for their session, with a code."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from onething.identity import policy, services
from onething.identity.errors import NoKeyOfPortal
from onething.identity.models import ApiKey
from onething.kernel.access import Actor
from onething.plumbing import clock, rows
from onething.plumbing.ui.doors import Request

router = Router(tags=["consents"])


class Asked(Schema):
    """Whom a portal asks to be let in by."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=60)
    id_number: str = Field(min_length=15, max_length=18)


class Wish(Schema):
    """Under which id the code is redeemed; the same answer where nobody was meant."""

    id: UUID


class Code(Schema):
    """The code that the person found on their phone."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(min_length=1, max_length=20)


class Session(Schema):
    """A person's session: `token` goes into the header On-Behalf-Of, beside the portal's own key, until it ends."""

    token: str
    session_until: datetime
    told_until: datetime


@router.post("", response={202: Wish}, summary="Ask a person to let this portal in")
def ask(request: HttpRequest, asked: Asked) -> Status[Wish]:
    """Send a code to the person's registered phone, saying which portal asks. It works for ten minutes."""
    key, actor = _portal(request)
    with rows.as_house():  # whom a name and a number mean is looked up for everybody
        wish = services.ask_consent(key=key, name=asked.name, id_number=asked.id_number, actor=actor, now=clock.now())
    return Status(202, Wish(id=wish))


@router.post("/{wish_id}", response={201: Session}, summary="Redeem the code that the person typed")
def redeem(request: HttpRequest, wish_id: UUID, typed: Code) -> Status[Session]:
    """Give the token of the person's session: two hours; an older one of the same portal ends. Five tries."""
    key, actor = _portal(request)
    with rows.as_house():
        given, token = services.give_consent(key=key, wish_id=wish_id, code=typed.code, actor=actor, now=clock.now())
    return Status(201, Session(token=token, session_until=given.session_until, told_until=given.valid_until))


def _portal(request: HttpRequest) -> tuple[ApiKey, Actor]:
    """Give the key that calls and its actor. Refuses Denied, NoKeyOfPortal (a session or a person's token)."""
    actor: Actor = cast(Request, request).actor
    actor.must(policy.ACT_WITH_CONSENT)
    key = getattr(request, "api_key", None)
    if not isinstance(key, ApiKey):
        raise NoKeyOfPortal
    return key, actor
