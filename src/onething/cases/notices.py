"""What the personal notice (一次告知) shows, out of a plan's JSON. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Words = Mapping[str, str]
Plan = Mapping[str, Any]

REMOVALS = ("repeated", "shared", "produced", "derived")


@dataclass(frozen=True, slots=True)
class Saved:
    """Papers that need not be handed in for one reason."""

    reason: str
    papers: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to hand in, the matters that use it, and by when it may follow."""

    id: str
    title: Words
    hint: Words | None
    because: Words
    matters: tuple[Words, ...]
    may_follow: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One matter in the order of work."""

    title: Words
    department: Words
    days: int
    after: tuple[Words, ...]
    events: tuple[Words, ...]
    result: Words
    because: Words
    is_critical: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything on the notice, in the order in which it is read."""

    plan: Plan
    skipped: tuple[Mapping[str, Any], ...]
    papers: tuple[Paper, ...]
    saved: tuple[Saved, ...]
    rows: tuple[Row, ...]
    terms: tuple[Mapping[str, Any], ...]
    asked: int
    filled: int

    @property
    def saved_count(self) -> int:
        """How many papers of the way before are gone."""
        return sum(len(group.papers) for group in self.saved)


def notice_of(plan: Plan, known: Iterable[str]) -> Notice:
    """Arrange a plan for reading. `known` are the fields that a register has filled in."""
    fields = [f["id"] for f in plan["form"]["fields"] if f["ask"] != "derived"]
    filled = len(set(fields) & set(known))
    return Notice(
        plan=plan,
        skipped=tuple(day for day in _proof(plan) if day["kind"] in ("make_up_day", "holiday")),
        papers=papers_of(plan),
        saved=tuple(saved_of(plan)),
        rows=tuple(_rows(plan)),
        terms=tuple(term for term in plan["terms"] if term["due"]),
        asked=len(fields),
        filled=filled,
    )


def papers_of(plan: Plan) -> tuple[Paper, ...]:
    """List the papers to hand in."""
    titles = {matter["id"]: matter["title"] for matter in plan["matters"]}
    return tuple(
        Paper(
            id=m["id"],
            title=m["title"],
            hint=m["hint"],
            because=m["because"],
            matters=tuple(titles[name] for name in m["used_by"]),
            may_follow=m["may_follow"],
        )
        for m in plan["materials"]
        if m["action"] == "hand_in"
    )


def material_title(plan: Plan, material: str) -> Words:
    """Name a paper of the plan; its id where a plan does not know it."""
    return next((m["title"] for m in plan["materials"] if m["id"] == material), {"zh": material, "en": material})


def matter_title(plan: Plan, matter: str) -> Words:
    """Name a matter of the plan; its id where a plan does not know it."""
    return next((m["title"] for m in plan["matters"] if m["id"] == matter), {"zh": matter, "en": matter})


def event_title(plan: Plan, event: str) -> Words:
    """Name an outside event of the plan."""
    return next((e["title"] for e in plan["external"] if e["id"] == event), {"zh": event, "en": event})


def visit_title(plan: Plan, station: str) -> Words:
    """Name a station of the plan's visits."""
    return next((v["title"] for v in plan["visits"] if v["station"] == station), {"zh": station, "en": station})


def first_day(plan: Plan) -> date | None:
    """Find the first day that counts towards the promise."""
    counted = next((day["on"] for day in _proof(plan) if day["number"] == 1), None)
    return date.fromisoformat(counted) if counted else None


def _proof(plan: Plan) -> list[Mapping[str, Any]]:
    days: list[Mapping[str, Any]] = plan["promise"]["proof"]["proof"]
    return days


def saved_of(plan: Plan) -> Iterator[Saved]:
    """Group the papers that need not be handed in by the reason why."""
    titles = {m["id"]: m["title"] for m in plan["matters"]}
    for reason in REMOVALS:
        papers = tuple(
            {**gone, "paper": material_title(plan, gone["material"]), "for": titles.get(gone["matter"])}
            for gone in plan["removed"]
            if gone["reason"] == reason
        )
        if papers:
            yield Saved(reason, papers)


def _rows(plan: Plan) -> Iterator[Row]:
    by_id = {matter["id"]: matter for matter in plan["matters"]}
    for name in (name for layer in plan["layers"] for name in layer):
        matter = by_id[name]
        yield Row(
            title=matter["title"],
            department=matter["department_title"],
            days=matter["working_days"],
            after=tuple(by_id[need]["title"] for need in matter["needs"] if need in by_id),
            events=tuple(event_title(plan, event) for event in matter["waits_for"]),
            result=matter["result"],
            because=matter["because"],
            is_critical=name in plan["critical_path"],
        )
