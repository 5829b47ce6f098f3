"""The simulated departments of one place: take an order, plan what to say, say it signed, until it is heard."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from onething.exchange.simulators import papers
from onething.exchange.simulators.behaviour import Behaviour, Saying, plan, read_behaviour
from onething.exchange.simulators.ledger import Ledger
from onething.exchange.simulators.memory import IN_PROCESS, Memory, round_of
from onething.exchange.simulators.post import RETRY_SECONDS, Diary, Task, post
from onething.kernel import signing
from onething.kernel.envelopes import MEDIA_TYPE, Envelope, read_batch, read_envelope
from onething.kernel.signing import PublicKey, SharedSecret, SigningKey

REPLY_TYPE = "org.onething.reply.v1"
URGING_TYPE = "org.onething.urging.v1"
WITHDRAWAL_TYPE = "org.onething.withdrawal.v1"
QUERY_TYPE = "org.onething.query.v1"
ANSWER_TYPE = "org.onething.answer.v1"
MOST_IN_BATCH = 500
MAY_BE_GARBLED = (400, 401, 422)
TIMES_GARBLED = 3
_SAYINGS = uuid.UUID("6f1c6dd6-51f5-4a3c-9f0e-0f7a2a1b7c55")
STRANGER = SigningKey.from_seed(b"a key that nobody agreed to ....")


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What one department was handed when it was connected."""

    source: str
    secret: SharedSecret
    key: SigningKey
    house: PublicKey
    calls: bool = True  # else it lays its replies ready, and the house fetches them

    @classmethod
    def read(cls, values: Mapping[str, str]) -> Credentials:
        """Read one entry of the keys file: source, secret, signing_key, house_key; calls: "no" lays replies ready."""
        return cls(
            values["source"],
            SharedSecret.read(values["secret"]),
            SigningKey.read(values["signing_key"]),
            PublicKey.read(values["house_key"]),
            values.get("calls", "") != "no",
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What is answered to the house: a status and words, or a signed body."""

    said: Mapping[str, Any]
    status: int = 202
    key: SigningKey | None = None
    message_id: str = ""
    body: bytes = b""

    def headers(self) -> dict[str, str]:
        """Sign the body, if it is one that has to be signed."""
        if self.key is None:
            return {}
        return signing.sign([self.key], message_id=self.message_id, at=datetime.now(UTC), body=self.body)


class Closed(Exception):
    """A department does not take the order now."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Town:
    """All departments of one process."""

    def __init__(
        self, credentials: Mapping[str, Credentials], callback: str, pace: float, memory: str = IN_PROCESS
    ) -> None:
        self.credentials = credentials
        self.callback = callback
        self.pace = pace
        self.ledger = Ledger()
        self._diary = Diary()
        self._lock = threading.Lock()
        self._script: Path | None = None
        self._script_read = 0
        self._memory = Memory(memory)
        self._rules: dict[tuple[str, str], tuple[Behaviour, float]] = {}

    def go_on(self) -> int:
        """Take up what an earlier process left, wherever it was; each order is answered once. Gives how many."""
        rounds = self._memory.rounds()
        for known in rounds:
            self.ledger.receive(known.department, dict(known.order))
            for saying in known.plan[: known.heard]:
                self.ledger.say(known.order["order"], saying.kind)
            if self._memory.decision(round_of(known.order)) and any(saying.is_work for saying in known.plan):
                self.ledger.execute(known.order["order"])
        for department, order in self._memory.withdrawn():
            self.ledger.withdraw(department, order)
        left = [known for known in rounds if known.heard < len(known.plan) and known.department in self.credentials]
        for known in left:
            behaviour, _ = self._rule(known.department, known.order["matter"]["id"])
            spent = known.plan[known.heard - 1].after if known.heard else 0.0
            talk = _Talk(self.credentials[known.department], behaviour, known.order)
            self._say(talk, known.plan[known.heard :], spent)
        return len(left)

    def control(self, values: Mapping[str, Any]) -> None:
        """Let a department behave otherwise from now on. Raises ValueError."""
        rule = read_behaviour(values)
        with self._lock:
            self._rules[rule.department, rule.matter] = (rule, time.monotonic() + rule.down_for)

    def follow(self, script: Path) -> None:
        """Follow a script: its controls hold now, and again whenever the file has changed. Raises ValueError."""
        self._script = script
        self._read_script()

    def _read_script(self) -> None:
        if self._script is None:
            return
        written = self._script.stat().st_mtime_ns
        if written != self._script_read:
            self._script_read = written
            for control in json.loads(self._script.read_text()):
                self.control(control)

    def take(self, department: str, headers: Mapping[str, str], body: bytes) -> Taken:
        """
        Take a message of the house: an order, a batch of them, an urging, a withdrawal, a question for data.

        Raises Closed, Refusal (signature, envelope), KeyError (no department).
        """
        credentials = self.credentials[department]
        if body.lstrip()[:1] == b"[":
            envelopes = [read_envelope(text) for text in read_batch(body, most=MOST_IN_BATCH)]
            self._open_door(credentials, department, "", headers, body)
            receipts = {envelope.id: self._take_order(department, envelope) for envelope in envelopes}
            return Taken({"receipts": receipts})
        envelope = read_envelope(body)
        matter = envelope.data.get("matter", {})
        self._open_door(
            credentials, department, matter.get("id", "") if isinstance(matter, dict) else matter, headers, body
        )
        if envelope.type == QUERY_TYPE:
            return self._look_up(department, envelope)
        if envelope.type == URGING_TYPE:
            self.ledger.urge(department, envelope.subject)
            return Taken({})
        if envelope.type == WITHDRAWAL_TYPE:
            self._memory.withdraw(department, envelope.data)
            self.ledger.withdraw(department, dict(envelope.data))
            return Taken({"receipt": f"R-{envelope.id}"})
        return Taken({"receipt": self._take_order(department, envelope)})

    def _open_door(
        self, credentials: Credentials, department: str, matter: str, headers: Mapping[str, str], body: bytes
    ) -> None:
        behaviour, up_again = self._rule(department, matter)
        time.sleep(behaviour.slow)
        if time.monotonic() < up_again or behaviour.status:
            raise Closed(behaviour.status or 503)
        signing.verify([credentials.house], headers, body, now=datetime.now(UTC))

    def _take_order(self, department: str, envelope: Envelope) -> str:
        credentials, order = self.credentials[department], dict(envelope.data)
        behaviour, _ = self._rule(department, order["matter"]["id"])
        if self.ledger.receive(department, order):
            self._begin(department, behaviour, order)
        elif message := self._memory.decision(envelope.id):  # the house asks again: it may not have heard the answer
            talk = _Talk(credentials, behaviour, order)
            self._diary.note(0, lambda: self._send(talk, message, 0, _nothing))
        return f"R-{envelope.id}"

    def _look_up(self, department: str, question: Envelope) -> Taken:
        """Invent what a department knows: for every field that was asked for the same words each time."""
        known = {
            name: f"{name}-{question.data['person'].get('id_number', '')[-4:]}" for name in question.data["fields"]
        }
        answer = Envelope(
            id=uuid.uuid4().hex, source=self.credentials[department].source, type=ANSWER_TYPE, time=datetime.now(UTC),
            subject=question.subject, data={"fields": known},
        )  # fmt: skip
        return Taken({}, 200, self._key_of(department), answer.id, answer.to_bytes())

    def replies(self, department: str, headers: Mapping[str, str], target: str) -> Taken:
        """Give the replies that a department without calls of its own lays ready. Raises Refusal, KeyError."""
        credentials = self.credentials[department]
        asked = parse_qs(urlsplit(target).query)
        after = asked.get("after", [""])[0]
        self._open_door(credentials, department, "", headers, target.encode())
        laid = self._memory.laid(department)
        begin = int(after) if after.isdigit() else 0
        found = laid[begin : begin + int(asked.get("limit", ["100"])[0])]
        rest = len(laid) - begin - len(found)
        said = {"replies": [json.loads(message.to_bytes()) for message in found], "next": str(begin + len(found))}
        body = json.dumps(said | {"more": rest > 0}, ensure_ascii=False).encode()
        return Taken({}, 200, self._key_of(department), uuid.uuid4().hex, body)

    def _key_of(self, department: str) -> SigningKey:
        behaviour, _ = self._rule(department, "")
        return STRANGER if behaviour.bad_signature else self.credentials[department].key

    def _rule(self, department: str, matter: str) -> tuple[Behaviour, float]:
        self._read_script()
        with self._lock:
            for place in ((department, matter), (department, ""), ("*", matter), ("*", "")):
                if place in self._rules:
                    return self._rules[place]
        return Behaviour(department), 0.0

    def _begin(self, department: str, behaviour: Behaviour, order: dict[str, Any]) -> None:
        sayings = plan(behaviour, order, pace=self.pace, today=datetime.now(UTC).date())
        credentials = self.credentials[department]
        if credentials.source.split(":")[-2] in papers.SENT_BY:
            sayings = [papers.with_paper(saying) for saying in sayings]
        self._memory.learn(department, order, sayings)
        self._say(_Talk(credentials, behaviour, order), sayings, 0.0)

    def _say(self, talk: _Talk, sayings: list[Saying], spent: float) -> None:
        """One thing after the other: the next one waits until the house has heard this one."""
        if sayings:
            first, rest = sayings[0], sayings[1:]
            after = max(0.0, first.after - spent)
            self._diary.note(after, lambda: self._speak(talk, first, lambda: self._heard(talk, rest, first.after)))

    def _heard(self, talk: _Talk, rest: list[Saying], spent: float) -> None:
        self._memory.hear(talk.round)
        self._say(talk, rest, spent)

    def _speak(self, talk: _Talk, saying: Saying, then: Task) -> None:
        if self.ledger.is_withdrawn(talk.order["order"]):
            return
        kept = self._memory.decision(talk.round) if saying.is_final else None  # decided, and not heard before it ended
        if kept is None and saying.is_work and not self.ledger.execute(talk.order["order"]):
            return
        message = kept or talk.message(saying)
        if saying.is_final and kept is None:
            self._memory.decide(talk.round, message)
        if talk.behaviour.answer_twice:
            self._send(talk, message, 0, _nothing)
            self._send(talk, replace(message, id=uuid.uuid4().hex), 0, _nothing)
        self._send(talk, message, 0, then)

    def _send(self, talk: _Talk, message: Envelope, failures: int, then: Task) -> None:
        if not talk.credentials.calls:
            self._lay(talk, message)
            then()
            return
        body = message.to_bytes()
        signed = signing.sign([talk.key], message_id=message.id, at=datetime.now(UTC), body=body)
        status = post(self.callback, {"content-type": MEDIA_TYPE, **signed}, body)
        if failures < _times(status):
            self._diary.note(RETRY_SECONDS[failures], lambda: self._send(talk, message, failures + 1, then))
            return
        kind = message.data["kind"]
        self.ledger.say(message.subject, kind if status == 202 else f"{kind}:{status}")
        then()

    def _lay(self, talk: _Talk, message: Envelope) -> None:
        department = next(name for name, one in self.credentials.items() if one is talk.credentials)
        self._memory.lay(department, message)
        self.ledger.say(message.subject, message.data["kind"])


@dataclass(frozen=True, slots=True, repr=False)
class _Talk:
    """One order in the hands of one department."""

    credentials: Credentials
    behaviour: Behaviour
    order: Mapping[str, Any]

    @property
    def round(self) -> str:
        """The id of the message that the order came with."""
        return round_of(self.order)

    @property
    def key(self) -> SigningKey:
        """What it signs with."""
        if self.behaviour.bad_signature:
            return STRANGER
        return self.credentials.key

    def message(self, saying: Saying) -> Envelope:
        """Write one saying; said again after a power cut it has the same id, and the house knows it."""
        return Envelope(
            id=uuid.uuid5(_SAYINGS, f"{self.round} {saying.kind}").hex,
            source=self.credentials.source,
            type=REPLY_TYPE,
            time=datetime.now(UTC),
            subject=self.order["order"],
            data={"kind": saying.kind, "round": self.order["round"], **saying.words},
        )


def _times(status: int) -> int:
    """Tell how often a message is said again after this answer (4.3 and 4.5 of the interface)."""
    if status == 0 or status >= 500 or status == 429:
        return len(RETRY_SECONDS)
    return TIMES_GARBLED if status in MAY_BE_GARBLED else 0


def _nothing() -> None:
    """Nothing follows."""
