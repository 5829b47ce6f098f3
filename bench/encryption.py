"""
What encryption adds to a case page: the same page with the cipher replaced by one that locks nothing, in turns.

Two soldiers, each with a submitted case of thirteen matters. What is kept of one is sealed as always; what is kept of
the other went through a codec of the same sizes that copies bytes. Both pages are asked for in turns, in one process,
through every layer from the session to the compressed answer. A house without encryption would not read the person's
key either: reading it is timed alone, and counted to encryption.

Goal: at most 15 % (issue 3). Run:
`.venv/bin/python bench/encryption.py [rounds]`; writes bench/results/encryption.json.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from servers import fresh_server

ROUNDS = int(os.environ.get("ONETHING_BENCH_ROUNDS", "300"))
WARM_UP = 10
GOAL = 0.15
RESULTS = Path(__file__).parent / "results" / "encryption.json"


class Copying:
    """Stands where AES-GCM stands, and only copies: the same sizes, no lock."""

    TAG = bytes(16)

    def __init__(self, secret: bytes) -> None:
        self.secret = secret

    def encrypt(self, nonce: bytes, text: bytes, bound: bytes) -> bytes:
        """Add the length of a tag."""
        return text + self.TAG

    def decrypt(self, nonce: bytes, text: bytes, bound: bytes) -> bytes:
        """Take the length of a tag away."""
        return text[:-16]


def main() -> None:
    """Measure on a server of our own, print, write down."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with fresh_server():
        report = measure(rounds)
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))


def measure(rounds: int) -> dict[str, Any]:
    """Ask for both pages in turns, each time the other one first."""
    import django

    os.environ["ONETHING_WEB"] = "1"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    sealed = asked("99012319990522001")
    with unlocked():
        copied = asked("99012319990522002")
    times: dict[str, list[float]] = {"sealed": [], "copied": [], "key": []}
    for number in range(rounds + WARM_UP):
        turns = [("sealed", sealed), ("copied", copied)]
        for name, ask in turns if number % 2 else reversed(turns):
            times[name].append(one(ask) if name == "sealed" else one_unlocked(ask))
        times["key"].append(one(key_read))
    return report_of({name: of[WARM_UP:] for name, of in times.items()})


def asked(body: str) -> Callable[[], None]:
    """Register a soldier who submits; give what asks for the page of the case."""
    from django.test import Client

    from onething.cases import services
    from onething.cases.tests import factories
    from onething.identity import services as identity
    from onething.identity.tests.factories import enter
    from onething.kernel import codes
    from onething.kernel.access import SYSTEM
    from onething.plumbing import clock

    factories.regions()
    factories.connect()
    person = factories.person(body + codes.id_check_digit(body))
    case = services.submit_case(draft=factories.draft(person), actor=factories.citizen(person), now=factories.NOW)
    client = Client(headers={"accept-language": "zh-CN", "accept-encoding": "gzip"}, SERVER_NAME="127.0.0.1")
    enter(client, identity.open_account(person=person, actor=SYSTEM, now=clock.now()))

    def ask() -> None:
        answer = client.get(f"/matters/{case.number}/")
        assert answer.status_code == 200, answer.content

    return ask


def key_read() -> None:
    """Read one person's locked key, as every page of a person does once."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT version, wrapped FROM registry_personkey LIMIT 1")
        cursor.fetchone()


@contextmanager
def unlocked() -> Iterator[None]:
    """Let the codec that locks nothing stand in the cipher's place for a while."""
    from onething.registry import cipher

    real = cipher.AESGCM
    cipher.AESGCM = Copying  # type: ignore[misc,assignment]
    try:
        yield
    finally:
        cipher.AESGCM = real  # type: ignore[misc]


def one(ask: Callable[[], None]) -> float:
    """Time one page."""
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def one_unlocked(ask: Callable[[], None]) -> float:
    """Time one page without a lock."""
    with unlocked():
        return one(ask)


def report_of(times: dict[str, list[float]]) -> dict[str, Any]:
    """Sum up: medians, and what encryption adds to a page that has none."""
    sealed, copied, key = (statistics.median(times[name]) for name in ("sealed", "copied", "key"))
    cipher, whole = (sealed - copied) / copied, (sealed - copied + key) / (copied - key)
    pairs = [a / b - 1 for a, b in zip(times["sealed"], times["copied"], strict=True)]
    return {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load_of_the_machine": round(os.getloadavg()[0], 1),
        "rounds": len(times["sealed"]),
        "median_ms": {name: round(1000 * statistics.median(of), 2) for name, of in times.items()},
        "cipher_adds": round(cipher, 4),
        "cipher_adds_median_of_pairs": round(statistics.median(pairs), 4),
        "cipher_and_key_add": round(whole, 4),
        "goal": {"at_most": GOAL, "reached": whole <= GOAL},
    }


if __name__ == "__main__":
    main()
