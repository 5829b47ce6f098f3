"""The simulated departments of one place: take an order, plan what to say, say it signed, until it is heard."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from onething.exchange.simulators import papers
from onething.exchange.simulators.behaviour import Behaviour, Saying, plan, read_behaviour
from onething.exchange.simulators.ledger import Ledger
from onething.exchange.simulators.post import RETRY_SECONDS, Diary, Task, post
from onething.kernel import signing
from onething.kernel.envelopes import MEDIA_TYPE, Envelope, read_envelope
from onething.kernel.signing import PublicKey, SharedSecret, SigningKey

REPLY_TYPE = "org.onething.reply.v1"


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What one department was handed when it was connected."""

    source: str
    secret: SharedSecret
    key: SigningKey
    house: PublicKey

    @classmethod
    def read(cls, values: Mapping[str, str]) -> Credentials:
        """Read one entry of the keys file: source, secret (whsec_), signing_key (whsk_), house_key (whpk_)."""
        return cls(
            values["source"],
            SharedSecret.read(values["secret"]),
            SigningKey.read(values["signing_key"]),
            PublicKey.read(values["house_key"]),
        )


class Closed(Exception):
    """A department does not take the order now."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Town:
    """All departments of one process."""

    def __init__(self, credentials: Mapping[str, Credentials], callback: str, pace: float) -> None:
        self.credentials = credentials
        self.callback = callback
        self.pace = pace
        self.ledger = Ledger()
        self._diary = Diary()
        self._lock = threading.Lock()
        self._decided: dict[str, Envelope] = {}  # by the id of the order's message
        self._rules: dict[tuple[str, str], tuple[Behaviour, float]] = {}

    def control(self, values: Mapping[str, Any]) -> None:
        """Let a department behave otherwise from now on. Raises ValueError."""
        rule = read_behaviour(values)
        with self._lock:
            self._rules[rule.department, rule.matter] = (rule, time.monotonic() + rule.down_for)

    def take(self, department: str, headers: Mapping[str, str], body: bytes) -> str:
        """Take an order; give the receipt. Raises Closed, Refusal (signature, envelope), KeyError (no department)."""
        credentials = self.credentials[department]
        envelope = read_envelope(body)
        matter = envelope.data.get("matter", {}).get("id", "")
        behaviour, up_again = self._rule(department, matter)
        time.sleep(behaviour.slow)
        if time.monotonic() < up_again or behaviour.status:
            raise Closed(behaviour.status or 503)
        signing.verify([credentials.house], headers, body, now=datetime.now(UTC))
        order = dict(envelope.data)
        if self.ledger.receive(department, order):
            self._begin(credentials, behaviour, order)
        elif envelope.id in self._decided:  # the house asks again: it may not have heard the answer
            message = self._decided[envelope.id]
            talk = _Talk(credentials, behaviour, order)
            self._diary.note(0, lambda: self._send(talk, message, 0, _nothing))
        return f"R-{envelope.id}"

    def _rule(self, department: str, matter: str) -> tuple[Behaviour, float]:
        with self._lock:
            for place in ((department, matter), (department, ""), ("*", matter), ("*", "")):
                if place in self._rules:
                    return self._rules[place]
        return Behaviour(department), 0.0

    def _begin(self, credentials: Credentials, behaviour: Behaviour, order: dict[str, Any]) -> None:
        sayings = plan(behaviour, order, pace=self.pace, today=datetime.now(UTC).date())
        if credentials.source.split(":")[-2] in papers.SENT_BY:
            sayings = [papers.with_paper(saying) for saying in sayings]
        self._say(_Talk(credentials, behaviour, order), sayings, 0.0)

    def _say(self, talk: _Talk, sayings: list[Saying], spent: float) -> None:
        """One thing after the other: the next one waits until the house has heard this one."""
        if sayings:
            first, rest = sayings[0], sayings[1:]
            after = max(0.0, first.after - spent)
            self._diary.note(after, lambda: self._speak(talk, first, lambda: self._say(talk, rest, first.after)))

    def _speak(self, talk: _Talk, saying: Saying, then: Task) -> None:
        if saying.is_work and not self.ledger.execute(talk.order["order"]):
            return
        message = talk.message(saying)
        if saying.is_final:
            self._decided[talk.order_id] = message
        if talk.behaviour.answer_twice:
            self._send(talk, message, 0, _nothing)
            self._send(talk, talk.message(saying), 0, _nothing)
        self._send(talk, message, 0, then)

    def _send(self, talk: _Talk, message: Envelope, failures: int, then: Task) -> None:
        body = message.to_bytes()
        signed = signing.sign([talk.key], message_id=message.id, at=datetime.now(UTC), body=body)
        status = post(self.callback, {"content-type": MEDIA_TYPE, **signed}, body)
        if (status == 0 or status >= 500 or status == 429) and failures < len(RETRY_SECONDS):
            self._diary.note(RETRY_SECONDS[failures], lambda: self._send(talk, message, failures + 1, then))
            return
        kind = message.data["kind"]
        self.ledger.say(message.subject, kind if status == 202 else f"{kind}:{status}")
        then()


@dataclass(frozen=True, slots=True, repr=False)
class _Talk:
    """One order in the hands of one department."""

    credentials: Credentials
    behaviour: Behaviour
    order: Mapping[str, Any]

    @property
    def order_id(self) -> str:
        """The id of the message that the order came with."""
        return f"{self.order['order']}-{self.order['round']}"

    @property
    def key(self) -> SigningKey:
        """What it signs with."""
        if self.behaviour.bad_signature:
            return SigningKey.from_seed(b"a key that nobody agreed to ....")
        return self.credentials.key

    def message(self, saying: Saying) -> Envelope:
        """Write one saying under an id of its own."""
        return Envelope(
            id=uuid.uuid4().hex,
            source=self.credentials.source,
            type=REPLY_TYPE,
            time=datetime.now(UTC),
            subject=self.order["order"],
            data={"kind": saying.kind, "round": self.order["round"], **saying.words},
        )


def _nothing() -> None:
    """Nothing follows."""
