"""One question as a page shows it: words, kind, choices, why it is asked, what is known already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onething.engine.bundle.model import FieldDef, Words
from onething.kernel.errors import Refusal
from onething.plumbing import clock
from onething.plumbing.ui.templatetags.ui import said, spell_day, yuan
from onething.registry import masks
from onething.registry.queries import Known

YES_NO = {"yes": Words("是", "Yes"), "no": Words("否", "No")}


@dataclass(frozen=True, slots=True)
class Use:
    """A matter that reads the answer, why, and the law or paper it rests on."""

    matter: Mapping[str, str]
    department: Mapping[str, str]
    because: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be tapped."""

    value: str
    title: Words
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    One field of the merged form for one person.

    `value` is the plain JSON answer so far (the person's own above the register's), `typed` what stood in the boxes
    when the page was sent and could not be read, `slip` why not.
    """

    field: FieldDef
    required: bool
    uses: tuple[Use, ...] = ()
    known: Known | None = None
    value: Any = None
    is_own: bool = False
    typed: Mapping[str, list[str]] | None = None
    slip: Refusal | None = None
    regions: tuple[tuple[str, str], ...] = ()
    source_title: Words | str = ""
    is_masked: bool = False  # read by a helper: numbers and names show their ends only

    @property
    def id(self) -> str:
        """The name of its box on the page."""
        return f"q_{self.field.id}"

    @property
    def words(self) -> Words:
        """What is asked: the pack's question, else its label."""
        return self.field.question or self.field.label

    @property
    def template(self) -> str:
        """The box that fits the type of the answer."""
        return f"cases/boxes/{_BOXES.get(self.field.type, self.field.type)}.html"

    @property
    def is_group(self) -> bool:
        """Tell whether the answer has several boxes, which then need a legend."""
        return self.field.type in ("boolean", "choice", "choices", "date")

    @property
    def is_shown_as_known(self) -> bool:
        """Tell whether a register answers it: then it is shown, not asked."""
        return self.known is not None

    @property
    def source_line(self) -> tuple[Words | str, date | None]:
        """Who says so, and when it was last checked: known facts of one source stand together."""
        return self.source_title, clock.day_of(self.known.checked_at) if self.known else None

    @property
    def is_corrected(self) -> bool:
        """Tell whether the person's word differs from the register's."""
        return self.known is not None and self.is_own and self.value != self.known.value

    @property
    def described_by(self) -> str:
        """The ids of the hints and the slip that a reader of the screen should hear with the box."""
        hints = [] if self.is_shown_as_known else [("hint", self.field.hint), ("find", self.field.help_to_find)]
        return " ".join(f"{self.id}_{end}" for end, words in [*hints, ("err", self.slip)] if words)

    @property
    def choices(self) -> list[Choice]:
        """The answers that can be tapped, with the present one marked."""
        options = {o.value: o.title for o in self.field.options} if self.field.options else YES_NO
        chosen = self._chosen()
        return [Choice(value, title, value in chosen) for value, title in options.items()]

    def _chosen(self) -> set[str]:
        if self.typed is not None:
            return set(self.typed.get("", []))
        if isinstance(self.value, bool):
            return {"yes" if self.value else "no"}
        if isinstance(self.value, list):
            return set(self.value)
        return {str(self.value)} if self.value is not None and not self.is_shown_as_known else set()

    @property
    def says_none(self) -> bool:
        """Tell whether "none of these" was chosen."""
        return self.value == [] or "none" in (self.typed or {}).get("", [])

    @property
    def text(self) -> str:
        """What stands in a single box."""
        if self.typed is not None:
            return next(iter(self.typed.get("", [])), "")
        if self.value is None or self.is_shown_as_known:
            return ""
        return f"{self.value / 100:.2f}".removesuffix(".00") if self.field.type == "money" else str(self.value)

    @property
    def date_boxes(self) -> dict[str, str]:
        """What stands in the boxes for year, month and day."""
        if self.typed is not None:
            return {part: next(iter(self.typed.get(part, [])), "") for part in "ymd"}
        if not self.value or self.is_shown_as_known:
            return {"y": "", "m": "", "d": ""}
        year, month, day = str(self.value)[:10].split("-")
        return {"y": year, "m": str(int(month)), "d": str(int(day))}

    @property
    def shown(self) -> str:
        """The present answer in words."""
        words = in_words(self.field, self.value, dict(self.regions))
        mask = _MASKS.get("name" if self.field.id == "full_name" else self.field.type)
        return mask(words) if self.is_masked and mask and words else words


_MASKS: dict[str, Callable[[str], str]] = {
    "name": masks.name,
    "id_number": masks.id_number,
    "phone": masks.phone,
    "bank_card": masks.number,
}
_BOXES = {"choice": "choice", "boolean": "choice", "text": "text", "integer": "integer", "id_number": "text"}


def in_words(field: FieldDef, value: Any, regions: Mapping[str, str] | None = None) -> str:
    """Say an answer in the reader's language."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return said(YES_NO["yes" if value else "no"])
    if isinstance(value, list):
        return "、".join(_option(field, one) for one in value) or said(Words("没有", "None"))
    say = _SAY.get(field.type)
    return say(field, value, regions or {}) if say else str(value)


def _option(field: FieldDef, value: Any) -> str:
    return next((said(o.title) for o in field.options if o.value == value), str(value))


_SAY: dict[str, Callable[[FieldDef, Any, Mapping[str, str]], str]] = {
    "choice": lambda field, value, regions: _option(field, value),
    "date": lambda field, value, regions: spell_day(date.fromisoformat(str(value)[:10]), year=True),
    "money": lambda field, value, regions: yuan(value),
    "region": lambda field, value, regions: regions.get(str(value), str(value)),
}
