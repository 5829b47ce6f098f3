"""The door for providers of text messages: what became of a message they took."""

from __future__ import annotations

import os
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from onething.kernel import signing
from onething.kernel.errors import NotFound
from onething.kernel.signing import SharedSecret
from onething.plumbing import clock, rows
from onething.plumbing.messages import receipts

KEYS = "ONETHING_SMS_RECEIPT_KEYS"

router = Router(tags=["messages"])


class ReceiptsNotTaken(NotFound):
    """This house takes no receipts of messages."""

    remedy = "Its operator has to set ONETHING_SMS_RECEIPT_KEYS (whsec_…), and to give the provider the same key."


class Told(Schema):
    """What became of one message: `reference` as it came with the message, `reason` a short code of the provider's."""

    reference: UUID
    state: Literal["delivered", "undelivered"]
    reason: str = Field("", max_length=24, pattern=r"^[A-Za-z0-9_.-]*$")


class Problem(Schema):
    """Why a receipt was not taken (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


@router.post(
    "/receipts",
    response={204: None, 401: Problem, 404: Problem, 422: Problem},
    summary="A provider says what became of a message",
    description="Signed by the Standard Webhooks scheme (v1) with the key that the operator gave the provider.",
)
def take_receipt(request: HttpRequest, told: Told) -> Status[None]:
    """Take a provider's receipt. The same again changes nothing."""
    signing.verify(_keys(), request.headers, request.body, now=clock.now())
    with rows.as_house():
        receipts.take_receipt(
            message_id=told.reference, is_delivered=told.state == "delivered", reason=told.reason, now=clock.now()
        )
    return Status(204, None)


def _keys() -> list[SharedSecret]:
    keys = [SharedSecret.read(text) for text in os.environ.get(KEYS, "").split()]
    if not keys:
        raise ReceiptsNotTaken
    return keys
