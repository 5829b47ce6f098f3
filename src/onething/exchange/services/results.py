"""Result documents that come with an approval: kept before the reply is recorded, outside its transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from onething.correspondence import services as correspondence
from onething.exchange.errors import OrderNotFound
from onething.exchange.messages import ReplyMessage
from onething.exchange.models import Order
from onething.kernel.access import Actor


def with_file(message: ReplyMessage, *, port_id: UUID, actor: Actor, now: datetime) -> dict[str, Any]:
    """
    Give a message's result with its document kept: `file` then holds {"enclosure": id, "size": bytes}.

    The same file again is the same document, so a repeated message stays a repeat. Refuses OrderNotFound and what
    `correspondence.keep_enclosure` refuses.
    """
    result = dict(message.result)
    if message.file is not None:
        result["file"] = keep_file(
            order_id=message.order_id, port_id=port_id, content=message.file, actor=actor, now=now
        )
    return result


def keep_file(*, order_id: UUID, port_id: UUID | None, content: bytes, actor: Actor, now: datetime) -> dict[str, Any]:
    """
    Keep a result document for one order of one department's connection; None: of one that is not connected.

    Refuses as `with_file`.
    """
    order = Order.objects.filter(pk=order_id, port=port_id).first()
    if order is None:
        raise OrderNotFound
    enclosure = correspondence.keep_enclosure(
        person_id=order.person_id, case_id=order.case_id, title=order.title, content=content, actor=actor, now=now
    )
    return {"enclosure": str(enclosure.pk), "size": enclosure.size}
