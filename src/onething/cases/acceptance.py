"""
What the one window sees of a case: which department gets what, which papers are there, what registers say otherwise.

Source: S3, 一窗受理.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from onething.cases.models import Case, Upload
from onething.registry import masks
from onething.registry import queries as registry
from onething.registry.words import source_of

Words = Mapping[str, str]
HAND_IN = "hand_in"


@dataclass(frozen=True, slots=True)
class Share:
    """What one department gets of a case: its matters, how many papers, and which of them lack."""

    department: Words
    matters: tuple[Words, ...]
    papers: int
    lacking: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that a register knows otherwise: what the person said, what the register says, since when."""

    label: Words
    said: Any
    known: Any
    source: str
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The one-window list of a case. `shared` papers came from departments, `given` from the person."""

    shares: tuple[Share, ...]
    papers: int
    shared: int
    given: int
    lacking: int


def acceptance_of(case: Case, given: Iterable[str]) -> Acceptance:
    """Lay out a case by department. `given`: the materials of which a file is here."""
    plan, here = case.plan, set(given)
    lines = {m["id"]: m for m in plan["materials"]}
    lacking = {name for name, m in lines.items() if m["action"] == HAND_IN and name not in here}
    handed = sum(m["action"] == HAND_IN for m in lines.values())
    return Acceptance(
        shares=tuple(_shares(plan, lines, lacking)), papers=len(lines), shared=len(lines) - handed,
        given=handed - len(lacking), lacking=len(lacking),
    )  # fmt: skip


def _shares(plan: Mapping[str, Any], lines: Mapping[str, Any], lacking: set[str]) -> Iterator[Share]:
    by_department: dict[str, list[Any]] = {}
    for matter in plan["matters"]:
        by_department.setdefault(matter["department"], []).append(matter)
    for matters in by_department.values():
        names = {matter["id"] for matter in matters}
        used = [name for name, m in lines.items() if names & set(m["used_by"])]
        yield Share(
            department=matters[0]["department_title"],
            matters=tuple(matter["title"] for matter in matters),
            papers=len(used),
            lacking=tuple(lines[name]["title"] for name in used if name in lacking),
        )


def differences(case: Case, answers: Mapping[str, Any]) -> list[Difference]:
    """Find the answers that a register knows otherwise; what agrees is left out. The form's order."""
    known = registry.known_facts(case.person_id)
    return [
        Difference(
            field["label"],
            _shown(field, answers[name]),
            _shown(field, known[name].value),
            gettext(source_of(known[name].source)),
            known[name].checked_at,
        )
        for field in case.plan["form"]["fields"]
        if (name := field["id"]) in answers and name in known and str(answers[name]) != str(known[name].value)
    ]


_MASKS: Mapping[str, masks.Mask] = {"full_name": masks.name, "id_number": masks.id_number, "phone": masks.phone}


def _shown(field: Mapping[str, Any], value: Any) -> Any:
    """Mask what would name the person or open an account: the full number is a look of its own."""
    if field["id"] in _MASKS:
        return _MASKS[field["id"]](str(value))
    return masks.number(str(value)) if field["sensitive"] else value


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of a case as the viewer shows it."""

    id: UUID
    title: Words
    kind: str
    number: int

    @property
    def is_picture(self) -> bool:
        """Tell whether it is shown as a picture; anything else is a PDF."""
        return self.kind.startswith("image/")


TURNS, ZOOMS = 4, 5


@dataclass(frozen=True, slots=True)
class View:
    """What the viewer shows: one sheet of many, turned by quarters and enlarged."""

    sheets: tuple[Sheet, ...]
    at: int
    turn: int
    zoom: int

    @property
    def sheet(self) -> Sheet | None:
        """Give the sheet that is shown; none where there is no paper."""
        return self.sheets[self.at - 1] if self.sheets else None

    @property
    def links(self) -> dict[str, str]:
        """Write where each button leads: the page itself, another sheet, turned or enlarged."""
        last = len(self.sheets)
        return {
            "before": _address(max(self.at - 1, 1)), "after": _address(min(self.at + 1, last)),
            "turn": _address(self.at, (self.turn + 1) % TURNS, self.zoom),
            "larger": _address(self.at, self.turn, min(self.zoom + 1, ZOOMS - 1)),
            "smaller": _address(self.at, self.turn, max(self.zoom - 1, 0)),
        }  # fmt: skip


def _address(at: int, turn: int = 0, zoom: int = 0) -> str:
    return f"?paper={at}&turn={turn}&zoom={zoom}#viewer"


def view_of(plan: Mapping[str, Any] | None, uploads: Iterable[Upload], asked: Mapping[str, str]) -> View:
    """Lay out the files of a case, numbered, and read from the address which one is shown and how."""
    titles = {m["id"]: m["title"] for m in plan["materials"]} if plan else {}
    sheets = tuple(
        Sheet(file.pk, titles.get(file.material, {"zh": file.material, "en": file.material}), file.kind, number)
        for number, file in enumerate(uploads, start=1)
    )
    at = min(max(_number(asked.get("paper"), 1), 1), max(len(sheets), 1))
    return View(sheets, at, _number(asked.get("turn")) % TURNS, min(_number(asked.get("zoom")), ZOOMS - 1))


def _number(text: str | None, usual: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else usual
