"""Accounts, posts, keys for programs, and signing in.

Signing in is not one transaction on purpose: a try must stay counted when it is refused.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.sessions.models import Session
from django.db import IntegrityError
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from onething.identity import events, passwords, policy, queries, throttle
from onething.identity.errors import (
    ApiKeyRefused,
    CodeRefused,
    NoSuchAccount,
    NoSuchPost,
    PeriodWrong,
    RoleUnknown,
    ScopeNotHeld,
    SignInRefused,
    UsernameTaken,
    UsernameWrong,
)
from onething.identity.hats import Hat
from onething.identity.models import Account, ApiKey, Post, SignInCode
from onething.kernel.access import NOBODY, SYSTEM, Actor, Permission
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages import services as messages
from onething.registry.models import Organisation, Person

CODE_LIVES = timedelta(minutes=5)
CODE_TRIES = 5
KEY_LIVES = timedelta(days=365)

_USERNAME = re.compile(r"[a-z][a-z0-9.-]{2,39}")


# ── accounts and posts ──────────────────────────────────────────────────────────────────────────────────────────────


@writes
def open_account(
    *,
    actor: Actor,
    now: datetime,
    username: str = "",
    password: str | None = None,
    person: Person | None = None,
    display_name: str = "",
) -> Account:
    """
    Open an account: for a person (who signs in with phone or ID number), for a member of staff, or for both in one.

    Refuses UsernameTaken (also when the person has one already), UsernameWrong, PasswordTooWeak.
    """
    account_id = uuid4()
    name = username.strip().lower() or f"c-{account_id.hex}"
    if not _USERNAME.fullmatch(name):
        raise UsernameWrong
    account = Account(id=account_id, username=name, person=person, display_name=display_name, opened_at=now)
    account.password = passwords.hashed(password, username=name)
    try:
        account.save(force_insert=True)
    except IntegrityError as clash:
        if getattr(clash.__cause__, "sqlstate", "") != "23505":
            raise
        raise UsernameTaken from clash
    person_id = person.pk if person else None
    publish(events.AccountOpened(account_id=account_id, person_id=person_id), actor=actor, at=now)
    return account


@writes
def close_account(*, account_id: UUID, actor: Actor, now: datetime) -> None:
    """Close an account and end its open sessions at once. Refuses NoSuchAccount."""
    closed = Account.objects.visible_to(actor).filter(pk=account_id, is_active=True).update(is_active=False)
    if not closed:
        raise NoSuchAccount
    publish(events.AccountClosed(account_id=account_id), actor=actor, at=now)


@writes
def close_account_of(*, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Close the account of a person, if there is one that is still open."""
    for account_id in Account.objects.filter(person_id=person_id, is_active=True).values_list("pk", flat=True):
        close_account(account_id=account_id, actor=actor, now=now)


@writes
def change_password(*, account_id: UUID, password: str, actor: Actor, now: datetime) -> None:
    """Set a password; sessions opened with the old one end at once. Refuses NoSuchAccount, PasswordTooWeak."""
    account = Account.objects.visible_to(actor).filter(pk=account_id, is_active=True).first()
    if account is None:
        raise NoSuchAccount
    account.password = passwords.hashed(password, username=account.username)
    account.save(update_fields=["password"])
    publish(events.PasswordChanged(account_id=account_id), actor=actor, at=now)


@writes
def give_post(
    *,
    account: Account,
    role: str,
    organisation: Organisation,
    region: str,
    valid_from: datetime,
    actor: Actor,
    now: datetime,
    valid_to: datetime | None = None,
    acting: bool = False,
) -> Post:
    """
    Give an account a post: a role at an organisation for a region, until before `valid_to`. Acting posts must end.

    Refuses RoleUnknown, PeriodWrong.
    """
    if role not in queries.roles() or role == policy.CITIZEN:
        raise RoleUnknown(role=role)
    if (valid_to is not None and valid_to <= valid_from) or (acting and valid_to is None):
        raise PeriodWrong
    post = Post.objects.create(
        account=account, role=role, organisation=organisation, region_id=region,
        valid_from=valid_from, valid_to=valid_to, acting=acting,
    )  # fmt: skip
    given = events.PostGiven(
        account_id=account.pk, post_id=post.pk, role=role, organisation=organisation.code, region=region,
        valid_from=valid_from, valid_to=valid_to, acting=acting,
    )  # fmt: skip
    publish(given, actor=actor, at=now)
    return post


