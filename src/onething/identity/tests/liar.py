"""A small OpenID provider that says what a test tells it to: also what no honest one would. Its own keys, real HTTP."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from onething.plumbing import clock

CLIENT = "onething-test"


class Liar:
    """What it says: `token` and `info` replace claims, `settings` the discovery; `header` the token's head."""

    def __init__(self) -> None:
        self.issuer = ""
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.token: dict[str, Any] = {}
        self.info: dict[str, Any] = {}
        self.settings: dict[str, Any] = {}
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "one"}
        self.status = 200
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}

    def answer_to(self, address: str, **changes: str) -> str:
        """Play the person's yes: give what the browser brings back, as the query of the return address."""
        question = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.codes["code-1"] = question
        return urlencode({"code": "code-1", "state": question["state"], "iss": self.issuer} | changes)

    def discovery(self) -> dict[str, Any]:
        ends = {f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "userinfo")}
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks", **ends} | self.settings

    def jwks(self) -> dict[str, Any]:
        public = self.key.public_key().public_numbers()
        number = {"n": _b64(public.n.to_bytes(256)), "e": _b64(public.e.to_bytes(3))}
        return {"keys": [{"kty": "RSA", "kid": self.header.get("kid", "one"), "use": "sig", **number}]}

    def tokens(self, form: dict[str, str]) -> dict[str, Any] | None:
        question = self.codes.pop(form.get("code", ""), None)
        challenge = _b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if question is None or challenge != question["code_challenge"]:
            return None
        if form["redirect_uri"] != question["redirect_uri"] or question["code_challenge_method"] != "S256":
            return None
        now = int(clock.now().timestamp())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 300}
        return {"access_token": "a-1", "id_token": self.sign(claims | {"nonce": question["nonce"]} | self.token)}

    def sign(self, claims: dict[str, Any]) -> str:
        """Sign by hand with `cryptography`, so that what reads it is not what wrote it."""
        body = f"{_b64(json.dumps(self.header).encode())}.{_b64(json.dumps(claims).encode())}"
        if self.header["alg"] == "none":
            return f"{body}."
        return f"{body}.{_b64(self.key.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextmanager
def lying() -> Iterator[Liar]:
    """Serve a provider on a free port of this machine, until the end."""
    liar = Liar()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers = {
                "/.well-known/openid-configuration": liar.discovery,
                "/jwks": liar.jwks,
                "/userinfo": lambda: {"sub": "s-1"} | liar.info,
            }
            self.say(answers[self.path]())

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found = liar.tokens({name: values[0] for name, values in parse_qs(text).items()})
            self.say(found or {"error": "invalid_grant"}, 200 if found else 400)

        def say(self, found: dict[str, Any], status: int = 200) -> None:
            liar.asked.append(self.path)
            body = json.dumps(found).encode()
            self.send_response(liar.status if status == 200 else status)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    liar.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
