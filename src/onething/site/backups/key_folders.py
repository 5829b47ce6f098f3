"""The keys of an installation: saved apart, known by their marks, and brought back where they fit. No Django."""

from __future__ import annotations

import hmac
import shutil
from datetime import UTC, datetime
from pathlib import Path

from onething.plumbing import keys
from onething.site.backups.errors import KeysBeside, KeysElsewhere, KeysWanting
from onething.site.backups.manifest import Manifest


def save_keys(target: Path, *, backups: Path, ring: keys.KeyProvider) -> int:
    """Copy the keys to another place. Gives how many there are. Refuses KeysBeside, and KeysElsewhere for an HSM."""
    if not isinstance(ring, keys.FileKeys):
        raise KeysElsewhere
    if target.resolve().is_relative_to(backups.resolve()):
        raise KeysBeside
    return copy_keys(ring.folder, target)


def copy_keys(source: Path, target: Path) -> int:
    """Copy every key of a folder, 0600 each. Gives how many there are."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = [key for key in source.iterdir() if key.is_file() and not key.name.startswith(".")]
    for key in held:
        shutil.copyfile(key, target / key.name)
        (target / key.name).chmod(0o600)
    return len(held)


def marks_of(ring: keys.KeyProvider) -> dict[str, str]:
    """Give a mark of each key by which the right one is known; 64 bits of a keyed digest tell nothing of 256."""
    found = [(purpose, version) for purpose in keys.PURPOSES for version in ring.held(purpose)]
    return {f"{purpose}.{version}": _mark(ring.secret(purpose, version)) for purpose, version in found}


def _mark(secret: bytes) -> str:
    return hmac.digest(secret, b"onething backup", "sha256").hex()[:16]


def bring(saved: Path | None, *, needed: Manifest, now: datetime) -> None:
    """
    Find keys that fit: those of this installation, else the saved ones, which take their place.

    Refuses KeysWanting.
    """
    own = keys.provider()
    if _fit(own, needed):
        return
    if saved is None or not isinstance(own, keys.FileKeys) or not _fit(keys.FileKeys(saved), needed):
        raise KeysWanting
    if own.folder.exists():  # made at first use: nothing lies under them, for the database is empty
        own.folder.rename(own.folder.with_name(f"{own.folder.name}-until-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"))
    copy_keys(saved, own.folder)


def _fit(ring: keys.KeyProvider, needed: Manifest) -> bool:
    return needed.keys.items() <= marks_of(ring).items()
