"""Subscribing, noting what moved on, sending it (claim, call, record), giving up and beginning again."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from onething.cases.models import Case
from onething.desks.webhooks import events, kinds, policy, queries
from onething.desks.webhooks.errors import KindUnknown, ReceiverNotListed, TooManySubscriptions
from onething.desks.webhooks.models import Delivery, Subscription
from onething.exchange import addresses, wire
from onething.exchange.errors import AddressNotAllowed
from onething.exchange.wire import Answer, CallFailed
from onething.identity import vault
from onething.identity.models import Account, ApiKey, Post
from onething.kernel import signing
from onething.kernel.access import SYSTEM, Actor
from onething.kernel.envelopes import MEDIA_TYPE
from onething.kernel.signing import SharedSecret
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages import services as messages

MOST = 10
CLAIM = timedelta(minutes=2)
KEPT = timedelta(days=30)
LOOKED_UP_EVERY = 10.0


@writes
def subscribe(
    *, key: ApiKey, address: str, wanted: Iterable[str], actor: Actor, now: datetime
) -> tuple[Subscription, str]:
    """
    Have a program told of these kinds at an address. Gives the secret that signs, shown this once.

    Refuses Denied, AddressNotAllowed, ReceiverNotListed, KindUnknown, TooManySubscriptions.
    """
    actor.must(policy.SUBSCRIBE)
    require_listed(addresses.allowed(address))
    chosen = sorted(set(wanted))
    for kind in chosen:
        if kind not in kinds.KINDS:
            raise KindUnknown(kind=kind)
    if Subscription.objects.filter(key=key).count() >= MOST:
        raise TooManySubscriptions(most=MOST)
    secret, made = SharedSecret(secrets.token_bytes(32)), uuid4()
    row = Subscription.objects.create(
        id=made, key=key, address=address, kinds=chosen, locked=vault.lock(made, secret.key), made_at=now
    )
    publish(events.WebhookSubscribed(subscription_id=made, key_id=key.pk), actor=actor, at=now)
    _Seen.until = 0.0
    return row, secret.text


def require_listed(address: str) -> None:
    """Refuse (ReceiverNotListed) an address whose host the installation does not list."""
    host = (urlsplit(address).hostname or "").lower()
    if host not in settings.WEBHOOK_HOSTS:
        raise ReceiverNotListed(host=host)


@writes
def remove(*, subscription_id: UUID, actor: Actor, now: datetime) -> None:
    """Remove a subscription with its messages. Refuses NoSuchSubscription."""
    queries.subscription_for(actor, subscription_id).delete()
    publish(events.WebhookRemoved(subscription_id=subscription_id), actor=actor, at=now)


@writes
def switch(*, subscription_id: UUID, is_on: bool, actor: Actor, now: datetime) -> Subscription:
    """Switch a subscription off, or on again: what waits is sent then. Refuses NoSuchSubscription."""
    found = queries.subscription_for(actor, subscription_id)
    found.off_because, found.failing_since = "" if is_on else Subscription.Off.BY_HAND, None
    found.save(update_fields=["off_because", "failing_since"])
    publish(events.WebhookSwitched(subscription_id=found.pk, is_on=is_on), actor=actor, at=now)
    _Seen.until = 0.0
    return found


@writes
def send_again(*, subscription_id: UUID, delivery_id: UUID, actor: Actor, now: datetime) -> Delivery:
    """Send a message once more, under its id. Refuses NoSuchSubscription, NoSuchDelivery."""
    one = queries.delivery_of(queries.subscription_for(actor, subscription_id), delivery_id)
    one.state, one.tries, one.next_at = Delivery.State.WAITING, 0, now
    one.save(update_fields=["state", "tries", "next_at"])
    publish(events.WebhookDue(subscription_id=subscription_id, delivery_id=one.pk), actor=actor, at=now)
    return one


class _Seen:
    """Whether anybody is subscribed, looked up every few seconds: a house without programs pays nothing per fact."""

    until = 0.0
    any_ones = False


def anybody_listens() -> bool:
    """Tell whether any subscription is on, or was within the last seconds."""
    if time.monotonic() >= _Seen.until:
        _Seen.any_ones = Subscription.objects.filter(off_because="").exists()
        _Seen.until = time.monotonic() + LOOKED_UP_EVERY
    return _Seen.any_ones


@writes
def note(*, kind: str, case_id: UUID, now: datetime) -> int:
    """Note for everybody who listens and may read the case that it moved on. Gives how many are told."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return 0
    told = list(queries.listeners(kind, case, now))
    for one in told:
        made = Delivery.objects.create(
            subscription=one, kind=kind, case_id=case_id, number=case.number, case_state=case.state, at=now, next_at=now
        )  # fmt: skip
        publish(events.WebhookDue(subscription_id=one.pk, delivery_id=made.pk), actor=SYSTEM, at=now)
    return len(told)


