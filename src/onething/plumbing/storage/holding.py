"""Files that nobody opens until a scanner has seen them, and files in which it found something."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from onething.kernel.access import SYSTEM
from onething.kernel.errors import Gone, Unavailable
from onething.plumbing.journal import publish, writes
from onething.plumbing.storage import files
from onething.plumbing.storage.events import FileHeld, FileReleased, MalwareRemoved
from onething.plumbing.storage.models import HeldFile


class FileStillHeld(Unavailable):
    """This file waits for the check for malware, and is not opened before."""

    remedy = "The check is tried again every minute. Open the file later."


class FileCarriedMalware(Gone):
    """This file carried malware and was removed."""

    remedy = "Ask the person for a new photo or PDF of the same paper."


def read(key: str) -> bytes:
    """Give a file's bytes. Refuses FileStillHeld, FileCarriedMalware, FileMissing, FileDamaged."""
    require_released(key)
    return files.read(key)


def open(key: str) -> BinaryIO:
    """Open a file for reading. Refuses FileStillHeld, FileCarriedMalware, FileMissing."""
    require_released(key)
    return files.open(key)


def require_released(key: str) -> None:
    """Refuse to open a file that is held, or was removed: FileStillHeld, FileCarriedMalware."""
    held = HeldFile.objects.filter(key=key).first()
    if held is not None:
        raise FileCarriedMalware if held.finding else FileStillHeld


@writes
def hold(*, key: str, person_id: UUID, field: str, now: datetime) -> None:
    """Keep a file closed until it was scanned; `field` is the name under which it was sealed for the person."""
    HeldFile.objects.get_or_create(key=key, defaults={"person_id": person_id, "field": field, "since": now})
    publish(FileHeld(file_key=key), actor=SYSTEM, at=now)


@writes
def settle(*, key: str, finding: str, now: datetime) -> None:
    """Let a held file be opened, or remove it if something was found in it; its row stays then and says so."""
    held = HeldFile.objects.select_for_update().filter(key=key, finding="").first()
    if held is None:
        return
    if not finding:
        held.delete()
        publish(FileReleased(file_key=key), actor=SYSTEM, at=now)
        return
    held.finding = finding
    held.save(update_fields=["finding"])
    files.delete(key)
    publish(MalwareRemoved(file_key=key, finding=finding), actor=SYSTEM, at=now)
