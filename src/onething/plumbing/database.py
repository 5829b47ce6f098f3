"""The PostgreSQL of this installation, as Django needs it: DATABASE_URL, or the embedded server started here last."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from onething.plumbing import places


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database answers."""

    host: str
    port: int
    user: str
    password: str
    name: str

    @property
    def url(self) -> str:
        """Give the address as a libpq URL (with its secret: never log it)."""
        return f"postgresql://{self.user}:{self.password}@{self.host}:{self.port}/{self.name}"


def configured() -> dict[str, Any]:
    """
    Find the Django DATABASES entry: DATABASE_URL, else the embedded server that was started here last.

    Refuses nothing: when no server was started yet, a placeholder is given that cannot connect.
    """
    url = os.environ.get("DATABASE_URL")
    if url:
        return from_url(url)
    address = remembered(cluster_folder())
    return _entry(address or Address("127.0.0.1", 1, "onething", "", "onething"))


def from_url(url: str) -> dict[str, Any]:
    """Read a libpq URL as a Django DATABASES entry."""
    parts = urlsplit(url)
    entry = _entry(
        Address(
            parts.hostname or "",
            parts.port or 5432,
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            parts.path.lstrip("/"),
        )
    )
    entry["OPTIONS"].update(parse_qsl(parts.query))
    return entry


def _entry(address: Address) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": address.host,
        "PORT": address.port,
        "USER": address.user,
        "PASSWORD": address.password,
        "NAME": address.name,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 16, "timeout": 8}} if os.environ.get("ONETHING_POOL") else {},
    }


def cluster_folder() -> Path:
    """Find the folder of the embedded cluster; under root one that an unprivileged user can enter."""
    if os.geteuid() != 0:
        return places.home() / "postgres"
    mark = hashlib.sha256(str(places.home()).encode()).hexdigest()[:12]
    return Path(os.environ.get("ONETHING_PG_HOME", "/var/lib/onething")) / mark


def remembered(cluster: Path) -> Address | None:
    """Read where the cluster's server was last told to listen; None if it never was."""
    try:
        return Address(**json.loads((cluster / "address.json").read_text()))
    except FileNotFoundError:
        return None
