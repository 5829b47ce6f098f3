"""One trial: everything that the house does to an endpoint, and what came of each step. Network, no judgement."""

from __future__ import annotations

import http.client
import json
import secrets
import ssl
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from onething.exchange.conformance.ear import Ear, Heard
from onething.kernel import signing
from onething.kernel.envelopes import BATCH_MEDIA_TYPE, MEDIA_TYPE, Envelope, to_batch
from onething.kernel.signing import PublicKey, SharedSecret, SigningKey

SECONDS = 10.0
ORDER, URGING, QUERY = "org.onething.order.v1", "org.onething.urging.v1", "org.onething.query.v1"
WITHDRAWAL = "org.onething.withdrawal.v1"
HOUSE = "urn:onething:house"
FINAL = ("approved", "refused", "returned")


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """Both sides' keys for a trial."""

    source: str
    secret: SharedSecret
    house: SigningKey
    department: PublicKey

    @classmethod
    def read(cls, values: Mapping[str, str]) -> Keys:
        """Read source, secret, house_signing_key, and signing_key or public_key. Refuses KeyMalformed, KeyError."""
        known = values.get("public_key")
        department = PublicKey.read(known) if known else SigningKey.read(values["signing_key"]).public
        house = SigningKey.read(values["house_signing_key"])
        return cls(values["source"], SharedSecret.read(values["secret"]), house, department)


def new_keys(source: str) -> dict[str, str]:
    """Make keys for a trial: what a department is given, and the house's own half, which in earnest it is not."""
    secret, house, department = (secrets.token_bytes(32) for _ in range(3))
    return {
        "source": source,
        "secret": SharedSecret(secret).text,
        "signing_key": SigningKey.from_seed(department).text,
        "house_key": SigningKey.from_seed(house).public.text,
        "house_signing_key": SigningKey.from_seed(house).text,
    }


@dataclass(frozen=True, slots=True)
class Options:
    """How a trial is made."""

    wait: float = 30.0
    quiet: float = 3.0
    polls: bool = False
    batch: bool = False
    query: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One call and its answer; status 0: none."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    words: str = ""

    @property
    def said(self) -> dict[str, Any]:
        """Read the answer; nothing if it is no JSON object."""
        try:
            said = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return said if isinstance(said, dict) else {}


@dataclass(slots=True)
class Trial:
    """Everything that was done, for the clauses to judge."""

    keys: Keys
    options: Options
    heard: list[Heard] = field(default_factory=list)
    steps: dict[str, Step] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    asked: dict[str, Envelope] = field(default_factory=dict)
    lists: list[Step] = field(default_factory=list)

    def of(self, name: str) -> list[Heard]:
        """Give the replies to one of the trial's orders."""
        return [one for one in self.heard if one.order == self.orders[name]]


def run(address: str, keys: Keys, ear: Ear, options: Options) -> Trial:
    """Make a trial of an endpoint whose replies go to this ear, or are fetched. Takes at most `wait` and 2 `quiet`."""
    trial = Trial(keys, options)
    line = _Line(address, keys, trial)
    if options.polls:
        threading.Thread(target=line.fetch_all, args=(ear,), daemon=True).start()
    else:
        ear.unwanted |= {line.order_id("busy"): [503, 503], line.order_id("unwanted"): [422]}
    _orders(line)
    _wrong_ones(line)
    _wait_for(line, ear, ("plain", "busy", *(["first", "second"] if options.batch else [])))
    _ask_again(line, ear)
    time.sleep(options.quiet)  # a quiet time is what is measured: nothing more may come
    line.done.set()
    trial.heard = list(ear.heard)
    return trial


