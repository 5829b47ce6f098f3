"""Who is asking, and what they may do. Built once per request by `identity`; handed down as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from onething.kernel.errors import Denied

Permission = str
"""A permission is "<module>.<verb_noun>", e.g. "cases.accept_case"; each module's policy.py names its own."""


class Door(StrEnum):
    """How somebody came in."""

    CITIZEN = "citizen"
    HELPER = "helper"  # in the name of a person who allowed it
    STAFF = "staff"
    DEPARTMENT = "department"
    SYSTEM = "system"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a person allowed a helper to do: file one pack, from a moment on; where `case_id` is given, one case."""

    mandate_id: UUID
    pack: str
    since: datetime
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """
    Somebody acting, under exactly one hat.

    `region` is a 12-digit code; staff see that division and what lies below it. `organisation` is the code of
    the department or station. A citizen has a `person_id` and sees only what is theirs. A helper has the `person_id`
    of whom they help, and an `errand`: a table shows them nothing unless it says which of its rows belong to that. A
    citizen who comes through a portal that they let in has the `consent_id` of that.
    """

    door: Door
    account_id: UUID | None = None
    person_id: UUID | None = None
    post_id: UUID | None = None
    role: str = ""
    organisation: str = ""
    region: str = ""
    permissions: frozenset[Permission] = frozenset()
    errand: Errand | None = None
    consent_id: UUID | None = None

    def may(self, permission: Permission) -> bool:
        """Tell whether this actor holds the permission; the house itself holds all."""
        return permission in self.permissions or self.door is Door.SYSTEM

    def must(self, permission: Permission) -> None:
        """Refuse (Denied) unless this actor holds the permission."""
        if not self.may(permission):
            raise Denied

    def is_person(self, person_id: UUID) -> bool:
        """Tell whether this actor is the person a file is about."""
        return self.door is Door.CITIZEN and self.person_id == person_id

    @property
    def reference(self) -> str:
        """What the journal keeps of the actor: a door and an id, never a name."""
        if self.errand is not None:
            return f"{self.door.value}:{self.errand.mandate_id}"
        who = self.consent_id or self.post_id or self.account_id or self.person_id or self.organisation or "-"
        return f"{self.door.value}:{who}"


NOBODY = Actor(door=Door.NOBODY)
SYSTEM = Actor(door=Door.SYSTEM, role="system")


def department(code: str) -> Actor:
    """Name a department's own system as the actor of a reply."""
    return Actor(door=Door.DEPARTMENT, organisation=code)
