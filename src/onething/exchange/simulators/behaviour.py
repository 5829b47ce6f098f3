"""How a simulated department behaves, as a value; and what it says about one order, as a plan. Pure.

    {"department": "police"}                                    good again
    {"department": "police", "slow": 5}                         takes 5 s to give the receipt
    {"department": "police", "down_for": 60}                    503 for a minute
    {"department": "police", "status": 400}                     refuses every order with this status
    {"department": "police", "answer_twice": true}              every reply twice: same id, then a new id
    {"department": "police", "out_of_order": true}              approved first, accepted afterwards
    {"department": "police", "bad_signature": true}             signs with a key that nobody knows
    {"department": "police", "return": {"fields": ["address"], "materials": ["photo"], "words": "…"}}
    {"department": "police", "refuse": {"reason": "…", "remedy": "…"}}
    {"department": "police", "silent": true}                    accepts, and then says nothing
    {"department": "police", "external": {"wait": 3, "words": "…"}}   waits for an event outside, says so, then approves

`"matter": "…"` restricts it to one matter; `"*"` as department means all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

KNOWN = {
    *("department", "matter", "slow", "down_for", "status", "answer_twice", "out_of_order", "bad_signature"),
    *("return", "refuse", "silent", "external"),
}
SLOWEST, QUICKEST = 1.0, 0.1  # parts of the pace


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One control call, read."""

    department: str
    matter: str = ""
    slow: float = 0.0
    down_for: float = 0.0
    status: int = 0
    answer_twice: bool = False
    out_of_order: bool = False
    bad_signature: bool = False
    correction: Mapping[str, Any] = field(default_factory=dict)
    refusal: Mapping[str, str] = field(default_factory=dict)
    silent: bool = False
    external: Mapping[str, Any] = field(default_factory=dict)


def read_behaviour(control: Mapping[str, Any]) -> Behaviour:
    """Read a control call. Raises ValueError naming what it does not know."""
    unknown = set(control) - KNOWN
    if unknown or not isinstance(control.get("department"), str):
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}" if unknown else "department is missing")
    return Behaviour(
        department=control["department"],
        matter=control.get("matter", ""),
        slow=float(control.get("slow", 0)),
        down_for=float(control.get("down_for", 0)),
        status=int(control.get("status", 0)),
        answer_twice=bool(control.get("answer_twice")),
        out_of_order=bool(control.get("out_of_order")),
        bad_signature=bool(control.get("bad_signature")),
        correction=control.get("return") or {},
        refusal=control.get("refuse") or {},
        silent=bool(control.get("silent")),
        external=control.get("external") or {},
    )


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing a department will say: so many seconds after the order came, and whether saying it is the work."""

    after: float
    kind: str
    words: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_work(self) -> bool:
        """Tell whether the matter is decided with this: that happens once per order."""
        return self.kind in ("approved", "refused")

    @property
    def is_final(self) -> bool:
        """Tell whether the house can go on with this."""
        return self.is_work or self.kind == "returned"


def working_seconds(matter: str, pace: float) -> float:
    """Compute how long a matter takes: between a tenth of the pace and all of it, always the same for one matter."""
    share = hashlib.sha256(matter.encode()).digest()[0] / 255
    return pace * (QUICKEST + (SLOWEST - QUICKEST) * share)


def plan(behaviour: Behaviour, order: Mapping[str, Any], *, pace: float, today: date) -> list[Saying]:
    """Lay out what a department says to an order, in the order of saying it."""
    seconds = working_seconds(order["matter"]["id"], pace)
    accepted = Saying(seconds / 4, "accepted")
    if behaviour.silent:
        return [accepted]
    if behaviour.external:
        wait = float(behaviour.external.get("wait", pace))
        note = Saying(seconds / 2, "progress", {"message": behaviour.external.get("words", "等待外部事件")})
        return [accepted, note, Saying(seconds + wait, *_decision(behaviour, order, today))]
    decided = Saying(seconds, *_decision(behaviour, order, today))
    if behaviour.out_of_order:
        return [Saying(seconds / 4, decided.kind, decided.words), Saying(seconds, "accepted")]
    return [accepted, decided]


def _decision(behaviour: Behaviour, order: Mapping[str, Any], today: date) -> tuple[str, Mapping[str, Any]]:
    if behaviour.correction and order["round"] == 1:
        fixes = {name: list(behaviour.correction.get(name, ())) for name in ("fields", "materials")}
        return "returned", {"message": behaviour.correction.get("words", "请补正"), "correction": fixes}
    if behaviour.refusal:
        return "refused", dict(behaviour.refusal)
    return "approved", {"result": result_of(order, today)}


def result_of(order: Mapping[str, Any], today: date) -> dict[str, str]:
    """Invent the result document of a matter: the same number whenever the order is decided again."""
    mark = int.from_bytes(hashlib.sha256(order["order"].encode()).digest()[:4]) % 1_000_000
    return {"title": order["matter"]["title"], "number": f"SIM-{today.year}-{mark:06d}", "issued": today.isoformat()}
