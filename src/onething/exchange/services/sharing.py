"""Asking departments for what they know, so that nobody has to hand it in: with a purpose, and a line in the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from onething.exchange import connectors, policy, queries, wire
from onething.exchange.delivery import BY_HTTP, HOUSE
from onething.exchange.errors import DataNotGiven, OrderNotFound, PurposeMissing
from onething.exchange.events import DataAsked
from onething.exchange.models import Department, Sharing, Traffic
from onething.exchange.wire import CallFailed
from onething.kernel import signing
from onething.kernel.access import Actor
from onething.kernel.envelopes import MEDIA_TYPE, Envelope, read_envelope
from onething.kernel.errors import Refusal
from onething.plumbing.journal import publish, writes
from onething.registry import services as registry

QUERY_TYPE = "org.onething.query.v1"
ANSWER_TYPE = "org.onething.answer.v1"
MOST_FIELDS = 50
KEPT = timedelta(days=3 * 366)  # three years, whichever of them are leap years
TRAFFIC_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataQuestion:
    """
    What is asked about a person: which fields, for which matter, what for, and by which law.

    `identity` is how the department knows them; `basis` names source and article.
    """

    department: str
    region: str
    person_id: UUID
    identity: Mapping[str, str]  # what identifies the person there: id_number, name
    fields: Sequence[str]
    matter: str
    purpose: str
    basis: str
    case_number: str = ""


def ask_department(*, question: DataQuestion, actor: Actor, now: datetime) -> dict[str, Any]:
    """
    Ask a department for fields of a person; give those it knows. Network: never inside a transaction.

    The ledger has the line before the call. Only fields that were asked for are taken. Refuses Denied,
    PurposeMissing, OrderNotFound (no such department by HTTP), DataNotGiven.
    """
    sharing, port = open_sharing(question=question, actor=actor, now=now)
    try:
        known = _asked(question, sharing, port, now)
    except (CallFailed, Refusal) as failure:
        close_sharing(question=question, sharing=sharing, answered=[], outcome="failed", actor=actor, now=now)
        raise DataNotGiven(department=port.code) from failure
    found = {name: known[name] for name in question.fields if name in known}
    outcome = "answered" if known or found else "unknown"
    close_sharing(
        question=question, sharing=sharing, answered=list(found), outcome=outcome, actor=actor, now=now
    )  # fmt: skip
    return found


@writes
def open_sharing(*, question: DataQuestion, actor: Actor, now: datetime) -> tuple[Sharing, Department]:
    """Write the ledger's line for a question that will be asked. Refuses as `ask_department`."""
    policy.require(actor, policy.ASK_DATA)
    if (
        not (question.purpose.strip() and question.basis.strip())
        or not question.fields
        or len(question.fields) > MOST_FIELDS
    ):
        raise PurposeMissing
    place = (question.department, question.region)
    port = queries.nearest_departments([place]).get(place)
    if port is None or port.connector not in BY_HTTP:
        raise OrderNotFound
    sharing = Sharing.objects.create(
        port=port, person_id=question.person_id, case_number=question.case_number, matter=question.matter,
        purpose=question.purpose.strip()[:300], asked=list(question.fields), actor=actor.reference, asked_at=now,
    )  # fmt: skip
    fact = DataAsked(sharing_id=sharing.pk, person_id=question.person_id, department=port.code, matter=question.matter)
    publish(fact, actor=actor, at=now)
    return sharing, port


@writes
def close_sharing(
    *, question: DataQuestion, sharing: Sharing, answered: Sequence[str], outcome: str, actor: Actor, now: datetime
) -> None:
    """Note in both ledgers which fields a department gave: their names, never what they hold."""
    Sharing.objects.filter(pk=sharing.pk).update(answered=list(answered), outcome=outcome, answered_at=now)
    if answered:
        registry.note_sharing(
            direction="taken", partner=question.department, purpose=sharing.purpose, basis=question.basis,
            fields=answered, region=question.region, person_id=question.person_id,
            reference=question.case_number or str(sharing.pk), actor=actor, now=now,
        )  # fmt: skip


def _asked(question: DataQuestion, sharing: Sharing, port: Department, now: datetime) -> Mapping[str, Any]:
    data = {
        "person": dict(question.identity), "fields": list(question.fields), "matter": question.matter,
        "purpose": sharing.purpose, "case_number": question.case_number,
    }  # fmt: skip
    envelope = Envelope(
        id=f"query-{sharing.pk}",
        source=HOUSE,
        type=QUERY_TYPE,
        time=sharing.asked_at,
        subject=str(sharing.pk),
        data=data,
    )
    ring, body = queries.keyring_of(port), envelope.to_bytes()
    headers = signing.sign([ring.shared, ring.house], message_id=envelope.id, at=now, body=body)
    address = connectors.named(port.connector).check_address(port.address)
    answer = wire.call("POST", address, headers={"content-type": MEDIA_TYPE, **headers}, body=body)
    if answer.status != 200:
        raise CallFailed("no data", status=answer.status)
    signing.verify(queries.verifiers_of(port), answer.headers, answer.body, now=now)
    return _known(answer.body, port.source, sharing)


def _known(body: bytes, source: str, sharing: Sharing) -> Mapping[str, Any]:
    said = read_envelope(body)
    if (said.type, said.source, said.subject) != (ANSWER_TYPE, source, str(sharing.pk)):
        raise CallFailed("the answer speaks of something else")
    known = said.data.get("fields")
    if not isinstance(known, dict) or len(json.dumps(known)) > wire.MOST_BYTES:
        raise CallFailed("the answer has no fields")
    return known


@writes
def forget_old(*, actor: Actor, now: datetime) -> int:
    """Forget lines of the ledger after three years, and counts of traffic after thirty days; gives how many lines."""
    Traffic.objects.filter(since__lt=now - TRAFFIC_KEPT).delete()
    return Sharing.objects.filter(asked_at__lt=now - KEPT).delete()[0]
