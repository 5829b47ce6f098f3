"""Sweeps: looks are sealed; the months to come have their place."""

from __future__ import annotations

from django.db import connection

from onething.plumbing import clock
from onething.plumbing.journal import every
from onething.plumbing.looks import sealing


@every("* * * * * */10")
def seal_looks() -> None:
    """Seal the looks of finished transactions."""
    sealing.seal_looks(now=clock.now())


@every("17 3 * * *")
def make_room_for_looks() -> None:
    """Make the partitions of the next twelve months."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT looks_make_room(%s::date, 12)", [clock.day_of(clock.now())])
