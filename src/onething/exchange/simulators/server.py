"""The simulators' doors, over the standard library's threading server."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from onething.exchange.simulators.town import Closed, Taken, Town
from onething.kernel.errors import Refusal

LARGEST = 1024 * 1024


class Server(ThreadingHTTPServer):
    """Listens on this machine only."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int, town: Town) -> None:
        super().__init__(("127.0.0.1", port), Doors)
        self.town = town

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Do not mourn callers who hung up: they had their reasons, and will call again."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Doors(BaseHTTPRequestHandler):
    """Routes of the simulators."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Answer /health and /ledger."""
        if self.path == "/health":
            self._answer(200, {"departments": sorted(self.server.town.credentials)})
        elif self.path == "/ledger":
            self._answer(200, self.server.town.ledger.to_json())
        elif self._department("orders/replies"):
            self._give(
                self._department("orders/replies"),
                lambda name, headers: self.server.town.replies(name, headers, self.path),
            )
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        """Take an order, or a control call."""
        body = self._body()
        if body is None:
            self._answer(413, {})
        elif self.path == "/control":
            self._control(body)
        elif self._department("orders"):
            self._give(self._department("orders"), lambda name, headers: self.server.town.take(name, headers, body))
        else:
            self._answer(404, {})

    def _department(self, room: str) -> str:
        """Name whose door this is, if its path ends in that room."""
        first, _, rest = urlsplit(self.path).path.strip("/").partition("/")
        name, _, found = rest.partition("/")
        return name if (first, found) == ("d", room) else ""

    def _give(self, department: str, take: Callable[[str, dict[str, str]], Taken]) -> None:
        try:
            taken = take(department, dict(self.headers.items()))
        except Closed as closed:
            self._answer(closed.status, {})
        except Refusal as refusal:
            self._answer(refusal.status, {"title": str(refusal)})
        except KeyError:
            self._answer(404, {})
        else:
            self._write(taken.status, taken.body or json.dumps(taken.said).encode(), taken.headers())

    def _control(self, body: bytes) -> None:
        try:
            self.server.town.control(json.loads(body))
        except (ValueError, TypeError, AttributeError) as wrong:
            self._answer(422, {"title": str(wrong)})
        else:
            self._answer(200, {})

    def _body(self) -> bytes | None:
        length = int(self.headers.get("content-length") or 0)
        if length > LARGEST:
            self.close_connection = True
            return None
        return self.rfile.read(length)

    def _answer(self, status: int, values: dict[str, Any]) -> None:
        self._write(status, json.dumps(values, ensure_ascii=False).encode(), {})

    def _write(self, status: int, text: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: the ledger is the log."""
