"""
What stands in the way of closing one's account: the modules above know it, the door only asks them.

    @stands_in_the_way
    def open_cases(person_id: UUID) -> Iterator[Open]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that has to end first: what it is, and the page where the person ends it."""

    title: str | Promise
    address: str


Finder = Callable[[UUID], Iterator[Open]]

_finders: list[Finder] = []


def stands_in_the_way(finder: Finder) -> Finder:
    """Make a function say what of a person is still open."""
    _finders.append(finder)
    return finder


def still_open(person_id: UUID) -> list[Open]:
    """List what has to end before a person's account can be closed."""
    return [one for finder in _finders for one in finder(person_id)]
