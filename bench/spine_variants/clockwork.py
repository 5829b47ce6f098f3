"""A stopwatch that counts only what is between its marks."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Sums seconds by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def runs(self, name: str) -> Iterator[None]:
        """Count what happens inside under `name`."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - begun

    @property
    def total(self) -> float:
        """Give all seconds counted."""
        return sum(self.seconds.values())
