"""Second factors: the one-time link, the authenticator, recovery codes, and the way out when all is lost."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.crypto import salted_hmac

from onething.identity import events, passwords, queries, totp, vault
from onething.identity.errors import FactorRefused, NoSuchAccount, SecondFactorMissing
from onething.identity.models import Account, Invitation, RecoveryCode, SecondFactor
from onething.kernel.access import Actor, Door
from onething.plumbing.journal import publish, writes

LINK_LIVES = timedelta(days=3)
RECOVERY_CODES = 8
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like something else
_RECOVERY = re.compile(rf"[{_ALPHABET}]{{10}}")


@writes
def invite(*, account_id: UUID, actor: Actor, now: datetime) -> str:
    """
    Make the one-time link of an account, in place of the one before. Gives its token; only the digest is kept.

    Refuses NoSuchAccount.
    """
    if not Account.objects.visible_to(actor).filter(pk=account_id, is_active=True).exists():
        raise NoSuchAccount
    token = secrets.token_urlsafe(32)
    waiting = {
        "digest": queries.digest_of_link(token),
        "locked": vault.lock(account_id, totp.fresh_secret()),
        "expires_at": now + LINK_LIVES,
    }
    Invitation.objects.update_or_create(account_id=account_id, defaults=waiting)
    publish(events.AccountInvited(account_id=account_id, expires_at=now + LINK_LIVES), actor=actor, at=now)
    return token


@writes
def accept_invitation(*, token: str, code: str, password: str | None, now: datetime) -> Sequence[str]:
    """
    Use a one-time link: the app's first code proves that it holds the secret. Gives the recovery codes, this once.

    `password` sets a new one; None keeps the one there is. Refuses LinkUsed, FactorRefused, PasswordTooWeak.
    """
    invitation = queries.invitation(token, now, lock=True)
    account = invitation.account
    secret = vault.unlock(account.pk, bytes(invitation.locked))
    step = totp.fitting_step(secret, _plain(code), now)
    if step is None:
        raise FactorRefused
    if password is not None:
        account.password = passwords.hashed(password, username=account.username)
        account.save(update_fields=["password"])
    invitation.delete()
    himself = Actor(door=Door.NOBODY, account_id=account.pk)
    return enrol(account=account, secret=secret, actor=himself, now=now, last_step=step)


@writes
def enrol(*, account: Account, secret: bytes, actor: Actor, now: datetime, last_step: int = 0) -> Sequence[str]:
    """
    Give an account an authenticator in place of the one before, and new recovery codes; its sessions end.

    Gives the recovery codes; only their digests are kept.
    """
    row = {"locked": vault.lock(account.pk, secret), "last_step": last_step, "enrolled_at": now}
    SecondFactor.objects.update_or_create(account=account, defaults=row)
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=_digest(account.pk, one)) for one in codes)
    Account.objects.filter(pk=account.pk).update(sessions_since=now)
    publish(events.SecondFactorEnrolled(account_id=account.pk), actor=actor, at=now)
    return [f"{one[:5]}-{one[5:]}" for one in codes]


@writes
def remove_factor(*, account_id: UUID, actor: Actor, now: datetime) -> None:
    """Take an account's authenticator and recovery codes away, and end its sessions."""
    SecondFactor.objects.filter(account_id=account_id).delete()
    RecoveryCode.objects.filter(account_id=account_id).delete()
    Account.objects.filter(pk=account_id).update(sessions_since=now)
    publish(events.SecondFactorRemoved(account_id=account_id), actor=actor, at=now)


@writes
def redeem(*, account_id: UUID, code: str, now: datetime) -> str | None:
    """Use up a code: "factor" if it was the app's, "recovery" if a recovery code, None if neither."""
    factor = SecondFactor.objects.filter(account_id=account_id).first()
    if factor is None:
        raise SecondFactorMissing
    step = totp.fitting_step(vault.unlock(account_id, bytes(factor.locked)), _plain(code), now)
    if step is not None:
        newer = SecondFactor.objects.filter(account_id=account_id, last_step__lt=step)
        return "factor" if newer.update(last_step=step) else None
    return "recovery" if _use_recovery_code(account_id, _plain(code).lower(), now) else None


def _use_recovery_code(account_id: UUID, code: str, now: datetime) -> bool:
    if not _RECOVERY.fullmatch(code):
        return False
    used, _ = RecoveryCode.objects.filter(account_id=account_id, digest=_digest(account_id, code)).delete()
    if used:
        left = RecoveryCode.objects.filter(account_id=account_id).count()
        himself = Actor(door=Door.NOBODY, account_id=account_id)
        publish(events.RecoveryCodeUsed(account_id=account_id, left=left), actor=himself, at=now)
    return bool(used)


def _plain(code: str) -> str:
    return re.sub(r"[\s-]", "", code)


def _digest(account_id: UUID, code: str) -> bytes:
    keyed = salted_hmac("identity.recovery_code", f"{account_id}:{code}", algorithm="sha256")
    return hashlib.sha256(keyed.digest()).digest()
