"""Doors for programs: be told when a case moves on, see what did not arrive, have it sent again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from pydantic import ConfigDict

from onething.desks.webhooks import policy, queries, services
from onething.desks.webhooks.errors import OnlyByKey
from onething.desks.webhooks.models import Delivery, Subscription
from onething.identity.models import ApiKey
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.cursors import Cursor, page_of
from onething.plumbing.ui.doors import Request

router = Router(tags=["webhooks"])
Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
After = Annotated[Cursor | None, Query(description="`next` of the page before.", max_length=120)]
Kind = Literal["submitted", "moved", "correction_asked", "settled", "withdrawn"]


class Wanted(Schema):
    """Where a program is told, and of what."""

    model_config = ConfigDict(extra="forbid")
    address: str = Field(min_length=8, max_length=300)
    kinds: list[Kind] = Field(min_length=1, max_length=5)


class SubscriptionOut(Schema):
    """One subscription; `off_because` is empty while it is on, else by_hand, silent (for days) or gone (410)."""

    id: UUID
    address: str
    kinds: list[str]
    made_at: datetime
    off_because: str


class Made(SubscriptionOut):
    """A new subscription with the secret that signs (Standard Webhooks), shown this once."""

    secret: str


class SubscriptionPage(Schema):
    """Some of one's subscriptions, newest first; `next` asks for those after them, null at the end."""

    items: list[SubscriptionOut]
    next: str | None


class DeliveryOut(Schema):
    """One message: `id` is also the event's; `answer` the last one's status, or why there was none."""

    id: UUID
    kind: str
    number: str
    at: datetime
    state: str
    tries: int
    answer: str


class DeliveryPage(Schema):
    """Some messages of a subscription, newest first; `next` asks for those after them, null at the end."""

    items: list[DeliveryOut]
    next: str | None


@router.post("", response={201: Made}, summary="Be told when cases move on")
def subscribe(request: HttpRequest, wanted: Wanted) -> Status[Made]:
    """Subscribe an address of the installation's list. Only cases that the key may read are told, by number."""
    actor = _actor(request)
    key = cast(Request, request).api_key
    if not isinstance(key, ApiKey):
        raise OnlyByKey
    row, secret = services.subscribe(key=key, address=wanted.address, wanted=wanted.kinds, actor=actor, now=clock.now())
    return Status(201, Made(secret=secret, **_told(row).dict()))


@router.get("", response=SubscriptionPage, summary="List one's subscriptions")
def subscriptions(request: HttpRequest, limit: Limit = 20, after: After = None) -> SubscriptionPage:
    """List one's subscriptions, newest first, page by page."""
    found, following = page_of(queries.subscriptions(_actor(request)), by="made_at", after=after, limit=limit)
    return SubscriptionPage(items=[_told(one) for one in found], next=following)


@router.delete("/{subscription_id}", response={204: None}, summary="Remove a subscription")
def remove(request: HttpRequest, subscription_id: UUID) -> Status[None]:
    """Remove a subscription with its messages."""
    services.remove(subscription_id=subscription_id, actor=_actor(request), now=clock.now())
    return Status(204, None)


@router.post("/{subscription_id}/on", response=SubscriptionOut, summary="Switch a subscription on again")
def switch_on(request: HttpRequest, subscription_id: UUID) -> SubscriptionOut:
    """Switch a subscription on again; what waits is sent."""
    actor = _actor(request)
    return _told(services.switch(subscription_id=subscription_id, is_on=True, actor=actor, now=clock.now()))


@router.get("/{subscription_id}/deliveries", response=DeliveryPage, summary="List what was told, and what failed")
def deliveries(
    request: HttpRequest,
    subscription_id: UUID,
    state: Annotated[Literal["waiting", "taken", "failed"] | None, Query(description="Only of this state.")] = None,
    limit: Limit = 20,
    after: After = None,
) -> DeliveryPage:
    """List a subscription's messages of the last 30 days, newest first, page by page."""
    found = queries.subscription_for(_actor(request), subscription_id)
    page, following = page_of(queries.deliveries(found, state or ""), by="at", after=after, limit=limit)
    return DeliveryPage(items=[_of(one) for one in page], next=following)


@router.post(
    "/{subscription_id}/deliveries/{delivery_id}/again", response={202: DeliveryOut}, summary="Send a message again"
)
def again(request: HttpRequest, subscription_id: UUID, delivery_id: UUID) -> Status[DeliveryOut]:
    """Send a message again, under its id."""
    one = services.send_again(
        subscription_id=subscription_id, delivery_id=delivery_id, actor=_actor(request), now=clock.now()
    )
    return Status(202, _of(one))


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = cast(Request, request).actor
    actor.must(policy.SUBSCRIBE)
    return actor


def _told(row: Subscription) -> SubscriptionOut:
    return SubscriptionOut(
        id=row.pk, address=row.address, kinds=row.kinds, made_at=row.made_at, off_because=row.off_because
    )


def _of(row: Delivery) -> DeliveryOut:
    return DeliveryOut(
        id=row.pk, kind=row.kind, number=row.number, at=row.at, state=row.state, tries=row.tries, answer=row.answer
    )
