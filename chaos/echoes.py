"""Echoes: what once went over a line comes again by the thousand, as it was or spoilt; the receiver has to bear it."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import count
from urllib.parse import urlsplit

from chaos.wires import Message, Wire
from onething.kernel import signing
from onething.kernel.signing import SharedSecret, Signer, SigningKey

AN_HOUR_AGO = timedelta(hours=1)  # further than any clock is turned
SUITS = tuple(header.lower() for header in (signing.ID, signing.TIMESTAMP, signing.SIGNATURE))


class Echo(StrEnum):
    """How a message comes again."""

    SAME = "same"  # the very bytes, with the old signature
    RESIGNED = "resigned"  # the same message, signed afresh by whoever sent it
    WRONG_BYTE = "wrong byte"
    SHORTENED = "shortened"
    UNSIGNED = "unsigned"
    FOREIGN = "foreign"  # with the signature of another message
    STALE = "stale"  # signed with the right key, an hour ago


WEIGHTS = {
    Echo.SAME: 30, Echo.RESIGNED: 30, Echo.WRONG_BYTE: 12, Echo.SHORTENED: 7, Echo.UNSIGNED: 7, Echo.FOREIGN: 7,
    Echo.STALE: 7,
}  # fmt: skip
HARMLESS = frozenset({Echo.SAME, Echo.RESIGNED})
"""These may be taken (and change nothing); all others have to be refused."""

Keys = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the n-th echo is: which kind, and three numbers in [0, 1) that say of which messages, and where."""

    kind: Echo
    which: float
    other: float
    where: float


def draw(seed: int, wire: str, number: int) -> Drawn:
    """Draw the n-th echo on a line."""
    dice = random.Random(f"{seed} echo {wire} {number}")  # noqa: S311  # a plan, no secret
    kind = dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    return Drawn(kind, dice.random(), dice.random(), dice.random())


def spoilt(drawn: Drawn, message: Message, other: Message, signer: Signer, now: datetime) -> Message:
    """Make of a message what comes again."""
    body, headers = message.body, dict(message.headers)
    match drawn.kind:
        case Echo.WRONG_BYTE:
            place = int(drawn.where * len(body))
            body = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        case Echo.SHORTENED:
            body = body[: int(drawn.where * len(body))]
        case Echo.UNSIGNED:
            headers = {name: value for name, value in headers.items() if name not in SUITS}
        case Echo.FOREIGN:
            headers[signing.SIGNATURE] = other.headers[signing.SIGNATURE]
        case Echo.RESIGNED | Echo.STALE:
            at = now - AN_HOUR_AGO if drawn.kind is Echo.STALE else now
            headers |= signing.sign([signer], message_id=headers[signing.ID], at=at, body=body)
    return Message(message.path, headers, body)


def department_key(keys: Keys) -> Callable[[Message], Signer]:
    """Tell with which key a reply was signed: that of the department it names."""
    by_source = {one["source"]: SigningKey.read(one["signing_key"]) for one in keys.values()}
    return lambda message: by_source[json.loads(message.body)["source"]]


def shared_key(keys: Keys) -> Callable[[Message], Signer]:
    """Tell with which key an order may be signed: the secret shared with the department at whose door it is left."""
    shared = {code: SharedSecret.read(one["secret"]) for code, one in keys.items()}
    return lambda message: shared[message.path.strip("/").split("/")[1]]


class Echoes:
    """Says again, so often a second, what one line has carried. Only what the receiver answered is counted."""

    def __init__(self, wire: Wire, seed: int, signer_of: Callable[[Message], Signer], per_second: float) -> None:
        self.wire, self.seed, self.signer_of, self.per_second = wire, seed, signer_of, per_second
        self.heard: Counter[str] = Counter()
        self.unheard = 0
        self.answers: Counter[str] = Counter()
        self.taken: list[str] = []
        self._numbers, self._ending = count(), threading.Event()
        self._line: http.client.HTTPConnection | None = None
        self._mouth = threading.Thread(target=self._work, daemon=True)

    def begin(self) -> None:
        """Begin."""
        self._mouth.start()

    def end(self) -> None:
        """Say nothing more."""
        self._ending.set()
        self._mouth.join(60)
        if self._line:
            self._line.close()

    def _work(self) -> None:
        due = time.monotonic()
        while not self._ending.wait(max(0.0, due - time.monotonic())):
            due = max(
                due + 1 / self.per_second, time.monotonic() - 1
            )  # what a busy machine missed for long is not made up
            carried = list(self.wire.carried)
            if len(carried) > 1:
                self._say(draw(self.seed, self.wire.name, next(self._numbers)), carried)

    def _say(self, drawn: Drawn, carried: list[Message]) -> None:
        place = int(drawn.which * len(carried))
        other = (place + 1 + int(drawn.other * (len(carried) - 1))) % len(carried)
        message = carried[place]
        again = spoilt(drawn, message, carried[other], self.signer_of(message), datetime.now(UTC))
        status = self._post(again)
        if status is None:
            self.unheard += 1
            return
        self.heard[drawn.kind] += 1
        self.answers[f"{drawn.kind}: {status}"] += 1
        if drawn.kind not in HARMLESS and status < 300:
            self.taken.append(f"{drawn.kind} {status} {message.headers.get(signing.ID)}")

    def _post(self, message: Message) -> int | None:
        target = urlsplit(self.wire.target)
        line = self._line or http.client.HTTPConnection(target.hostname or "", target.port, timeout=30)
        try:
            line.request("POST", message.path, message.body, dict(message.headers))
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            line.close()
            self._line = None
            return None
        self._line = line
        return answer.status
