"""Reading what programs are told, and which of them may be told of a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from onething.cases import policy as cases
from onething.cases.models import Case
from onething.desks.webhooks.errors import NoSuchDelivery, NoSuchSubscription
from onething.desks.webhooks.models import Delivery, Subscription
from onething.identity import policy as identity
from onething.identity import queries as accounts
from onething.identity.models import ApiKey
from onething.kernel.access import Actor


def subscriptions(actor: Actor) -> QuerySet[Subscription]:
    """List subscriptions with how many messages wait and failed, the newest first."""
    waiting, failed = (Count("deliveries", filter=Q(deliveries__state=state)) for state in ("waiting", "failed"))
    found = Subscription.objects.visible_to(actor).select_related("key__account", "key__post__organisation")
    return found.annotate(waiting=waiting, failed=failed).order_by("-made_at", "-pk")


def subscription_for(actor: Actor, subscription_id: UUID) -> Subscription:
    """Find one subscription. Refuses NoSuchSubscription."""
    found = Subscription.objects.visible_to(actor).select_related("key").filter(pk=subscription_id).first()
    if found is None:
        raise NoSuchSubscription
    return found


def deliveries(found: Subscription, state: str = "") -> QuerySet[Delivery]:
    """List a subscription's messages, the newest first; of one state, if it is named."""
    kept = Delivery.objects.filter(subscription=found)
    return (kept.filter(state=state) if state else kept).order_by("-at", "-pk")


def delivery_of(found: Subscription, delivery_id: UUID) -> Delivery:
    """Find one message of a subscription. Refuses NoSuchDelivery."""
    one = Delivery.objects.filter(subscription=found, pk=delivery_id).first()
    if one is None:
        raise NoSuchDelivery
    return one


def given_up(actor: Actor) -> int:
    """Count the subscriptions that were switched off because their receiver took nothing."""
    return Subscription.objects.visible_to(actor).filter(off_because__in=["silent", "gone"]).count()


def listeners(kind: str, case: Case, now: datetime) -> Iterator[Subscription]:
    """Find who is to be told of a case: subscribed to the kind, of a key in force that may read the case now."""
    for one in Subscription.objects.filter(off_because="", kinds__contains=[kind]).select_related("key"):
        key = accounts.api_key(one.key_id, now)
        if key is not None and may_read(key, case, now):
            yield one


def may_read(key: ApiKey, case: Case, now: datetime) -> bool:
    """Tell whether a key may read a case: as its post reads cases, or because the person let its portal in."""
    hat = accounts.hat_of_key(key)
    if hat is None:
        return False
    actor = hat.actor(accounts.permissions_of(hat.role) & frozenset(key.scopes), by_program=True)
    if actor.may(cases.READ_CASE) and Case.objects.visible_to(actor).filter(pk=case.pk).exists():
        return True
    return actor.may(identity.ACT_WITH_CONSENT) and accounts.has_let_in(case.person_id, key.pk, now)
