"""What happened between the house and the departments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
class OrderAmended(Fact):
    """A paper, that it did not come, or a withdrawal is sent after an order; `travels` as for the order."""

    order_id: UUID
    case_id: UUID
    amendment_id: UUID
    department: str
    travels: bool = True


@dataclass(frozen=True, kw_only=True)
class AmendmentDue(Fact):
    """An amendment has to be sent, or sent again."""

    order_id: UUID
    case_id: UUID
    amendment_id: UUID


@dataclass(frozen=True, kw_only=True)
class AmendmentLost(Fact):
    """An amendment could not be delivered: somebody has to tell the department."""

    order_id: UUID
    case_id: UUID
    amendment_id: UUID
    department: str


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
    """
    Somebody has to look: `owner` is told why an order rests.

    `reason`: unreachable, refused, silent, not_connected; unresolved (a day after the first was told, one division
    up); supervised (the time of a supervision has passed).
    """

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
class WithdrawalAcknowledged(Fact):
    """A department knows that an order is no longer wanted: its system gave a receipt, or its desk noted it."""

    order_id: UUID
    case_id: UUID
    amendment_id: UUID
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


@dataclass(frozen=True, kw_only=True)
class OrderNearlyDue(Fact):
    """An order's term ends soon, and its department has not been heard: `owner` can still ring it up."""

    order_id: UUID
    case_id: UUID
    task_id: UUID
    department: str
    owner: str


@dataclass(frozen=True, kw_only=True)
class OrderUrged(Fact):
    """催办: somebody asked a department to hurry with an order; `organisation` is whose desk sees it."""

    order_id: UUID
    case_id: UUID
    urging_id: UUID
    department: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class SupervisionBegun(Fact):
    """督办: an order is followed by a named post until `answer_by`."""

    order_id: UUID
    case_id: UUID
    department: str
    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class DeadLettersReplayed(Fact):
    """The dead letters of a port go out again."""

    department_id: UUID
    department: str
    orders: int


@dataclass(frozen=True, kw_only=True)
class CircuitOpened(Fact):
    """A department failed several times running, and is left in peace for a while."""

    department_id: UUID
    failures: int


@dataclass(frozen=True, kw_only=True)
class CircuitClosed(Fact):
    """A department that had failed answers again."""

    department_id: UUID


@dataclass(frozen=True, kw_only=True)
class MessageBuried(Fact):
    """A message in a department's file or list could not be taken: `owner` is told, and where it lies."""

    dead_letter_id: int
    department: str
    owner: str


@dataclass(frozen=True, kw_only=True)
class DataAsked(Fact):
    """A department was asked for data about a person, so that they need not hand it in; what for is in the ledger."""

    sharing_id: UUID
    person_id: UUID
    department: str
    matter: str


@dataclass(frozen=True, kw_only=True)
class RepliesDue(Fact):
    """It is time to fetch the replies that a department lays ready."""

    department_id: UUID


@dataclass(frozen=True, kw_only=True)
class OrderHandedOver(Fact):
    """A colleague of the desk has an order from now on."""

    order_id: UUID
    case_id: UUID
    post_id: UUID


@dataclass(frozen=True, kw_only=True)
class MattersRouted(Fact):
    """From now on certain matters of a department go to certain posts of its desk; `matters`: to how many."""

    department_id: UUID
    department: str
    matters: int
