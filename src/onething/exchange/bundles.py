"""Many orders at once: what may be done with each, seen before it is done. Nothing is refused in a bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from onething.exchange import policy
from onething.exchange.errors import OrderAlreadyAnswered, PapersLacking
from onething.exchange.models import PAYLOAD, Order, Reply, Urging
from onething.kernel.access import Actor, Permission
from onething.kernel.errors import Refusal
from onething.registry import queries as registry
from onething.registry import sealing

MOST = 100
"""So many orders go into one bundle: a person still reads the preview."""


class Action(StrEnum):
    """What can be done with many orders at once."""

    APPROVE = "approve"
    HAND_OVER = "hand_over"
    URGE = "urge"


PERMISSIONS: Mapping[Action, Permission] = {
    Action.APPROVE: policy.ANSWER_ORDER,
    Action.HAND_OVER: policy.ANSWER_ORDER,
    Action.URGE: policy.URGE_ORDER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One order of a bundle: how it stands (`stamp`), what hinders it, and whether it changed since the preview."""

    order: Order
    stamp: str
    person: str
    hindrance: Refusal | None
    has_changed: bool = False
    is_repeated: bool = False


def token_of(token: UUID, order_id: UUID) -> UUID:
    """Give each line of a bundle a token of its own: the same click makes the same one."""
    return uuid5(token, str(order_id))


def stamp_of(order: Order) -> str:
    """Say how an order stands, as far as a bundle depends on it."""
    return f"{order.state}.{order.round}.{order.post_id or '-'}"


def lines(
    actor: Actor, ids: Sequence[UUID], action: Action, *, known: Mapping[UUID, str] | None = None,
    token: UUID | None = None,
) -> list[Line]:  # fmt: skip
    """
    Read the orders of a bundle that the actor may see, the earliest due first; a constant number of queries.

    `known`: how they stood in the preview. Refuses Denied.
    """
    actor.must(PERMISSIONS[action])
    found = Order.objects.visible_to(actor).filter(pk__in=ids).select_related("port").order_by("due", "pk")[:MOST]
    rows = list(found)
    names = registry.masked_names({row.person_id for row in rows})
    payloads = _payloads(rows) if action is Action.APPROVE else {}
    repeated = _repeated(rows, action, token) if token else set()
    return [
        Line(
            order=row, stamp=stamp_of(row), person=names.get(row.person_id, ""),
            hindrance=_hindrance(row, payloads.get(row.pk)),
            has_changed=known is not None and known.get(row.pk) != stamp_of(row), is_repeated=row.pk in repeated,
        )
        for row in rows
    ]  # fmt: skip


def _payloads(rows: Sequence[Order]) -> dict[UUID, dict[str, Any]]:
    keys = sealing.keys_of({row.person_id for row in rows})
    return {row.pk: keys[row.person_id].unseal(PAYLOAD, bytes(row.sealed)) for row in rows if row.person_id in keys}


def _hindrance(row: Order, payload: Mapping[str, Any] | None) -> Refusal | None:
    if not row.is_open:
        return OrderAlreadyAnswered()
    lacking = [paper["title"] for paper in (payload or {}).get("materials", ()) if not paper["digests"]]
    return PapersLacking(papers="、".join(lacking)) if lacking else None


def _repeated(rows: Sequence[Order], action: Action, token: UUID) -> set[UUID]:
    """Find the orders that this very click has already changed."""
    if action is Action.APPROVE:
        own = {f"desk-{token_of(token, row.pk)}": row.pk for row in rows}
        said = Reply.objects.filter(order__in=[row.pk for row in rows], message_id__in=own)
        return set(said.values_list("order_id", flat=True))
    if action is Action.URGE:
        own_urgings = {token_of(token, row.pk): row.pk for row in rows}
        return {own_urgings[pk] for pk in Urging.objects.filter(pk__in=own_urgings).values_list("pk", flat=True)}
    return set()
