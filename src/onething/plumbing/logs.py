"""
What a line of the log is about: the request, the job, the case. Told once, carried by every line below.

    with logs.about(job="cases.jobs.place_first_orders", subject=str(fact.case_id)):
        ...

Ids, numbers of cases and names of code only; never a name, a phone, an ID number or what somebody wrote.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_about: ContextVar[Mapping[str, str]] = ContextVar("about", default={})  # noqa: B039  # a mapping that nobody changes


@contextmanager
def about(**facts: str) -> Iterator[None]:
    """Carry these facts on every line that is logged inside; empty ones are left out."""
    token = _about.set({**_about.get(), **{name: value for name, value in facts.items() if value}})
    try:
        yield
    finally:
        _about.reset(token)


def note(**facts: str) -> None:
    """Carry more facts until the `about` around this ends."""
    _about.set({**_about.get(), **facts})


class AboutFilter(logging.Filter):
    """Puts what a line is about onto it: `about` for programs, `about_words` for people."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the facts; no line is kept back."""
        told = dict(_about.get())
        record.about, record.about_words = told, "".join(f" {name}={value}" for name, value in told.items())
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at (UTC), level, logger, message, what it is about, and the trace of an error."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        line |= getattr(record, "about", {})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
