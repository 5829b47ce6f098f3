"""Who has what: an order handed over to a colleague, matters routed to posts, and many orders answered at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onething.exchange import bundles, policy, queries, routing
from onething.exchange.bundles import Action, Line
from onething.exchange.errors import NoSuchColleague, NoSuchMatterHere, OrderAlreadyAnswered
from onething.exchange.events import MattersRouted, OrderHandedOver
from onething.exchange.models import Department, Order, Route
from onething.exchange.services.replies import answer_order
from onething.exchange.services.telling import urge_order
from onething.exchange.states import ReplyKind
from onething.identity import queries as accounts
from onething.kernel.access import Actor
from onething.kernel.errors import Refusal
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes


@writes
def hand_over(*, order: Order, post_id: UUID, actor: Actor, now: datetime) -> None:
    """
    Give an open order to a colleague of the same desk; to whoever has it already changes nothing.

    Refuses Denied, OrderNotFound, OrderAlreadyAnswered, NoSuchColleague (not at this desk, or the post has ended).
    """
    actor.must(policy.ANSWER_ORDER)
    queries.order_for(actor, order.pk)
    if post_id not in {one.post_id for one in accounts.colleagues(actor, policy.ANSWER_ORDER, now)}:
        raise NoSuchColleague
    order = Order.objects.select_for_update().defer("sealed").get(pk=order.pk)
    if not order.is_open:
        raise OrderAlreadyAnswered
    if order.post_id == post_id:
        return
    order.post_id = post_id
    order.save(update_fields=["post_id"])
    publish(OrderHandedOver(order_id=order.pk, case_id=order.case_id, post_id=post_id), actor=actor, at=now)


@writes
def route_matters(*, port: Department, posts: Mapping[str, UUID], actor: Actor, now: datetime) -> None:
    """
    Say which post of a department's desk gets which matter; a matter left out is everybody's there.

    Orders that lie there already stay where they are. Refuses Denied, NoSuchColleague, NoSuchMatterHere.
    """
    actor.must(policy.CONNECT_DEPARTMENT)
    if set(posts) - set(routing.matters_of(port, on=clock.day_of(now))):
        raise NoSuchMatterHere
    if set(posts.values()) - {one.post_id for one in routing.desk_of(port, now=now)}:
        raise NoSuchColleague
    Route.objects.filter(port=port).delete()
    Route.objects.bulk_create(Route(port=port, matter=m, post_id=post, set_at=now) for m, post in posts.items())
    publish(MattersRouted(department_id=port.pk, department=port.code, matters=len(posts)), actor=actor, at=now)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one line of a bundle: done, or why it was left as it was."""

    line: Line
    refusal: Refusal | None = None
    is_skipped: bool = False

    @property
    def is_done(self) -> bool:
        """Tell whether the line was done (now, or by the same click before)."""
        return self.refusal is None and not self.is_skipped


def do_bundle(
    *, action: Action, stamps: Mapping[UUID, str], token: UUID, words: str, post_id: UUID | None, actor: Actor,
    now: datetime,
) -> list[Done]:  # fmt: skip
    """
    Do one thing with many orders, each in a transaction of its own: one that fails holds up no other.

    `stamps`: how each order stood in the preview; one that changed since is left alone and named. `token` comes with
    the preview: sent twice, every line counts once.
    """
    lines = bundles.lines(actor, list(stamps), action, known=stamps, token=token)
    return [_do(line, action, token, words, post_id, actor, now) for line in lines]


def _do(line: Line, action: Action, token: UUID, words: str, post_id: UUID | None, actor: Actor, now: datetime) -> Done:
    if line.is_repeated or (action is Action.HAND_OVER and post_id and line.order.post_id == post_id):
        return Done(line)
    if line.has_changed or line.hindrance:
        return Done(line, line.hindrance, is_skipped=line.has_changed)
    try:
        _act(line.order, action, token, words, post_id, actor, now)
    except Refusal as refusal:
        return Done(line, refusal)
    return Done(line)


def _act(
    order: Order, action: Action, token: UUID, words: str, post_id: UUID | None, actor: Actor, now: datetime
) -> None:
    if action is Action.APPROVE:
        own = bundles.token_of(token, order.pk)
        answer_order(order=order, kind=ReplyKind.APPROVED, token=own, result={"text": words}, actor=actor, now=now)
    elif action is Action.HAND_OVER:
        if post_id is None:
            raise NoSuchColleague
        hand_over(order=order, post_id=post_id, actor=actor, now=now)
    else:
        urge_order(order=order, words=words, token=bundles.token_of(token, order.pk), actor=actor, now=now)
