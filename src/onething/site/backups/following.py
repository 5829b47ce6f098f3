"""Between two backups: the server's WAL, new files and seals follow into the folder of the backups."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onething.plumbing import places
from onething.plumbing.ownership import connected_as_owner
from onething.registry import forgotten
from onething.site.backups import pool, programs
from onething.site.backups.taking import SEALS

EVERY_SECONDS = 5.0
"""How old the newest copied file and seal may be; WAL follows at once."""
SLOT = "onething_archive"
"""The server keeps what this one has not read yet, so that a pause of the archive leaves no gap."""
WAL = "wal"


def follow(backups: Path, *, stopping: threading.Event) -> None:
    """
    Copy what is written until told to stop. Refuses ProgramFailed when the server gives no more.

    A segment lies in the archive byte by byte as it is written, so that what is lost is less than a second.
    """
    with _receiving(backups / WAL) as child:
        while child.poll() is None and not stopping.is_set():
            copy_the_rest(backups)
            stopping.wait(EVERY_SECONDS)
        if child.poll() is not None:
            raise programs.failed("pg_receivewal", child.stderr.read() if child.stderr else b"", child.returncode)
    copy_the_rest(backups)


def copy_the_rest(backups: Path) -> None:
    """Copy new files, the seals, and who was forgotten."""
    store, seals = places.private("files"), places.private("seals")
    pool.bring(pool.keys_in(store), source=store, target=backups / "files")
    forgotten.write(backups, forgotten.read(backups) | forgotten.read(seals))
    if (seals / SEALS).exists():
        draft = backups / f".{SEALS}"
        shutil.copyfile(seals / SEALS, draft)
        draft.chmod(0o600)
        draft.rename(backups / SEALS)


@contextmanager
def _receiving(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with connected_as_owner():
        programs.make_slot(SLOT)
        child = programs.receive(folder, slot=SLOT)
    try:
        yield child
    finally:
        child.terminate()
        child.wait()


def prune(backups: Path, *, needed_from: str) -> int:
    """Remove the segments that no kept backup needs. Gives how many."""
    old = [one for one in (backups / WAL).glob("[0-9A-F]" * 24) if one.name[8:] < needed_from[8:]]
    for segment in old:
        segment.unlink()
    return len(old)
