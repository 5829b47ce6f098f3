"""Tables: ports and their circuits, orders and what became of them, who was told, and which data was shared."""

from onething.exchange.models.amendments import SEALED_AS, Amendment
from onething.exchange.models.orders import PAYLOAD, STAGE, WORDS, Attempt, Order, Reply, Stage
from onething.exchange.models.ports import Circuit, Department, Inbox, Route, Traffic
from onething.exchange.models.sharing import Sharing
from onething.exchange.models.telling import DeadLetter, Escalation, Supervision, Urging

__all__ = [
    "PAYLOAD",
    "SEALED_AS",
    "STAGE",
    "WORDS",
    "Amendment",
    "Attempt",
    "Circuit",
    "DeadLetter",
    "Department",
    "Escalation",
    "Inbox",
    "Order",
    "Reply",
    "Route",
    "Sharing",
    "Stage",
    "Supervision",
    "Traffic",
    "Urging",
]
