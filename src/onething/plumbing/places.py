"""Where things lie on disk. Every place can be moved by an environment variable."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from onething.kernel.errors import Unavailable

PROJECT = Path(__file__).resolve().parents[3]


class PlaceUnusable(Unavailable):
    """{place} cannot be used: {reason}."""

    remedy = "Make room there or let this user write there, or name another folder: ONETHING_HOME (the data), \
ONETHING_PG_HOME (the database under root)."


def packs_root() -> Path:
    """Find the folder of packs: ONETHING_PACKS, else `packs/` of the project."""
    return _resolved(os.environ.get("ONETHING_PACKS", f"{PROJECT}/packs"), Path.cwd())


def home() -> Path:
    """Find the folder of this installation's data: ONETHING_HOME, else `.onething/` of the project."""
    return _resolved(os.environ.get("ONETHING_HOME", f"{PROJECT}/.onething"), Path.cwd())


@lru_cache(maxsize=16)
def _resolved(place: str, here: Path) -> Path:
    """Follow links and dots once: these places are looked up with every deadline."""
    return (here / place).resolve()


def private(*parts: str) -> Path:
    """Make (0700) and give a folder under `home()` that only the owner of the installation reads."""
    folder = home().joinpath(*parts)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
