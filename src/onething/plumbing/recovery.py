"""
The embedded server brought to a moment: a base copy of its folder, and what its WAL archive holds of the time after it.

Nothing of it shows before it is whole: the cluster is rebuilt in a folder of its own, with no port open and only this
process let in by a socket, and gets its name at the end. Decision: docs/decisions/0016-backups.md.
"""

from __future__ import annotations

import secrets
import shlex
import shutil
import signal
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql

from onething.kernel.errors import Conflict, Unavailable
from onething.plumbing import binaries, embedded
from onething.plumbing.database import WEB, WORK
from onething.plumbing.embedded import EmbeddedServer

BASE, WAL_OF_BASE = "base.tar.gz", "pg_wal.tar.gz"
PARTIAL = ".partial"
PATIENCE = 6 * 3600.0
NOT_REACHED = "recovery ended before configured recovery target was reached"


class MomentNotReached(Conflict):
    """The archive holds nothing that was written after {moment}; it ends before."""

    remedy = "Name an earlier moment, or `--until end` for all that is there. Nothing was restored."


class RecoveryFailed(Unavailable):
    """PostgreSQL did not come to the moment that was asked for: {reason}"""

    remedy = "The archive may have a gap: try another backup of the same archive. Nothing was restored."


@dataclass(frozen=True, slots=True)
class Recovered:
    """A cluster that stands where it was asked to; `last` is when its last transaction was written."""

    last: datetime | None


def recover(server: EmbeddedServer, *, base: Path, wal: Path, until: datetime | None) -> Recovered:
    """
    Rebuild a cluster from a base copy and roll it forward to a moment; None: to the end of the archive.

    The cluster's folder must hold none yet. Afterwards `server.start()` starts it, with passwords of its own.
    Refuses MomentNotReached, RecoveryFailed, leaving nothing.
    """
    programs = binaries.find(server.cluster.parent)
    binaries.open_folder(server.cluster)
    draft = Path(tempfile.mkdtemp(prefix="recovering-", dir=server.cluster))
    draft.chmod(0o755)
    try:
        _lay_out(draft, base, wal)
        with _running(programs, draft, until) as session:
            last = _one(session, "SELECT pg_last_xact_replay_timestamp()")
            passwords = _set_passwords(session)
        (draft / "data").rename(server.pgdata)
        server.remember(passwords)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Recovered(last if isinstance(last, datetime) else None)


def _lay_out(draft: Path, base: Path, wal: Path) -> None:
    """Unpack the copy, and lay the archive's segments where the server may read them; the last one has no end yet."""
    data, segments, door = draft / "data", draft / "wal", draft / "door"
    for folder in (data, segments, door):
        folder.mkdir(mode=0o700)
    for packed, folder in ((base / BASE, data), (base / WAL_OF_BASE, data / "pg_wal")):
        _unpack(packed, folder)
    for segment in wal.iterdir():
        whole = segments / segment.name.removesuffix(PARTIAL)
        if segment.is_file() and (segment.suffix != PARTIAL or not (wal / whole.name).exists()):
            shutil.copyfile(segment, whole)
    (data / "recovery.signal").touch()
    (draft / "hba.conf").write_text("local all all trust\n")
    embedded.give(draft / "hba.conf")
    for folder in (data, segments, door):
        for path in (folder, *folder.rglob("*")):
            embedded.give(path)


def _unpack(packed: Path, folder: Path) -> None:
    """Write the files and folders of an archive, and nothing else (the filters of `tarfile` came with 3.11.4)."""
    with tarfile.open(packed) as opened:
        for member in opened:
            path = folder / member.name
            content = opened.extractfile(member) if member.isreg() else None
            if not path.resolve().is_relative_to(folder.resolve()) or not (content or member.isdir()):
                raise RecoveryFailed(reason=f"{packed.name}: {member.name}")
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if content is None:
                path.mkdir(mode=0o700, exist_ok=True)
            else:
                with content, path.open("wb") as written:
                    shutil.copyfileobj(content, written)


@contextmanager
def _running(programs: Path, draft: Path, until: datetime | None) -> Iterator[psycopg.Connection]:
    """Run the server over the draft, reachable by its socket only, until the work in it is done."""
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(draft / "door"),
        "hba_file": str(draft / "hba.conf"),
        "restore_command": f"cp {shlex.quote(str(draft / 'wal'))}/%f %p",
        "hot_standby": "off",  # whoever is let in finds the work done
        "recovery_target_action": "promote",
        "recovery_target_timeline": "latest",
        **({"recovery_target_time": until.isoformat()} if until else {}),
    }
    command = [str(programs / "postgres"), "-D", str(draft / "data")]
    command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = draft / "recovery.log"
    with log.open("wb") as said:
        child = subprocess.Popen(command, stdout=said, stderr=said, cwd="/", **embedded.as_unprivileged())
    try:
        with _reached(child, draft / "door", log, until) as session:
            yield session
    finally:
        child.send_signal(signal.SIGINT)
        child.wait()


def _reached(child: subprocess.Popen[bytes], door: Path, log: Path, until: datetime | None) -> psycopg.Connection:
    """Wait until somebody is let in. Refuses MomentNotReached, RecoveryFailed when the server gives up."""
    last = time.monotonic() + PATIENCE
    while child.poll() is None and time.monotonic() < last:
        try:
            return psycopg.connect(host=str(door), user="onething", dbname="postgres", autocommit=True)
        except psycopg.OperationalError:  # not yet
            time.sleep(0.1)
    said = log.read_text(errors="replace")
    if NOT_REACHED in said and until:
        raise MomentNotReached(moment=f"{until:%Y-%m-%d %H:%M:%S%z}")
    raise RecoveryFailed(reason=embedded.reason(said))


def _set_passwords(session: psycopg.Connection) -> dict[str, str]:
    """Give the roles of the house new passwords: the old ones lay beside the lost cluster."""
    made = {role: secrets.token_urlsafe(24) for role in ("onething", WEB, WORK)}
    for role, password in made.items():
        session.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password)))
    return made


def _one(session: psycopg.Connection, query: str) -> object:
    row = session.execute(query.encode()).fetchone()
    return row[0] if row else None
