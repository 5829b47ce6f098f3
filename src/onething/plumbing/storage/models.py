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


class HeldFile(models.Model):
    """
    One file that was taken while the scanner was silent: nobody opens it before it was scanned.

    With a `finding` it was removed, and its row says why. The person and the field are those it is sealed under.
    """

    key = models.CharField(max_length=64, primary_key=True)
    person_id = models.UUIDField()
    field = models.CharField(max_length=40)
    since = models.DateTimeField()
    finding = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "storage_held"
        indexes = [
            models.Index(fields=["since"], condition=models.Q(finding=""), name="storage_held_oldest")
        ]  # read by registry.taking_in.scan_held

    def __str__(self) -> str:
        return f"{self.key[:12]}… held since {self.since}"
