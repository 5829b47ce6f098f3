"""Template words of the registry: {{ code|called:"GRADES" }}, {{ source|speaker }}, {{ name|label }}."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from onething.registry import words
from onething.registry.rosters import columns

register = template.Library()


@register.filter
def called(code: object, table: str) -> str:
    """Say a code in the reader's language."""
    return gettext(getattr(words, table).get(code, str(code)))


@register.filter
def speaker(source: str) -> str:
    """Say who speaks in a source."""
    return gettext(words.source_of(source))


@register.filter
def label(target: str) -> str:
    """Say what a field is called: "service.rank"."""
    return gettext(columns.label_of(target))


@register.filter
def translated(text: str) -> str:
    """Say a label of the sections in the reader's language."""
    return gettext(text)
