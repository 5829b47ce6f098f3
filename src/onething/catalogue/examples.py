"""Runs a pack's examples: each situation is computed and held against what it says must come out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from onething.engine.bundle import Compiled, Plan, compute_plan
from onething.kernel.errors import Refusal
from onething.kernel.workdays import Calendar
from onething.plumbing.calendars import reaching
from onething.plumbing.packs import Pack, Problem, schema


@dataclass(frozen=True, slots=True)
class Run:
    """One example, computed. `plan` is None when it could not be; `problems` are its differences."""

    example: str
    title: schema.W | str
    plan: Plan | None
    problems: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as the example says."""
        return not self.problems


def run_examples(pack: Pack, compiled: Compiled, calendar: Calendar) -> Iterator[Run]:
    """Compute every example of the pack, in order of name. One without a day is computed on the pack's first day."""
    for name, example in sorted(pack.of(schema.Example).items()):
        yield run_example(pack, name, example, compiled, calendar)


def run_example(pack: Pack, name: str, example: schema.Example, compiled: Compiled, calendar: Calendar) -> Run:
    """Compute one example and find every difference from what it expects."""
    on = date.fromisoformat(example.on or pack.header.effective.from_)
    try:
        plan = reaching(calendar, lambda reaching: compute_plan(compiled, example.answers, on, reaching))
    except Refusal as refusal:
        facts = {"example": name, "reason": str(refusal), "hint": refusal.remedy}
        return Run(
            name, example.title, None, (Problem("example_fails", pack.place("examples", name, "answers"), facts),)
        )
    problems = [_problem(pack, name, *difference) for difference in differences(plan, example.expect)]
    return Run(name, example.title, plan, tuple(problems))


def differences(plan: Plan, expected: schema.Expected) -> Iterator[tuple[str, object, object]]:
    """Find what is expected and is otherwise: (key, expected, got). Lists of ids are compared as sets."""
    for key, ids_of in _AS_SETS.items():
        named, got = getattr(expected, key), ids_of(plan)
        if named is not None and sorted(named) != sorted(got):
            yield key, _against(named, got), _against(got, named)
    for key, value_of in _EXACTLY.items():
        wanted, value = getattr(expected, key), value_of(plan)
        if wanted is not None and wanted != value:
            yield key, wanted, value
    yield from _totals("before", expected.before, plan.before)
    yield from _totals("after", expected.after, plan.after)


def comes_to(plan: Plan, key: str) -> object:
    """Give what a plan comes to, for one key of `expect` as `differences` names it."""
    if key in _AS_SETS:
        return _AS_SETS[key](plan)
    if key in _EXACTLY:
        return _EXACTLY[key](plan)
    side, _, measure = key.partition(".")
    return getattr(getattr(plan, side), measure)


def _totals(name: str, wanted: schema.Totals | None, got: object) -> Iterator[tuple[str, object, object]]:
    for key, value in (wanted.model_dump() if wanted else {}).items():
        if value is not None and value != getattr(got, key):
            yield f"{name}.{key}", value, getattr(got, key)


def _against(these: list[str], those: list[str]) -> str:
    """Write a list of ids, what the other list lacks first and marked."""
    other = set(those)
    marked = [f"+{name}" for name in these if name not in other]
    return f"{len(these)} ({', '.join(marked) or '…'})"


def _problem(pack: Pack, name: str, key: str, expected: object, got: object) -> Problem:
    place = pack.place("examples", name, "expect", *key.split("."))
    return Problem("example_differs", place, {"example": name, "key": key, "expected": expected, "got": got})


_AS_SETS: dict[str, Callable[[Plan], list[str]]] = {
    "matters": lambda plan: [line.id for line in plan.matters],
    "not_needed": lambda plan: [line.id for line in plan.not_needed],
    "open_questions": lambda plan: [question.field for question in plan.open_questions],
    "hand_in": lambda plan: list(plan.hand_in),
    "terms": lambda plan: [term.id for term in plan.terms if term.only_if is None],
    "terms_in_doubt": lambda plan: [term.id for term in plan.terms if term.only_if is not None],
}
_EXACTLY: dict[str, Callable[[Plan], object]] = {
    "critical_path": lambda plan: list(plan.critical_path),
    "due": lambda plan: plan.promise.due.isoformat() if plan.promise.due else None,
}
