"""Those who use the house: persons who submit and some who take back, a clerk, and the supervisor who rings up."""

from __future__ import annotations

import base64
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from django.db import DatabaseError, connection

from onething.cases import services as cases
from onething.cases.models import Case
from onething.exchange import services as exchange
from onething.exchange.models import Department, Order
from onething.exchange.states import State
from onething.kernel.access import SYSTEM
from onething.kernel.errors import Refusal
from onething.plumbing import clock
from onething.site.demo import county

PAPER = b"%PDF-1.7 an invented paper %%EOF"
EVENT = "army_remittance"
RINGS_UP_AFTER = timedelta(seconds=60)
GIVES_UP = 600.0
"""Seconds after which a person who repeats the same call without an answer is a finding."""
LONGEST = 3600.0
"""Seconds after which nobody repeats anything any more: the house is gone."""


@dataclass(slots=True)
class Person:
    """Somebody with a key for programs, and the answers they still have to give."""

    key: str
    answers: dict[str, Any]
    number: int


@dataclass(slots=True)
class Story:
    """What the people saw, for the verdict."""

    submitted: dict[str, int] = field(default_factory=dict)  # case number → person
    withdrawn: set[str] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str) -> None:
        """Count something."""
        with self.lock:
            self.seen[what] += 1


def prepare(count: int) -> list[Person]:
    """Register so many invented soldiers, each with a key."""
    made = []
    for number in range(1, count + 1):
        person, answers = county.soldier(number)
        made.append(Person(county.api_key(person), answers, number))
    return made


class Crowd:
    """Submits one case after the other for each person, at most `most_open` at once, until told to stop."""

    def __init__(self, web: str, people: list[Person], story: Story, *, most_cases: int, most_open: int) -> None:
        self.web, self.people, self.story = web, people, story
        self.most_cases, self.most_open = most_cases, most_open
        self.clerk_key = county.clerk_key()
        self.stopping = threading.Event()
        self.papers: list[dict[str, str]] = []
        self._begun = 0
        self._lock = threading.Lock()

    def plan(self) -> None:
        """Find out once which papers are asked for."""
        person = self.people[0]
        answer = self._repeat("POST", "/catalogue/plan", person.key, {"pack": county.PACK, "answers": person.answers})
        asked = [m["id"] for m in answer.json()["materials"] if m["action"] == "hand_in"]
        content = base64.b64encode(PAPER).decode()
        self.papers = [{"material": name, "content": content} for name in asked]

    def run(self, hands: int = 4) -> list[threading.Thread]:
        """Begin."""
        shares = [self.people[hand::hands] for hand in range(hands)]
        threads = [threading.Thread(target=self._submit_all, args=(share,), daemon=True) for share in shares]
        for thread in threads:
            thread.start()
        return threads

    def _submit_all(self, people: list[Person]) -> None:
        round_ = 0
        while not self.stopping.is_set():
            for person in people:
                if not self._may_begin():
                    return
                self._one(person, round_)
            round_ += 1

    def _may_begin(self) -> bool:
        while not self.stopping.is_set():
            with self._lock:
                if self._begun >= self.most_cases:
                    return False
                if self._open() < self.most_open:
                    self._begun += 1
                    return True
            self.stopping.wait(0.5)
        return False

    def _open(self) -> int:
        try:
            return Case.objects.filter(state="running").count()
        except DatabaseError:
            return self.most_open  # it is down: wait
        finally:
            connection.close()

    def _one(self, person: Person, round_: int) -> None:
        if round_ and self._is_running(person):
            return
        words = {"pack": county.PACK, "answers": person.answers, "papers": self.papers}
        answer = self._repeat("POST", "/cases", person.key, words)
        number = _number_in(answer)
        if not number:
            self.story.problems.append(f"submit: {answer.status_code} {answer.text[:200]}")
            return
        with self.story.lock:
            self.story.submitted[number] = person.number
        if hash_share(number) < 0.06:
            stubborn(lambda: self._withdraw(number), self.story)
            return
        told = self._repeat("POST", f"/cases/{number}/events", self.clerk_key, {"event": EVENT})
        if told.status_code not in (204, 409):
            self.story.problems.append(f"event: {told.status_code} {told.text[:200]}")

    def _is_running(self, person: Person) -> bool:
        number = next((n for n, who in reversed(self.story.submitted.items()) if who == person.number), "")
        try:
            return Case.objects.filter(number=number, state="running").exists()
        except DatabaseError:
            return True
        finally:
            connection.close()

    def _withdraw(self, number: str) -> None:
        case = Case.objects.get(number=number)
        if case.is_open:
            cases.withdraw_case(case=case, actor=SYSTEM, now=clock.now())
            self.story.withdrawn.add(number)

    def _repeat(self, method: str, path: str, key: str, words: dict[str, Any]) -> httpx.Response:
        """Call until there is an answer, as every good client does: nothing heard, 401 (a clock is wrong), 429, 5xx."""
        headers = {"Authorization": f"Bearer {key}"}
        since, is_told = time.monotonic(), False
        while time.monotonic() - since < LONGEST:
            answer = self._call(method, path, headers, words)
            if answer is not None and not _is_again(answer):
                return answer
            self.story.note("repeated call" if answer is None else f"repeated call after {answer.status_code}")
            if time.monotonic() - since > GIVES_UP and not is_told:
                is_told = True
                said = "nothing" if answer is None else f"{answer.status_code} {answer.text[:120]}"
                self.story.problems.append(f"{path}: {said} for {GIVES_UP:.0f} s")
            time.sleep(0.5)
        raise TimeoutError(path)

    def _call(self, method: str, path: str, headers: dict[str, str], words: dict[str, Any]) -> httpx.Response | None:
        try:
            return httpx.request(
                method, f"{self.web}/api/v1{path}", headers=headers, json=words, timeout=30, trust_env=False
            )
        except httpx.HTTPError:
            return None


