"""The shape of a plan as the API gives it, as JSON Schema: read off the plan's own values, so that it cannot differ."""

from __future__ import annotations

from typing import Any, Final

from pydantic import TypeAdapter

from onething.engine.bundle.plan import Plan

WHERE: Final = "#/components/schemas/Plan{model}"
DEADLINE: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Deadline",
    "description": "A day counted in working days, with its proof: each day after the start, counted or not, and why.",
    "required": ["start", "working_days", "due", "provisional", "calendar", "stops", "proof"],
    "properties": {
        "start": {"type": "string", "format": "date"},
        "working_days": {"type": "integer"},
        "due": {"type": ["string", "null"], "format": "date"},
        "provisional": {"type": "boolean", "description": "a year is in it whose holidays are not yet announced"},
        "calendar": {"type": "object", "additionalProperties": {"type": "string"}},
        "stops": {"type": "array", "items": {"type": "object"}},
        "proof": {"type": "array", "items": {"type": "object"}},
    },
}
"""Written by `kernel.workdays`, which has a plain form of its own."""


def plan_schema() -> dict[str, Any]:
    """Describe a plan; its parts stand under `$defs`, by the names that an OpenAPI document refers to."""
    told = TypeAdapter(Plan).json_schema(ref_template=WHERE)
    parts = {f"Plan{name}": part for name, part in told.pop("$defs").items() if name not in ("Day", "Kind", "Stop")}
    return {**told, "$defs": parts | {"PlanDeadline": DEADLINE}}
