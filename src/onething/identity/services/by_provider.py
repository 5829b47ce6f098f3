"""Signing in by an OpenID provider: from its claims to an account that may come in. No network here."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onething.identity import events, queries
from onething.identity.errors import ClaimsMissing, StrangerToRegistry, StrangerToStaff
from onething.identity.models import Account
from onething.identity.providers import Provider
from onething.identity.services.accounts import open_account
from onething.kernel.access import NOBODY, SYSTEM, Actor
from onething.kernel.errors import Invalid
from onething.plumbing.journal import publish, writes
from onething.registry import queries as registry
from onething.registry.models import Person
from onething.registry.services import read_name

CITIZEN_MEANS = "provider"
STAFF_MEANS = "provider_staff"
"""A provider and a second factor, its own or ours. Opens posts only: an employer vouches for no private person."""


def sign_in_citizen(*, provider: Provider, claims: Mapping[str, Any], now: datetime) -> Account:
    """
    Sign in the person with the ID number and the name that a provider gives; both must be those of the registry.

    The first time, the person's account is opened; a stranger leaves nothing but the note of a failed try.
    Refuses ClaimsMissing, StrangerToRegistry.
    """
    name, number = _claims(claims, provider.full_name, provider.id_number)
    if provider.verified and claims.get(provider.verified) is not True:
        raise ClaimsMissing(claims=provider.verified)
    person = _registered(name, number)
    account = _account_of(person, now) if person else None
    if account is None or not account.is_active:
        _note_failure(account, CITIZEN_MEANS, now)
        raise StrangerToRegistry
    note_sign_in(account=account, means=CITIZEN_MEANS, now=now)
    return account


def find_staff(*, provider: Provider, claims: Mapping[str, Any], now: datetime) -> tuple[Account, bool]:
    """
    Find the open account with a post in force whose user name a provider gives, and whether its own second factor
    was used in a way that the installation accepts in place of the authenticator.

    Nobody is in yet: `note_sign_in` or `sign_in_with_factor` comes next. Refuses ClaimsMissing, StrangerToStaff.
    """
    (username,) = _claims(claims, provider.username)
    account = Account.objects.filter(username=username.strip().lower(), is_active=True).first()
    if account is None or not queries.needs_factor(account.pk, now):
        _note_failure(account, STAFF_MEANS, now)
        raise StrangerToStaff
    return account, _is_strong(provider, claims)


@writes
def note_sign_in(*, account: Account, means: str, now: datetime) -> None:
    """Write down that somebody came in by a provider."""
    actor = Actor(door=NOBODY.door, account_id=account.pk)
    publish(events.SignedIn(account_id=account.pk, means=means), actor=actor, at=now)


def _claims(claims: Mapping[str, Any], *names: str) -> list[str]:
    """Read claims that must be there, each a text. Refuses ClaimsMissing, naming them all."""
    missing = [name for name in names if not (isinstance(claims.get(name), str) and claims[name].strip())]
    if missing:
        raise ClaimsMissing(claims=", ".join(missing))
    return [claims[name] for name in names]


def _registered(name: str, number: str) -> Person | None:
    try:
        person = registry.person_by_id_number(number)
        is_same = person and hmac.compare_digest(person.name.encode(), read_name(name).encode())
    except Invalid:
        return None
    return person if is_same and person and person.forgotten_at is None else None


@writes
def _account_of(person: Person, now: datetime) -> Account:
    return Account.objects.filter(person=person).first() or open_account(person=person, actor=SYSTEM, now=now)


def _is_strong(provider: Provider, claims: Mapping[str, Any]) -> bool:
    ways = claims.get("amr")
    said = {claims.get("acr"), *(ways if isinstance(ways, list) else [])}
    return bool(provider.strong & {way for way in said if isinstance(way, str)})


@writes
def _note_failure(account: Account | None, means: str, now: datetime) -> None:
    publish(events.SignInFailed(account_id=account.pk if account else None, means=means), actor=NOBODY, at=now)
