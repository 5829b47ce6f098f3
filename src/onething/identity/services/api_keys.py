"""Keys for programs: issued with scopes and an end, revoked, used."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onething.identity import events, policy, queries, throttle
from onething.identity.errors import ApiKeyRefused, NoSuchPost, PeriodWrong, ScopeNotHeld, TwoPersonsNeeded
from onething.identity.four_eyes import Proposed, deed
from onething.identity.models import Account, ApiKey, Post
from onething.kernel.access import Actor, Door, Permission
from onething.plumbing.journal import publish, writes

KEY_LIVES = timedelta(days=365)
CALLS_PER_MINUTE = 600
USE_NOTED_EVERY = timedelta(minutes=10)
ISSUE: Final = "identity.issue_api_key"


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
    per_minute: int = CALLS_PER_MINUTE,
) -> str:
    """
    Issue a key for programs, for one post of an account or for its citizen, valid a year if no end is given.

    The key is shown this once; only its digest is kept. `per_minute` is how many calls it may make.
    Refuses ScopeNotHeld, NoSuchPost, PeriodWrong; TwoPersonsNeeded to one colleague alone, where a scope reads persons.
    """
    if actor.door is Door.STAFF and queries.reads_persons(scopes := list(scopes)):
        raise TwoPersonsNeeded
    return _issue(
        account=account, label=label, scopes=scopes, actor=actor, now=now, post=post, expires_at=expires_at,
        per_minute=per_minute,
    )  # fmt: skip


def _issue(
    *, account: Account, label: str, scopes: Iterable[Permission], actor: Actor, now: datetime, post: Post | None,
    expires_at: datetime | None, per_minute: int,
) -> str:  # fmt: skip
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
        account=account, post=post, label=label, hashed=_digest(secret), scopes=wanted, issued_at=now, expires_at=end,
        issued_by=actor.reference, per_minute=per_minute,
    )  # fmt: skip
    publish(events.ApiKeyIssued(account_id=account.pk, key_id=key.pk, expires_at=end), actor=actor, at=now)
    return f"ot_{key.pk.hex}_{secret}"


@deed(ISSUE, title=_("A key for programs that reads persons"), ask=policy.ISSUE_API_KEY, approve=policy.APPROVE,
      gives=_("The key"))  # fmt: skip
def issue_agreed_key(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """Issue exactly the key that was asked for; its days count from now. Refuses NoSuchPost, ScopeNotHeld."""
    post = Post.objects.select_related("account").valid_at(now).filter(pk=proposal.subject).first()
    if post is None or not post.account.is_active:
        raise NoSuchPost
    wanted = proposal.values
    return _issue(
        account=post.account, post=post, label=wanted["label"], scopes=wanted["scopes"], actor=actor, now=now,
        per_minute=wanted["per_minute"], expires_at=now + timedelta(days=wanted["days"]),
    )  # fmt: skip


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
    """Find who acts with a key. Refuses as `caller` does."""
    return caller(token=token, now=now)[0]


def caller(*, token: str, now: datetime) -> tuple[Actor, ApiKey]:
    """
    Find who acts with a key, and the key: its hat's permissions, as far as the key's scopes go. Counts the call.

    Refuses ApiKeyRefused, TooManyCalls.
    """
    match = re.fullmatch(r"ot_([0-9a-f]{32})_([A-Za-z0-9_-]{43})", token)
    key = queries.api_key(UUID(match[1]), now) if match else None
    if match is None or key is None or not hmac.compare_digest(bytes(key.hashed), _digest(match[2])):
        raise ApiKeyRefused
    hat = queries.hat_of_key(key)
    if hat is None:
        raise ApiKeyRefused
    throttle.count_call(key.pk, key.per_minute, now=now)
    if key.last_used_at is None or now - key.last_used_at > USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return hat.actor(queries.permissions_of(hat.role) & frozenset(key.scopes), by_program=True), key


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
