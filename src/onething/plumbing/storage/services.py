"""Files on their way in: written first, then claimed by the row that names them; swept if no row ever does.

    stored = store.put_unclaimed(sealed, now=now)              # outside any transaction
    …
    Document.objects.create(storage_key=stored.key, …)         # in one transaction:
    store.claim(stored.key)                                    # from here on the sweep cannot touch it

The sweep knows only files that were announced here. A file that was kept by `storage.put` alone is never removed.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from onething.kernel.access import SYSTEM
from onething.plumbing.journal import publish, writes
from onething.plumbing.storage import files
from onething.plumbing.storage.events import FileSwept
from onething.plumbing.storage.files import FileMissing, Stored
from onething.plumbing.storage.models import UnclaimedFile

SAFE_AGE = timedelta(days=2)
"""No job or request stands between writing a file and claiming it for so long."""

_AT_ONCE = 500


def put_unclaimed(content: bytes, *, now: datetime) -> Stored:
    """
    Keep a sealed file that no row names yet. It is announced before it is written, so a crash leaves no stranger.

    Content that is in the store already stays as claimed as it was. Refuses StorageFull.
    """
    key = hashlib.sha256(content).hexdigest()
    if not files.exists(key):
        UnclaimedFile.objects.bulk_create([UnclaimedFile(key=key, since=now)], ignore_conflicts=True)
    return files.put(content)


def claim(key: str) -> None:
    """
    Make a file somebody's; call it in the transaction of the row that names the file.

    Waits for a sweep that is at this file. Refuses FileMissing where the sweep came first.
    """
    UnclaimedFile.objects.filter(key=key).delete()
    if not files.exists(key):
        raise FileMissing


@writes
def let_go(*, key: str, now: datetime) -> None:
    """Give up a file in the transaction that removes its row; the sweep removes it after SAFE_AGE."""
    UnclaimedFile.objects.bulk_create([UnclaimedFile(key=key, since=now)], ignore_conflicts=True)


def sweep_unclaimed(*, now: datetime) -> int:
    """Remove files that nobody has named for SAFE_AGE, the oldest first; tell how many. Safe to run twice at once."""
    old = UnclaimedFile.objects.filter(since__lte=now - SAFE_AGE).order_by("since")
    return sum(remove_unclaimed(key=key, now=now) for key in old.values_list("key", flat=True)[:_AT_ONCE])


@writes
def remove_unclaimed(*, key: str, now: datetime) -> bool:
    """
    Remove one file if it is still nobody's and old enough; tell whether it was.

    The file goes while its row is held, which is the one place where a file is touched inside a transaction: whoever
    claims it at the same moment waits, and then finds either the file claimed or the file gone, never half of it.
    """
    held = UnclaimedFile.objects.select_for_update(skip_locked=True).filter(key=key, since__lte=now - SAFE_AGE).first()
    if held is None:
        return False
    files.delete(key)
    held.delete()
    publish(FileSwept(file_key=key), actor=SYSTEM, at=now)
    return True
