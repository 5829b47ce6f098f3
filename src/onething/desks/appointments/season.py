"""Reads how the discharge season runs from the packs: assumed figures, marked as such."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from onething.desks.appointments.tides import Season
from onething.plumbing import places


class SeasonFile(BaseModel):
    """The file of the season."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mark: dict[str, str]
    after_list: tuple[float, ...] = Field(min_length=1)
    by_hour: dict[int, float]
    ordinary_day: float = Field(ge=0)


def read_season() -> Season:
    """Read the season of the whole country."""
    return _read(places.packs_root() / "national" / "halls" / "season.yaml")


@lru_cache(maxsize=4)
def _read(file: Path) -> Season:
    found = SeasonFile.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    return Season(found.after_list, found.by_hour, found.ordinary_day, found.mark)
