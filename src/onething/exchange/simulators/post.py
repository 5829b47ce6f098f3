"""Replies on their way to the house: a diary of what is to be said when, and a few threads that say it."""

from __future__ import annotations

import heapq
import http.client
import itertools
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

RETRY_SECONDS = (0.1, 0.2, 0.4, 0.8, 1.6, 3.0, 5.0, 10.0, 20.0, 30.0)
TIMEOUT = 10.0

Task = Callable[[], None]


class Diary:
    """Runs each task once its time has come; at most `hands` at once. Ends with the process."""

    def __init__(self, hands: int = 4) -> None:
        self._waiting: list[tuple[float, int, Task]] = []
        self._number = itertools.count()
        self._changed = threading.Condition()
        for _ in range(hands):
            threading.Thread(target=self._work, daemon=True).start()

    def note(self, after: float, task: Task) -> None:
        """Put a task down for so many seconds from now."""
        with self._changed:
            heapq.heappush(self._waiting, (time.monotonic() + after, next(self._number), task))
            self._changed.notify()

    def _work(self) -> None:
        while True:
            self._next()()

    def _next(self) -> Task:
        with self._changed:
            while True:
                rest = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if rest is not None and rest <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(rest)


def post(address: str, headers: dict[str, str], body: bytes) -> int:
    """Post once; give the status, 0 if there was no answer."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        connection.request("POST", parts.path or "/", body, headers)
        answer = connection.getresponse()
        answer.read(64 * 1024)
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
