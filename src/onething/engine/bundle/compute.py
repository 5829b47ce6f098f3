"""
One situation in, one plan out.

The steps, each a value: what is known (`facts`), which matters apply (`selection`), what those ask for (`demands`), the
smallest set of hand-ins (`supply`), when everything can run (`schedule`), the fewest visits (`visits`), and which
questions are still open (`questions`). Here they are put together and worded; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from onething.engine.bundle.arranging import arrange
from onething.engine.bundle.compiled import Compiled
from onething.engine.bundle.completions import Completions
from onething.engine.bundle.durations import Durations
from onething.engine.bundle.facts import read_situation
from onething.engine.bundle.model import Basis
from onething.engine.bundle.plan import Plan
from onething.engine.bundle.wording import worded
from onething.kernel.workdays import Calendar


def compute_plan(
    compiled: Compiled, answers: Mapping[str, Any], on: date, calendar: Calendar, basis: Basis | str | None = None
) -> Plan:
    """
    Compute the one thing for one person: what applies, what to fill in and hand in, when it is done.

    `answers` are plain JSON values by field; `on` is the day of submission. `basis="law"` counts statutory terms only.
    A matter that may or may not apply is listed as undecided and is in none of the numbers. Refuses AnswersNotUsable,
    MaterialOutOfReach, TooEntangled, and what the calendar refuses.
    """
    situation = read_situation(compiled, answers, on)
    durations = Durations(compiled, on, calendar, Basis(basis) if basis else None)
    completions = Completions(compiled, situation)
    arrangement = arrange(compiled, completions, durations)
    return worded(compiled, completions, arrangement, durations)
