"""The journal: append-only, without foreign keys, and the seals over it. Decision: docs/decisions/0010."""

from __future__ import annotations

from django.db import models

from onething.plumbing.journal.statements import Signed, Statement


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
    transaction = models.TextField()  # xid8 in the database, set by it: which entries a seal may take

    class Meta:
        db_table = "journal_entry"
        indexes = [
            models.Index(fields=["subject", "id"], name="journal_by_subject"),  # read by timelines
            models.Index(fields=["transaction", "id"], name="journal_by_transaction"),  # read by sealing and verifying
        ]


class Seal(models.Model):
    """One seal: the entries of the transactions `since` to `until` (not included). Never changed, never deleted."""

    number = models.BigIntegerField(primary_key=True)  # 1, 2, 3 … without a gap
    sealed_at = models.DateTimeField()
    since = models.BigIntegerField()
    until = models.BigIntegerField()
    rows = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    key = models.IntegerField()
    signature = models.BinaryField(max_length=64)
    manifest = models.BinaryField()  # the leaves, 48 bytes each: with them `verify` names the very row

    class Meta:
        db_table = "journal_seal"

    @classmethod
    def of(cls, signed: Signed, manifest: bytes) -> Seal:
        """Make the row of a signed statement."""
        told = signed.statement
        return cls(
            number=told.number,
            sealed_at=told.sealed_at,
            since=told.since,
            until=told.until,
            rows=told.rows,
            root=told.root,
            previous=told.previous,
            key=told.key,
            signature=signed.signature,
            manifest=manifest,
        )

    @property
    def signed(self) -> Signed:
        """Read the statement and its signature back."""
        told = Statement(
            number=self.number,
            sealed_at=self.sealed_at,
            since=self.since,
            until=self.until,
            rows=self.rows,
            root=bytes(self.root),
            previous=bytes(self.previous),
            key=self.key,
        )
        return Signed(told, bytes(self.signature))
