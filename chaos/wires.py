"""A line between two parties that speak HTTP: it hands messages on, and does to each what the plan says."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from chaos.plan import Fault

LONGEST_DELAY = 3.0
REMEMBERED = 5000
Decide = Callable[[int], tuple[Fault, float]]


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody gave to a line: header names in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """One direction. While it is cut, whoever calls is hung up on; `calm` hands everything on as it is."""

    def __init__(self, name: str, decide: Decide) -> None:
        self.name, self.decide = name, decide
        self.target = ""
        self.counts: Counter[str] = Counter()
        self.carried: deque[Message] = deque(maxlen=REMEMBERED)
        self.is_cut, self.is_calm = False, False
        self._numbers, self._lock = count(), threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Ends)
        self._server.wire = self
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    @property
    def address(self) -> str:
        """Where messages are given to it."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def fate(self) -> tuple[Fault | str, float]:
        """Draw what happens to the next message, and count it."""
        with self._lock:
            fault, where = ("cut", 0.0) if self.is_cut else (Fault.NONE, 0.0)
            if not self.is_cut and not self.is_calm:
                fault, where = self.decide(next(self._numbers))
            self.counts[str(fault)] += 1
            return fault, where

    def remember(self, path: str, headers: Mapping[str, str], body: bytes) -> None:
        """Keep a message as its sender gave it, so that it can come again."""
        passing = ("host", "connection", "content-length")
        kept = {name.lower(): value for name, value in headers.items() if name.lower() not in passing}
        self.carried.append(Message(path, kept, body))

    def close(self) -> None:
        """Take the line down."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    wire: Wire

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever is killed in the middle of a call hangs up: that is what this is for."""


class _Ends(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        self._carry()

    def do_POST(self) -> None:
        self._carry()

    def _carry(self) -> None:
        answer = self._answer_to()
        if answer is None:
            self._hang_up()
        else:
            self._answer(*answer)

    def _answer_to(self) -> tuple[int, dict[str, str], bytes] | None:
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length)
        if body and len(body) == length:  # not where the sender was killed in the middle of it
            self.server.wire.remember(self.path, dict(self.headers.items()), body)
        fault, where = self.server.wire.fate()
        if fault in (Fault.LOST, "cut"):
            return None
        if fault is Fault.LATE:
            time.sleep(LONGEST_DELAY * where)
        if fault is Fault.GARBLED and body:
            place = int(where * len(body))
            body = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        answers = [self._handed_on(body) for _ in range(2 if fault is Fault.TWICE else 1)]
        return None if fault is Fault.DEAF else answers[-1]

    def _handed_on(self, body: bytes) -> tuple[int, dict[str, str], bytes] | None:
        target = urlsplit(self.server.wire.target)
        line = http.client.HTTPConnection(target.hostname or "", target.port, timeout=30)
        try:
            headers = {
                name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")
            }
            line.request(self.command, self.path, body, headers)
            answer = line.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        except (OSError, http.client.HTTPException):
            return None  # nobody is there: as if the line were dead
        finally:
            line.close()

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in ("transfer-encoding", "connection", "content-length", "date", "server"):
                self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: the counts are the log."""
