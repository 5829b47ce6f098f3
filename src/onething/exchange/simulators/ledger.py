"""What the simulated departments did: per order how often it came, how often it was executed, what was said."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Line:
    """One order as the department knows it."""

    department: str
    matter: str
    received: int = 0
    executed: int = 0
    rounds: list[int] = field(default_factory=list)
    said: dict[str, int] = field(default_factory=dict)
    urged: int = 0
    withdrawn: int = 0


class Ledger:
    """The book of all departments; every method is safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: dict[str, Line] = {}

    def receive(self, department: str, order: dict[str, Any]) -> bool:
        """Note that an order came; tell whether there is something to do: this round is new, and it is still wanted."""
        with self._lock:
            line = self._lines.setdefault(order["order"], Line(department, order["matter"]["id"]))
            line.received += 1
            is_new = order["round"] not in line.rounds
            if is_new:
                line.rounds.append(order["round"])
            return is_new and not line.withdrawn

    def execute(self, order_id: str) -> bool:
        """Do the work of an order; False if it was done before, or is no longer wanted."""
        with self._lock:
            line = self._lines[order_id]
            if line.executed or line.withdrawn:
                return False
            line.executed += 1
            return True

    def withdraw(self, department: str, order: dict[str, Any]) -> None:
        """Note that an order is no longer wanted, also before it came."""
        with self._lock:
            self._lines.setdefault(order["order"], Line(department, order["matter"]["id"])).withdrawn += 1

    def is_withdrawn(self, order_id: str) -> bool:
        """Tell whether an order is no longer wanted."""
        with self._lock:
            return bool(self._lines[order_id].withdrawn)

    def urge(self, department: str, order_id: str) -> None:
        """Note that the house asked to hurry."""
        with self._lock:
            self._lines.setdefault(order_id, Line(department, "")).urged += 1

    def say(self, order_id: str, kind: str) -> None:
        """Note that a reply reached the house."""
        with self._lock:
            said = self._lines[order_id].said
            said[kind] = said.get(kind, 0) + 1

    def to_json(self) -> dict[str, Any]:
        """Write the book down, with its sums."""
        with self._lock:
            orders = {order_id: asdict(line) for order_id, line in self._lines.items()}
        sums = {name: sum(line[name] for line in orders.values()) for name in ("received", "executed")}
        return {"orders": orders, "count": len(orders), **sums}
