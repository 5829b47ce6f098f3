"""PostgreSQL's own programs, pointed at this installation's database as its owner; the password travels unseen."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from subprocess import PIPE
from typing import IO

from django.db import connection
from psycopg.conninfo import make_conninfo

from onething.plumbing import binaries, database
from onething.site.backups.errors import ProgramFailed

_TO_LEAVE_OUT = (" POLICY ", " ROW SECURITY ", " COMMENT ", " ACL ", " SCHEMA - public ")
"""Of a dump: roles and walls are built anew where it is restored, for the roles that are there."""


def dump(target: Path, *, snapshot: str, options: Sequence[str]) -> None:
    """Write the database in the state of a snapshot. Refuses ProgramFailed."""
    asked = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", *options]
    _run("pg_dump", *asked, f"--file={target}", _where())


def copy_base(target: Path) -> None:
    """Copy the server's whole folder as it stands, with the WAL that makes it one state. Refuses ProgramFailed."""
    _run("pg_basebackup", "--format=tar", "--gzip", "--wal-method=stream", "--checkpoint=fast", f"--pgdata={target}",
         _where())  # fmt: skip


def make_slot(name: str) -> None:
    """Let the server keep its WAL until it was read under this name. Refuses ProgramFailed."""
    _run("pg_receivewal", f"--slot={name}", "--create-slot", "--if-not-exists", _where())


def receive(target: Path, *, slot: str) -> subprocess.Popen[bytes]:
    """Begin to copy the server's WAL while it is written. The program ends when the server gives no more."""
    asked = [f"--directory={target}", f"--slot={slot}", "--no-loop", "--synchronous", _where()]
    return subprocess.Popen(_command("pg_receivewal", *asked), stderr=PIPE, env=_environment())


def restore(*dumps: Path) -> None:
    """
    Bring dumps into the database, one after another, all of them or nothing. Refuses ProgramFailed.

    The end of the transaction is written last: a dump that breaks off leaves it without one.
    """
    asked = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output=/dev/null", _where()]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(_command("psql", *asked), stdin=PIPE, stderr=said, env=_environment()) as psql:
            is_whole = psql.stdin is not None and _write_scripts(dumps, psql.stdin)
        said.seek(0)
        if psql.returncode != 0 or not is_whole:
            raise failed("psql" if is_whole else "pg_restore", said.read(), psql.returncode)


def _write_scripts(dumps: Sequence[Path], target: IO[bytes]) -> bool:
    try:
        target.write(b"BEGIN;\n")
        target.flush()
        if all(_write_script(one, target) for one in dumps):
            target.write(b"COMMIT;\n")
            target.flush()
            return True
    except BrokenPipeError:  # psql has ended and says why
        pass
    return False


def _write_script(one: Path, target: IO[bytes]) -> bool:
    """Write a dump as SQL, without what is built anew. False if the reader has ended, for a reason that it has told."""
    with tempfile.NamedTemporaryFile("w") as wanted:
        wanted.writelines(line for line in _contents(one) if not any(kind in line for kind in _TO_LEAVE_OUT))
        wanted.flush()
        asked = ["--no-owner", "--no-privileges", "--no-comments", f"--use-list={wanted.name}", "--file=-", str(one)]
        return subprocess.run(_command("pg_restore", *asked), stdout=target).returncode == 0


def _contents(one: Path) -> list[str]:
    return _run("pg_restore", "--list", str(one)).decode().splitlines(keepends=True)


def _run(name: str, *options: str) -> bytes:
    done = subprocess.run(_command(name, *options), capture_output=True, env=_environment())
    if done.returncode != 0:
        raise failed(name, done.stderr, done.returncode)
    return done.stdout


def failed(program: str, said: bytes, code: int) -> ProgramFailed:
    """Put what a program said at its end as a refusal."""
    lines = said.decode(errors="replace").strip().splitlines()
    return ProgramFailed(program=program, reason=lines[0] if lines else str(code))


def _command(name: str, *options: str) -> list[str]:
    return [str(binaries.find(database.cluster_folder().parent) / name), *options]


def _environment() -> dict[str, str]:
    return {**os.environ, "PGPASSWORD": str(connection.settings_dict["PASSWORD"])}


def _where() -> str:
    told = connection.settings_dict
    rest = {name: value for name, value in told["OPTIONS"].items() if isinstance(value, str)}
    named = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"], "dbname": told["NAME"]}
    return f"--dbname={make_conninfo(**named, **rest)}"
