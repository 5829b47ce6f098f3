"""Where a register says otherwise than the person: which answers, and what the window took instead of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onething.cases.models import TAKEN, Case
from onething.registry import queries as registry
from onething.registry import sealing
from onething.registry.queries import Known


@dataclass(frozen=True, slots=True)
class Differing:
    """One answer that a register knows otherwise; `field` is the line of the plan's form."""

    field: Mapping[str, Any]
    said: Any
    known: Known


def differing(case: Case, answers: Mapping[str, Any]) -> Iterator[Differing]:
    """Find the answers that a register knows otherwise; what agrees is left out. The form's order."""
    known = registry.known_facts(case.person_id)
    for field in case.plan["form"]["fields"]:
        name = field["id"]
        if name in answers and name in known and str(answers[name]) != str(known[name].value):
            yield Differing(field, answers[name], known[name])


def taken_of(case: Case) -> dict[str, Any]:
    """Read what the window took from registers instead of what the person says: field → value."""
    return dict(sealing.unseal(case.person_id, bytes(case.taken), field=TAKEN)) if case.taken else {}
