"""Template words of the case pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from onething.cases.forms.sheet import cite as _cite
from onething.catalogue.models import Release
from onething.plumbing.ui.context import reading_language

register = template.Library()


@register.simple_tag
def cite(release: Release, source: str | None) -> str:
    """Say a source as people cite it."""
    return _cite(release, source, reading_language())


@register.filter
def of(key: str, things: Mapping[str, Any]) -> Any:
    """Look a key up: {{ matter|of:titles }}."""
    return things.get(key, key)
