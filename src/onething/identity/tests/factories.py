"""Invented accounts."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import ScryptPasswordHasher
from django.test import Client

from onething.identity import queries, services, sessions, totp
from onething.identity.models import Account, Post
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.messages import queries as messages
from onething.registry.models import Organisation, Person
from onething.registry.tests import factories as registry
from onething.registry.tests.factories import COUNTY

PASSWORD = "four quiet words here"


class Quick(ScryptPasswordHasher):
    """The house's hashing with a work factor for tests; counts what it does."""

    algorithm = "quick"
    work_factor = 2
    hashed = 0

    def encode(self, *args: Any, **kwargs: Any) -> str:
        type(self).hashed += 1
        return str(super().encode(*args, **kwargs))


def clerk(username: str = "lin.clerk", **wishes: Any) -> Account:
    """Open a member of staff's account."""
    given: dict[str, Any] = {"username": username, "password": PASSWORD, "actor": SYSTEM, "now": clock.now()}
    return services.open_account(**given | wishes)


def post(account: Account, role: str = "clerk", *, region: str = COUNTY, **wishes: Any) -> Post:
    """Give a post that began an hour of 2026 ago and has no end."""
    office = wishes.pop("organisation", None) or _office()
    given: dict[str, Any] = {"valid_from": datetime.fromisoformat("2026-01-01T00:00:00Z"), "actor": SYSTEM}
    given |= {"organisation": office, "now": clock.now()} | wishes
    return services.give_post(account=account, role=role, region=region, **given)


SECRET = b"an invented secret !"  # of every authenticator in tests


def with_app(account: Account, **wishes: Any) -> Account:
    """Give an account an authenticator, enrolled long ago."""
    long_ago = datetime.fromisoformat("2026-01-01T00:00:00Z")
    services.enrol(account=account, secret=SECRET, **{"actor": SYSTEM, "now": long_ago} | wishes)
    return account


def app_code(now: datetime | None = None, ahead: int = 0) -> str:
    """Read the code that the app shows now, or so many steps ahead."""
    return totp.code_at(SECRET, totp.step_at(now or clock.now()) + ahead)


def enter(client: Client, account: Account, hat: str = "") -> Client:
    """Open a session as the door does after the second factor; with several posts, under the hat named."""
    client.force_login(account)
    session = client.session
    session[sessions.MEANS] = "factor"
    session[sessions.BEGAN] = session[sessions.SEEN] = clock.now().timestamp()
    hats = queries.hats_of(account.pk, clock.now())
    worn = hat or (hats[0].key if len(hats) == 1 else "")
    if worn:
        session[sessions.HAT] = worn
    session.save()
    return client


def code_sent_to(phone: str) -> str:
    """Read the newest code that was sent to a phone."""
    newest = messages.outbox(channel="sms", to=phone, limit=1)
    return re.findall(r"\b\d{6}\b", newest[0].body)[0]


def citizen(**wishes: Any) -> Person:
    """Register a person."""
    return registry.person(**wishes)


def _office() -> Organisation:
    number = Organisation.objects.count()
    return registry.organisation(f"office-{number}", department=f"department-{number}")
