"""Signing in: password, second factor, code to the phone. Not one transaction: a refused try stays counted."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.sessions.models import Session
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from onething.identity import events, passwords, queries, throttle
from onething.identity.errors import CodeRefused, FactorRefused, SignInRefused
from onething.identity.models import Account, ConsentWish, Invitation, MandateWish, RepeatableCall, SignInCode
from onething.identity.services import enrolling
from onething.identity.services.accounts import open_account
from onething.kernel.access import NOBODY, SYSTEM, Actor
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages import services as messages
from onething.registry.models import Person

CODE_LIVES = timedelta(minutes=5)
CODE_TRIES = 5
CALL_KEPT = timedelta(days=1)


def sign_in_with_password(*, name: str, password: str, address: str, now: datetime) -> Account:
    """
    Sign in by password; `name` is a user name, an ID number or a mobile number, `address` the network address.

    Who holds a post is not in yet: `sign_in_with_factor` comes next (`queries.needs_factor` tells).
    Refuses SignInRefused (the same for a wrong password and an unknown name), TooManyTries.
    """
    throttle.enter(throttle.PER_ADDRESS, address, now=now)
    account = queries.account_named(name)
    tried = str(account.pk) if account else name  # whichever of their names somebody types, it is one count
    throttle.enter(throttle.PER_NAME, tried, now=now)
    if not passwords.fits(password, account.password if account else None) or account is None:
        _note_failure(account_id=account.pk if account else None, means="password", now=now)
        raise SignInRefused
    if not queries.needs_factor(account.pk, now):
        _note_sign_in(account=account, tried=tried, means="password", now=now)
    return account


def sign_in_with_factor(*, account_id: UUID, code: str, address: str, now: datetime) -> Account:
    """
    Take the second step after the password: the code of the app, or a recovery code. Each works once.

    Refuses SecondFactorMissing, FactorRefused, TooManyTries, SignInRefused (closed in the meantime).
    """
    throttle.enter(throttle.PER_ADDRESS, address, now=now)
    throttle.enter(throttle.PER_FACTOR, str(account_id), now=now)
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        raise SignInRefused
    means = enrolling.redeem(account_id=account_id, code=code, now=now)
    if means is None:
        _note_failure(account_id=account_id, means="factor", now=now)
        raise FactorRefused
    throttle.clear(throttle.PER_FACTOR, str(account_id))
    _note_sign_in(account=account, tried=str(account_id), means=means, now=now)
    return account


def request_code(*, name: str, address: str, now: datetime) -> UUID:
    """
    Send a sign-in code to the registered phone of the person meant, and give the id under which to redeem it.

    For a name that means nobody an id is given all the same, and nothing is sent. Refuses TooManyTries.
    """
    throttle.enter(throttle.PER_ADDRESS, address, now=now)
    person = queries.person_meant(name)
    throttle.enter(throttle.CODES_PER_NAME, str(person.pk) if person else name, now=now)
    person_id = person.pk if person and person.phone else uuid4()
    _write_code(person_id=person_id, phone=person.phone if person else "", now=now)
    return person_id


def sign_in_with_code(*, person_id: UUID, code: str, address: str, now: datetime) -> Account:
    """
    Sign in with the code that was sent; it works once. The first time, the person's account is opened.

    Refuses CodeRefused (wrong, used, too old, tried five times: all the same), TooManyTries.
    """
    throttle.enter(throttle.PER_ADDRESS, address, now=now)
    throttle.enter(throttle.PER_NAME, str(person_id), now=now)
    account = _redeem(person_id=person_id, code=code, now=now)
    if account is None:
        known = Account.objects.filter(person_id=person_id).values_list("pk", flat=True).first()
        _note_failure(account_id=known, means="code", now=now)
        raise CodeRefused
    _note_sign_in(account=account, tried=str(person_id), means="code", now=now)
    return account


@writes
def sign_out(*, account_id: UUID, actor: Actor, now: datetime) -> None:
    """Note that somebody signed out; the session itself is ended by the door."""
    publish(events.SignedOut(account_id=account_id), actor=actor, at=now)


def sweep_traces(*, now: datetime) -> None:
    """Remove what the door no longer needs: codes, links and counts whose time is over, sessions that ended."""
    SignInCode.objects.filter(expires_at__lte=now).delete()
    Session.objects.filter(expire_date__lte=now).delete()
    Invitation.objects.filter(expires_at__lte=now).delete()
    MandateWish.objects.filter(expires_at__lte=now).delete()
    ConsentWish.objects.filter(expires_at__lte=now).delete()
    RepeatableCall.objects.filter(made_at__lte=now - CALL_KEPT).delete()
    throttle.sweep(now)


@writes
def _write_code(*, person_id: UUID, phone: str, now: datetime) -> None:
    code = f"{secrets.randbelow(10**6):06d}"
    values = {"digest": _code_digest(person_id, code), "tries": 0, "expires_at": now + CODE_LIVES}
    SignInCode.objects.update_or_create(person_id=person_id, defaults=values)
    if phone:
        minutes = int(CODE_LIVES.total_seconds()) // 60
        words = gettext(
            "Your sign-in code is {code}. It works for {minutes} minutes. Nobody from us will ask you for it."
        )
        body = words.format(code=code, minutes=minutes)
        messages.queue_message(channel="sms", to=phone, subject="", body=body, now=now)
        publish(events.SignInCodeSent(person_id=person_id), actor=NOBODY, at=now)


@writes
def _redeem(*, person_id: UUID, code: str, now: datetime) -> Account | None:
    """Count the try in the same statement that lets it through, then compare; a right code is gone at once."""
    counted = SignInCode.objects.filter(person_id=person_id, expires_at__gt=now, tries__lt=CODE_TRIES)
    if not counted.update(tries=F("tries") + 1):
        return None
    row = SignInCode.objects.get(person_id=person_id)
    if not hmac.compare_digest(bytes(row.digest), _code_digest(person_id, re.sub(r"\s", "", code))):
        return None
    row.delete()
    person = Person.objects.filter(pk=person_id, forgotten_at__isnull=True).first()
    if person is None:
        return None
    account = Account.objects.filter(person=person).first() or open_account(person=person, actor=SYSTEM, now=now)
    return account if account.is_active else None


def _code_digest(person_id: UUID, code: str) -> bytes:
    return salted_hmac("identity.sign_in_code", f"{person_id}:{code}", algorithm="sha256").digest()


@writes
def _note_failure(*, account_id: UUID | None, means: str, now: datetime) -> None:
    publish(events.SignInFailed(account_id=account_id, means=means), actor=NOBODY, at=now)


@writes
def _note_sign_in(*, account: Account, tried: str, means: str, now: datetime) -> None:
    throttle.clear(throttle.PER_NAME, tried)
    actor = Actor(door=NOBODY.door, account_id=account.pk)
    publish(events.SignedIn(account_id=account.pk, means=means), actor=actor, at=now)
