"""Noting a look: one insert, in the caller's transaction if there is one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from onething.kernel.access import Actor
from onething.plumbing import prepared
from onething.plumbing.looks.digests import digest


def note(person_ids: Iterable[UUID], *, way: str, purpose: str, actor: Actor, now: datetime) -> None:
    """
    Note that an actor looks at personal files: one row, however many persons a list names. One's own file is no look.

    `way` is one of models.WAYS; `purpose` a code, never free text about a person.
    """
    persons = sorted({person for person in person_ids if not actor.is_person(person)})
    if not persons:
        return
    who = (actor.reference, actor.account_id, actor.role, actor.organisation, actor.region)
    prepared.run(_NOTE, [now, *who, way, purpose, persons, digest(now, *who, way, purpose, persons)])


_NOTE = """
INSERT INTO looks_look (at, actor, account_id, role, organisation, region, way, purpose, person_ids, digest)
VALUES (%s::timestamptz, %s::text, %s::uuid, %s::text, %s::text, %s::text, %s::text, %s::text, %s::uuid[], %s::bytea)
"""
