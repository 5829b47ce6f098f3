"""What a reader chose about how pages look."""

from __future__ import annotations

from django.db import models


class Preference(models.Model):
    """One account's choice. No foreign key: accounts live a floor above."""

    account_id = models.UUIDField(primary_key=True)
    care = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=7, default="", db_default="")  # "" while none was chosen

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(care__lte=3), name="preference_care_is_a_size")]
