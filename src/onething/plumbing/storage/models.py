"""Files that no row names: just written, or let go."""

from __future__ import annotations

from django.db import models


class UnclaimedFile(models.Model):
    """One file in the store that nobody refers to. Whoever writes a row that names it takes this row away."""

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField()

    class Meta:
        db_table = "storage_unclaimed"
        indexes = [models.Index(fields=["since"], name="storage_unclaimed_oldest")]  # read by services.sweep_unclaimed

    def __str__(self) -> str:
        return f"{self.key[:12]}… since {self.since}"
