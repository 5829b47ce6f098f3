"""Who may do what with orders."""

from __future__ import annotations

from onething.kernel.access import Actor, Door, Permission

WORK_QUEUE: Permission = "exchange.work_queue"
ANSWER_ORDER: Permission = "exchange.answer_order"
WATCH_ORDERS: Permission = "exchange.watch_orders"
RETRY_ORDER: Permission = "exchange.retry_order"
URGE_ORDER: Permission = "exchange.urge_order"
SUPERVISE_ORDER: Permission = "exchange.supervise_order"
ASK_DATA: Permission = "exchange.ask_data"
CONNECT_DEPARTMENT: Permission = "exchange.connect_department"


def require(actor: Actor, permission: Permission) -> None:
    """Refuse (Denied) a person without the permission; the house itself may."""
    if actor.door is not Door.SYSTEM:
        actor.must(permission)
