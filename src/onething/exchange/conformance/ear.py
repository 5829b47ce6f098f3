"""The house's ear in a trial: takes the department's replies, keeps each as it came, and sometimes does not want it."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LARGEST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Heard:
    """One reply as it came: header names in lower case, seconds on a clock that only goes on, and what we answered."""

    headers: Mapping[str, str]
    body: bytes
    at: float
    wall: float
    status: int

    @property
    def said(self) -> dict[str, Any]:
        """Read the body; nothing if it is no JSON object."""
        try:
            said = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return said if isinstance(said, dict) else {}

    @property
    def order(self) -> str:
        """Name the order that it speaks of."""
        return str(self.said.get("subject", ""))

    @property
    def kind(self) -> str:
        """Name what it says."""
        data = self.said.get("data")
        return str(data.get("kind", "")) if isinstance(data, dict) else ""


class Ear:
    """Listens for replies. `unwanted`: per order, the statuses of the first answers to it."""

    def __init__(self, host: str, port: int) -> None:
        self.heard: list[Heard] = []
        self.unwanted: dict[str, list[int]] = {}
        self._changed = threading.Condition()
        self._server = _Server((host, port), _Doors)
        self._server.ear = self
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_port)

    def take(self, headers: Mapping[str, str], body: bytes) -> int:
        """Keep a reply; give the status to answer."""
        with self._changed:
            now = Heard(headers, body, time.monotonic(), time.time(), 202)
            planned = self.unwanted.get(now.order)
            status = planned.pop(0) if planned else 202
            self.heard.append(Heard(headers, body, now.at, now.wall, status))
            self._changed.notify_all()
        return status

    def of(self, order: str) -> list[Heard]:
        """Give the replies to an order, in the order in which they came."""
        with self._changed:
            return [one for one in self.heard if one.order == order]

    def wait(self, condition: Any, seconds: float) -> bool:
        """Wait until a condition holds, at most so long; tell whether it does."""
        with self._changed:
            return bool(self._changed.wait_for(condition, seconds))

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    ear: Ear


class _Doors(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(min(length, LARGEST))
        status = self.server.ear.take({name.lower(): value for name, value in self.headers.items()}, body)
        words: dict[str, Any] = {"receipt": str(uuid.uuid4()), "disposition": "applied"}
        if status != 202:
            words = {"type": "urn:onething:problem:trial", "title": "a trial", "status": status, "detail": ""}
        text = json.dumps(words).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json" if status == 202 else "application/problem+json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""
