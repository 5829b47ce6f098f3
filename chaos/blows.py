"""The blows: each says whether it really fell."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence

import psycopg

from chaos.house import House
from chaos.plan import Blow, Kind
from chaos.wires import Wire

_HAND_OUT_AGAIN = """
UPDATE procrastinate_jobs SET status = 'todo' WHERE id IN (
    SELECT id FROM procrastinate_jobs WHERE status = 'doing' ORDER BY random() LIMIT 1)
"""
AFTER = 60.0
"""Seconds."""


class Fire:
    """Lets the planned blows fall, in their order."""

    def __init__(self, house: House, wires: Sequence[Wire]) -> None:
        self.house, self.wires = house, wires
        self.fallen: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()

    def burn(self, blows: Sequence[Blow], seconds: float) -> None:
        """Let them fall, each at its time; one that is late, on a busy machine, falls at once, up to AFTER the end."""
        began = time.monotonic()
        for blow in blows:
            rest = blow.at - (time.monotonic() - began)
            if rest > 0:
                time.sleep(rest)
            if time.monotonic() - began > seconds + AFTER:
                return
            fell = _DEEDS[blow.kind](self, blow)
            (self.fallen if fell else self.missed)[blow.kind] += 1
        time.sleep(max(0.0, seconds - (time.monotonic() - began)))

    def _kill_worker(self, blow: Blow) -> bool:
        return self.house.kill_worker(blow.size % 1)

    def _kill_web(self, blow: Blow) -> bool:
        return self.house.kill_web()

    def _restart_database(self, blow: Blow) -> bool:
        self.house.restart_database()
        return True

    def _fill_disk(self, blow: Blow) -> bool:
        disk = self.house.disk
        if not disk.is_small:
            return False
        disk.fill()
        time.sleep(blow.size)
        disk.empty()
        return True

    def _cut(self, blow: Blow) -> bool:
        for wire in self.wires:
            wire.is_cut = True
        threading.Timer(blow.size * 2, self._mend).start()
        return True

    def _mend(self) -> None:
        for wire in self.wires:
            wire.is_cut = False

    def _turn_clock(self, blow: Blow) -> bool:
        turned = self.house.turn_clock(blow.size)
        threading.Timer(8.0, self.house.turn_clock, args=(0.0,)).start()
        return turned

    def _job_twice(self, blow: Blow) -> bool:
        try:
            with self.house.session() as session:
                return session.execute(_HAND_OUT_AGAIN).rowcount == 1
        except psycopg.Error:
            return False


_DEEDS: dict[Kind, Callable[[Fire, Blow], bool]] = {
    Kind.KILL_WORKER: Fire._kill_worker,
    Kind.KILL_WEB: Fire._kill_web,
    Kind.RESTART_DATABASE: Fire._restart_database,
    Kind.FILL_DISK: Fire._fill_disk,
    Kind.CUT: Fire._cut,
    Kind.TURN_CLOCK: Fire._turn_clock,
    Kind.JOB_TWICE: Fire._job_twice,
}
