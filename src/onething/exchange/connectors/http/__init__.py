"""A department with a system: the order goes out as a signed CloudEvent, a receipt comes back.

Bounded in time (connect 3 s, each read 10 s, all 20 s), in size (64 KiB of answer), and in trust: no redirects,
no proxy from the environment.
"""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta
from functools import cache

import httpx
from django.conf import settings

from onething.exchange.delivery import Delivery, Outcome, Verdict
from onething.kernel import signing
from onething.kernel.envelopes import MEDIA_TYPE

NEEDS_ADDRESS = True
TRAVELS = True
CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0  # EXCHANGE_READ_SECONDS in the settings wins
WHOLE_SECONDS = 20.0
MOST_BYTES = 64 * 1024
LONGEST_ASKED_WAIT = timedelta(hours=1)
TRY_AGAIN = frozenset({408, 425, 429, *range(500, 600)})


def send(delivery: Delivery, *, now: datetime) -> Outcome:
    """Post the order: the same id in every attempt, a fresh timestamp and signature in each."""
    body = delivery.envelope.to_bytes()
    signers: list[signing.Signer] = [delivery.keyring.shared, delivery.keyring.house]
    headers = signing.sign(signers, message_id=delivery.envelope.id, at=now, body=body)
    try:
        return _post(delivery.address, {"content-type": MEDIA_TYPE, **headers}, body)
    except httpx.HTTPError as failure:  # no connection, too slow, cut off, broken answer
        return Outcome(verdict=Verdict.RETRY, words=type(failure).__name__)


def _post(address: str, headers: dict[str, str], body: bytes) -> Outcome:
    started = time.monotonic()
    with client().stream("POST", address, headers=headers, content=body, timeout=_patience()) as answer:
        text = b""
        for piece in answer.iter_bytes():
            text += piece
            if len(text) > MOST_BYTES or time.monotonic() - started > WHOLE_SECONDS:
                return Outcome(verdict=Verdict.RETRY, status=answer.status_code, words="answer too long or too slow")
        return _outcome(answer, text)


def _outcome(answer: httpx.Response, text: bytes) -> Outcome:
    status = answer.status_code
    if status in (200, 202):
        return Outcome(verdict=Verdict.DELIVERED, status=status, receipt=_receipt(text))
    if status in TRY_AGAIN:
        wait = _asked_wait(answer.headers.get("retry-after", ""))
        return Outcome(verdict=Verdict.RETRY, status=status, words=answer.reason_phrase, wait=wait)
    return Outcome(verdict=Verdict.FINAL, status=status, words=answer.reason_phrase)


def _receipt(text: bytes) -> str:
    try:
        receipt = json.loads(text).get("receipt", "")
    except (ValueError, AttributeError, RecursionError):
        return ""  # taken is taken: a department that gives no number for it has still taken it
    return receipt if isinstance(receipt, str) else ""


def _asked_wait(text: str) -> timedelta | None:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        return None
    return min(timedelta(seconds=int(text)), LONGEST_ASKED_WAIT)


def _patience() -> httpx.Timeout:
    return httpx.Timeout(getattr(settings, "EXCHANGE_READ_SECONDS", READ_SECONDS), connect=CONNECT_SECONDS)


@cache
def client() -> httpx.Client:
    """Give the one client of this process: it keeps connections, and is safe from any thread."""
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=32, keepalive_expiry=15.0)
    return httpx.Client(limits=limits, follow_redirects=False, trust_env=False)
