"""A portal or mini-program acts in a person's session: let in by a code on their phone, until they end it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import F
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from onething.identity import events, policy, queries, throttle
from onething.identity.errors import ConsentCodeRefused, ConsentRefused, NoSuchConsent
from onething.identity.models import Account, ApiKey, Consent, ConsentWish
from onething.identity.services.accounts import open_account
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing import clock, looks
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages import services as messages
from onething.registry.models import Person

CODE_LIVES = timedelta(minutes=10)
CODE_TRIES = 5
SESSION_LASTS = timedelta(hours=2)
TOLD_FOR = timedelta(days=90)
"""How long a portal is told that a case moved on, unless the person ends it."""


def ask_consent(*, key: ApiKey, name: str, id_number: str, actor: Actor, now: datetime) -> UUID:
    """
    Ask a person to let this key's portal in: a code goes to their registered phone. Gives the id to redeem it under.

    For a name and number that mean nobody nothing is sent, and the answer is the same. Refuses Denied, TooManyTries.
    """
    actor.must(policy.ACT_WITH_CONSENT)
    person = queries.person_named(name, id_number)
    throttle.enter(throttle.CONSENTS_ASKED, str(person.pk) if person else id_number, now=now)
    return _send_code(person if person and person.phone else None, key, actor, now)


def give_consent(*, key: ApiKey, wish_id: UUID, code: str, actor: Actor, now: datetime) -> tuple[Consent, str]:
    """
    Take the code that the person typed in: the portal is in. Gives the consent and its token, shown this once.

    An older consent to the same key ends. Refuses Denied, ConsentCodeRefused.
    """
    actor.must(policy.ACT_WITH_CONSENT)
    given = _redeem(key, wish_id, code, actor, now)
    if given is None:
        raise ConsentCodeRefused
    return given


def actor_with_consent(*, key: ApiKey, client: Actor, token: str, now: datetime) -> Actor:
    """
    Find as whom a portal acts with a person's token. The person finds each such call among who looked.

    Refuses ConsentRefused: unknown, over, ended, of another key, or a key without the scope, all the same.
    """
    match = re.fullmatch(r"oc_([0-9a-f]{32})_([A-Za-z0-9_-]{43})", token)
    found = _in_session(UUID(match[1]), key, now) if match and client.may(policy.ACT_WITH_CONSENT) else None
    if match is None or found is None or not hmac.compare_digest(bytes(found.hashed), _hashed(match[2])):
        raise ConsentRefused
    looks.note([found.person_id], way="api", purpose="consent", actor=client, now=now)
    return Actor(
        door=Door.CITIZEN,
        account_id=_account_of(found.person, now).pk,
        person_id=found.person_id,
        role=policy.CITIZEN,
        region=found.person.region_id,
        permissions=queries.permissions_of(policy.CONSENTED),
        consent_id=found.pk,
    )


@writes
def end_consent(*, consent_id: UUID, actor: Actor, now: datetime) -> None:
    """End a consent at once: the token opens nothing any more, the portal is told nothing. Refuses NoSuchConsent."""
    found = Consent.objects.visible_to(actor).filter(pk=consent_id, revoked_at=None).first()
    if found is None:
        raise NoSuchConsent
    _end(found, actor, now)


def _in_session(consent_id: UUID, key: ApiKey, now: datetime) -> Consent | None:
    open_ones = Consent.objects.in_force(now).filter(pk=consent_id, key=key, session_until__gt=now)
    return open_ones.filter(person__forgotten_at=None).select_related("person").first()


def _account_of(person: Person, now: datetime) -> Account:
    found = Account.objects.filter(person=person).first() or open_account(person=person, actor=SYSTEM, now=now)
    if not found.is_active:
        raise ConsentRefused
    return found


@writes
def _send_code(person: Person | None, key: ApiKey, actor: Actor, now: datetime) -> UUID:
    code = f"{secrets.randbelow(10**6):06d}"
    wish = ConsentWish(id=uuid4(), key=key, person_id=person.pk if person else uuid4(), expires_at=now + CODE_LIVES)
    wish.digest = _digest(wish.pk, code)
    wish.save(force_insert=True)
    if person:
        messages.queue_message(channel="sms", to=person.phone, subject="", body=_asking(key, code, now), now=now)
        publish(events.ConsentAsked(person_id=person.pk, key_id=key.pk), actor=actor, at=now)
    return wish.pk


def _asking(key: ApiKey, code: str, now: datetime) -> str:
    office, until = key.post.organisation.name if key.post else "", clock.day_of(now + TOLD_FOR)
    with translation.override("zh-hans"):
        words = gettext(
            "{who} ({what}) asks to show and file your matters. If you are there yourself, type the code {code}: it is "
            "let in for two hours, and told how your matters go until {until}. Otherwise tell it to nobody."
        )
    return words.format(who=office, what=key.label, code=code, until=f"{until.month}月{until.day}日")


@writes
def _redeem(key: ApiKey, wish_id: UUID, code: str, actor: Actor, now: datetime) -> tuple[Consent, str] | None:
    """Count the try in the same statement that lets it through, then compare; a right code is gone at once."""
    mine = ConsentWish.objects.filter(pk=wish_id, key=key)
    if not mine.filter(expires_at__gt=now, tries__lt=CODE_TRIES).update(tries=F("tries") + 1):
        return None
    wish = mine.get()
    if not hmac.compare_digest(bytes(wish.digest), _digest(wish.pk, re.sub(r"\s", "", code))):
        return None
    wish.delete()
    person = Person.objects.filter(pk=wish.person_id, forgotten_at=None).first()
    return _give(key, person, actor, now) if person else None


def _give(key: ApiKey, person: Person, actor: Actor, now: datetime) -> tuple[Consent, str]:
    for older in Consent.objects.filter(key=key, person=person, revoked_at=None):
        _end(older, actor, now)
    secret = secrets.token_urlsafe(32)
    given = Consent.objects.create(
        key=key, person=person, hashed=_hashed(secret), given_at=now, session_until=now + SESSION_LASTS,
        valid_until=now + TOLD_FOR,
    )  # fmt: skip
    fact = events.ConsentGiven(
        consent_id=given.pk, person_id=person.pk, key_id=key.pk, session_until=given.session_until,
        valid_until=given.valid_until,
    )  # fmt: skip
    publish(fact, actor=actor, at=now)
    return given, f"oc_{given.pk.hex}_{secret}"


def _end(consent: Consent, actor: Actor, now: datetime) -> None:
    consent.revoked_at = now
    consent.save(update_fields=["revoked_at"])
    publish(events.ConsentEnded(consent_id=consent.pk, person_id=consent.person_id), actor=actor, at=now)


def _hashed(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _digest(wish_id: UUID, code: str) -> bytes:
    return salted_hmac("identity.consent_code", f"{wish_id}:{code}", algorithm="sha256").digest()
