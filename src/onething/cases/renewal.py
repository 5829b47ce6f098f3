"""What a newly published release changes for one person: the plan before beside the plan now. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Words = Mapping[str, str]
Plan = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shift:
    """A figure that reads otherwise now: of the whole, or of one matter."""

    title: Words
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Renewal:
    """Everything of a person's plan that is other than before; what came and what went, in the words of its release."""

    matters_added: tuple[Words, ...]
    matters_gone: tuple[Words, ...]
    papers_added: tuple[Words, ...]
    papers_gone: tuple[Words, ...]
    asked: tuple[Words, ...]
    no_longer_asked: tuple[Words, ...]
    lengths: tuple[Shift, ...]
    days: tuple[int, int] | None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changes for this person."""
        return not any(getattr(self, name) for name in self.__slots__)


def compare(before: Plan, after: Plan) -> Renewal:
    """Compare two plans of one person."""
    papers = (_handed_in(before), _handed_in(after))
    fields = (_asked(before), _asked(after))
    matters = (_titles(before["matters"]), _titles(after["matters"]))
    days = (_days(before), _days(after))
    return Renewal(
        matters_added=_only_in(matters[1], matters[0]),
        matters_gone=_only_in(matters[0], matters[1]),
        papers_added=_only_in(papers[1], papers[0]),
        papers_gone=_only_in(papers[0], papers[1]),
        asked=_only_in(fields[1], fields[0]),
        no_longer_asked=_only_in(fields[0], fields[1]),
        lengths=tuple(_lengths(before, after)),
        days=(days[0], days[1]) if days[0] is not None and days[1] is not None and days[0] != days[1] else None,
    )


def _only_in(these: Mapping[str, Words], others: Mapping[str, Words]) -> tuple[Words, ...]:
    return tuple(title for name, title in these.items() if name not in others)


def _titles(lines: list[Mapping[str, Any]]) -> dict[str, Words]:
    return {line["id"]: line["title"] for line in lines}


def _handed_in(plan: Plan) -> dict[str, Words]:
    return _titles([line for line in plan["materials"] if line["action"] == "hand_in"])


def _asked(plan: Plan) -> dict[str, Words]:
    """Everything a person is asked: the form, and the questions that still decide something."""
    form = {field["id"]: field["label"] for field in plan["form"]["fields"] if field["ask"] != "derived"}
    return form | {question["field"]: question["label"] for question in plan["open_questions"]}


def _lengths(before: Plan, after: Plan) -> Iterator[Shift]:
    old = {matter["id"]: matter["working_days"] for matter in before["matters"]}
    for matter in after["matters"]:
        days, now = old.get(matter["id"]), matter["working_days"]
        if days is not None and now is not None and days != now:
            yield Shift(matter["title"], days, now)


def _days(plan: Plan) -> int | None:
    """Give the working days of the whole, once no answer is open that they hang on."""
    return None if plan["promise"]["partial"] else plan["promise"]["working_days"]
