"""Reading what person and clerk wrote to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onething.cases.models import Case, Message, Thread
from onething.identity import queries as accounts
from onething.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it is read: who, when, what. `name` is the clerk's, empty for the person."""

    name: str
    is_of_person: bool
    at: datetime
    words: str


def thread_of(actor: Actor, case: Case) -> Thread | None:
    """Find a case's thread, if there is one and it is the actor's to read."""
    return Thread.objects.visible_to(actor).filter(case=case).first()


def said_in(actor: Actor, case: Case) -> list[Said]:
    """Read what was said about a case, the oldest first; nothing for whom it is not. Three queries."""
    if thread_of(actor, case) is None:
        return []
    rows = list(
        Message.objects.filter(case=case).select_related("case").defer("case__plan", "case__answers").order_by("pk")
    )
    names = accounts.names_of(row.account_id for row in rows if row.account_id)
    return [
        Said(names.get(row.account_id, "") if row.account_id else "", row.is_of_person, row.at, row.words)
        for row in rows
    ]
