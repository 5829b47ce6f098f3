"""What the simulated departments may not forget: each round of an order, what they will say to it, how far they are."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from onething.exchange.simulators.behaviour import Saying
from onething.kernel.envelopes import Envelope, read_envelope

IN_PROCESS = ":memory:"
_TABLES = """
PRAGMA synchronous = FULL;  -- a receipt is given when the order is on the disk
CREATE TABLE IF NOT EXISTS known
    (round TEXT PRIMARY KEY, department TEXT, said TEXT, plan TEXT, heard INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS decided (round TEXT PRIMARY KEY, message BLOB);
CREATE TABLE IF NOT EXISTS withdrawn (told TEXT PRIMARY KEY, department TEXT);
CREATE TABLE IF NOT EXISTS laid (number INTEGER PRIMARY KEY, department TEXT, message BLOB);
"""
_LAY = """
INSERT INTO laid (message, department) SELECT ?1, ?2
WHERE NOT EXISTS (SELECT 1 FROM laid WHERE department = ?2 AND message = ?1)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """One round of an order: whose, what it says, what is said to it, and how many of these things were heard."""

    department: str
    order: Mapping[str, Any]
    plan: list[Saying]
    heard: int


class Memory:
    """A file that outlives the process; without a path, nothing does. Every method is safe from any thread."""

    def __init__(self, path: str = IN_PROCESS) -> None:
        self._lock = threading.Lock()
        if path != IN_PROCESS:
            Path(path).touch(mode=0o600)  # orders speak of persons
        self._file = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._file.executescript(_TABLES)

    def learn(self, department: str, order: Mapping[str, Any], plan: list[Saying]) -> None:
        """Keep a round that came, and what will be said to it."""
        said, sayings = json.dumps(order), json.dumps([asdict(one) for one in plan])
        self._run("INSERT INTO known VALUES (?, ?, ?, ?, 0)", round_of(order), department, said, sayings)

    def hear(self, round_: str) -> None:
        """Keep that the house heard one thing more about a round."""
        self._run("UPDATE known SET heard = heard + 1 WHERE round = ?", round_)

    def decide(self, round_: str, message: Envelope) -> None:
        """Keep the answer of a round before it is said: once it is given, it stays the same."""
        self._run("INSERT INTO decided VALUES (?, ?)", round_, message.to_bytes())

    def decision(self, round_: str) -> Envelope | None:
        """Give the answer of a round, if it has one."""
        found = self._run("SELECT message FROM decided WHERE round = ?", round_)
        return read_envelope(found[0][0]) if found else None

    def withdraw(self, department: str, order: Mapping[str, Any]) -> None:
        """Keep that an order was taken back."""
        self._run("INSERT OR IGNORE INTO withdrawn VALUES (?, ?)", json.dumps(order, sort_keys=True), department)

    def withdrawn(self) -> list[tuple[str, dict[str, Any]]]:
        """List the orders that were taken back: whose, and what was said of each."""
        found = self._run("SELECT department, told FROM withdrawn ORDER BY rowid")
        return [(department, json.loads(told)) for department, told in found]

    def lay(self, department: str, message: Envelope) -> None:
        """Keep a reply that the house will fetch; one that lies there already is not laid twice."""
        text = message.to_bytes()
        self._run(_LAY, text, department)

    def laid(self, department: str) -> list[Envelope]:
        """List the replies that lie ready, the oldest first."""
        found = self._run("SELECT message FROM laid WHERE department = ? ORDER BY number", department)
        return [read_envelope(text) for (text,) in found]

    def rounds(self) -> list[Known]:
        """List every round that was ever taken, in the order in which they came."""
        found = self._run("SELECT department, said, plan, heard FROM known ORDER BY rowid")
        return [
            Known(department, json.loads(said), [Saying(**one) for one in json.loads(plan)], heard)
            for department, said, plan, heard in found
        ]

    def _run(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._file.execute(statement, values).fetchall()


def round_of(order: Mapping[str, Any]) -> str:
    """Name one round of an order: the id of the message that it came with."""
    return f"{order['order']}-{order['round']}"
