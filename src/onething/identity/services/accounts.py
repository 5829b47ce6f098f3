"""Accounts: opened, closed, and their sessions ended."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from onething.identity import events, passwords
from onething.identity.errors import NoSuchAccount, UsernameTaken, UsernameWrong, WorkEmailWrong
from onething.identity.models import Account
from onething.kernel.access import Actor
from onething.plumbing.journal import publish, writes
from onething.registry.models import Person

_USERNAME = re.compile(r"[a-z][a-z0-9.-]{2,39}")


@writes
def open_account(
    *,
    actor: Actor,
    now: datetime,
    username: str = "",
    password: str | None = None,
    person: Person | None = None,
    display_name: str = "",
    work_email: str = "",
) -> Account:
    """
    Open an account: for a person (who signs in with phone or ID number), for a member of staff, or for both in one.

    Refuses UsernameTaken (also when the person has one already), UsernameWrong, PasswordTooWeak, WorkEmailWrong.
    """
    account_id = uuid4()
    name = username.strip().lower() or f"c-{account_id.hex}"
    if not _USERNAME.fullmatch(name):
        raise UsernameWrong
    account = Account(id=account_id, username=name, person=person, display_name=display_name, opened_at=now)
    account.work_email = _address(work_email)
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
def change_work_email(*, account_id: UUID, work_email: str, actor: Actor, now: datetime) -> None:
    """
    Set where the house writes to a member of staff; an empty text takes the address away.

    Refuses NoSuchAccount, WorkEmailWrong.
    """
    address = _address(work_email)
    if not Account.objects.visible_to(actor).filter(pk=account_id, is_active=True).update(work_email=address):
        raise NoSuchAccount
    publish(events.WorkEmailChanged(account_id=account_id), actor=actor, at=now)


def _address(text: str) -> str:
    address = text.strip()
    if address:
        try:
            validate_email(address)
        except ValidationError as wrong:
            raise WorkEmailWrong from wrong
    return address


@writes
def close_account(*, account_id: UUID, actor: Actor, now: datetime) -> None:
    """Close an account and end its open sessions at once. Refuses NoSuchAccount."""
    closed = Account.objects.visible_to(actor).filter(pk=account_id, is_active=True).update(is_active=False)
    if not closed:
        raise NoSuchAccount
    publish(events.AccountClosed(account_id=account_id), actor=actor, at=now)


@writes
def reopen_account(*, account_id: UUID, actor: Actor, now: datetime) -> None:
    """
    Open a closed account of staff again; sessions from before stay ended. Refuses NoSuchAccount.

    Never one that a person closed for themselves: whoever comes back opens a new one.
    """
    closed = Account.objects.visible_to(actor).filter(pk=account_id, is_active=False, person=None)
    if not closed.update(is_active=True, sessions_since=now):
        raise NoSuchAccount
    publish(events.AccountReopened(account_id=account_id), actor=actor, at=now)


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
def end_sessions(*, account_id: UUID, actor: Actor, now: datetime) -> None:
    """End every session of an account, on all devices. Refuses NoSuchAccount."""
    ended = Account.objects.visible_to(actor).filter(pk=account_id).update(sessions_since=now)
    if not ended:
        raise NoSuchAccount
    publish(events.SessionsEnded(account_id=account_id), actor=actor, at=now)
