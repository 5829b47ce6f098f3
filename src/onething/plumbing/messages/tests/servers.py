"""Two small real servers on this machine: one that takes mail, one that takes text messages over HTTP."""

from __future__ import annotations

import json
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Mail(socketserver.StreamRequestHandler):
    """
    Speaks as much SMTP as a letter needs. `server.answer` is what RCPT is answered with.

    `server.falls_silent`: it takes the next letter, and the line breaks before it says so. `server.tls`: offers
    STARTTLS. What comes in clear after EHLO is kept in `server.heard`.
    """

    def handle(self) -> None:
        self._say("220 post office")
        while line := self.rfile.readline().decode().strip():
            verb = line.upper().split(":")[0].split()[0]
            self.server.heard.append(verb)
            if verb == "EHLO" and self.server.tls:
                self._say("250-post office\r\n250 STARTTLS")
            elif verb == "STARTTLS":
                self._say("220 go on")
                if not self._encrypt():
                    return
            elif verb == "DATA":
                self._say("354 go on")
                self.server.letters.append(self._letter())
                if self.server.falls_silent:
                    self.server.falls_silent = False
                    return
                self._say("250 taken")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say(self.server.answer if verb == "RCPT" else "250 good")

    def finish(self) -> None:
        """Close what TLS was wrapped around as well."""
        super().finish()
        self.request.close()

    def _encrypt(self) -> bool:
        """Go on under TLS, if the other side trusts our certificate."""
        try:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        except (ssl.SSLError, OSError):
            return False
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
        return True

    def _letter(self) -> str:
        lines: list[str] = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        return "".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class PostOffice(socketserver.ThreadingTCPServer):
    """Keeps the letters it took."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Mail)
        self.letters: list[str] = []
        self.heard: list[str] = []
        self.answer = "250 good"
        self.falls_silent = False
        self.tls: ssl.SSLContext | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}?tls=none&from=office@wangshan.example"


class _Sms(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append((dict(self.headers), body))
        if self.server.falls_silent:
            self.server.falls_silent = False
            self.close_connection = True
            return
        self.send_response(self.server.answers.pop(0) if self.server.answers else 202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Stay silent."""


class Provider(ThreadingHTTPServer):
    """Keeps what it was offered; `answers` are the statuses of the next offers, then 202."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Sms)
        self.taken: list[tuple[dict[str, str], dict[str, str]]] = []
        self.answers: list[int] = []
        self.falls_silent = False  # it takes the next message, and the line breaks before it says so

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/messages"


@contextmanager
def running(server: socketserver.BaseServer) -> Iterator[socketserver.BaseServer]:
    """Run a server in a thread."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
