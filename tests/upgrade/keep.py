"""Run once per release, by its own program: `python -m tests.upgrade.keep NAME` keeps what it leaves in a database.

What is kept: its tables with one submitted case in them, the papers, the seals, and the keys under which all is
sealed. Everybody in it is invented, and the keys open nothing else.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RELEASES = Path(__file__).parent / "releases"
KEPT = ("keys", "files", "seals")


def keep(name: str) -> None:
    """Submit a case in an installation of this test's own, and keep it as the release of a name."""
    from onething.plumbing import binaries
    from onething.plumbing.embedded import EmbeddedServer

    home = Path(tempfile.mkdtemp(prefix="onething-kept-", dir="/var/tmp"))
    home.chmod(0o755)
    server = EmbeddedServer(home / "cluster")
    try:
        url = server.start().url
        told = {**os.environ, "DATABASE_URL": url, "ONETHING_HOME": str(home / "home")}
        subprocess.run([sys.executable, "-m", "tests.upgrade.house", "begin"], env=told, check=True)
        dump = subprocess.run(
            [binaries.find(server.cluster.parent) / "pg_dump", "--no-owner", "--no-privileges", url],
            capture_output=True, check=True,
        ).stdout  # fmt: skip
        _write(RELEASES / name, home / "home", dump)
    finally:
        server.stop()
        shutil.rmtree(home)


def _write(folder: Path, home: Path, dump: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "database.sql").write_bytes(dump)
    files = {
        str(file.relative_to(home)): base64.b64encode(file.read_bytes()).decode()
        for part in KEPT
        for file in (home / part).rglob("*")
        if file.is_file()
    }
    (folder / "home.json").write_text(json.dumps(files, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def put_back(name: str, home: Path) -> bytes:
    """Lay out the files that a release left, for their owner alone, and give the dump of its tables."""
    kept = RELEASES / name
    for path, content in json.loads((kept / "home.json").read_text(encoding="utf-8")).items():
        place = home / path
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.write_bytes(base64.b64decode(content))
        place.chmod(0o600)
    return (kept / "database.sql").read_bytes()


if __name__ == "__main__":
    keep(sys.argv[1])