def deliver(*, delivery_id: UUID, now: datetime) -> None:
    """Try one message, if it is due and nobody else holds it. Safe to run twice: the receiver knows it by its id."""
    claimed = _claim(delivery_id, now)
    if claimed is not None:
        _record(claimed, _call(claimed, now), now)


@writes
def _claim(delivery_id: UUID, now: datetime) -> Delivery | None:
    due = Delivery.objects.due(now).select_for_update(of=("self",), skip_locked=True)
    one = due.select_related("subscription").filter(pk=delivery_id).first()
    if one is not None:
        one.tries, one.next_at = one.tries + 1, now + CLAIM
        one.save(update_fields=["tries", "next_at"])
    return one


def _call(one: Delivery, now: datetime) -> Answer | CallFailed:
    to = one.subscription
    said = kinds.envelope(event_id=one.pk, kind=one.kind, number=one.number, state=one.case_state, at=one.at)
    body = said.to_bytes()
    headers = {"content-type": MEDIA_TYPE, **signing.sign([to.secret], message_id=said.id, at=now, body=body)}
    try:
        require_listed(addresses.allowed(to.address))
        return wire.call("POST", to.address, headers=headers, body=body)
    except (ReceiverNotListed, AddressNotAllowed):
        return CallFailed("AddressNotAllowed", is_final=True)
    except CallFailed as failure:
        return failure


@writes
def _record(one: Delivery, answer: Answer | CallFailed, now: datetime) -> None:
    to = Subscription.objects.select_for_update().get(pk=one.subscription_id)
    is_taken = isinstance(answer, Answer) and 200 <= answer.status < 300
    one.answer = answer.words if isinstance(answer, CallFailed) else str(answer.status)
    if is_taken:
        one.state, to.failing_since = Delivery.State.TAKEN, None
    else:
        pause = kinds.pause_after(one.tries)
        one.state = Delivery.State.WAITING if pause else Delivery.State.FAILED
        one.next_at, to.failing_since = now + (pause or CLAIM), to.failing_since or now
    one.save(update_fields=["state", "answer", "next_at"])
    to.save(update_fields=["failing_since"])
    if isinstance(answer, Answer) and answer.status == kinds.GONE:
        _give_up(to, Subscription.Off.GONE, now)
    elif to.failing_since and now - to.failing_since >= kinds.OFF_AFTER:
        _give_up(to, Subscription.Off.SILENT, now)


def _give_up(to: Subscription, why: Subscription.Off, now: datetime) -> None:
    to.off_because = why
    to.save(update_fields=["off_because"])
    publish(events.WebhookGivenUp(subscription_id=to.pk, why=why), actor=SYSTEM, at=now)


@writes
def tell_owner(*, subscription_id: UUID, now: datetime) -> None:
    """Write to whoever looks after the program, and to whoever issued its key, that it is not called any more."""
    found = Subscription.objects.select_related("key__account").filter(pk=subscription_id).first()
    if found is None or not found.off_because:
        return
    with translation.override("zh-hans"):
        subject = gettext("“{label}” is not told any more how cases go").format(label=found.key.label)
        body = gettext(
            "{address} has taken nothing for days, or said that it wants no more. {failed} messages wait. Mend the "
            "receiver, then switch it on again on the page “Calls to programs”: what waits is sent then."
        )
    waiting = found.deliveries.exclude(state=Delivery.State.TAKEN).count()
    for address in _addresses_of(found.key):
        words = body.format(address=found.address, failed=waiting)
        messages.queue_message(channel="email", to=address, subject=subject, body=words, now=now)


def _addresses_of(key: ApiKey) -> list[str]:
    door, _, post = key.issued_by.partition(":")
    issuer = Post.objects.filter(pk=UUID(post)).values_list("account_id", flat=True) if door == "staff" else []
    accounts = {key.account_id, *issuer}
    return sorted({one.work_email for one in Account.objects.filter(pk__in=accounts) if one.work_email})


def due(now: datetime) -> list[UUID]:
    """Name what is to be tried now, the longest due first."""
    return list(Delivery.objects.due(now).order_by("next_at").values_list("pk", flat=True)[:500])


@writes
def sweep(*, now: datetime) -> int:
    """Remove messages older than 30 days. Gives how many."""
    return Delivery.objects.filter(at__lt=now - KEPT).delete()[0]


@writes
def forget(*, person_id: UUID) -> None:
    """Remove the messages about cases of somebody whose data was deleted."""
    Delivery.objects.filter(case_id__in=Case.objects.filter(person_id=person_id).values("pk")).delete()
