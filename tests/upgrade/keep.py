"""Run once per release, by its own program: `python -m tests.upgrade.keep NAME` keeps what it leaves in a database.

What is kept: its tables with one submitted case in them, the papers, the seals, and the keys under which all is
sealed. Everybody in it is invented, and the keys open nothing else.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tarfile
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
    (folder / "database.sql.gz").write_bytes(gzip.compress(dump, 9, mtime=0))
    with tarfile.open(folder / "home.tar.gz", "w:gz") as archive:
        for part in KEPT:
            archive.add(home / part, part)


if __name__ == "__main__":
    keep(sys.argv[1])
