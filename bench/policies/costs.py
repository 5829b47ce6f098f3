"""What a piece of work took, by the clock and in processor seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Cost:
    """What one piece of work took."""

    wall: float
    processor: float

    @classmethod
    def of(cls, work: Callable[[], Any]) -> Self:
        """Do it and take the time; processor seconds are those of all threads of this process."""
        wall, processor = time.perf_counter(), time.process_time()
        work()
        return cls(time.perf_counter() - wall, time.process_time() - processor)

    @classmethod
    def best(cls, costs: Iterable[Self]) -> Self:
        """Give the least of each."""
        found = list(costs)
        return cls(min(one.wall for one in found), min(one.processor for one in found))
