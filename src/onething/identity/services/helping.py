"""Acting for somebody (帮办代办): asked for, allowed by a code or a paper, put on as a hat, ended by the person."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import F
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from onething.identity import events, mandates, policy, queries, throttle
from onething.identity.errors import MandateCodeRefused, NoSuchMandate, OwnMandate
from onething.identity.hats import HelpersHat
from onething.identity.models import Account, Mandate, MandateWish
from onething.identity.services.accounts import open_account
from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages import services as messages
from onething.plumbing.storage import services as store
from onething.registry import queries as registry
from onething.registry import taking_in
from onething.registry.models import Person

CODE_LIVES = timedelta(minutes=10)  # the person reads it out over the phone
CODE_TRIES = 5
LASTS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OneCase:
    """The only case that a mandate is to be for, and whose it is."""

    case_id: UUID
    person_id: UUID


def ask_mandate(
    *,
    name: str,
    id_number: str,
    kin: str,
    pack: str,
    what: str,
    one_case: OneCase | None = None,
    actor: Actor,
    now: datetime,
) -> MandateWish:
    """
    Ask somebody to allow one to file a pack (`what` is its title) in their name: a code goes to their registered phone.

    With `one_case` it is for that case alone. For a name and number that mean nobody, or a case that is another
    person's, nothing is sent, and the answer is the same. Refuses Denied, OwnMandate, TooManyTries.
    """
    actor.must(policy.HELP_OTHERS)
    throttle.enter(throttle.MANDATES_WISHED, str(actor.account_id), now=now)
    person = queries.person_named(name, id_number)
    if person and actor.person_id == person.pk:
        raise OwnMandate
    throttle.enter(throttle.MANDATES_ASKED, str(person.pk) if person else id_number, now=now)
    is_reached = person and person.phone and (one_case is None or one_case.person_id == person.pk)
    return _send_code(person if is_reached else None, kin, pack, what, one_case, actor, now)


def grant_mandate(*, code: str, actor: Actor, now: datetime) -> Mandate:
    """
    Take the code that the person read out, and record that they allowed it. It works once.

    Refuses MandateCodeRefused: wrong, used, too old, tried five times, nothing asked: all the same.
    """
    actor.must(policy.HELP_OTHERS)
    mandate = _redeem(code=code, actor=actor, now=now)
    if mandate is None:
        raise MandateCodeRefused
    return mandate


def record_mandate(
    *,
    person_id: UUID,
    kin: str,
    pack: str,
    paper: bytes,
    paper_kind: str,
    actor: Actor,
    now: datetime,
    helper: Person | None = None,
) -> Mandate:
    """
    Record that a person allowed it on a signed paper, whose picture is kept under their key.

    Without a `helper` it is the member of staff who records it, under their post. Refuses Denied, NoSuchPerson,
    OwnMandate, PersonErased.
    """
    actor.must(policy.RECORD_MANDATE)
    person = registry.person(actor, person_id)
    if helper and helper.pk == person.pk:
        raise OwnMandate
    stored = taking_in.take_in(person_id=person.pk, content=paper, field="mandate", actor=actor, now=now)
    return _record(person.pk, kin, pack, stored.key, paper_kind, helper, actor, now)


@writes
def act_for(*, mandate_id: UUID, account_id: UUID, means: str, now: datetime) -> HelpersHat:
    """Begin to act in somebody's name. Refuses NoSuchMandate."""
    hat = mandates.hat_of(account_id, str(mandate_id), now, means=means)
    if hat is None:
        raise NoSuchMandate
    actor = hat.actor(queries.permissions_of(policy.HELPER))
    publish(events.MandateUsed(mandate_id=mandate_id, person_id=hat.person_id), actor=actor, at=now)
    return hat


@writes
def revoke_mandate(*, mandate_id: UUID, actor: Actor, now: datetime) -> None:
    """End a mandate: taken back by the person, or laid down by the helper. Refuses NoSuchMandate."""
    open_one = Mandate.objects.visible_to(actor).filter(pk=mandate_id, revoked_at=None).first()
    if open_one is None:
        raise NoSuchMandate
    _end(open_one, actor, now)


