"""The journal: append-only, without foreign keys. Seals are added by `sealing.py`."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One fact as it happened. Never changed, never deleted (a trigger refuses it)."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    subject = models.UUIDField(null=True)
    actor = models.TextField()
    region = models.TextField()
    at = models.DateTimeField()
    payload = models.JSONField()
    digest = models.BinaryField(max_length=32)
    transaction = models.TextField()  # xid8 in the database: which entries a seal may take

    class Meta:
        db_table = "journal_entry"
        indexes = [models.Index(fields=["subject", "id"], name="journal_by_subject")]  # read by timelines
