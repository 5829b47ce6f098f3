"""A department's message as it comes in over HTTP: bounded, read, and signed by whom it names."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Schema

from onething.exchange import messages, queries
from onething.exchange.errors import MessageMalformed, MessageTooLarge
from onething.exchange.models import Department
from onething.kernel import signing
from onething.kernel.envelopes import Envelope, read_envelope


class Problem(Schema):
    """Why a message was not taken (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


def signed_message(request: HttpRequest, *, now: datetime) -> tuple[Department, Envelope, bytes]:
    """
    Read a department's message: who says it, what, and the exact bytes.

    Refuses one that is too large, malformed, of nobody who is connected, or not signed with the agreed key.
    """
    body = _body(request)
    envelope = read_envelope(body)
    department = queries.department_named(envelope.source)
    _check_signature(request, department, envelope, body, now)
    return department, envelope, body


def _body(request: HttpRequest) -> bytes:
    # The announced length decides before a byte is read; the server hands on no more than was announced.
    if int(request.META.get("CONTENT_LENGTH") or 0) > messages.LARGEST_WITH_FILE:
        raise MessageTooLarge(limit=messages.LARGEST_WITH_FILE)
    return request.body


def _check_signature(
    request: HttpRequest, department: Department, envelope: Envelope, body: bytes, now: datetime
) -> None:
    message_id = signing.verify(queries.verifiers_of(department), request.headers, body, now=now)
    if message_id != envelope.id:
        raise MessageMalformed(problem="webhook-id and id differ")
