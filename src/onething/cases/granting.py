"""From a yes to an offer to the one form: begun, with what was said yes to chosen and what registers know filled in."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from onething.cases import queries, services
from onething.cases.models import Case, Draft
from onething.catalogue import queries as catalogue
from onething.catalogue.models import Release
from onething.entitlements import queries as entitlements
from onething.entitlements.models import Offer
from onething.kernel.access import Actor
from onething.kernel.language import Language
from onething.plumbing import clock
from onething.registry import queries as registry

WANTED: Final = "benefits_wanted"
"""The question of a pack of grants: which of them, by the ids of the policies."""


def begin(*, offer_id: UUID, language: Language | None = None, actor: Actor, now: datetime) -> Draft | None:
    """
    Begin the form for what a person said yes to, or add it to the one that is open; None where none is there for it.

    Nothing is begun for an offer that was not accepted, or for what is applied for already. Safe to run twice.
    """
    offer = entitlements.offer(offer_id)
    release = form_of(offer, now=now)
    if release is None:
        return None
    return _begun(offer.person_id, release, offer.policy, language, actor, now)


def want(*, policy: str, language: Language, actor: Actor, now: datetime) -> Draft | None:
    """Begin the form for something that is due to whoever asks, without an offer; None where there is no form."""
    release = form_for_policy(policy, actor, now=now)
    if release is None or actor.person_id is None:
        return None
    return _begun(actor.person_id, release, policy, language, actor, now)


def form_for_policy(policy: str, actor: Actor, *, now: datetime) -> Release | None:
    """Find the pack whose form applies for a policy where somebody lives."""
    if actor.person_id is None:
        return None
    region, day = str(registry.person(actor, actor.person_id).region_id), clock.day_of(now)
    release = catalogue.grants_for(catalogue.policies_for(region, on=day), region, on=day)
    return release if release is not None and policy in release.content["matters"] else None


def _begun(
    person_id: UUID, release: Release, policy: str, language: Language | None, actor: Actor, now: datetime
) -> Draft:
    draft = services.start_draft(person_id=person_id, release=release, language=language or "zh", actor=actor, now=now)
    chosen = list(queries.answers_of(draft).get(WANTED, ()))
    if policy in chosen:
        return draft
    return services.save_answers(draft=draft, answers={WANTED: [*chosen, policy]}, actor=actor, now=now)


def form_of(offer: Offer, *, now: datetime) -> Release | None:
    """Find the pack whose form applies for an offer that was accepted: that of the form they have open, if any."""
    if offer.state != Offer.State.ACCEPTED or offer.settled_at is not None:
        return None
    named = entitlements.form_for(offer, on=clock.day_of(now))
    begun = draft_of(offer.person_id, named) if named else None
    release = begun.release if begun else named
    return release if release is not None and offer.policy in release.content["matters"] else None


def draft_of(person_id: UUID, release: Release) -> Draft | None:
    """Find the open form of a person for the pack of a release."""
    found = Draft.objects.filter(person_id=person_id, release__pack=release.pack, case=None)
    return found.select_related("release").first()


def case_of(offer: Offer) -> Case | None:
    """Find the case that applies for what was offered."""
    applied = entitlements.application_for(offer)
    return Case.objects.filter(pk=applied.case_id).first() if applied else None
