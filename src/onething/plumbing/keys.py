"""Keys, one per purpose and version, kept outside the database and out of every dump.

Default: files 0600 under the installation's home; ONETHING_KEYS names another folder. A KMS or HSM implements
the same `KeyProvider`.
"""

from __future__ import annotations

import os
import secrets
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from onething.kernel.errors import Unavailable
from onething.plumbing import places

PURPOSES = ("django", "field", "index", "slip", "code", "department", "seal", "factor")


class KeyMissing(Unavailable):
    """The key “{purpose}” version {version} is not there."""

    remedy = "Restore the key folder from its own backup; without it the protected values cannot be read."


class KeyProvider(Protocol):
    """Where keys come from."""

    def secret(self, purpose: str, version: int | None = None) -> bytes:
        """Give 32 secret bytes of a purpose: its newest version, or the one asked for."""
        ...

    def newest(self, purpose: str) -> int:
        """Give the newest version's number of a purpose (1 after the first use)."""
        ...

    def versions(self, purpose: str) -> list[int]:
        """List the versions of a purpose, the oldest first; the first one is made when it is first asked for."""
        ...

    def held(self, purpose: str) -> list[int]:
        """List the versions of a purpose that are there, the oldest first, and make none."""
        ...

    def renew(self, purpose: str) -> int:
        """Make a new version, which is the newest from now on, and give its number."""
        ...

    def retire(self, purpose: str, version: int) -> None:
        """Destroy a version. What is still locked with it opens never again."""
        ...


class FileKeys:
    """Keys as files `<purpose>.<version>`, made at first use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def secret(self, purpose: str, version: int | None = None) -> bytes:
        """Give 32 secret bytes. Refuses KeyMissing for a version that was never made."""
        number = version or self.newest(purpose)
        path = self.folder / f"{purpose}.{number}"
        try:
            found = path.stat()
            return _content(path, found.st_ino, found.st_mtime_ns)
        except FileNotFoundError as missing:
            raise KeyMissing(purpose=purpose, version=number) from missing

    def newest(self, purpose: str) -> int:
        """Give the highest version on file; the first one is made when it is first asked for."""
        return self.versions(purpose)[-1]

    def versions(self, purpose: str) -> list[int]:
        """List the versions on file, the oldest first; the first one is made when it is first asked for."""
        found = self.held(purpose)
        if not found:
            self._make(self.folder / f"{purpose}.1")
        return found or [1]

    def held(self, purpose: str) -> list[int]:
        """List the versions on file, the oldest first, and make none."""
        return sorted(int(p.suffix[1:]) for p in self.folder.glob(f"{purpose}.*") if p.suffix[1:].isdigit())

    def renew(self, purpose: str) -> int:
        """Make the next version. Two at once make one."""
        version = self.newest(purpose) + 1
        self._make(self.folder / f"{purpose}.{version}")
        return version

    def retire(self, purpose: str, version: int) -> None:
        """Remove a version's file. The newest is never removed (ValueError)."""
        if version == self.newest(purpose):
            raise ValueError(f"{purpose}.{version} is in use")
        (self.folder / f"{purpose}.{version}").unlink(missing_ok=True)

    def _make(self, path: Path) -> None:
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")  # two threads may make it at the same moment
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(32))
        try:
            os.link(draft, path)  # fails if somebody was faster: then theirs is the key
        except FileExistsError:
            pass
        finally:
            draft.unlink()


@lru_cache(maxsize=32)
def _content(path: Path, *stamp: int) -> bytes:
    """Read a key's file; again only after it was replaced. That it is still there is looked at before, every time."""
    return path.read_bytes()


@cache
def provider() -> KeyProvider:
    """Find this installation's keys."""
    folder = Path(os.environ["ONETHING_KEYS"]) if "ONETHING_KEYS" in os.environ else places.private("keys")
    return FileKeys(folder)
