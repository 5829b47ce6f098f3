"""The PostgreSQL of this installation, as Django needs it: DATABASE_URL, or the embedded server started here last."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from onething.kernel.errors import Invalid
from onething.plumbing import places


class UrlUnreadable(Invalid):
    """The address of the database is not one that PostgreSQL reads."""

    remedy = "Write DATABASE_URL as postgresql://user:password@host:5432/name, with %40 for an @ in the password."


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


WEB, WORK = "onething_web", "onething_work"
"""The roles of the embedded server: for web requests, held to their rows; and for worker and command line."""


def configured() -> dict[str, Any]:
    """
    Find the Django DATABASES entry: DATABASE_URL, else the embedded server that was started here last.

    A web process (ONETHING_WEB=1) uses DATABASE_WEB_URL, if there is one, or the embedded server's role for it.
    Refuses nothing: when no server was started yet, a placeholder is given that cannot connect.
    """
    url = os.environ.get("DATABASE_URL")
    if url:
        return from_url((is_web() and os.environ.get("DATABASE_WEB_URL")) or url)
    return _entry(_embedded(WEB if is_web() else WORK) or Address("127.0.0.1", 1, "onething", "", "onething"))


def is_web() -> bool:
    """Tell whether this process answers web requests."""
    return os.environ.get("ONETHING_WEB") == "1"


def owner() -> dict[str, Any] | None:
    """Find the entry of the role that owns the tables; None if there is only one role."""
    url = os.environ.get("DATABASE_OWNER_URL")
    if url:
        return from_url(url)
    address = None if "DATABASE_URL" in os.environ else remembered(cluster_folder())
    return _entry(address) if address and role_secrets(cluster_folder()) else None


def web_role() -> str | None:
    """Name the role under which web requests run, if it is one of its own."""
    url = os.environ.get("DATABASE_WEB_URL")
    if url:
        return str(from_url(url)["USER"])
    return None if "DATABASE_URL" in os.environ else WEB


def _embedded(role: str) -> Address | None:
    address, secrets = remembered(cluster_folder()), role_secrets(cluster_folder())
    return replace(address, user=role, password=secrets[role]) if address and secrets else address


def from_url(url: str) -> dict[str, Any]:
    """
    Read a libpq URL as a Django DATABASES entry; several hosts of one database are tried in their order.

    Refuses UrlUnreadable.
    """
    try:
        told: dict[str, Any] = conninfo_to_dict(url)
    except ProgrammingError:  # its words repeat the URL, with the password
        raise UrlUnreadable from None
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    entry = _entry(Address("", 0, "", "", ""))
    entry.update({ours: str(told.pop(theirs, "")) for ours, theirs in names.items()})
    entry["OPTIONS"].update(told)
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
        "OPTIONS": {"pool": _pool()} if os.environ.get("ONETHING_POOL") else {},
    }


def _pool() -> dict[str, Any]:
    from onething.plumbing import rows  # asks Django's settings for its connection, which ask us

    return {"min_size": 1, "max_size": 16, "timeout": 8, "reset": rows.forget}


def cluster_folder() -> Path:
    """Find the folder of the embedded cluster; under root one that an unprivileged user can enter."""
    if os.geteuid() != 0:
        return places.home() / "postgres"
    mark = hashlib.sha256(str(places.home()).encode()).hexdigest()[:12]
    return Path(os.environ.get("ONETHING_PG_HOME", "/var/lib/onething")) / mark


def role_secrets(cluster: Path) -> dict[str, str]:
    """Read the passwords of the embedded server's roles; empty for a cluster that has none yet."""
    try:
        found: dict[str, str] = json.loads((cluster / "roles.json").read_text())
    except FileNotFoundError:
        return {}
    return found


def remembered(cluster: Path) -> Address | None:
    """Read where the cluster's server was last told to listen; None if it never was."""
    try:
        return Address(**json.loads((cluster / "address.json").read_text()))
    except FileNotFoundError:
        return None
