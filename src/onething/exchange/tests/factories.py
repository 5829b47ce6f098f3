"""Orders of invented people, to invented departments."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from onething.exchange import policy, queries, services
from onething.exchange.messages import REPLY_TYPE
from onething.exchange.models import Department, Order
from onething.exchange.services import MaterialSent, OrderDraft
from onething.kernel import signing
from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.envelopes import MEDIA_TYPE, Envelope
from onething.registry.tests.factories import COUNTY, NEIGHBOUR, PROVINCE, load_regions, person

__all__ = ["COUNTY", "NEIGHBOUR", "PROVINCE", "load_regions"]

NOW = datetime(2026, 9, 28, 2, 0, tzinfo=UTC)
DUE = date(2026, 10, 15)
PHOTO = MaterialSent(id="photo", title="照片", digests=("ab" * 32,))


SYSTEM_OF_ITS_OWN = {"address": "https://gat.example.gov.cn/orders", "repeat_after": None}


def connect(code: str = "police", connector: str = "http", region: str = PROVINCE, **more: Any) -> Department:
    """Connect a department, by a system of its own (that nobody repeats to) unless told otherwise."""
    given: dict[str, Any] = {
        "code": code, "title": "公安局", "connector": connector, "region": region,
        "organisation": f"{code}-desk", "actor": SYSTEM, "now": NOW,
    }  # fmt: skip
    system = {} if "address" in more else SYSTEM_OF_ITS_OWN
    return services.connect_department(**given | system | more).department


def draft(person_id: UUID | None = None, **more: Any) -> OrderDraft:
    """Ask the police to restore a household registration."""
    given: dict[str, Any] = {
        "task_id": uuid4(), "case_id": uuid4(), "case_number": "YC2026-000014", "person_id": person_id or person().pk,
        "matter": "hukou", "title": "恢复户口", "department": "police", "region": COUNTY, "due": DUE,
        "fields": {"address": "柳湾村 7 号"}, "labels": {"address": "地址"}, "materials": [PHOTO],
    }  # fmt: skip
    return OrderDraft(**given | more)


def place(*drafts: OrderDraft) -> list[Order]:
    """Place orders; give their rows in the same order."""
    services.place_orders(orders=drafts, actor=SYSTEM, now=NOW)
    return [Order.objects.get(task_id=one.task_id) for one in drafts]


def order(**more: Any) -> Order:
    """Place one order."""
    return place(draft(**more))[0]


def answer(order: Order, kind: str, message_id: str | None = None, **more: Any) -> str:
    """Let the department answer; give what became of it."""
    words: dict[str, Any] = {
        "refused": {"reason": "材料不符", "remedy": "请换发后再申请"},
        "returned": {"message": "照片不清", "correction": {"materials": ["photo"]}},
        "approved": {"result": {"number": "H-1"}},
    }
    given = {"order_id": order.pk, "message_id": message_id or uuid4().hex, "actor": SYSTEM, "now": NOW}
    reply = services.receive_reply(**given | {"kind": kind} | words.get(kind, {}) | more)
    order.refresh_from_db()
    return reply.disposition


def clerk(organisation: str = "police-desk", region: str = COUNTY) -> Actor:
    """A department's officer at the desk."""
    permissions = frozenset({policy.ANSWER_ORDER})
    return Actor(door=Door.STAFF, account_id=uuid4(), organisation=organisation, region=region, permissions=permissions)


def supervisor(region: str = COUNTY) -> Actor:
    """Somebody who looks after the ports of a region."""
    permissions = frozenset({policy.WATCH_ORDERS, policy.RETRY_ORDER})
    return Actor(door=Door.STAFF, account_id=uuid4(), region=region, permissions=permissions)


def envelope(order: Order, department: Department, kind: str = "approved", **more: Any) -> Envelope:
    """Write a reply as a department's system does."""
    given: dict[str, Any] = {
        "id": uuid4().hex, "source": department.source, "type": REPLY_TYPE, "time": NOW, "subject": str(order.pk),
        "data": {"kind": kind, "round": order.round, "result": {"number": "H-1"}},
    }  # fmt: skip
    return Envelope(**given | more)


def signed(
    message: Envelope, department: Department, at: datetime, key: signing.Signer | None = None
) -> dict[str, str]:
    """Sign a reply as a department's system does; give the HTTP headers."""
    signer = key or queries.keyring_of(department).department
    return {"content-type": MEDIA_TYPE, **signing.sign([signer], message_id=message.id, at=at, body=message.to_bytes())}
