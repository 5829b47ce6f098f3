"""What was added up, what is still to be, and what the counters have of rows that several tables move."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Tally(models.Model):
    """So many rows of a board lie at one place, in one cell, due on one day: all changes that were added up."""

    id = models.BigAutoField(primary_key=True)
    board = models.TextField()
    place = models.TextField()
    cell = models.TextField()
    day = models.DateField()
    rows = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "place", "day", "cell"], name="tallies_once")]

    def __str__(self) -> str:
        return f"{self.board} {self.place} {self.cell} {self.day}: {self.rows}"


class TallyChange(models.Model):
    """One row that came to, or left, some places: written with what moved it, gone when it is added up."""

    id = models.BigAutoField(primary_key=True)
    board = models.TextField()
    places = ArrayField(models.TextField())
    cell = models.TextField()
    day = models.DateField()
    rows = models.SmallIntegerField()

    class Meta:
        db_table = "tallies_change"

    def __str__(self) -> str:
        return f"{self.board} {self.cell} {self.day}: {self.rows:+}"


class TallyMark(models.Model):
    """
    Where the counters have a row whose pile follows from several tables: what is to be taken back when it moves.

    It is also the row's turn: whoever reckons it anew holds its mark first, so that of two the later one sees both.
    """

    id = models.BigAutoField(primary_key=True)
    board = models.TextField()
    subject = models.UUIDField()
    places = ArrayField(models.TextField())
    cell = models.TextField()
    day = models.DateField()

    class Meta:
        db_table = "tallies_mark"
        constraints = [models.UniqueConstraint(fields=["subject", "board"], name="tallies_mark_once")]

    def __str__(self) -> str:
        return f"{self.board} {self.subject}"
