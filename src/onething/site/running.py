"""Which process runs this installation, and where its pages are: one at a time, held by a lock of the file system."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

from onething.kernel.errors import Conflict
from onething.plumbing import places

FILE = "running.json"


class AlreadyRunning(Conflict):
    """This installation is running already: process {pid}, {address}."""

    remedy = "Use it there, or end that process first. Another installation needs an ONETHING_HOME of its own."


@contextmanager
def alone(port: int) -> Iterator[None]:
    """Hold this installation for this process until the end, however it comes. Refuses AlreadyRunning."""
    path = places.private() / FILE
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise AlreadyRunning(**remembered()) from held
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "address": f"http://127.0.0.1:{port}"}))
        file.flush()
        yield


def is_held() -> bool:
    """Tell whether a process holds this installation now."""
    try:
        with (places.home() / FILE).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def remembered() -> dict[str, object]:
    """Read which process holds this installation, or held it last; empty if none ever did."""
    try:
        held: dict[str, object] = json.loads((places.home() / FILE).read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return held


def address() -> str:
    """Tell where the pages of this installation are, or were last."""
    return str(remembered().get("address", "http://127.0.0.1:8000"))
