"""Every page of the house: each route, opened by those who may, at addresses that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from tests.house.test_doors import ROUTES
from tests.pages.world import CITIZENS, Reader

DIFFERS = {"home", "cases:matters", "correspondence:inbox"}
"""Routes without an id whose page depends on how far somebody has come."""
DESKS = {"exchange:desk", "identity:me"}
"""Routes whose page depends on the post."""
LEAVING = {"identity:sign_out", "identity:sign_out_everywhere"}
PART = re.compile(r"<(?:\w+:)?(\w+)>")
ASTRAY = {"ui:not_found": "/no/such/page", "ui:denied": "/registry/"}
"""Pages that are no routes: an address that is none, and a door that is closed to citizens."""


@dataclass(frozen=True)
class PageSeen:
    """One page: its route, where it is, who reads it, and on which face."""

    route: str
    address: str
    reader: Reader
    is_portal: bool
    status: int = 200
    content: bytes = field(default=b"", repr=False, compare=False)

    def __str__(self) -> str:
        return f"{self.route} {self.address} ({self.reader.name})"


def every_page(everybody: list[Reader]) -> tuple[list[PageSeen], dict[str, str]]:
    """
    Open every address as those who may and have the ids for it.

    Gives the pages, and the routes that showed none with what they answered; whatever only takes forms is neither.
    """
    pages, dark = list(_astray(everybody)), {}
    for route, path, view in ROUTES:
        seen, answers = [], ["no address"]
        for reader in _who(route, path, view, everybody):
            for address in _addresses(route, path, reader.ids):
                answer = reader.client.get(address)
                kind = answer["Content-Type"].partition(";")[0]
                answers.append(f"{answer.status_code} {kind} at {address} for {reader.name}")
                if answer.status_code == 200 and kind == "text/html":
                    seen.append(PageSeen(route, address, reader, _is_portal(answer), 200, answer.content))
        pages += seen
        if not seen and not _only_takes_forms(route, path, view, everybody):
            dark[route] = answers[-1]
    return pages, dark


def _is_portal(answer: Any) -> bool:
    return b"built/portal.css" in answer.content


def _astray(everybody: list[Reader]) -> Iterator[PageSeen]:
    reader = next(reader for reader in everybody if reader.name == "following")
    for route, address in ASTRAY.items():
        answer = reader.client.get(address)
        assert answer.status_code in (403, 404), address
        yield PageSeen(route, address, reader, _is_portal(answer), answer.status_code)


def _only_takes_forms(route: str, path: str, view: Any, everybody: list[Reader]) -> bool:
    """Knock with any ids at all: the door says before it looks at them whether it can be opened for reading."""
    if route in LEAVING:
        return True
    kinds = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1"}
    address = "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda part: kinds.get(part[1], "x"), path)
    return any(r.client.get(address).status_code == 405 for r in everybody if not view.may or view.may in r.may)


def _who(route: str, path: str, view: Any, everybody: list[Reader]) -> list[Reader]:
    """Choose readers: everybody where the page differs by person, else the first who may."""
    able = [reader for reader in everybody if not view.may or view.may in reader.may]
    if route in LEAVING:
        return []
    if route in DESKS:
        return able
    if "<" in path or route in DIFFERS:
        citizens = [reader for reader in able if reader.name in CITIZENS]
        return [*citizens, *(reader for reader in able if reader.name == "nobody")] or able[:1]
    if not view.may:
        return [reader for reader in able if reader.name in ("filling", "nobody", "clerk")]
    return able[:1]


def _addresses(route: str, path: str, ids: Mapping[str, Any]) -> Iterator[str]:
    """Fill a path with what the reader has: one value, or several; what is called so on one route only comes first."""
    names = PART.findall(path)
    values = [ids.get(f"{route} {name}", ids.get(name)) for name in names]
    if any(value is None for value in values):
        return
    for chosen in product(*(value if isinstance(value, tuple) else (value,) for value in values)):
        given = dict(zip(names, chosen, strict=True))
        yield "/" + PART.sub(lambda part, given=given: str(given[part[1]]), path)
