"""A department with a system: orders go out as signed CloudEvents, a receipt comes back; it calls us with its replies.

Bounded in time (connect 3 s, each read 10 s, all 20 s), in size (64 KiB of answer), and in trust: see `wire`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from onething.exchange import addresses, wire
from onething.exchange.delivery import Delivery, Outcome, Verdict
from onething.exchange.wire import Answer, CallFailed
from onething.kernel import signing
from onething.kernel.envelopes import BATCH_MEDIA_TYPE, MEDIA_TYPE, to_batch

NEEDS_ADDRESS = True
TRAVELS = True
COLLECTS = False
LONGEST_ASKED_WAIT = timedelta(hours=1)
TRY_AGAIN = frozenset({408, 425, 429, *range(500, 600)})
MAY_BE_GARBLED = frozenset({400, 401, 422})
"""What a receiver answers to a message of which one byte became another on the way; said again, it is whole."""
TIMES_GARBLED = 3


def check_address(address: str) -> str:
    """Check where orders are to go. Refuses AddressNotAllowed."""
    return addresses.allowed(address)


def send(deliveries: Sequence[Delivery], *, now: datetime) -> list[Outcome]:
    """Post one order by itself, or several as one batch: the same ids in every attempt, a fresh signature in each."""
    first = deliveries[0]
    if len(deliveries) == 1:
        answer = _post(first, first.envelope.id, first.envelope.to_bytes(), MEDIA_TYPE, now)
        return [_outcome(answer, _receipt(answer), first.number)]
    envelopes = [delivery.envelope for delivery in deliveries]
    answer = _post(first, f"batch-{first.envelope.id}", to_batch(envelopes), BATCH_MEDIA_TYPE, now)
    return [_one_of_many(answer, delivery) for delivery in deliveries]


def _post(delivery: Delivery, message_id: str, body: bytes, media_type: str, now: datetime) -> Answer | CallFailed:
    signers: list[signing.Signer] = [delivery.keyring.shared, delivery.keyring.house]
    headers = {"content-type": media_type, **signing.sign(signers, message_id=message_id, at=now, body=body)}
    try:
        return wire.call("POST", delivery.address, headers=headers, body=body)
    except CallFailed as failure:
        return failure


def _outcome(answer: Answer | CallFailed, receipt: str, attempt: int) -> Outcome:
    if isinstance(answer, CallFailed):
        verdict = Verdict.FINAL if answer.is_final else Verdict.RETRY
        return Outcome(verdict=verdict, status=answer.status, words=answer.words)
    status = answer.status
    if status in (200, 202):
        return Outcome(verdict=Verdict.DELIVERED, status=status, receipt=receipt)
    if status in TRY_AGAIN or (status in MAY_BE_GARBLED and attempt <= TIMES_GARBLED):
        wait = asked_wait(answer.headers.get("retry-after", ""))
        return Outcome(verdict=Verdict.RETRY, status=status, words=_phrase(status), wait=wait)
    return Outcome(verdict=Verdict.FINAL, status=status, words=_phrase(status))


def _one_of_many(answer: Answer | CallFailed, delivery: Delivery) -> Outcome:
    """A batch is taken order by order: `receipts` names those that were taken, the others are sent again."""
    receipts = {} if isinstance(answer, CallFailed) else _said(answer).get("receipts")
    receipt = receipts.get(delivery.envelope.id) if isinstance(receipts, dict) else None
    outcome = _outcome(answer, receipt if isinstance(receipt, str) else "", delivery.number)
    if outcome.verdict is Verdict.DELIVERED and not isinstance(receipt, str):
        return Outcome(verdict=Verdict.RETRY, status=outcome.status, words="not among the receipts of the batch")
    return outcome


def _receipt(answer: Answer | CallFailed) -> str:
    receipt = None if isinstance(answer, CallFailed) else _said(answer).get("receipt")
    return receipt if isinstance(receipt, str) else ""  # taken is taken, also without a number for it


def _said(answer: Answer) -> Mapping[str, Any]:
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def asked_wait(text: str) -> timedelta | None:
    """Read a Retry-After in seconds, up to an hour; None for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        return None
    return min(timedelta(seconds=int(text)), LONGEST_ASKED_WAIT)
