"""The five levels as values: which regions lie above one, and by which digits those below it are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onething.kernel import codes


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """
    One division as a list names it. `code` has 12 digits; `valid_to` is the first day it no longer exists.

    `above` is given where the digits do not tell it: districts of a municipality, counties without a city, and
    divisions that a province hangs elsewhere in its own tree.
    """

    code: str
    name: str
    name_en: str = ""
    above: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def parent(self) -> str | None:
        """Give the code of the division above."""
        return self.above or codes.region_parent(self.code)


NATION = RegionRow(code=codes.NATION, name="全国", name_en="China")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One change as a list names it: `kind` is founded, renamed, recoded or abolished; `day` from which it holds."""

    kind: str
    year: int
    day: date | None = None
    old_code: str = ""
    old_name: str = ""
    new_code: str = ""
    new_name: str = ""
    document: str = ""
    address: str = ""


def prefix(region: str) -> str:
    """Give the digits that every region at or below this one begins with ("" for the nation)."""
    return region[: codes.region_level(region)]


def upwards(region: str) -> list[str]:
    """List a region and all above it, nearest first, the nation last."""
    chain = [codes.read_region(region)]
    while (above := codes.region_parent(chain[-1])) is not None:
        chain.append(above)
    return chain


def above_both(one: str, other: str) -> str:
    """Give the smallest division that holds both: one of them, where it lies above the other."""
    return next(code for code in upwards(one) if other.startswith(prefix(code)))


def carried(code: str, old: str, new: str) -> str:
    """Give the code that a division below `old` has after `old` became `new`: the same last digits."""
    kept = codes.region_level(old)
    return new[:kept] + code[kept:]
