"""Reading orders, replies and departments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from onething.exchange import keyring
from onething.exchange.delivery import BY_HTTP
from onething.exchange.errors import DepartmentUnknown, OrderNotFound, PortNotFound, ReplyNotFound
from onething.exchange.models import PAYLOAD, SEALED_AS, WORDS, Amendment, Department, Order, Reply, Sharing
from onething.exchange.states import UNANSWERED, AmendmentKind, ReplyKind, State
from onething.kernel import signing
from onething.kernel.access import Actor
from onething.plumbing import keys, prepared
from onething.plumbing.journal import book
from onething.registry import regions, sealing


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyWords:
    """One reply with its words unsealed."""

    reply_id: UUID
    order_id: UUID
    case_id: UUID
    task_id: UUID
    kind: ReplyKind
    round: int
    disposition: str
    reason: str
    remedy: str
    message: str
    result: dict[str, Any]
    fields: tuple[str, ...]
    materials: tuple[str, ...]
    received_at: datetime


def reply(reply_id: UUID) -> ReplyWords:
    """
    Read one reply: what was decided, why, what to do, which fields and materials are to be corrected.

    For modules that heard ReplyReceived. Refuses ReplyNotFound.
    """
    return book.once(_kept(reply_id), lambda: _read_reply(reply_id))


def keep_words(reply: Reply, said: Mapping[str, Any], *, case_id: UUID, task_id: UUID) -> None:
    """Keep what a reply says for who hears of it in the same transaction: it is not read and unsealed again."""
    words = _spelled(
        case_id, task_id, reply.pk, reply.order_id, reply.kind, reply.round, reply.disposition, said, reply.received_at
    )
    book.keep(_kept(reply.pk), words)


def _kept(reply_id: UUID) -> tuple[str, UUID]:
    return ("exchange.reply", reply_id)


def _read_reply(reply_id: UUID) -> ReplyWords:
    row = prepared.row(_REPLY, [reply_id])
    if row is None:
        raise ReplyNotFound
    return _words(*row)


_REPLY = """
SELECT o.person_id, o.case_id, o.task_id, r.id, r.order_id, r.kind, r.round, r.disposition, r.sealed, r.received_at
FROM exchange_reply r JOIN exchange_order o ON o.id = r.order_id WHERE r.id = %s
"""


def replies_to(order: Order) -> list[ReplyWords]:
    """Read every reply to an order, oldest first, whatever became of it."""
    rows = Reply.objects.filter(order=order).order_by("received_at", "pk")
    whose = (order.person_id, order.case_id, order.task_id)
    return [
        _words(*whose, r.pk, r.order_id, r.kind, r.round, r.disposition, bytes(r.sealed), r.received_at) for r in rows
    ]


def _words(
    person_id: UUID, case_id: UUID, task_id: UUID, reply_id: UUID, order_id: UUID, kind: str, round_: int,
    disposition: str, sealed: bytes, received_at: datetime,
) -> ReplyWords:  # fmt: skip
    said = sealing.unseal(person_id, sealed, field=WORDS) if sealed else {}
    return _spelled(case_id, task_id, reply_id, order_id, kind, round_, disposition, said, received_at)


def _spelled(
    case_id: UUID, task_id: UUID, reply_id: UUID, order_id: UUID, kind: str, round_: int, disposition: str,
    said: Mapping[str, Any], received_at: datetime,
) -> ReplyWords:  # fmt: skip
    correction = said.get("correction") or {}
    return ReplyWords(
        reply_id=reply_id,
        order_id=order_id,
        case_id=case_id,
        task_id=task_id,
        kind=ReplyKind(kind),
        round=round_,
        disposition=disposition,
        reason=said.get("reason", ""),
        remedy=said.get("remedy", ""),
        message=said.get("message", ""),
        result=said.get("result") or {},
        fields=tuple(correction.get("fields", ())),
        materials=tuple(correction.get("materials", ())),
        received_at=received_at,
    )


def order_for(actor: Actor, order_id: UUID) -> Order:
    """Find one order that the actor may see. Refuses OrderNotFound."""
    order = Order.objects.visible_to(actor).filter(pk=order_id).first()
    if order is None:
        raise OrderNotFound
    return order


def returned_orders(actor: Actor) -> QuerySet[Order]:
    """Find the orders that the actor's desk gave back and that wait for the applicant, the longest first."""
    returned = Order.objects.visible_to(actor).filter(state=State.RETURNED)
    return returned.defer("sealed").order_by("acknowledged_at", "pk")


def withdrawn_orders(actor: Actor) -> QuerySet[Order]:
    """Find the orders that are no longer wanted and whose withdrawal nobody has noted, the oldest first."""
    open_ = Amendment.objects.filter(order=OuterRef("pk"), kind=AmendmentKind.WITHDRAWAL, acknowledged_at__isnull=True)
    withdrawn = Order.objects.visible_to(actor).filter(Exists(open_), state=State.CANCELLED)
    return withdrawn.defer("sealed").order_by("created_at", "pk")


def amendments_of(order: Order) -> QuerySet[Amendment]:
    """Find what was sent after an order, the earliest first."""
    return Amendment.objects.filter(order=order).order_by("number")