def _orders(line: _Line) -> None:
    plain = line.order("plain")
    line.send("plain", plain, extra={"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
    line.send("again", plain, extra={"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
    line.send("busy", line.order("busy"))
    line.send("unwanted", line.order("unwanted"))
    hurry = {"order": line.order_id("plain"), "message": "请尽快办理"}
    line.send("urging", line.event("urging", URGING, hurry, "plain"))
    line.send("withdrawal", line.withdrawal("withdrawn"))
    line.send("withdrawn", line.order("withdrawn"))
    line.send("withdrawal again", line.withdrawal("withdrawn"))
    if line.trial.options.batch:
        line.send_batch("batch", [line.order("first"), line.order("second")])
    if line.trial.options.query:
        asked = {"person": {"id_number": "990101199001011234"}, "fields": ["address"], "purpose": "试验"}
        line.send("query", line.event("query", QUERY, {**asked, "matter": "trial"}, "query"))


def _ask_again(line: _Line, ear: Ear) -> None:
    """Send an order that was decided once more, and wait for the decision to be said again."""
    plain = line.order_id("plain")
    before = len(_decisions(ear, plain))
    line.send("again after the decision", line.order("plain"))
    if not line.trial.options.polls:
        ear.wait(lambda: len(_decisions(ear, plain)) > before, line.trial.options.quiet)


def _decisions(ear: Ear, order: str) -> list[Heard]:
    return [one for one in list(ear.heard) if one.order == order and one.kind in FINAL]


def _wrong_ones(line: _Line) -> None:
    stranger: list[signing.Signer] = [SigningKey.from_seed(b"?" * 32), SharedSecret(b"?" * 32)]
    line.send("forged", line.order("forged"), signers=stranger)
    line.send("stale", line.order("stale"), at=datetime.now(UTC) - timedelta(minutes=10))
    line.send("unsigned", line.order("unsigned"), signers=())
    line.send("altered", line.order("altered"), alter=(b"trial", b"tried"))
    line.send("misnamed", line.order("misnamed"), message_id="another-id")
    line.send_raw("no JSON", b'{"specversion":', "no-json")
    line.send("too large", line.order("too large", "x" * (300 * 1024)))
    line.send("unknown type", line.event("unknown", "org.onething.unknown.v1", {}, "plain"))


def _wait_for(line: _Line, ear: Ear, names: Sequence[str]) -> None:
    wanted = {line.order_id(name) for name in names}

    def taken() -> set[str]:
        return {one.order for one in list(ear.heard) if one.kind in FINAL and one.status == 202}

    ear.wait(lambda: wanted <= taken(), line.trial.options.wait)


class _Line:
    """The line to the endpoint: writes, signs, posts and keeps what came of it."""

    def __init__(self, address: str, keys: Keys, trial: Trial) -> None:
        self.address, self.keys, self.trial = address, keys, trial
        self.done = threading.Event()

    def order_id(self, name: str) -> str:
        """Name one of the trial's orders; always the same for one name."""
        return self.trial.orders.setdefault(name, str(uuid.uuid4()))

    def order(self, name: str, text: str = "柳湾村 7 号") -> Envelope:
        """Write one of the trial's orders."""
        order = self.order_id(name)
        data = {
            "order": order, "round": 1, "case_number": "TRIAL-000001", "matter": {"id": "trial", "title": "trial 试验"},
            "due": (datetime.now(UTC) + timedelta(days=10)).date().isoformat(), "fields": {"address": text},
            "materials": [{"id": "photo", "title": "照片", "digests": ["ab" * 32]}], "unknown_member": True,
        }  # fmt: skip
        return self._event(f"{order}-1", ORDER, order, data)

    def withdrawal(self, name: str) -> Envelope:
        """Write that one of the trial's orders is no longer wanted."""
        asked = self.order(name)
        data = {**asked.data, "fields": {}, "materials": []}
        return self._event(f"{asked.subject}-w", WITHDRAWAL, asked.subject, data)

    def event(self, name: str, kind: str, data: Mapping[str, Any], order: str) -> Envelope:
        """Write another kind of event."""
        return self._event(f"{name}-{uuid.uuid4()}", kind, self.order_id(order), data)

    def _event(self, message_id: str, kind: str, subject: str, data: Mapping[str, Any]) -> Envelope:
        known = self.trial.asked.get(message_id)
        event = known or Envelope(
            id=message_id, source=HOUSE, type=kind, time=datetime.now(UTC), subject=subject, data=data
        )
        return self.trial.asked.setdefault(message_id, event)

    def send(
        self, name: str, event: Envelope, *, signers: Sequence[signing.Signer] | None = None,
        at: datetime | None = None, message_id: str = "", alter: tuple[bytes, bytes] | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """Sign and post an event, rightly or wrongly."""
        body = event.to_bytes()
        if extra:
            body = json.dumps({**json.loads(body), **extra}, ensure_ascii=False).encode()
        headers = self._signed(message_id or event.id, body, signers, at)
        self._post(name, body.replace(*alter) if alter else body, {"content-type": MEDIA_TYPE, **headers})

    def send_raw(self, name: str, body: bytes, message_id: str) -> None:
        """Post bytes that are no event, rightly signed."""
        self._post(name, body, {"content-type": MEDIA_TYPE, **self._signed(message_id, body, None, None)})

    def send_batch(self, name: str, events: Sequence[Envelope]) -> None:
        """Post several events as one message."""
        body = to_batch(events)
        signed = self._signed(f"batch-{uuid.uuid4()}", body, None, None)
        self._post(name, body, {"content-type": BATCH_MEDIA_TYPE, **signed})

    def _signed(
        self, message_id: str, body: bytes, signers: Sequence[signing.Signer] | None, at: datetime | None
    ) -> dict[str, str]:
        own: Sequence[signing.Signer] = [self.keys.secret, self.keys.house]
        used = own if signers is None else signers
        return signing.sign(used, message_id=message_id, at=at or datetime.now(UTC), body=body) if used else {}

    def _post(self, name: str, body: bytes, headers: Mapping[str, str]) -> None:
        self.trial.steps[name] = _call("POST", self.address, headers, body)

    # ---- fetching ----

    def fetch_all(self, ear: Ear) -> None:
        """Fetch replies until the trial is over, as the house does; each is then as if it had been posted."""
        cursor = ""
        while not self.done.wait(0.2):
            step = self._fetch(cursor)
            self.trial.lists.append(step)
            events = step.said.get("replies")
            for event in events if isinstance(events, list) else ():
                ear.take(step.headers, json.dumps(event, ensure_ascii=False).encode())
            cursor = step.said["next"] if isinstance(step.said.get("next"), str) else cursor

    def _fetch(self, cursor: str) -> Step:
        address = f"{self.address.rstrip('/')}/replies?after={quote(cursor)}&limit=100"
        parts = urlsplit(address)
        headers = self._signed(f"replies-{uuid.uuid4()}", f"{parts.path}?{parts.query}".encode(), None, None)
        return _call("GET", address, headers, b"")


def _call(method: str, address: str, headers: Mapping[str, str], body: bytes) -> Step:
    parts = urlsplit(address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme == "https":
        context = ssl.create_default_context()
        line: http.client.HTTPConnection = http.client.HTTPSConnection(
            parts.hostname or "", parts.port, timeout=SECONDS, context=context
        )
    else:
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        line.request(method, target, body, dict(headers))
        answer = line.getresponse()
        return Step(answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read(1024 * 1024))
    except (OSError, http.client.HTTPException) as failure:
        return Step(words=type(failure).__name__)
    finally:
        line.close()
