"""The door for departments' systems: signed replies come in, a receipt goes out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from onething.exchange import messages, queries, services
from onething.exchange.errors import MessageMalformed, MessageTooLarge
from onething.exchange.models import Department
from onething.kernel import access, signing
from onething.kernel.envelopes import MEDIA_TYPE, Envelope, read_envelope
from onething.plumbing import clock, rows

router = Router(tags=["exchange"])


class Receipt(Schema):
    """A reply was taken. `disposition`: applied, repeated, late, closed or contradicts."""

    receipt: UUID
    disposition: str


class Problem(Schema):
    """Why a reply was not taken (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A CloudEvent 1.0, signed by the Standard Webhooks scheme; see docs/department-interface.md.",
        "content": {
            MEDIA_TYPE: {
                "schema": {
                    "type": "object",
                    "required": ["specversion", "id", "source", "type", "subject", "time", "data"],
                    "properties": {
                        "specversion": {"const": "1.0"},
                        "id": {"type": "string", "minLength": 1, "maxLength": 120},
                        "source": {"type": "string", "examples": ["urn:onething:department:police:230000000000"]},
                        "type": {"const": messages.REPLY_TYPE},
                        "subject": {"type": "string", "format": "uuid", "description": "the id of the order"},
                        "time": {"type": "string", "format": "date-time"},
                        "data": {"type": "object", "required": ["kind"]},
                    },
                }
            }
        },
    }
}


@router.post(
    "/replies",
    response={202: Receipt, 401: Problem, 404: Problem, 413: Problem, 422: Problem},
    summary="A department answers an order",
    openapi_extra=_BODY,
)
def receive_reply(request: HttpRequest) -> Status[Any]:
    """Take a department's signed reply. Duplicates are taken as well and change nothing."""
    department, envelope, body = signed_message(request)
    message = messages.read_reply(envelope)
    messages.require_size(body, message)
    actor, now = access.department(department.code), clock.now()
    with rows.as_house():  # a department's system sees no row of ours; what it may touch, its signature has said
        result = services.with_file(message, port_id=department.pk, actor=actor, now=now)
        reply = services.receive_reply(
            order_id=message.order_id, message_id=message.message_id, kind=message.kind, round=message.round,
            reason=message.reason, remedy=message.remedy, message=message.message, result=result,
            correction=message.correction, port_id=department.pk, actor=actor, now=now,
        )  # fmt: skip
    return Status(202, {"receipt": reply.pk, "disposition": reply.disposition})


def signed_message(request: HttpRequest) -> tuple[Department, Envelope, bytes]:
    """
    Read a department's message: who says it, what, and the exact bytes.

    Refuses one that is too large, malformed, of nobody who is connected, or not signed with the agreed key.
    """
    body = _body(request)
    envelope = read_envelope(body)
    department = queries.department_named(envelope.source)
    _check_signature(request, department, envelope, body)
    return department, envelope, body


def _body(request: HttpRequest) -> bytes:
    # The announced length decides before a byte is read; the server hands on no more than was announced.
    if int(request.META.get("CONTENT_LENGTH") or 0) > messages.LARGEST_WITH_FILE:
        raise MessageTooLarge(limit=messages.LARGEST_WITH_FILE)
    return request.body


def _check_signature(request: HttpRequest, department: Department, envelope: Envelope, body: bytes) -> None:
    message_id = signing.verify(queries.verifiers_of(department), request.headers, body, now=clock.now())
    if message_id != envelope.id:
        raise MessageMalformed(problem="webhook-id and id differ")
