"""Who listens to which fact. A listener becomes one queue task; its job is written with the fact."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from onething.plumbing import logs
from onething.plumbing.journal.facts import Fact

F = TypeVar("F", bound=Fact)

logger = logging.getLogger(__name__)

RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


@dataclass(frozen=True, slots=True)
class Listener:
    """One reaction: which queue task it is, and which jobs must not run beside each other."""

    react: Callable[[Any], None]
    task: str
    queue: str
    lock: str | None
    when: Callable[[Any], bool] | None
    at_once: bool

    def hears(self, fact: Fact) -> bool:
        """Tell whether this fact is one it reacts to."""
        return self.when is None or self.when(fact)

    def lock_for(self, values: dict[str, Any]) -> str | None:
        """Fill the lock's {placeholders} from the fact's values."""
        return self.lock.format_map(values) if self.lock else None


_listeners: dict[type[Fact], list[Listener]] = defaultdict(list)


def on(
    fact: type[F],
    *,
    lock: str | None = None,
    queue_name: str = "default",
    when: Callable[[F], bool] | None = None,
    at_once: bool = False,
) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """
    Make a function a listener of a fact. It runs after the fact's transaction, in the worker, and must be safe to
    run twice. `lock` ("case:{case_id}") keeps jobs with the same text one after the other, in order. `when` tells by
    the fact, and by what never changes, whether there is anything to do: if not, no job is written. With `at_once` it
    runs at the end of the fact's own transaction, if it can: one commit, no wait. Should it fail, or jobs of its lock
    wait, it becomes a job. Only for reactions that write rows and nothing else.
    """

    def register(react: Callable[[F], None]) -> Callable[[F], None]:
        name = f"{react.__module__}.{react.__name__}".removeprefix("onething.")

        @queue.task(name=name, queue=queue_name, retry=RETRY)
        def run(fact_values: dict[str, Any]) -> None:
            heard = fact.from_json(fact_values)
            with logs.about(job=name, subject=str(heard.subject or "")), _failures_told(name):
                react(heard)

        _listeners[fact].append(Listener(react, name, queue_name, lock, when, at_once))
        return react

    return register


def every(cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Make a function a sweep: run by cron (minute hour day month weekday [second]) on one worker at a time."""

    def register(sweep: Callable[[], None]) -> Callable[[], None]:
        name = f"{sweep.__module__}.{sweep.__name__}".removeprefix("onething.")

        @queue.periodic(cron=cron)
        @queue.task(name=name, queue="sweeps", queueing_lock=name, pass_context=False)
        def run(timestamp: int) -> None:
            with logs.about(job=name), _failures_told(name):
                sweep()

        return sweep

    return register


@contextmanager
def _failures_told(name: str) -> Iterator[None]:
    """Log a failure where it happened: the queue itself says nothing while it still means to try again."""
    try:
        yield
    except Exception:
        logger.warning("%s failed", name, exc_info=True)
        raise


def listeners_of(fact: Fact) -> list[Listener]:
    """Find who reacts to a fact, in the order of registration."""
    return [listener for listener in _listeners.get(type(fact), ()) if listener.hears(fact)]