def _is_again(answer: httpx.Response) -> bool:
    is_overtaken = answer.status_code == 410 and "draft_already_submitted" in answer.text  # by the call we gave up
    return is_overtaken or answer.status_code in (401, 429) or answer.status_code >= 500


def _number_in(answer: httpx.Response) -> str:
    """Read the number of the case; also where the first answer was lost and the second says that it runs already."""
    is_told = answer.status_code == 201 or "case_already_running" in answer.text
    found = re.search(r"TY\d{14}", answer.text) if is_told else None
    return found[0] if found else ""


def hash_share(number: str) -> float:
    """Give a case number's place in [0, 1): the same cases are taken back in every replay."""
    return int(number[-6:]) * 2654435761 % 2**32 / 2**32


class Supervisor:
    """Looks after what somebody is told of: sends dead letters again, rings up departments that fell silent."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def begin(self) -> None:
        """Go to work."""
        self._thread.start()

    def _work(self) -> None:
        while not self.stopping.wait(3):
            try:
                self._look()
            except (DatabaseError, Refusal) as silent:
                self.story.note(f"supervisor: {type(silent).__name__}")
            finally:
                connection.close()

    def _look(self) -> None:
        now = clock.now()
        for port in Department.objects.filter(orders__state=State.DEAD).distinct():
            count = exchange.replay_dead(port_id=port.pk, actor=SYSTEM, now=now)
            self.story.seen["dead letters replayed"] += count
        silent = Order.objects.filter(state=State.ACKNOWLEDGED, acknowledged_at__lt=now - RINGS_UP_AFTER)
        for order in silent.defer("sealed")[:50]:
            exchange.retry_order(order=order, actor=SYSTEM, now=now)
            self.story.note("silent department rung up")


def stubborn(deed: Callable[[], None], story: Story) -> None:
    """Do something in the database, again while it is down; who waits for ever waits for a database that is gone."""
    since = time.monotonic()
    while True:
        try:
            deed()
        except DatabaseError:
            if time.monotonic() - since > LONGEST:
                raise
            story.note("database was away")
            time.sleep(0.5)
        else:
            return
        finally:
            connection.close()
