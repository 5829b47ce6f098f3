"""The five levels as values: which regions lie above one, and by which digits those below it are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onething.kernel import codes


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """One division as a list names it. `code` has 12 digits; `valid_to` is the first day it no longer exists."""

    code: str
    name: str
    name_en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def parent(self) -> str | None:
        """Give the code of the division above."""
        return codes.region_parent(self.code)


NATION = RegionRow(code=codes.NATION, name="全国", name_en="China")


def prefix(region: str) -> str:
    """Give the digits that every region at or below this one begins with ("" for the nation)."""
    return region[: codes.region_level(region)]


def upwards(region: str) -> list[str]:
    """List a region and all above it, nearest first, the nation last."""
    chain = [codes.read_region(region)]
    while (above := codes.region_parent(chain[-1])) is not None:
        chain.append(above)
    return chain
