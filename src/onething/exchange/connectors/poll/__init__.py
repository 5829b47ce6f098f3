"""A department that takes calls but makes none: orders go out as over http, and the house fetches the replies.

GET <address>/replies?after=<cursor>&limit=100      (signed: the content is the path with its query)
200 {"replies": [CloudEvent, …], "next": "<cursor>", "more": false}      (signed: the content is the body)
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from onething.exchange import wire
from onething.exchange.collecting import MOST_ITEMS, Batch, Collected, Port, Told, read_item
from onething.exchange.connectors.http import check_address, send
from onething.exchange.wire import CallFailed
from onething.kernel import signing
from onething.kernel.errors import Refusal

__all__ = ["COLLECTS", "NEEDS_ADDRESS", "TRAVELS", "check_address", "collect", "send", "settle"]

NEEDS_ADDRESS = True
TRAVELS = True
COLLECTS = True
MOST_BYTES = 8 * 1024 * 1024
_LONGEST_CURSOR = 300


def collect(port: Port, *, cursor: str, now: datetime) -> Collected:
    """Fetch the next replies after a cursor. Raises CallFailed for silence, a wrong signature or a broken list."""
    query = urlencode({"after": cursor, "limit": MOST_ITEMS})
    address = f"{port.address.rstrip('/')}/replies?{query}"
    said = _said(_fetched(port, address, now))
    events = [json.dumps(event, ensure_ascii=False).encode() for event in said["replies"]]
    items = tuple(read_item(text, source=port.source, place="replies") for text in events)
    return Collected(
        batches=(Batch(name="replies", items=items),) if items else (), cursor=said["next"], has_more=said["more"]
    )


def _fetched(port: Port, address: str, now: datetime) -> bytes:
    parts = urlsplit(address)
    content = f"{parts.path}?{parts.query}".encode()
    signers: list[signing.Signer] = [port.keyring.shared, port.keyring.house]
    headers = signing.sign(signers, message_id=f"replies-{uuid.uuid4().hex}", at=now, body=content)
    answer = wire.call("GET", address, headers=headers, most_bytes=MOST_BYTES)
    if answer.status != 200:
        raise CallFailed("replies were not given", status=answer.status)
    try:
        signing.verify(port.verifiers, answer.headers, answer.body, now=now)
    except Refusal as refusal:
        raise CallFailed(refusal.code, status=answer.status) from refusal
    return answer.body


def _said(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as broken:
        raise CallFailed("the list is not JSON") from broken
    if not isinstance(said, dict) or not isinstance(said.get("replies"), list) or len(said["replies"]) > MOST_ITEMS:
        raise CallFailed(f"the list has no replies, or more than {MOST_ITEMS}")
    if not isinstance(said.get("next"), str) or len(said["next"]) > _LONGEST_CURSOR:
        raise CallFailed("the list has no next")
    return {"replies": said["replies"], "next": said["next"], "more": said.get("more") is True}


def settle(port: Port, batch: Batch, told: list[Told], *, now: datetime) -> None:
    """Tell the department nothing: the next cursor says that we have read so far."""
