"""Calls out of the house: to the machine that was checked, bounded in time and size, without redirects or proxies.

Between looking a name up and calling it, its answer may change (DNS rebinding). So the name is looked up here, once per
connection, every machine it stands for is checked, and the connection goes to that machine; TLS still checks the name.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
from django.conf import settings

from onething.exchange import addresses

CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0  # EXCHANGE_READ_SECONDS in the settings wins
WHOLE_SECONDS = 20.0
MOST_BYTES = 64 * 1024

LookUp = Callable[[str, int], list[str]]


class CallFailed(Exception):
    """No answer that could be used: `words` names why, `is_final` whether another attempt could end better."""

    def __init__(self, words: str, *, status: int | None = None, is_final: bool = False) -> None:
        super().__init__(words)
        self.words, self.status, self.is_final = words, status, is_final


class _NotAllowed(httpcore.ConnectError):
    """The name stands for a machine that may not be called."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def look_up(host: str, port: int) -> list[str]:
    """Look a host up: every machine that its name stands for."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Checked(httpcore.NetworkBackend):
    """Opens connections only to machines that may be called."""

    def __init__(self, find: LookUp = look_up) -> None:
        self._find = find
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        """Open a connection to the first machine that the host stands for, if all of them may be called."""
        return self._plain.connect_tcp(self._machine(host, port), port, timeout, local_address, socket_options)

    def _machine(self, host: str, port: int) -> str:
        try:
            return machine_for(host, port, self._find)
        except (OSError, UnicodeError) as unknown:
            raise httpcore.ConnectError("the name is not known") from unknown
        except CallFailed as forbidden:
            raise _NotAllowed(host) from forbidden


def machine_for(host: str, port: int, find: LookUp = look_up) -> str:
    """Find the machine that a host stands for now. Raises CallFailed if one that it stands for may not be called."""
    found = find(host, port)
    networks = addresses.read_networks(getattr(settings, "EXCHANGE_NETWORKS", ""))
    if not found or not all(addresses.may_be_called(one, host=host, networks=networks) for one in found):
        raise CallFailed("AddressNotAllowed", is_final=True)
    return found[0]


def call(
    method: str, address: str, *, headers: Mapping[str, str], body: bytes = b"", most_bytes: int = MOST_BYTES,
    through: httpcore.ConnectionPool | None = None,
) -> Answer:  # fmt: skip
    """Call an address once and give the answer, whatever its status. Raises CallFailed."""
    pool = through or connections()
    started = time.monotonic()
    try:
        with pool.stream(
            method, address, headers=list(headers.items()), content=body, extensions={"timeout": _patience()}
        ) as answer:
            return Answer(answer.status, _headers(answer), _read(answer, started, most_bytes))
    except _NotAllowed as forbidden:
        raise CallFailed("AddressNotAllowed", is_final=True) from forbidden
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as failure:
        raise CallFailed(type(failure).__name__) from failure  # no connection, too slow, cut off, broken answer


def _read(answer: httpcore.Response, started: float, most_bytes: int) -> bytes:
    text = bytearray()
    for piece in answer.iter_stream():
        text += piece
        if len(text) > most_bytes or time.monotonic() - started > WHOLE_SECONDS:
            raise CallFailed("answer too long or too slow", status=answer.status)
    return bytes(text)


def _headers(answer: httpcore.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}


def _patience() -> dict[str, float]:
    read = getattr(settings, "EXCHANGE_READ_SECONDS", READ_SECONDS)
    return {"connect": CONNECT_SECONDS, "read": read, "write": read, "pool": READ_SECONDS}


def pool(find: LookUp = look_up) -> httpcore.ConnectionPool:
    """Open a pool of connections that are checked."""
    return httpcore.ConnectionPool(
        max_connections=64, max_keepalive_connections=32, keepalive_expiry=15.0, network_backend=Checked(find)
    )


@cache
def connections() -> httpcore.ConnectionPool:
    """Give the one pool of this process; it is safe from any thread."""
    return pool()
