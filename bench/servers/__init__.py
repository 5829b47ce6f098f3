"""A PostgreSQL of its own for a measurement."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def fresh_server() -> Iterator[tuple[str, Path]]:
    """
    Start an embedded PostgreSQL with its default durability in a folder that is removed again.

    Gives its address and the folder, which files of the measurement may use. Django is set up by the caller.
    """
    from onething.plumbing.embedded import EmbeddedServer

    folder = Path(tempfile.mkdtemp(prefix="onething-bench-", dir="/var/tmp"))
    folder.chmod(0o755)  # under root the server runs as another user
    server = EmbeddedServer(folder / "cluster")
    try:
        url = server.start().url
        os.environ |= {"ONETHING_HOME": str(folder / "home"), "DATABASE_URL": url}
        os.environ["DJANGO_SETTINGS_MODULE"] = "onething.site.settings"
        yield url, folder
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
