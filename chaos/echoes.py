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
from onething.kernel.signing import Signer, SigningKey

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
    Echo.SAME: 15, Echo.RESIGNED: 15, Echo.WRONG_BYTE: 30, Echo.SHORTENED: 10, Echo.UNSIGNED: 10, Echo.FOREIGN: 10,
    Echo.STALE: 10,
}  # fmt: skip
HARMLESS = frozenset({Echo.SAME, Echo.RESIGNED})
"""These may be taken (and change nothing); all others have to be refused."""

MOUTHS = 4
BREATH = 0.5
"""Seconds of silence after nobody answered: a receiver that is down is not to be knocked at in vain."""
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


def is_twin(message: Message, other: Message) -> bool:
    """Tell whether two messages are one, said twice within a second: then the signature of either fits the other."""
    return all(message.headers[name] == other.headers[name] for name in SUITS) and message.body == other.body


def department_key(keys: Keys) -> Callable[[Message], Signer]:
    """Tell with which key a reply was signed: that of the department it names."""
    by_source = {one["source"]: SigningKey.read(one["signing_key"]) for one in keys.values()}
    return lambda message: by_source[json.loads(message.body)["source"]]


def house_key(house: Signer) -> Callable[[Message], Signer]:
    """Tell with which key an order was signed: always the house's own."""
    return lambda _message: house


class Echoes:
    """Says again, so often a second, what one line has carried. Only what the receiver answered is counted."""

    def __init__(self, wire: Wire, seed: int, signer_of: Callable[[Message], Signer], per_second: float) -> None:
        self.wire, self.seed, self.signer_of, self.per_second = wire, seed, signer_of, per_second
        self.heard: Counter[str] = Counter()
        self.unheard = 0
        self.answers: Counter[str] = Counter()
        self.taken: list[str] = []
        self.twins = 0
        self._numbers, self._ending, self._lock = count(), threading.Event(), threading.Lock()
        self._mouths = [threading.Thread(target=self._work, daemon=True) for _ in range(MOUTHS)]

    def begin(self) -> None:
        """Begin."""
        for mouth in self._mouths:
            mouth.start()

    def end(self) -> None:
        """Say nothing more."""
        self._ending.set()
        for mouth in self._mouths:
            mouth.join(60)

    def _work(self) -> None:
        target = urlsplit(self.wire.target)
        line = http.client.HTTPConnection(target.hostname or "", target.port, timeout=30)
        due = time.monotonic()
        while not self._ending.wait(max(0.0, due - time.monotonic())):
            due = max(due + MOUTHS / self.per_second, time.monotonic() - 1)  # what was missed for long is not made up
            carried = list(self.wire.carried)
            if len(carried) > 1 and not self._say(line, draw(self.seed, self.wire.name, next(self._numbers)), carried):
                self._ending.wait(BREATH)
        line.close()

    def _say(self, line: http.client.HTTPConnection, drawn: Drawn, carried: list[Message]) -> bool:
        message = carried[int(drawn.which * len(carried))]
        # Of another id: the same message said twice within a second has the same signature, and that one fits.
        others = [one for one in carried if one.headers[signing.ID] != message.headers[signing.ID]]
        if not others:
            return True
        other = others[int(drawn.other * len(others))]
        twin = carried[int(drawn.other * len(carried))]  # what a blind choice among all would have taken
        again = spoilt(drawn, message, other, self.signer_of(message), datetime.now(UTC))
        status = _post(line, again)
        with self._lock:
            self._count(drawn, message, status)
            if drawn.kind is Echo.FOREIGN and status is not None:
                self.twins += is_twin(message, twin)
        return status is not None

    def _count(self, drawn: Drawn, message: Message, status: int | None) -> None:
        if status is None:
            self.unheard += 1
            return
        self.heard[drawn.kind] += 1
        self.answers[f"{drawn.kind}: {status}"] += 1
        if drawn.kind not in HARMLESS and status < 300:
            self.taken.append(f"{drawn.kind} {status} {message.headers.get(signing.ID)}")


def _post(line: http.client.HTTPConnection, message: Message) -> int | None:
    try:
        line.request("POST", message.path, message.body, dict(message.headers))
        answer = line.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        line.close()  # the next request opens it again
        return None
    return answer.status
