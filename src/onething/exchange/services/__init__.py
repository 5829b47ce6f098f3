"""Changing orders: connect, place, deliver, answer. Set-based: few statements, many rows."""

from onething.exchange.delivery import MaterialSent, OrderDraft
from onething.exchange.services.connecting import Connection, connect_department
from onething.exchange.services.delivering import claim_order, record_attempt, retry_order, send_due, tell_owners
from onething.exchange.services.placing import cancel_orders, place_orders
from onething.exchange.services.replies import answer_order, receive_reply

__all__ = [
    "Connection",
    "MaterialSent",
    "OrderDraft",
    "answer_order",
    "cancel_orders",
    "claim_order",
    "connect_department",
    "place_orders",
    "receive_reply",
    "record_attempt",
    "retry_order",
    "send_due",
    "tell_owners",
]