@writes
def end_post(*, post_id: UUID, at: datetime, actor: Actor, now: datetime) -> None:
    """End a post at a moment, now or later; what was done under it stays. Refuses NoSuchPost, PeriodWrong."""
    post = Post.objects.visible_to(actor).valid_at(now).filter(pk=post_id).first()
    if post is None:
        raise NoSuchPost
    if at < now:
        raise PeriodWrong
    post.valid_to = at
    post.save(update_fields=["valid_to"])
    publish(events.PostEnded(account_id=post.account_id, post_id=post_id, valid_to=at), actor=actor, at=now)


# ── keys for programs ───────────────────────────────────────────────────────────────────────────────────────────────


@writes
def issue_api_key(
    *,
    account: Account,
    label: str,
    scopes: Iterable[Permission],
    actor: Actor,
    now: datetime,
    post: Post | None = None,
    expires_at: datetime | None = None,
) -> str:
    """
    Issue a key for programs, for one post of an account or for its citizen, valid a year if no end is given.

    The key is shown this once; only its digest is kept. Refuses ScopeNotHeld, NoSuchPost, PeriodWrong.
    """
    if post is not None and post.account_id != account.pk:
        raise NoSuchPost
    held = queries.permissions_of(post.role if post else policy.CITIZEN)
    wanted = sorted(set(scopes))
    for scope in wanted:
        if scope not in held:
            raise ScopeNotHeld(scope=scope)
    end = expires_at or now + KEY_LIVES
    if end <= now:
        raise PeriodWrong
    secret = secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        account=account, post=post, label=label, hashed=_digest(secret), scopes=wanted, issued_at=now, expires_at=end
    )
    publish(events.ApiKeyIssued(account_id=account.pk, key_id=key.pk, expires_at=end), actor=actor, at=now)
    return f"ot_{key.pk.hex}_{secret}"


@writes
def revoke_api_key(*, key_id: UUID, actor: Actor, now: datetime) -> None:
    """Revoke a key at once. Refuses ApiKeyRefused when there is none this actor may see."""
    key = ApiKey.objects.visible_to(actor).filter(pk=key_id, revoked_at__isnull=True).first()
    if key is None:
        raise ApiKeyRefused
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
    publish(events.ApiKeyRevoked(account_id=key.account_id, key_id=key_id), actor=actor, at=now)


def actor_of_key(*, token: str, now: datetime) -> Actor:
    """Find who acts with a key: its hat's permissions, as far as the key's scopes go. Refuses ApiKeyRefused."""
    match = re.fullmatch(r"ot_([0-9a-f]{32})_([A-Za-z0-9_-]{43})", token)
    key = queries.api_key(UUID(match[1]), now) if match else None
    if match is None or key is None or not hmac.compare_digest(bytes(key.hashed), _digest(match[2])):
        raise ApiKeyRefused
    hat = queries.hat_of_key(key)
    if hat is None:
        raise ApiKeyRefused
    return hat.actor(queries.permissions_of(hat.role) & frozenset(key.scopes), by_program=True)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


# ── signing in ──────────────────────────────────────────────────────────────────────────────────────────────────────


def sign_in_with_password(*, name: str, password: str, address: str, now: datetime) -> Account:
    """
    Sign in by password; `name` is a user name, an ID number or a mobile number, `address` the network address.

    Refuses SignInRefused (the same for a wrong password and an unknown name), TooManyTries.
    """
    throttle.enter(throttle.PER_ADDRESS, address, now=now)
    account = queries.account_named(name)
    tried = str(account.pk) if account else name  # whichever of their names somebody types, it is one count
    throttle.enter(throttle.PER_NAME, tried, now=now)
    if not passwords.fits(password, account.password if account else None) or account is None:
        _note_failure(account_id=account.pk if account else None, means="password", now=now)
        raise SignInRefused
    _note_sign_in(account=account, tried=tried, means="password", now=now)
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
def choose_hat(*, account_id: UUID, key: str, now: datetime) -> Hat:
    """Put on one of the hats an account has now; `key` is a post's id or "citizen". Refuses NoSuchPost."""
    present = queries.presence(account_id, now)
    hat = next((hat for hat in present.hats if hat.key == key), None) if present else None
    if hat is None:
        raise NoSuchPost
    actor = hat.actor(queries.permissions_of(hat.role))
    publish(events.HatChosen(account_id=account_id, post_id=hat.post_id), actor=actor, at=now)
    return hat


@writes
def sign_out(*, account_id: UUID, actor: Actor, now: datetime) -> None:
    """Note that somebody signed out; the session itself is ended by the door."""
    publish(events.SignedOut(account_id=account_id), actor=actor, at=now)


def sweep_traces(*, now: datetime) -> None:
    """Remove what the door no longer needs: codes and counts whose time is over, sessions that ended."""
    SignInCode.objects.filter(expires_at__lte=now).delete()
    Session.objects.filter(expire_date__lte=now).delete()
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
