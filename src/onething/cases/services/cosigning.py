"""A second signer: a code goes to their phone, they see what they sign, and sign or refuse. Works once, for a day."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from onething.cases import queries
from onething.cases.errors import (
    CosignatureGone,
    CosignatureMissing,
    CosignatureNotAsked,
    CosignCodeRefused,
    DraftAlreadySubmitted,
    OwnCosignature,
)
from onething.cases.events import CosignatureAnswered, CosignatureAsked
from onething.cases.models import Cosignature, Draft
from onething.cases.queries.cosigning import REASON, SHOWN, Wanted, open_one, token_of, wanted
from onething.identity import throttle
from onething.kernel.access import SYSTEM, Actor
from onething.kernel.telling import Listed, Named
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages import services as messages
from onething.registry import queries as registry
from onething.registry import sealing

LIVES = timedelta(hours=24)
TRIES = 5
Plan = Mapping[str, Any]


def require_cosigned(draft: Draft, plan: Plan, answers: Mapping[str, Any], *, on: date) -> None:
    """Refuse (CosignatureMissing) a form on which somebody has still to sign, or signed something else."""
    needed = wanted(draft, plan, answers, on=on)
    if not needed:
        return
    held = Cosignature.objects.filter(draft=draft, state=Cosignature.State.SIGNED)
    signed = set(held.values_list("matter", "digest"))
    missing = [one for one in needed if (one.matter, one.digest) not in signed]
    if missing:
        named = Listed(tuple(Named(one.matter, one.title["zh"], one.title["en"]) for one in missing))
        raise CosignatureMissing(count=len(missing), matters=named)


def ask_cosignature(*, draft: Draft, matter: str, actor: Actor, now: datetime) -> Cosignature:
    """
    Send the second signer of a matter a link and a code; an older request is replaced, a signature that holds stays.

    Refuses CosignatureNotAsked, OwnCosignature, DraftAlreadySubmitted, TooManyTries.
    """
    plan, answers = queries.plan_of(draft, on=clock.day_of(now)), queries.known_and_answered(draft)
    found = next((o for o in wanted(draft, plan, answers, on=clock.day_of(now)) if o.matter == matter), None)
    if found is None:
        raise CosignatureNotAsked
    applicant = registry.person(SYSTEM, draft.person_id)
    if found.phone in (applicant.phone, answers.get("phone")):
        raise OwnCosignature
    throttle.enter(throttle.COSIGN_CODES, found.phone, now=now)
    return _ask(draft, found, applicant.name, actor=actor, now=now)


@writes
def _ask(draft: Draft, found: Wanted, applicant: str, *, actor: Actor, now: datetime) -> Cosignature:
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.case_id:
        raise DraftAlreadySubmitted
    before = Cosignature.objects.filter(draft=draft, matter=found.matter).exclude(state=Cosignature.State.REPLACED)
    holding = before.filter(state=Cosignature.State.SIGNED, digest=found.digest).first()
    if holding:
        return holding
    before.update(state=Cosignature.State.REPLACED)
    secret, code = secrets.token_urlsafe(16), f"{secrets.randbelow(10**6):06d}"
    row = Cosignature(
        draft=draft,
        person_id=draft.person_id,
        matter=found.matter,
        digest=found.digest,
        sealed_shown=sealing.seal(draft.person_id, {**found.shown, "applicant": applicant}, field=SHOWN),
        token=token_of(secret),
        asked_at=now,
        expires_at=now + LIVES,
    )
    row.code = _code(row, code)
    row.save(force_insert=True)
    messages.queue_message(
        channel="sms", to=found.phone, subject="", body=_asking(applicant, found, secret, code), now=now
    )
    fact = CosignatureAsked(draft_id=draft.pk, person_id=draft.person_id, cosignature_id=row.pk, matter=found.matter)
    publish(fact, actor=actor, at=now)
    return row


def _asking(applicant: str, found: Wanted, secret: str, code: str) -> str:
    with translation.override("zh-hans"):
        words = gettext(
            "{who} asks you to sign “{what}” too. Read it first: {link} The code is {code}, it works for 24 hours. "
            "If you do not want that, do nothing, or say so there. Tell the code to nobody."
        )
    link = settings.PUBLIC_URL + reverse("cases:cosign", args=[secret])
    return words.format(who=applicant, what=found.title["zh"], link=link, code=code)


def open_cosignature(*, secret: str, code: str, address: str, now: datetime) -> Cosignature:
    """
    Take the code from the signer's phone; what they are to sign may be shown then. It works once.

    Refuses CosignatureGone, CosignCodeRefused: wrong, used, tried five times: all the same; TooManyTries.
    """
    throttle.enter(throttle.COSIGN_TRIES, address, now=now)
    opened = _opened(secret, re.sub(r"\s", "", code), now=now)
    if opened is None:
        raise CosignCodeRefused
    return opened


@writes
def _opened(secret: str, code: str, *, now: datetime) -> Cosignature | None:
    """Count the try in the same statement that lets it through, then compare."""
    found = open_one(secret, now=now)
    closed = Cosignature.objects.filter(pk=found.pk, opened_at=None, tries__lt=TRIES)
    if not closed.update(tries=F("tries") + 1) or not hmac.compare_digest(bytes(found.code), _code(found, code)):
        return None
    Cosignature.objects.filter(pk=found.pk).update(opened_at=now)
    found.opened_at = now
    return found


@writes
def answer_cosignature(
    *, secret: str, signs: bool, digest: str, reason: str = "", actor: Actor, now: datetime
) -> Cosignature:
    """
    Sign what was shown, or refuse it with or without a reason; once.

    `digest` is that of the text on the page. Refuses CosignatureGone, CosignCodeRefused: nobody has read it yet.
    """
    found = open_one(secret, now=now)
    row = Cosignature.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if row.state != Cosignature.State.ASKED:
        raise CosignatureGone
    if row.opened_at is None or row.digest != digest:
        raise CosignCodeRefused
    row.state = Cosignature.State.SIGNED if signs else Cosignature.State.REFUSED
    row.answered_at = now
    row.sealed_reason = sealing.seal(row.person_id, reason.strip()[:500], field=REASON) if reason.strip() else b""
    row.save(update_fields=["state", "answered_at", "sealed_reason"])
    fact = CosignatureAnswered(
        draft_id=row.draft_id, person_id=row.person_id, cosignature_id=row.pk, matter=row.matter, outcome=row.state
    )
    publish(fact, actor=actor, at=now)
    return row


def _code(row: Cosignature, code: str) -> bytes:
    return salted_hmac("cases.cosign_code", f"{row.pk}:{code}", algorithm="sha256").digest()
