"""
What the one window sees of a case: which department gets what, which papers are there, what registers say otherwise.

Source: S3, 一窗受理.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from onething.cases.differing import differing
from onething.cases.forms.questions import in_words
from onething.cases.models import Case, Choice, Upload
from onething.catalogue import planning
from onething.engine.bundle.model import FieldDef
from onething.identity import queries as accounts
from onething.registry import masks
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

    field: str
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
    """Say in words which answers a register knows otherwise; what agrees is left out. The form's order."""
    defined = planning.compiled(case.release).catalogue.fields
    return [
        Difference(
            one.field["id"],
            one.field["label"],
            _shown(one.field, defined.get(one.field["id"]), one.said),
            _shown(one.field, defined.get(one.field["id"]), one.known.value),
            gettext(source_of(one.known.source)),
            one.known.checked_at,
        )
        for one in differing(case, answers)
    ]


REASONS: Mapping[str, Promise | str] = {
    Choice.Why.PAPER_SEEN: gettext_lazy("The paper was seen"),
    Choice.Why.REGISTER_NEWER: gettext_lazy("The register is newer"),
    Choice.Why.SLIP_OF_PEN: gettext_lazy("A slip of the pen"),
    Choice.Why.UNCLEAR: gettext_lazy("It is not clear"),
}
"""Why one counts and not the other, as the clerk reads it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A difference with the newest choice about it, and who made it."""

    difference: Difference
    choice: Choice | None
    by: str
    is_next: bool


def chosen(case: Case, found: Sequence[Difference]) -> list[Chosen]:
    """Put the newest choice to each difference; the first without one is the next to be chosen. Two queries."""
    newest = {one.field: one for one in Choice.objects.filter(case=case).order_by("made_at")}
    names = accounts.names_of(one.made_by for one in newest.values())
    open_ = next((one.field for one in found if one.field not in newest), None)
    return [
        Chosen(one, newest.get(one.field), names.get(newest[one.field].made_by, "") if one.field in newest else "",
               one.field == open_)
        for one in found
    ]  # fmt: skip


_MASKS: Mapping[str, masks.Mask] = {"full_name": masks.name, "id_number": masks.id_number, "phone": masks.phone}


def _shown(field: Mapping[str, Any], defined: FieldDef | None, value: Any) -> Any:
    """Say a value in words; mask what would name the person or open an account: that is a look of its own."""
    if field["id"] in _MASKS:
        return _MASKS[field["id"]](str(value))
    if field["sensitive"]:
        return masks.number(str(value))
    return in_words(defined, value) if defined else value


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