@writes
def _send_code(
    person: Person | None, kin: str, pack: str, what: str, one_case: OneCase | None, actor: Actor, now: datetime
) -> MandateWish:
    account = Account.objects.select_related("person").get(pk=_account_of(actor))
    is_staff = actor.door is Door.STAFF
    code = f"{secrets.randbelow(10**6):06d}"
    MandateWish.objects.filter(account=account).delete()
    wish = MandateWish(
        id=uuid4(),
        account=account,
        post_id=actor.post_id if is_staff else None,
        person_id=person.pk if person else uuid4(),
        kin=Mandate.Kin.STAFF if is_staff else Mandate.Kin(kin),
        pack=pack,
        case_id=one_case.case_id if one_case else None,
        expires_at=now + CODE_LIVES,
    )
    wish.digest = _digest(wish.pk, code)
    wish.save(force_insert=True)
    if person:
        body = _asking(_who(account, actor, now), what, code, now)
        messages.queue_message(channel="sms", to=person.phone, subject="", body=body, now=now)
        publish(events.MandateAsked(person_id=person.pk, account_id=account.pk, pack=pack), actor=actor, at=now)
    return wish


def _who(account: Account, actor: Actor, now: datetime) -> str:
    """Name who asks as the person may know them: staff by office and name, anybody else masked."""
    if actor.door is Door.STAFF:
        hats = queries.hats_of(account.pk, now)
        office = next((hat.organisation_name for hat in hats if hat.post_id == actor.post_id), "")
        return f"{office} {account.display_name}".strip()
    return account.person.masked_name if account.person else account.display_name


def _asking(who: str, what: str, code: str, now: datetime) -> str:
    until = clock.day_of(now + LASTS)
    with translation.override("zh-hans"):
        words = gettext(
            "{who} asks to file “{what}” in your name, until {until}. If you want that, read them the code {code}. "
            "If not, tell it to nobody. You can end it at any time."
        )
    return words.format(who=who, what=what, code=code, until=f"{until.month}月{until.day}日")


@writes
def _redeem(*, code: str, actor: Actor, now: datetime) -> Mandate | None:
    """Count the try in the same statement that lets it through, then compare; a right code is gone at once."""
    mine = MandateWish.objects.filter(account_id=_account_of(actor))
    open_one = mine.filter(expires_at__gt=now, tries__lt=CODE_TRIES)
    if not open_one.update(tries=F("tries") + 1):
        return None
    wish = mine.get()
    if not hmac.compare_digest(bytes(wish.digest), _digest(wish.pk, re.sub(r"\s", "", code))):
        return None
    person = Person.objects.filter(pk=wish.person_id, forgotten_at=None).first()
    wish.delete()
    if person is None:
        return None
    return _give(
        Mandate(
            person=person,
            account_id=wish.account_id,
            post_id=wish.post_id,
            kin=wish.kin,
            pack=wish.pack,
            case_id=wish.case_id,
            way=Mandate.Way.CODE,
        ),
        actor,
        now,
    )


@writes
def _record(
    person_id: UUID, kin: str, pack: str, key: str, kind: str, helper: Person | None, actor: Actor, now: datetime
) -> Mandate:
    store.claim(key)
    account_id = _opened_account(helper, now).pk if helper else _account_of(actor)
    given = Mandate(
        person_id=person_id,
        account_id=account_id,
        post_id=None if helper else actor.post_id,
        kin=Mandate.Kin(kin) if helper else Mandate.Kin.STAFF,
        pack=pack,
        way=Mandate.Way.PAPER,
        paper_key=key,
        paper_kind=kind,
    )
    return _give(given, actor, now)


def _account_of(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise Denied
    return actor.account_id


def _opened_account(person: Person, now: datetime) -> Account:
    found = Account.objects.filter(person=person).first()
    return found or open_account(person=person, actor=SYSTEM, now=now)


def _give(mandate: Mandate, actor: Actor, now: datetime) -> Mandate:
    """Write a mandate in place of an older one for the same: the newest word counts."""
    same = {"person_id": mandate.person_id, "account_id": mandate.account_id, "pack": mandate.pack}
    for older in Mandate.objects.filter(**same, revoked_at=None):
        _end(older, actor, now)
    mandate.recorded_by, mandate.given_at, mandate.valid_until = actor.reference, now, now + LASTS
    mandate.save(force_insert=True)
    fact = events.MandateGiven(
        mandate_id=mandate.pk,
        person_id=mandate.person_id,
        account_id=mandate.account_id,
        pack=mandate.pack,
        way=mandate.way,
        valid_until=mandate.valid_until,
    )
    publish(fact, actor=actor, at=now)
    return mandate


def _end(mandate: Mandate, actor: Actor, now: datetime) -> None:
    mandate.revoked_at, mandate.revoked_by = now, actor.reference
    mandate.save(update_fields=["revoked_at", "revoked_by"])
    fact = events.MandateRevoked(mandate_id=mandate.pk, person_id=mandate.person_id)
    publish(fact, actor=actor, at=now)


def _digest(wish_id: UUID, code: str) -> bytes:
    return salted_hmac("identity.mandate_code", f"{wish_id}:{code}", algorithm="sha256").digest()
