"""
Deeds that need two people: one asks, another one, under another post, says yes, and only then it happens.

    @deed("identity.close_account", title=_("Close an account"), ask=policy.OPEN_ACCOUNT, approve=policy.APPROVE)
    def close_account(proposal: Proposed, actor: Actor, now: datetime) -> str: ...

What the deed gives back is shown once to whoever approved it. Services: `propose`, `approve`, `turn_down`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from onething.kernel.access import Actor, Permission

OPEN_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What was asked for: the deed, what it is about, and its plain values (ids and codes, never personal data)."""

    subject: UUID
    values: Mapping[str, Any]
    asked_by: UUID


Do = Callable[[Proposed, Actor, datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """
    One kind of thing that needs two people. `page` names the route that shows what it is about, by its subject.

    `gives` names what the deed gives back, if that is no address of the house.
    """

    kind: str
    title: str | Promise
    ask: Permission
    approve: Permission
    do: Do
    page: str = ""
    gives: str | Promise = ""


_deeds: dict[str, Deed] = {}


def deed(
    kind: str,
    *,
    title: str | Promise,
    ask: Permission,
    approve: Permission,
    page: str = "",
    gives: str | Promise = "",
) -> Callable[[Do], Do]:
    """Make a function a deed of two. It runs inside the approval's transaction."""

    def register(do: Do) -> Do:
        _deeds[kind] = Deed(kind=kind, title=title, ask=ask, approve=approve, do=do, page=page, gives=gives)
        return do

    return register


def deed_of(kind: str) -> Deed | None:
    """Find a deed by its kind."""
    return _deeds.get(kind)


def kinds_approved_by(actor: Actor) -> list[str]:
    """Name the kinds that this actor may approve."""
    return [kind for kind, one in _deeds.items() if actor.may(one.approve)]
