"""Words of the port board: {{ duration|lasting }}."""

from __future__ import annotations

from datetime import timedelta

from django import template

register = template.Library()


@register.filter
def lasting(duration: timedelta) -> str:
    """Write a duration as a technician reads it: 250 ms, 1.5 s."""
    seconds = duration.total_seconds()
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
