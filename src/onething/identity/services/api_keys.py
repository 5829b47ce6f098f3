"""Keys for programs: issued with scopes and an end, revoked, used."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from onething.identity import events, policy, queries, throttle
from onething.identity.errors import ApiKeyRefused, NoSuchPost, PeriodWrong, ScopeNotHeld
from onething.identity.models import Account, ApiKey, Post
from onething.kernel.access import Actor, Permission
from onething.plumbing.journal import publish, writes

KEY_LIVES = timedelta(days=365)
CALLS_PER_MINUTE = 600


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
    Refuses ScopeNotHeld, NoSuchPost, PeriodWrong.
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
        account=account, post=post, label=label, hashed=_digest(secret), scopes=wanted, issued_at=now, expires_at=end,
        per_minute=per_minute,
    )  # fmt: skip
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
    """
    Find who acts with a key: its hat's permissions, as far as the key's scopes go. Counts the call.

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
    return hat.actor(queries.permissions_of(hat.role) & frozenset(key.scopes), by_program=True)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
