"""What happened between the house and the departments."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class DepartmentConnected(Fact):
    """A department can be reached from now on, or in another way than before."""

    department_id: UUID
    department: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(Fact):
    """
    A department is asked to do a matter; `round` grows with every correction.

    `travels`: it has still to be sent; an order for a desk lies there already.
    """

    order_id: UUID
    case_id: UUID
    department: str
    round: int = 1
    travels: bool = True


@dataclass(frozen=True, kw_only=True)
class OrderDue(Fact):
    """An order has to be sent again: the last attempt failed, was lost, or met silence."""

    order_id: UUID
    case_id: UUID
    department: str


@dataclass(frozen=True, kw_only=True)
class OrderSent(Fact):
    """The department's system took the order and gave a receipt."""

    order_id: UUID
    case_id: UUID
    department: str


@dataclass(frozen=True, kw_only=True)
class OrderStuck(Fact):
    """Somebody has to look: `owner` is told why an order rests (unreachable, refused, silent, not_connected)."""

    order_id: UUID
    case_id: UUID
    task_id: UUID
    department: str
    owner: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Fact):
    """The house no longer wants this order done."""

    order_id: UUID
    case_id: UUID
    department: str


@dataclass(frozen=True, kw_only=True)
class ReplyReceived(Fact):
    """A department answered, and its answer counts. `reply_kind`: accepted, progress, returned, approved, refused."""

    order_id: UUID
    case_id: UUID
    task_id: UUID
    reply_id: UUID
    reply_kind: str


@dataclass(frozen=True, kw_only=True)
class ReplyContradicted(Fact):
    """A department said something else than before; the first answer stands until `owner` has looked."""

    order_id: UUID
    case_id: UUID
    reply_id: UUID
    department: str
    owner: str
