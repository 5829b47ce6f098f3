"""The door for departments' systems: signed replies come in, a receipt goes out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from onething.exchange import incoming, messages, services
from onething.exchange.incoming import Problem
from onething.kernel import access
from onething.kernel.envelopes import MEDIA_TYPE
from onething.plumbing import clock, rows

router = Router(tags=["exchange"])


class Receipt(Schema):
    """A reply was taken. `disposition`: applied, repeated, late, closed or contradicts."""

    receipt: UUID
    disposition: str


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
    now = clock.now()
    department, envelope, body = incoming.signed_message(request, now=now)
    message = messages.read_reply(envelope)
    messages.require_size(body, message)
    actor = access.department(department.code)
    with rows.as_house():  # a department's system sees no row of ours; what it may touch, its signature has said
        result = services.with_file(message, port_id=department.pk, actor=actor, now=now)
        reply = services.receive_reply(
            order_id=message.order_id, message_id=message.message_id, kind=message.kind, round=message.round,
            reason=message.reason, remedy=message.remedy, message=message.message, result=result,
            correction=message.correction, port_id=department.pk, actor=actor, now=now,
        )  # fmt: skip
    return Status(202, {"receipt": reply.pk, "disposition": reply.disposition})
