"""Reading who may act in whose name: the hat of a mandate, those a person gave, those an account holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from onething.identity import sessions
from onething.identity.errors import NoSuchMandate
from onething.identity.hats import FOR, HelpersHat
from onething.identity.models import Mandate
from onething.kernel.access import Actor, Errand
from onething.plumbing.journal.models import Entry


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done in a person's name."""

    at: datetime
    kind: str
    detail: str


def hat_of(account_id: UUID, key: str, now: datetime, *, means: str) -> HelpersHat | None:
    """
    Find the hat of a mandate in force, for a session that began by these means.

    A member of staff wears theirs only after the second factor; a private one is not worn in a session that the
    provider of the office vouched for: it opens posts, never what somebody does as a private person.
    """
    mandate_id = _id_in(key)
    found = held(account_id, now).filter(pk=mandate_id).first() if mandate_id else None
    if found is None or not sessions.may_wear_mandate(means, is_of_post=found.post_id is not None):
        return None
    return HelpersHat(
        account_id=account_id,
        person_id=found.person_id,
        masked_name=found.person.masked_name,
        region=found.person.region_id,
        organisation=found.post.organisation.code if found.post else "",
        post_id=found.post_id,
        errand=Errand(mandate_id=found.pk, pack=found.pack, since=found.given_at, case_id=found.case_id),
        until=found.valid_until,
    )


def _id_in(key: str) -> UUID | None:
    try:
        return UUID(key.removeprefix(FOR))
    except ValueError:
        return None


def held(account_id: UUID, now: datetime) -> QuerySet[Mandate]:
    """Find the mandates an account can use now, the newest first."""
    open_ones = Mandate.objects.valid_at(now).filter(account_id=account_id, person__forgotten_at=None)
    return open_ones.select_related("person", "post__organisation").order_by("-given_at")


def given_by(actor: Actor) -> QuerySet[Mandate]:
    """Find what a person ever allowed, the newest first; what has ended too."""
    if actor.person_id is None:
        return Mandate.objects.none()
    mine = Mandate.objects.visible_to(actor).filter(person_id=actor.person_id)
    return mine.order_by("-given_at")


def mandate_for(actor: Actor, mandate_id: UUID) -> Mandate:
    """Find one mandate. Refuses NoSuchMandate, also where it is not the actor's to see."""
    rows = Mandate.objects.visible_to(actor).select_related("person", "account__person", "post__organisation")
    found = rows.filter(pk=mandate_id).first()
    if found is None:
        raise NoSuchMandate
    return found


def helper_in_words(mandate: Mandate) -> str:
    """Name the helper: a member of staff with their office, anybody else masked."""
    if mandate.post:
        return f"{mandate.post.organisation.name} {mandate.account.display_name}".strip()
    return mandate.account.person.masked_name if mandate.account.person else ""


def deeds_under(mandates: Iterable[Mandate], about: Iterable[UUID]) -> dict[UUID, list[Deed]]:
    """Find what was done under each mandate to these cases and forms and to the person. One query, oldest first."""
    by_reference = {f"helper:{mandate.pk}": mandate.pk for mandate in mandates}
    done: dict[UUID, list[Deed]] = {pk: [] for pk in by_reference.values()}
    entries = Entry.objects.filter(subject__in=list(about), actor__in=list(by_reference)).order_by("id")
    for entry in entries:
        detail = str(entry.payload.get("material") or "")
        done[by_reference[entry.actor]].append(Deed(entry.at, entry.kind, detail))
    return done
