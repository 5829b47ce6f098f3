"""What comes again: the same for the same seed, spoilt as it is said, and counted only where somebody answered."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from chaos import echoes, plan
from chaos.echoes import HARMLESS, WEIGHTS, Drawn, Echo, Echoes
from chaos.wires import Message, Wire

from onething.kernel import signing
from onething.kernel.errors import Refusal
from onething.kernel.signing import SharedSecret

NOW = datetime(2026, 9, 9, 2, tzinfo=UTC)
KEY = SharedSecret(b"k" * 32)


def signed(message_id: str, body: bytes, at: datetime = NOW - timedelta(minutes=1)) -> Message:
    headers = {"content-type": "application/json", **signing.sign([KEY], message_id=message_id, at=at, body=body)}
    return Message("/d/police/orders", headers, body)


def test_the_same_seed_says_the_same_again_and_every_kind_comes_up() -> None:
    def kinds(seed: int) -> list[Drawn]:
        return [echoes.draw(seed, "replies", n) for n in range(2000)]

    assert kinds(7) == kinds(7) != kinds(8)
    counts = Counter(drawn.kind for drawn in kinds(7))
    for kind, weight in WEIGHTS.items():
        assert counts[kind] == pytest.approx(20 * weight, rel=0.25), kind


@pytest.mark.parametrize("kind", list(Echo))
def test_only_what_is_whole_and_fresh_fits_its_signature(kind: Echo) -> None:
    message, other = signed("one", b'{"a": 1}'), signed("two", b'{"b": 2}')
    again = echoes.spoilt(Drawn(kind, 0, 0, 0.5), message, other, KEY, NOW)
    assert again.path == message.path
    if kind in HARMLESS:
        assert signing.verify([KEY], again.headers, again.body, now=NOW) == "one"
        assert again.body == message.body
        return
    with pytest.raises(Refusal) as refused:
        signing.verify([KEY], again.headers, again.body, now=NOW)
    assert refused.value.status == 401


class Ear(BaseHTTPRequestHandler):
    """Takes everything, the spoilt as well."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(202)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def line() -> Iterator[tuple[Wire, Any]]:
    wire, ear = Wire("replies", lambda _number: (plan.Fault.NONE, 0.0)), ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    ear.daemon_threads = True
    threading.Thread(target=ear.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    wire.target = f"http://127.0.0.1:{ear.server_port}"
    for number in range(3):
        message = signed(f"m{number}", b'{"n": %d}' % number)
        wire.remember(message.path, message.headers, message.body)
    yield wire, ear
    wire.close()
    ear.shutdown()
    ear.server_close()


def test_a_receiver_that_takes_spoilt_copies_is_found(line: tuple[Wire, Any]) -> None:
    wire, ear = line
    says = Echoes(wire, 5, lambda _message: KEY, 500)
    says.begin()
    last = time.monotonic() + 30
    while says.heard.total() < 60 and time.monotonic() < last:
        time.sleep(0.01)
    says.end()
    assert says.heard.total() == says.answers.total() >= 60
    assert {words.partition(" 202")[0] for words in says.taken} == {kind.value for kind in Echo if kind not in HARMLESS}
    ear.shutdown()


def test_what_nobody_answered_is_no_fault(line: tuple[Wire, Any]) -> None:
    wire, ear = line
    ear.shutdown()
    ear.server_close()
    says = Echoes(wire, 5, lambda _message: KEY, 500)
    says.begin()
    last = time.monotonic() + 30
    while says.unheard < 5 and time.monotonic() < last:
        time.sleep(0.01)
    says.end()
    assert says.unheard >= 5
    assert not says.heard.total()


def test_the_signer_of_a_reply_is_the_department_that_it_names() -> None:
    key = signing.SigningKey.from_seed(b"s" * 32)
    find = echoes.department_key({"police": {"source": "urn:police", "signing_key": key.text}})
    assert find(Message("/replies", {}, b'{"source": "urn:police"}')).signature(b"x") == key.signature(b"x")
