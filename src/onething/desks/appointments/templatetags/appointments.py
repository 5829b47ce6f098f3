"""Template words of halls: {{ slot.starts_at|clock_time }}."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onething.plumbing import clock

register = template.Library()


@register.filter
def clock_time(moment: datetime) -> SafeString:
    """Write the time of day, as a clock in Beijing shows it."""
    local = moment.astimezone(clock.BEIJING)
    return format_html('<time class="nb num" datetime="{}">{}</time>', local.isoformat(), f"{local:%H:%M}")


@register.filter
def percent(share: float) -> str:
    """Write a share as whole percent, never rounded up to all: 0.996 is 99 %."""
    return f"{int(share * 100)}%"
