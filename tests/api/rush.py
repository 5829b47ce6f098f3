"""Many people sign in by password at the same second: what they are answered, how long it takes, how much memory.

As a program (`python -m tests.api.rush COUNT`) it brings an empty database to this version, with so many accounts.
"""

from __future__ import annotations

import re
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

PASSWORD: Final = "a long one, invented"
PATIENCE: Final = 300.0
FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What one sign-in was answered, after how many seconds; 302 is "you are in"."""

    status: int
    seconds: float
    has_session: bool


def prepare(count: int) -> None:
    """Open accounts; one password's hash serves for all of them, so that making them takes no time."""
    from onething.site import installing, setup

    setup.prepare()  # words and styles: a page without its styles is a fault, and nobody comes in
    installing.set_django_up()
    installing.migrate_database()
    installing.collect_static()
    from onething.identity import services as identity
    from onething.identity.models import Account
    from onething.kernel.access import SYSTEM
    from onething.plumbing import clock

    first = identity.open_account(username=name(0), password=PASSWORD, actor=SYSTEM, now=clock.now())
    for number in range(1, count):
        identity.open_account(username=name(number), actor=SYSTEM, now=clock.now())
    Account.objects.exclude(pk=first.pk).update(password=first.password)


def name(number: int) -> str:
    """Give the user name of one of them."""
    return f"rush.{number:04}"


def rush(address: str, count: int) -> list[Answer]:
    """Let all of them open the page, and then, in the same moment, sign in."""
    answers: list[Answer] = []
    ready = threading.Barrier(count)
    people = [threading.Thread(target=_one, args=(address, number, ready, answers)) for number in range(count)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return answers


def _one(address: str, number: int, ready: threading.Barrier, answers: list[Answer]) -> None:
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        found = FIELD.search(client.get("/door/sign-in/password/").text)
        given = {"csrfmiddlewaretoken": found[1] if found else "", "name": name(number), "password": PASSWORD}
        ready.wait(PATIENCE)
        began = time.monotonic()
        answer = client.post("/door/sign-in/password/", data=given)
        answers.append(Answer(answer.status_code, time.monotonic() - began, "sessionid" in client.cookies))


def largest_mb(pid: int) -> float:
    """Tell the most memory that a process and its children have held, each by itself, in MB (VmHWM). Linux only."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return _peak(pid) + sum(largest_mb(int(child)) for child in children)


def _peak(pid: int) -> float:
    told = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    prepare(int(sys.argv[1]))
