"""Template words of entitlements: {% source %}, {% per %}, {% answered %}, {% place %}, {{ value|figure:unit }}."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from onething.catalogue.sources import Sources, cited
from onething.engine.policies.model import FactDef
from onething.entitlements.answers import Answer
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.templatetags.ui import said, yuan

register = template.Library()
Places = Mapping[str, Mapping[str, str]]


@register.simple_tag
def source(ref: str, sources: Sources) -> str:
    """Say a clause as people cite it."""
    return cited(ref, sources, reading_language())


@register.simple_tag
def per(payment: str) -> str:
    """Say how often something is paid."""
    return {"month": _("a month"), "quarter": _("a quarter"), "year": _("a year")}.get(payment) or _("once")


@register.filter
def at(found: Mapping[str, Any], key: str) -> Any:
    """Look something up by a key that stands in a variable."""
    return found.get(key)


@register.simple_tag
def answered(answer: Answer, fact: FactDef, places: Places) -> str:
    """Say an answer back."""
    if answer.how == "later":
        return _("left open")
    if answer.how == "not":
        return _("has not happened yet") if fact.absent == "running" else _("no such thing")
    return _spoken(answer.value, fact, places)


@register.simple_tag
def place(code: str, places: Places) -> str:
    """Say a division by its name; by its code where the house does not know the name."""
    return said(places[code]) if code in places else code


def _spoken(value: Any, fact: FactDef, places: Places) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if fact.type == "money":
        return yuan(value)
    if fact.type == "region":
        return place(value, places)
    options = {option.value: option.title for option in fact.options}
    return said(options[value]) if value in options else str(value)


@register.filter
def figure(value: int, unit: str) -> str:
    """Write a figure with its unit; money as yuan."""
    if unit == "fen":
        return yuan(value)
    return f"{value} %" if unit == "percent" else str(value)
