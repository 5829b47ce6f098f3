"""Template words of the house: {% status %}, {% icon %}, {% day %}, {{ words|said }}, {% slot %}."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onething.kernel.errors import Refusal
from onething.plumbing import clock
from onething.plumbing.ui import panels
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.middleware import in_words

register = template.Library()

STATUS = {
    "done": _("Done"),
    "work": _("In progress"),
    "you": _("Waiting for you"),
    "ext": _("Waiting for others"),
    "later": _("Not yet"),
    "none": _("Not needed"),
    "stop": _("Not approved"),
    "cut": _("Cannot go on"),
}
_WEEKDAYS = "一二三四五六日"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one of our icons; never the only carrier of a meaning."""
    return format_html('<i class="ic ic-{}" aria-hidden="true"></i>', name)


@register.simple_tag
def status(key: str, words: object = "", count: object = "") -> SafeString:
    """Draw a status pill: icon, word and colour. `words` replaces the usual word, `count` stands behind it."""
    word = words or STATUS.get(key, key)
    return format_html('<span class="st st-{}">{}{}</span>', key, word, f" {count}" if count != "" else "")


@register.simple_tag
def badge(key: str, words: object) -> SafeString:
    """Draw a badge of the workbench."""
    return format_html('<span class="bd bd-{}">{}</span>', key, words)


@register.filter
def said(words: object) -> str:
    """Say a text of a pack ({"zh": …, "en": …}) in the reader's language; plain text as it stands."""
    if isinstance(words, Mapping):
        language = reading_language()
        return str(words.get(language) or words.get("zh") or words.get("en") or "")
    if hasattr(words, "in_"):
        return str(words.in_(reading_language()))
    return "" if words is None else str(words)


def spell_day(day: date, *, year: bool = False) -> str:
    """Spell a day as people say it: 9月30日（周三）; Wednesday 30 September."""
    if reading_language() == "en":
        return f"{day:%A} {day.day} {day:%B}" + (f" {day.year}" if year else "")
    return (f"{day.year}年" if year else "") + f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


@register.simple_tag(takes_context=True)
def day(context: template.Context, value: object, css: str = "nb") -> SafeString:
    """Write a day (date, moment or ISO text) with weekday; the year only if it is not the present one."""
    read = read_day(value)
    if read is None:
        return mark_safe("")
    shell = context.get("shell")
    this_year = clock.day_of(shell.now).year if shell else read.year
    words = spell_day(read, year=read.year != this_year)
    return format_html('<time class="{}" datetime="{}">{}</time>', css, read.isoformat(), words)


@register.simple_tag(takes_context=True)
def moment(context: template.Context, value: datetime | None) -> SafeString:
    """Write a moment with its time of day, as a clock in Beijing shows it; the year only if it is not the present."""
    if value is None:
        return mark_safe("")
    local, shell = value.astimezone(clock.BEIJING), context.get("shell")
    is_other_year = shell is not None and local.year != clock.day_of(shell.now).year
    if reading_language() == "en":
        words = f"{local.day} {local:%B}{f' {local.year}' if is_other_year else ''}, {local:%H:%M}"
    else:
        words = f"{f'{local.year}年' if is_other_year else ''}{local.month}月{local.day}日 {local:%H:%M}"
    return format_html('<time class="nb" datetime="{}">{}</time>', local.isoformat(), words)


def read_day(value: object) -> date | None:
    """Read a date, a moment or ISO text as the day it falls on."""
    if isinstance(value, datetime):
        return clock.day_of(value)
    if isinstance(value, date):
        return value
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else None


@register.filter
def explained(refusal: Refusal) -> dict[str, str]:
    """Say a refusal in the reader's language: sentence and remedy."""
    return in_words(refusal)


@register.filter
def yuan(fen: int | None) -> str:
    """Write an amount of fen as yuan, e.g. 4,500.00."""
    return "" if fen is None else gettext("¥%(amount)s") % {"amount": f"{fen // 100:,}.{fen % 100:02d}"}


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, **subject: Any) -> SafeString:
    """Show what other modules have to say at this place."""
    request = context["request"]
    made = panels.panels_for(name, request, subject)
    return mark_safe("".join(render_to_string(p.template, {**p.context}, request) for p in made))  # noqa: S308
