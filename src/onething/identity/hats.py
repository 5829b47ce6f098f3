"""Hats: under which one of their posts somebody acts, or as a citizen for their own affairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onething.identity.policy import CITIZEN, HELPER
from onething.kernel.access import NOBODY, Actor, Door, Errand, Permission

Permissions = Callable[[str], frozenset[Permission]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hat:
    """One way an account may act. A hat without a post is the citizen's."""

    account_id: UUID
    role: str
    person_id: UUID | None = None
    post_id: UUID | None = None
    organisation: str = ""
    organisation_name: str = ""
    is_department: bool = False
    region: str = ""
    until: datetime | None = None
    acting: bool = False

    @property
    def key(self) -> str:
        """Name this hat in a session or a form."""
        return str(self.post_id) if self.post_id else CITIZEN

    def actor(self, permissions: frozenset[Permission], *, by_program: bool = False) -> Actor:
        """Make the actor of a request under this hat; a department's program comes through the department's door."""
        if self.post_id is None:
            door = Door.CITIZEN
        else:
            door = Door.DEPARTMENT if by_program and self.is_department else Door.STAFF
        return Actor(
            door=door,
            account_id=self.account_id,
            person_id=self.person_id if door is Door.CITIZEN else None,
            post_id=self.post_id,
            role=self.role,
            organisation=self.organisation,
            region=self.region,
            permissions=permissions,
        )


FOR = "for:"
"""With this begins the key of a hat worn in somebody else's name; the mandate's id follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpersHat:
    """The hat of a mandate: whoever wears it does in a person's name what that person allowed, and nothing else."""

    account_id: UUID
    person_id: UUID
    masked_name: str
    region: str
    organisation: str
    post_id: UUID | None
    errand: Errand
    until: datetime

    @property
    def key(self) -> str:
        """Name this hat in a session or a form."""
        return f"{FOR}{self.errand.mandate_id}"

    def actor(self, permissions: frozenset[Permission]) -> Actor:
        """Make the actor of a request under this hat."""
        return Actor(
            door=Door.HELPER,
            account_id=self.account_id,
            person_id=self.person_id,
            role=HELPER,
            organisation=self.organisation,
            region=self.region,
            permissions=permissions,
            errand=self.errand,
        )


def chosen(hats: Sequence[Hat], key: str) -> Hat | None:
    """Find the hat that was chosen; the only one needs no choice; None if one must still be chosen."""
    if len(hats) == 1:
        return hats[0]
    return next((hat for hat in hats if hat.key == key), None)


def bareheaded(account_id: UUID) -> Actor:
    """Make the actor of somebody who signed in and has no hat on: they may do nothing but choose one."""
    return Actor(door=NOBODY.door, account_id=account_id)