def papers_after(order: Order) -> list[dict[str, Any]]:
    """Read the papers that came, or were missed, after an order was out: id, title, digests, missed; oldest first."""
    sent = amendments_of(order).filter(kind=AmendmentKind.PAPER).values_list("sealed", flat=True)
    return [sealing.unseal(order.person_id, bytes(sealed), field=SEALED_AS) for sealed in sent]


def stuck_orders(actor: Actor) -> QuerySet[Order]:
    """Find the open orders whose owner was told. One row per order, the longest told first."""
    told = Order.objects.visible_to(actor).filter(state__in=UNANSWERED, told_at__isnull=False)
    return told.defer("sealed").order_by("told_at", "pk")


def nearest_departments(wanted: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Department]:
    """Find, per (department code, region), the open connection that lies nearest upwards. One query for all."""
    pairs = set(wanted)
    ways = {region: regions.upwards(region) for _, region in pairs}
    places = [sorted({code for code, _ in pairs}), sorted({region for way in ways.values() for region in way})]
    rows = [_with_posts(row) for row in prepared.rows(_OPEN_DEPARTMENTS, places)]
    by_place = {(row.code, row.region): row for row in rows}
    found = {(code, region): _first(by_place, code, ways[region]) for code, region in pairs}
    return {pair: row for pair, row in found.items() if row is not None}


_DEPARTMENT = (
    "id", "code", "region", "title", "title_en", "organisation", "connector", "address", "public_key", "key_version",
    "is_open", "owner", "repeat_after", "tell_after",
)  # fmt: skip
_OPEN_DEPARTMENTS = """
SELECT id, code, region, title, title_en, organisation, connector, address, public_key, key_version, is_open, owner,
       repeat_after, tell_after,
       ARRAY(SELECT ARRAY[matter, post_id::text] FROM exchange_route WHERE port_id = exchange_department.id)
FROM exchange_department WHERE is_open AND code = ANY (%s::text[]) AND region = ANY (%s::text[])
"""


def _with_posts(row: prepared.Row) -> Department:
    port = Department.from_db("default", _DEPARTMENT, row[:-1])
    port.posts = {matter: UUID(post_id) for matter, post_id in row[-1]}
    return port


def _first(by_place: Mapping[tuple[str, str], Department], code: str, way: list[str]) -> Department | None:
    return next((by_place[code, region] for region in way if (code, region) in by_place), None)


def may_be_asked(departments: Iterable[str], region: str) -> tuple[str, ...]:
    """Give those departments whose systems answer questions for data; a desk looks into its own books."""
    ports = nearest_departments((code, region) for code in departments)
    return tuple(sorted(code for (code, _), port in ports.items() if port.connector in BY_HTTP))


def is_shared(case_number: str, department: str, name: str) -> bool:
    """Tell whether a department has answered a question for one piece of data for a case."""
    answered = Sharing.objects.filter(case_number=case_number, port__code=department, outcome="answered")
    return answered.filter(answered__contains=[name]).exists()


def department_named(source: str) -> Department:
    """Find the department that signs as `urn:onething:department:<code>:<region>`. Refuses DepartmentUnknown."""
    code, _, region = source.removeprefix("urn:onething:department:").rpartition(":")
    row = Department.objects.filter(code=code, region=region, is_open=True).first()
    if row is None:
        raise DepartmentUnknown
    return row


def port_for(actor: Actor, port_id: UUID) -> Department:
    """Find one connection that the actor may see. Refuses PortNotFound."""
    port = Department.objects.visible_to(actor).filter(pk=port_id).first()
    if port is None:
        raise PortNotFound
    return port


def payload_of(person_id: UUID, sealed: bytes) -> dict[str, Any]:
    """Unseal what a department needs for one matter: fields and materials."""
    return dict(sealing.unseal(person_id, bytes(sealed), field=PAYLOAD))


def keyring_of(department: Department) -> keyring.Keyring:
    """Give the keys between the house and a department."""
    return _keyring(department.source, department.key_version)


def keyring_for(code: str, region: str, version: int) -> keyring.Keyring:
    """Give the keys between the house and the department of this code and region."""
    return _keyring(Department(code=code, region=region).source, version)


def handover(department: Department) -> dict[str, str]:
    """
    Write down what a department has to be given once, by a safe way: its name and keys, as text. Secret.

    One entry of the simulators' keys file.
    """
    ring = keyring_of(department)
    return {
        "source": department.source,
        "secret": ring.shared.text,
        "signing_key": ring.department.text,
        "house_key": ring.house.public.text,
    }


def verifiers_of(department: Department) -> list[signing.Verifier]:
    """
    Give the keys that a department's messages are checked with; its own, if it has one, and then only that.

    A department that is held to its answers has to sign with Ed25519: what a shared secret signs, it could deny.
    """
    if department.public_key:
        return [signing.PublicKey.read(department.public_key)]
    ring = keyring_of(department)
    return [ring.department.public] if department.is_held else [ring.department.public, ring.shared]


@cache
def _keyring(source: str, version: int) -> keyring.Keyring:
    return keyring.derive(keys.provider().secret("department", version), source)


@cache
def digest_key() -> bytes:
    """Give the key under which the words of replies are compared: a plain digest of short words could be guessed."""
    return keyring.derive(keys.provider().secret("department"), "digest").shared.key
