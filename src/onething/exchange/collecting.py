"""Replies that the house fetches: values between the sweep, the connectors and what is done with them. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from onething.exchange.errors import MessageMalformed
from onething.exchange.keyring import Keyring
from onething.exchange.messages import ReplyMessage, read_reply
from onething.kernel.envelopes import read_envelope
from onething.kernel.errors import Refusal
from onething.kernel.signing import Verifier

MOST_ITEMS = 100
PAUSE = timedelta(seconds=10)
"""How long after an empty list the next look is taken."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Port:
    """What a connector needs to know of a department to fetch its replies."""

    port_id: UUID
    code: str
    source: str
    connector: str
    address: str
    host_key: str
    is_held: bool
    keyring: Keyring
    verifiers: Sequence[Verifier]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One reply as it lay there: `place` names where; either a message, or the problem with it."""

    place: str
    digest: bytes
    message: ReplyMessage | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What lay there together: a list, or a file of this name."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What was fetched, and from where to go on next time."""

    batches: tuple[Batch, ...]
    cursor: str = ""
    has_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of one item: a disposition, or the problem for which it was not taken."""

    item: Item
    disposition: str = ""
    problem: str = ""


def read_item(text: bytes, *, source: str, place: str) -> Item:
    """Read one event as an item; one that cannot be read is an item with a problem."""
    digest = hashlib.sha256(text).digest()
    try:
        envelope = read_envelope(text)
        if envelope.source != source:
            raise MessageMalformed(problem=f"source is not {source}")
        return Item(place=f"{place} {envelope.id}"[:300], digest=digest, message=read_reply(envelope))
    except Refusal as refusal:
        return Item(place=place[:300], digest=digest, problem=str(refusal))
