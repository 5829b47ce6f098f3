"""The door through which a department's system fetches the files that its orders name; each is noted as a look."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from onething.cases import orderpapers, papers
from onething.exchange import incoming, messages
from onething.exchange.incoming import Problem
from onething.kernel import access
from onething.kernel.envelopes import MEDIA_TYPE
from onething.plumbing import clock, looks, rows

router = Router(tags=["exchange"])

_ASKED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A signed CloudEvent that names an order and a digest; see docs/department-interface.md, 3.11.",
        "content": {
            MEDIA_TYPE: {
                "schema": {
                    "type": "object",
                    "required": ["specversion", "id", "source", "type", "subject", "time", "data"],
                    "properties": {
                        "type": {"const": messages.PAPER_TYPE},
                        "subject": {"type": "string", "format": "uuid", "description": "the id of the order"},
                        "data": {
                            "type": "object",
                            "required": ["digest"],
                            "properties": {"digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"}},
                        },
                    },
                }
            }
        },
    },
    "responses": {
        200: {"description": "The file.", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
    },
}


@router.post(
    "",
    response={401: Problem, 404: Problem, 413: Problem, 422: Problem},
    summary="A department fetches a file of an order",
    openapi_extra=_ASKED,
)
def fetch_paper(request: HttpRequest) -> HttpResponse:
    """Give one file that an order of the asking department names. The look is noted."""
    now = clock.now()
    department, envelope, _body = incoming.signed_message(request, now=now)
    asked = messages.read_paper_asked(envelope)
    with rows.as_house():  # a department's system sees no row of ours; what it may have, its orders have said
        upload = orderpapers.upload_for(asked.order_id, asked.digest, port_id=department.pk)
        reader = access.department(department.code)
        looks.note([upload.person_id], way="api", purpose="order", actor=reader, now=now)
        content = papers.content_of(upload)
    return HttpResponse(content, content_type=upload.kind, headers={"Cache-Control": "no-store"})
