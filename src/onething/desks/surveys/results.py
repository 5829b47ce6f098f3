"""
What may be shown of counted answers, so that nobody is recognised by their answer. Pure: no Django, no clock.

A group is shown only if at least FEWEST people answered in it. And what is left, when the groups that are shown are
taken from the whole, is either nobody or at least FEWEST people too: else the reader would subtract.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onething.desks.surveys.questions import Question

FEWEST = 5

Counts = Mapping[tuple[str, str], int]
"""(question, option) → people; ("", "") → everybody who answered."""


def shown_groups(sizes: Mapping[str, int]) -> list[str]:
    """Choose the groups that may be shown, in the order given: as many as can be, the largest before the smaller."""
    shown = {name for name, size in sizes.items() if size >= FEWEST}
    for name in sorted(shown, key=lambda name: (sizes[name], name)):
        if not 0 < sum(size for other, size in sizes.items() if other not in shown) < FEWEST:
            break
        shown.discard(name)
    return [name for name in sizes if name in shown]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many of a group chose an option, and of a hundred who answered how many that are."""

    people: int
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An option with its cells: of everybody, and of each group that is shown."""

    title: Mapping[str, str]
    whole: Cell
    groups: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A question with its options."""

    question: Question
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything that may be shown: nothing at all while fewer than FEWEST people answered."""

    answered: int
    groups: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    hidden: int = 0
    tables: tuple[Table, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Tell whether there is anything to be read."""
        return bool(self.tables)


def results_of(questions: Sequence[Question], counts: Mapping[str, Counts]) -> Results:
    """Put results together: `counts` is group → what was counted in it; a group is a division."""
    sizes = {name: found.get(("", ""), 0) for name, found in counts.items()}
    whole = sum(sizes.values())
    if whole < FEWEST:
        return Results(answered=0)
    groups = shown_groups(sizes)
    everybody = _sum(counts.values())
    tables = (
        Table(question=one, rows=tuple(_rows(one, everybody, [counts[name] for name in groups])))
        for one in questions
        if one.has_options
    )
    return Results(
        answered=whole, groups=tuple(groups), sizes=tuple(sizes[name] for name in groups),
        hidden=sum(1 for name, size in sizes.items() if size and name not in groups), tables=tuple(tables),
    )  # fmt: skip


def _rows(question: Question, everybody: Counts, groups: Sequence[Counts]) -> list[Row]:
    return [
        Row(
            title=option.title,
            whole=_cell(everybody, question.id, option.id),
            groups=tuple(_cell(group, question.id, option.id) for group in groups),
        )
        for option in question.options
    ]


def _cell(counts: Counts, question: str, option: str) -> Cell:
    people, everybody = counts.get((question, option), 0), counts.get(("", ""), 0)
    return Cell(people=people, percent=round(100 * people / everybody) if everybody else 0)


def _sum(many: Iterable[Counts]) -> Counts:
    total: dict[tuple[str, str], int] = {}
    for counts in many:
        for name, people in counts.items():
            total[name] = total.get(name, 0) + people
    return total
