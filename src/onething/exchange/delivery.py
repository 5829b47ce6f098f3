"""What goes out and what came of it: values between services, jobs and connectors. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from onething.exchange.keyring import Keyring
from onething.kernel.envelopes import Envelope

HOUSE = "urn:onething:house"
ORDER_TYPE = "org.onething.order.v1"
AMENDMENT_TYPE = "org.onething.amendment.v1"
WITHDRAWAL_TYPE = "org.onething.withdrawal.v1"
BY_HTTP = frozenset({"http", "poll"})
"""The connectors whose departments have a system that takes calls."""

MAX_ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
TELL_AFTER = timedelta(hours=24)  # silence of this length has to be told to a person
LEASE = timedelta(seconds=60)  # longer than any connector's time-out: a claim this old belongs to a dead worker


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialSent:
    """
    One paper as a department is told of it: which, how it is called, and the sha256 of each file (hex).

    `follows_by`: it is not here yet, and promised for this day (容缺受理); `missed`: it did not come in time.
    """

    id: str
    title: str
    digests: tuple[str, ...] = ()
    follows_by: date | None = None
    missed: bool = False

    @property
    def payload(self) -> dict[str, Any]:
        """What the department reads; promises are only spoken of where there is one."""
        paper: dict[str, Any] = {"id": self.id, "title": self.title, "digests": list(self.digests)}
        promise = {"follows_by": self.follows_by.isoformat(), "missed": self.missed} if self.follows_by else {}
        return paper | promise


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """An order as the case asks for it: only the fields and materials that this matter needs."""

    task_id: UUID
    case_id: UUID
    case_number: str
    person_id: UUID
    matter: str
    title: str
    department: str
    region: str
    due: date | None = None
    round: int = 1
    fields: Mapping[str, Any] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)  # field → its words, for the desk; never sent
    materials: Sequence[MaterialSent] = ()

    @property
    def payload(self) -> dict[str, Any]:
        """What the department reads, and the database keeps sealed."""
        papers = [material.payload for material in self.materials]
        return {"fields": dict(self.fields), "materials": papers, "labels": dict(self.labels)}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Delivery:
    """One claimed attempt: everything a connector needs, so that it touches no database."""

    order_id: UUID
    port_id: UUID
    round: int
    number: int
    claimed_at: datetime
    connector: str
    address: str
    host_key: str
    envelope: Envelope
    keyring: Keyring


class Verdict(StrEnum):
    """What came of an attempt."""

    DELIVERED = "delivered"
    RETRY = "retry"
    FINAL = "final"


ALIVE = frozenset({400, 401, 408, 422, 425, 429})
"""A department that answers so is there: it asks for patience, or for whole messages; its circuit stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a connector says after an attempt. `wait` is what the department itself asked for."""

    verdict: Verdict
    status: int | None = None
    words: str = ""
    receipt: str = ""
    wait: timedelta | None = None

    @property
    def is_outage(self) -> bool:
        """Tell whether the department is not there, as far as this attempt shows."""
        return self.verdict is Verdict.RETRY and self.status not in ALIVE


def next_wait(attempt: int, draw: float) -> timedelta:
    """
    Compute how long to wait after the n-th failed attempt: doubled each time, up to an hour, with jitter.

    `draw` in [0, 1) chooses between half and all of it, so that a department that comes back is not stormed.
    """
    full = min(FIRST_WAIT.total_seconds() * 2 ** min(attempt - 1, 20), LONGEST_WAIT.total_seconds())
    return timedelta(seconds=full * (0.5 + draw / 2))


def order_envelope(
    *, event_id: str, placed_at: datetime, order_id: UUID, round: int, case_number: str, matter: str, title: str,
    due: date | None, fields: Mapping[str, Any], materials: Sequence[Mapping[str, Any]],
) -> Envelope:  # fmt: skip
    """Write an order as the event that goes out; the same bytes in every attempt."""
    data = {
        "order": str(order_id),
        "round": round,
        "case_number": case_number,
        "matter": {"id": matter, "title": title},
        "due": due.isoformat() if due else None,
        "fields": dict(fields),
        "materials": list(materials),
    }
    return Envelope(id=event_id, source=HOUSE, type=ORDER_TYPE, time=placed_at, subject=str(order_id), data=data)


def amendment_envelope(
    *, order_id: UUID, number: int, written_at: datetime, round: int, case_number: str, matter: str, title: str,
    due: date | None, material: Mapping[str, Any],
) -> Envelope:  # fmt: skip
    """Write what is sent after an order: an event of its own, of the order's shape, with the one paper that it adds."""
    event_id = f"{order_id}-a{number}"
    order = order_envelope(
        event_id=event_id, placed_at=written_at, order_id=order_id, round=round, case_number=case_number,
        matter=matter, title=title, due=due, fields={}, materials=[material],
    )  # fmt: skip
    return replace(order, type=AMENDMENT_TYPE, data={**order.data, "amendment": number})


def withdrawal_envelope(
    *, order_id: UUID, written_at: datetime, round: int, case_number: str, matter: str, title: str, due: date | None
) -> Envelope:
    """Write that an order is no longer wanted: an event of its own, of the order's shape, without fields and papers."""
    order = order_envelope(
        event_id=f"{order_id}-w", placed_at=written_at, order_id=order_id, round=round, case_number=case_number,
        matter=matter, title=title, due=due, fields={}, materials=[],
    )  # fmt: skip
    return replace(order, type=WITHDRAWAL_TYPE)
