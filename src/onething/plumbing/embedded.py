"""A PostgreSQL that we start ourselves from the packaged binaries.

It listens on 127.0.0.1 only, with a password of its own. PostgreSQL refuses to run as root, so under root the server
runs as an unprivileged user, with data and binaries outside folders that user cannot enter.
Source of the traps: docs/decisions/0006-embedded-postgresql.md.
"""

from __future__ import annotations

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
from dataclasses import asdict
from pathlib import Path
from typing import Any

from onething.kernel.errors import Unavailable
from onething.plumbing import binaries
from onething.plumbing.database import WEB, WORK, Address, remembered, role_secrets

START_SECONDS = 30.0
NO_ROOM = "No space left on device"
ATTEMPTS = 8
"""A server that ends at once is started again: a killed predecessor may hold its lock for a moment."""


class DatabaseDoesNotStart(Unavailable):
    """The embedded PostgreSQL did not start: {reason}."""

    remedy = "Mend what is named there, or set DATABASE_URL to a PostgreSQL 15 or later of your own."


class EmbeddedServer:
    """One PostgreSQL cluster and the server over it, as a child process of ours."""

    def __init__(self, cluster: Path, options: Mapping[str, str] | None = None) -> None:
        self.cluster = cluster
        self.options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "shared_buffers": "64MB"}
        self.options["max_slot_wal_keep_size"] = "16GB"  # an archive that nobody reads must not fill the disk
        self.options.update(options or {})
        self.pgdata = cluster / "data"
        self.log = cluster / "postgres.log"
        self._child: subprocess.Popen[bytes] | None = None
        self._adopted: int | None = None

    def start(self) -> Address:
        """
        Start (creating the cluster the first time) and give the address once it accepts connections.

        A server of this cluster whose supervisor was killed is used as it is. Refuses DatabaseDoesNotStart,
        NoDatabaseBinaries.
        """
        programs = binaries.find(self.cluster.parent)
        if not (self.pgdata / "PG_VERSION").exists():
            self._create(programs)
        running = remembered(self.cluster)
        if running and self.pid and _answers(running.port):
            self._adopted = self.pid
            self._create_roles(programs, running)
            return running
        address = self._listen(programs, _free_port())
        self._create_database(programs, address)
        self._create_roles(programs, address)
        return address

    def revive(self) -> bool:
        """
        Start the server again if it ended by itself, on the port that everybody knows; tell whether it had to be.

        Refuses DatabaseDoesNotStart.
        """
        known = remembered(self.cluster)
        if known is None or self.pid:
            return False
        self._adopted = None
        self._listen(binaries.find(self.cluster.parent), known.port)
        return True

    def stop(self) -> None:
        """Stop the server that this object started or took over: no new work, then wait for the end."""
        if self._adopted:
            self._stop_adopted(self._adopted)
        if self._child is None or self._child.poll() is not None:
            return
        self._child.send_signal(signal.SIGINT)
        try:
            self._child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._child.send_signal(signal.SIGQUIT)
            self._child.wait(timeout=10)

    def _stop_adopted(self, pid: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        if self.pid == pid:
            os.kill(pid, signal.SIGINT)
        while self.pid == pid and time.monotonic() < deadline:
            time.sleep(0.05)

    def remember(self, passwords: Mapping[str, str]) -> None:
        """Keep the passwords of a cluster that was brought here: the owner's ("onething") and those of the roles."""
        secret = self.cluster / "secret"
        _write_private(secret, passwords["onething"])
        give(secret)
        roles = {role: password for role, password in passwords.items() if role != "onething"}
        _write_private(self.cluster / "roles.json", json.dumps(roles))

    @property
    def pid(self) -> int | None:
        """The process id of the postmaster, if one is alive."""
        pid = _postmaster(self.pgdata)
        try:
            command = Path(f"/proc/{pid}/cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return None
        return pid if "postgres" in command and str(self.pgdata) in command else None

    def _create(self, programs: Path) -> None:
        binaries.open_folder(self.cluster)
        draft = self.cluster / "data.new"  # only a cluster that was finished gets its name
        for unfinished in (draft, self.pgdata):
            shutil.rmtree(unfinished, ignore_errors=True)
        draft.mkdir(mode=0o700)
        secret = self.cluster / "secret"
        _write_private(secret, secrets.token_urlsafe(24))
        give(draft)
        give(secret)
        self._run(
            programs / "initdb",
            "-D", str(draft), "-U", "onething", "-A", "scram-sha-256", "--pwfile", str(secret),
            "-E", "UTF8", *binaries.locale(programs),
        )  # fmt: skip
        draft.rename(self.pgdata)

    def _listen(self, programs: Path, port: int) -> Address:
        address = Address("127.0.0.1", port, "onething", (self.cluster / "secret").read_text(), "onething")
        deadline = time.monotonic() + START_SECONDS
        for _ in range(ATTEMPTS):
            self._child = self._spawn(programs, address.port)
            while self._child.poll() is None and time.monotonic() < deadline:
                if _answers(address.port):
                    _write_private(self.cluster / "address.json", json.dumps(asdict(address)))
                    return address
                time.sleep(0.02)
            time.sleep(0.3)
        raise DatabaseDoesNotStart(reason=reason(self._last_lines()) or f"see {self.log}")

    def _last_lines(self) -> str:
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    def _spawn(self, programs: Path, port: int) -> subprocess.Popen[bytes]:
        arguments = ["-D", str(self.pgdata), "-p", str(port)]
        arguments += [part for name, value in self.options.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [str(programs / "postgres"), *arguments],
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,  # Ctrl-C reaches the supervisor, which stops the server last
                **as_unprivileged(),
            )

    def _create_database(self, programs: Path, address: Address) -> None:
        exists = self._query(programs, address, "SELECT 1 FROM pg_database WHERE datname = 'onething'")
        if not exists.strip():
            self._query(programs, address, "CREATE DATABASE onething")

    def _create_roles(self, programs: Path, address: Address) -> None:
        """Make the roles that own nothing, once; their passwords lie beside the server's own."""
        if role_secrets(self.cluster):
            return
        made = {role: secrets.token_urlsafe(24) for role in (WEB, WORK)}
        for role, password in made.items():
            self._query(programs, address, f"DROP ROLE IF EXISTS {role}")  # of a first start that was interrupted
            self._query(programs, address, f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
        _write_private(self.cluster / "roles.json", json.dumps(made))

    def _query(self, programs: Path, address: Address, sql: str) -> str:
        tool = [str(programs / "psql"), "-h", address.host, "-p", str(address.port), "-U", address.user]
        done = subprocess.run(
            [*tool, "-d", "postgres", "-At", "-c", sql],
            env={"PGPASSWORD": address.password, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            cwd="/",
        )
        if done.returncode:
            raise DatabaseDoesNotStart(reason=reason(done.stderr))
        return done.stdout

    def _run(self, *command: str | Path) -> None:
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, cwd="/", **as_unprivileged())
        if done.returncode:
            raise DatabaseDoesNotStart(reason=reason(done.stderr))


def reason(said: str) -> str:
    """Find, in what a program of PostgreSQL wrote, the last line that says why it gave up; a full disk before all."""
    if NO_ROOM in said:
        return NO_ROOM
    given_up = [line for line in said.splitlines() if " error: " in line or "FATAL: " in line or "PANIC: " in line]
    return given_up[-1].partition(": ")[2].removeprefix("error: ").strip() if given_up else said.strip()[-400:]


def _postmaster(pgdata: Path) -> int | None:
    try:
        return int((pgdata / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def as_unprivileged() -> dict[str, Any]:
    """Say how to start a program of PostgreSQL, which refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def give(path: Path) -> None:
    """Let the user under whom the server runs own a file."""
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
