"""Files that somebody hands in: scanned, sealed under the person's key, laid into the store."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from onething.kernel.access import Actor
from onething.plumbing import scanning
from onething.plumbing.journal import publish, writes
from onething.plumbing.scanning import MalwareFound, ScannerSilent
from onething.plumbing.storage import Stored, files, holding
from onething.plumbing.storage import services as store
from onething.plumbing.storage.models import HeldFile
from onething.registry import sealing
from onething.registry.errors import PersonErased
from onething.registry.events import MalwareRefused


def take_in(*, person_id: UUID, content: bytes, field: str = "file", actor: Actor, now: datetime) -> Stored:
    """
    Take a file in for a person; no row names it yet. Called outside any transaction.

    Where the scanner does not answer the file is refused, or held and opened by nobody until it was scanned, as the
    installation chose. Refuses MalwareFound, ScannerSilent, StorageFull, PersonErased.
    """
    scanner = scanning.configured()
    try:
        finding = scanner.finding(content) if scanner else ""
        is_held = False
    except ScannerSilent:
        if scanner is None or scanner.while_silent == "refuse":
            raise
        finding, is_held = "", True
    if finding:
        _record(person_id, content, finding, actor, now)
        raise MalwareFound(finding=finding)
    sealed = sealing.seal_bytes(person_id, content, field=field)
    if is_held:  # before it can be named by anybody
        holding.hold(key=hashlib.sha256(sealed).hexdigest(), person_id=person_id, field=field, now=now)
    return store.put_unclaimed(sealed, now=now)


def scan_held(*, now: datetime) -> int:
    """Scan what was held while the scanner was silent; tell how many were settled. Ends quietly at the next silence."""
    scanner, settled = scanning.configured(), 0
    if scanner is None:
        return 0
    for held in HeldFile.objects.filter(finding="").order_by("since")[:200]:
        try:
            finding = scanner.finding(_opened(held))
        except ScannerSilent:
            break
        except (PersonErased, files.FileMissing):
            finding = ""  # nobody can read it any more
        holding.settle(key=held.key, finding=finding, now=now)
        settled += 1
    return settled


def _opened(held: HeldFile) -> bytes:
    return sealing.unseal_bytes(held.person_id, files.read(held.key), field=held.field)


@writes
def _record(person_id: UUID, content: bytes, finding: str, actor: Actor, now: datetime) -> None:
    digest = hashlib.sha256(content).hexdigest()
    publish(MalwareRefused(person_id=person_id, file_digest=digest, finding=finding), actor=actor, at=now)
