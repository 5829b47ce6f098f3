"""The settings in force, looked up twice a minute: they stand on every page."""

from __future__ import annotations

import time
from collections.abc import Mapping

from django.db import DatabaseError, InterfaceError

from onething.registry import house_settings
from onething.registry.house_settings import Value
from onething.registry.models import HouseSetting
from onething.registry.retention import Rule

LOOKED_UP_EVERY = 30.0


class _Seen:
    values: Mapping[str, Value] = house_settings.defaults()
    until = 0.0


def settings() -> Mapping[str, Value]:
    """Give every setting in force, as it was within the last half minute; while the database is silent, as known."""
    if time.monotonic() >= _Seen.until:
        try:
            _look_up()
        except (DatabaseError, InterfaceError):
            _Seen.until = 0.0  # the page that says so stands in the same frame: it is drawn with what was known
    return _Seen.values


def _look_up() -> None:
    rows = dict(HouseSetting.objects.values_list("name", "value"))
    known = {name: value for name, value in rows.items() if name in house_settings.SETTINGS}
    _Seen.values = house_settings.defaults() | known
    _Seen.until = time.monotonic() + LOOKED_UP_EVERY


def days(name: str) -> int:
    """Give a setting that is a number of days."""
    return int(settings()[name])


def days_kept(rule: Rule) -> int:
    """Tell how many days something is kept: as the province chose, else as the rule says."""
    name = f"{house_settings.KEEP}{rule.name}"
    return days(name) if name in house_settings.SETTINGS else rule.days


def words(name: str, language: str) -> str:
    """Give a text in a language, in the other one where that is all there is."""
    mine, other = (f"{name}_{code}" for code in (("en", "zh") if language == "en" else ("zh", "en")))
    found = settings()
    return str(found[mine] or found[other])


def remember() -> None:
    """Take what is known as in force for the next half minute."""
    _Seen.until = time.monotonic() + LOOKED_UP_EVERY


def forget() -> None:
    """Know nothing any more, and look up anew the next time."""
    _Seen.values, _Seen.until = house_settings.defaults(), 0.0
