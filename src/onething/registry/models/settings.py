"""What a province chose for the whole installation."""

from __future__ import annotations

from django.db import models


class HouseSetting(models.Model):
    """One chosen setting; what nobody chose has no row, and its default counts (house_settings.py)."""

    name = models.TextField(primary_key=True)
    value = models.JSONField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
