"""Choosing for the whole installation. That two people agree is seen to by whoever offers it to people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onething.kernel.access import Actor
from onething.plumbing.journal import publish, writes
from onething.registry import chosen, house_settings, policy
from onething.registry.events import HouseSettingsChanged
from onething.registry.models import HouseSetting


@writes
def change_settings(*, given: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """
    Put settings into force at once, here; in the other processes within half a minute.

    Refuses Denied, SettingUnknown, SettingTooLong, SettingOutOfBounds; then nothing is changed.
    """
    actor.must(policy.CHOOSE_SETTINGS)
    for name, value in house_settings.read(given).items():
        HouseSetting.objects.update_or_create(name=name, defaults={"value": value, "changed_at": now})
    publish(HouseSettingsChanged(names=tuple(sorted(given))), actor=actor, at=now)
    chosen.forget()
