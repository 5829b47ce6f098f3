"""What goes wrong follows from the seed alone; and the lines do to messages what the plan says."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from chaos import plan, sums
from chaos.plan import Fault, Kind
from chaos.wires import Wire


def test_the_same_seed_is_the_same_fire_and_another_one_another() -> None:
    def drawn(seed: int) -> list[object]:
        return [*plan.blows(seed, 600), *(plan.message_fault(seed, "orders", n) for n in range(200))]

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)


def test_blows_come_as_often_as_is_said() -> None:
    counts = Counter(blow.kind for blow in plan.blows(1, 7200))
    for kind, mean in plan.EVERY.items():
        assert counts[kind] == pytest.approx(7200 / mean, rel=0.25), kind
    assert not plan.blows(1, 100, dict.fromkeys(Kind, 1e9))


def test_messages_suffer_as_often_as_is_said() -> None:
    counts = Counter(plan.message_fault(3, "replies", n)[0] for n in range(5000))
    for fault, weight in plan.WEIGHTS.items():
        assert counts[fault] == pytest.approx(50 * weight, rel=0.2), fault


class Listener:
    """Somebody at the other end."""

    def __init__(self) -> None:
        heard: list[bytes] = []

        class Ends(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                heard.append(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(202)
                self.send_header("content-length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, format: str, *args: object) -> None: ...

        self.heard = heard
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Ends)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


@pytest.fixture
def line() -> Iterator[Callable[[Fault], tuple[Wire, Listener]]]:
    """A line that does one thing to every message."""
    made: list[tuple[Wire, Listener]] = []

    def build(fault: Fault) -> tuple[Wire, Listener]:
        wire, listener = Wire("test", lambda number: (fault, 0.5)), Listener()
        wire.target = f"http://127.0.0.1:{listener.server.server_port}"
        made.append((wire, listener))
        return wire, listener

    yield build
    for wire, listener in made:
        wire.close()
        listener.server.shutdown()
        listener.server.server_close()


def said(wire: Wire) -> int:
    try:
        return httpx.post(f"{wire.address}/x", content=b"a message", timeout=10, trust_env=False).status_code
    except httpx.TransportError:
        return 0


@pytest.mark.parametrize(
    ("fault", "status", "heard"),
    [
        (Fault.NONE, 202, [b"a message"]),
        (Fault.LOST, 0, []),
        (Fault.DEAF, 0, [b"a message"]),
        (Fault.TWICE, 202, [b"a message"] * 2),
        (Fault.GARBLED, 202, [b"a mersage"]),
    ],
)
def test_a_message_meets_its_fate(line, fault: Fault, status: int, heard: list[bytes]) -> None:
    wire, listener = line(fault)
    assert (said(wire), listener.heard, wire.counts) == (status, heard, Counter({fault.value: 1}))


def test_a_late_message_takes_its_time(line) -> None:
    wire, listener = line(Fault.LATE)
    before = time.monotonic()
    assert (said(wire), listener.heard) == (202, [b"a message"])
    assert time.monotonic() - before >= 1.5


def test_a_cut_line_carries_nothing_and_a_calm_one_everything(line) -> None:
    wire, listener = line(Fault.LOST)
    wire.is_cut = True
    assert (said(wire), listener.heard) == (0, [])
    wire.is_cut, wire.is_calm = False, True
    assert (said(wire), listener.heard) == (202, [b"a message"])
    listener.server.shutdown()
    listener.server.server_close()
    assert said(wire) == 0


RESULT = {
    "seed": 7, "minutes": {"burnt": 5.0}, "faults_on_messages": 60_000, "faults_on_the_way": 1_000,
    "copies_that_came_again": 59_000, "cases": 40, "executed": 500, "broken": {},
    "blows": {"kill_worker": 240, "kill_web": 20, "restart_database": 30, "fill_disk": 4, "cut": 9},
}  # fmt: skip


def test_a_later_run_adds_to_the_earlier_ones_and_what_is_short_is_said(tmp_path: Path) -> None:
    page, folder = tmp_path / "chaos.md", tmp_path / "chaos"
    folder.mkdir()
    page.write_text(f"before\n{sums.BEGIN}\nold\n{sums.END}\nafter\n")
    for seed, broken in ((7, {}), (8, {"a case has not come to its end": ["TY1"]})):
        (folder / f"seed-{seed:05d}.json").write_text(json.dumps({**RESULT, "seed": seed, "broken": broken}))
        sums.write(page, folder)
    text = page.read_text()
    assert text.startswith("before\n") and text.endswith("\nafter\n") and "old" not in text
    assert "| faults on messages | 120000 | 60000 | 100,000 | 40,000 |" in text
    assert "| kills of worker or web | 520 | 260 | 500 | 240 |" in text
    assert "| – of these copies that came again | 118000 | 59000 | – | – |" in text
    assert "| full disks | 8 | 4 | 10 | 6 |" in text
    assert "| 8 | 5.0 | 60000 | 260 | 30 | 4 | 40 | a case has not come to its end |" in text
