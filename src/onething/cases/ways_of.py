"""The ways of objecting that a case's own release knows: which hold for a matter, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from onething.cases.models import Case
from onething.catalogue import planning
from onething.kernel import workdays


def chosen(case: Case, matter: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Those that name the matter; else those that name its department; else those that name neither."""
    known = case.release.content.get("objections", {})
    department = next((m["department"] for m in case.plan["matters"] if m["id"] == matter), "")
    for key, wanted in (("matters", matter), ("departments", department)):
        named = {name: way for name, way in known.items() if wanted in way.get(key, ())}
        if named:
            yield from named.items()
            return
    yield from ((name, way) for name, way in known.items() if not way.get("matters") and not way.get("departments"))


def until(way: Mapping[str, Any], learned: date) -> date | None:
    """Find the last day of a way for who learned of a decision on a day; nothing where no term is written down."""
    if days := way.get("days"):
        last = workdays.add_calendar_days(learned, days)
    elif months := way.get("months"):
        last = workdays.add_months(learned, months)
    else:
        return None
    return workdays.next_working_day(planning.calendar(), last)
