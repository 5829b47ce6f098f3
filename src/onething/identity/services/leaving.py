"""Leaving: a person closes their account; whether their data may be destroyed, two people decide."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onething.identity import events, leaving, policy, throttle
from onething.identity.errors import (
    ClosingCodeRefused,
    HoldsPost,
    NoSuchErasure,
    NothingOnRecordToSendTo,
    NotYourOwn,
    ReasonMissing,
    StillOpen,
)
from onething.identity.four_eyes import Proposed, deed
from onething.identity.models import Account, ErasureRequest, Mandate, Post, Proposal
from onething.identity.services import accounts, deciding, helping
from onething.kernel.access import Actor, Door
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages import services as messages
from onething.registry import policy as registry_policy
from onething.registry import queries as registry
from onething.registry import sealing
from onething.registry import services as persons

CODE_LIVES = timedelta(minutes=5)
ERASE = "identity.erase_person"
ANSWERED = "identity.erasure"  # what the sealed answer is bound to, besides the person

State = ErasureRequest.State


def send_closing_code(*, actor: Actor, now: datetime) -> str:
    """
    Send a person the code that closes their account; gives its digest, for the session to keep.

    Refuses NotYourOwn, StillOpen, HoldsPost, NothingOnRecordToSendTo, TooManyTries.
    """
    person_id = _may_close(actor, now)
    throttle.enter(throttle.CLOSING_CODES, str(person_id), now=now)
    phone = registry.person(actor, person_id).phone
    if not phone:
        raise NothingOnRecordToSendTo
    code = f"{secrets.randbelow(10**6):06d}"
    _write_code(person_id, phone, code, actor, now)
    return _digest(person_id, code).hex()


def close_own_account(*, code: str, digest: str, sent_at: datetime, actor: Actor, now: datetime) -> ErasureRequest:
    """
    Close one's account with the code that was sent: sessions and mandates end, and a clerk is asked about the data.

    Refuses NotYourOwn, StillOpen, HoldsPost, ClosingCodeRefused (wrong or too old: the same), TooManyTries,
    NoSuchAccount (closed already).
    """
    person_id = _may_close(actor, now)
    throttle.enter(throttle.CLOSING_TRIES, str(person_id), now=now)
    typed = _digest(person_id, re.sub(r"\s", "", code)).hex()
    if now >= sent_at + CODE_LIVES or not hmac.compare_digest(digest, typed):
        raise ClosingCodeRefused
    return _close(person_id, actor, now)


@writes
def keep_data(*, erasure_id: UUID, because: str, actor: Actor, now: datetime) -> None:
    """
    Answer that a duty to keep stands against destroying a person's data, in words that they can read.

    Refuses Denied, NoSuchErasure, ReasonMissing.
    """
    actor.must(policy.ANSWER_ERASURE)
    request = _open_one(erasure_id, actor)
    if not because.strip():
        raise ReasonMissing
    request.state, request.answered_at, request.answered_by = State.KEPT, now, actor.reference
    request.sealed_answer = sealing.seal(request.person_id, because.strip(), field=ANSWERED)
    request.save(update_fields=["state", "answered_at", "answered_by", "sealed_answer"])
    publish(events.ErasureAnswered(person_id=request.person_id, is_erased=False), actor=actor, at=now)


@writes
def propose_erasure(*, erasure_id: UUID, reason: str, actor: Actor, now: datetime) -> Proposal:
    """Ask a colleague to agree that a person's key is destroyed. Refuses NoSuchErasure and what `propose` refuses."""
    request = _open_one(erasure_id, actor)
    return deciding.propose(
        kind=ERASE, subject=request.pk, title=request.title, region=request.region, reason=reason, actor=actor, now=now
    )


@deed(
    ERASE,
    title=_("Destroy a person's data for good"),
    ask=policy.ANSWER_ERASURE,
    approve=registry_policy.FORGET_PERSON,
)
def erase(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """Destroy the person's key. Refuses NoSuchErasure (answered meanwhile), StillOpen."""
    request = _open_one(proposal.subject, actor)
    if leaving.still_open(request.person_id):
        raise StillOpen
    persons.forget_person(person_id=request.person_id, actor=actor, now=now)
    request.state, request.answered_at, request.answered_by = State.ERASED, now, actor.reference
    request.save(update_fields=["state", "answered_at", "answered_by"])
    publish(events.ErasureAnswered(person_id=request.person_id, is_erased=True), actor=actor, at=now)
    return ""


def _may_close(actor: Actor, now: datetime) -> UUID:
    if actor.door is not Door.CITIZEN or actor.person_id is None or actor.account_id is None:
        raise NotYourOwn
    if leaving.still_open(actor.person_id):
        raise StillOpen
    if Post.objects.filter(account_id=actor.account_id).valid_at(now).exists():
        raise HoldsPost
    return actor.person_id


@writes
def _write_code(person_id: UUID, phone: str, code: str, actor: Actor, now: datetime) -> None:
    with translation.override("zh-hans"):
        body = gettext("{code} closes your account. If it was not you who asked, tell it to nobody.").format(code=code)
    messages.queue_message(channel="sms", to=phone, subject="", body=body, now=now)
    publish(events.ClosingCodeSent(person_id=person_id), actor=actor, at=now)


@writes
def _close(person_id: UUID, actor: Actor, now: datetime) -> ErasureRequest:
    account = Account.objects.select_for_update().get(person_id=person_id)
    accounts.close_account(account_id=account.pk, actor=actor, now=now)
    for mandate in Mandate.objects.visible_to(actor).filter(revoked_at=None):
        helping.revoke_mandate(mandate_id=mandate.pk, actor=actor, now=now)
    person = registry.person(actor, person_id)
    asked = ErasureRequest.objects.create(person_id=person_id, region=person.region_id, asked_at=now)
    publish(events.ErasureAsked(person_id=person_id), actor=actor, at=now)
    return asked


def _open_one(erasure_id: UUID, actor: Actor) -> ErasureRequest:
    open_ones = ErasureRequest.objects.visible_to(actor).select_for_update().filter(state=State.ASKED)
    request = open_ones.filter(pk=erasure_id).first()
    if request is None:
        raise NoSuchErasure
    return request


def _digest(person_id: UUID, code: str) -> bytes:
    return salted_hmac("identity.closing_code", f"{person_id}:{code}", algorithm="sha256").digest()
