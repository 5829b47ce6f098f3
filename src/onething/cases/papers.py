"""Taking in papers: what a file really is, sealed storage, and the row that says whose it is.

The file is written before its row, outside any transaction: a row never points at nothing. A file whose row was not
written is swept later.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID, uuid4

from onething.cases import services
from onething.cases.errors import (
    CorrectionNotOpen,
    DraftAlreadySubmitted,
    MaterialNotAsked,
    PaperNotFound,
    UploadEmpty,
    UploadTooLarge,
    UploadWrongKind,
)
from onething.cases.events import PaperAttached
from onething.cases.models import Case, Correction, Draft, Upload
from onething.kernel.access import Actor
from onething.plumbing import storage
from onething.plumbing.journal import publish, writes
from onething.plumbing.storage import services as store
from onething.registry import sealing

LIMIT = 10 * 1024 * 1024

_BEGINNINGS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"%PDF-", "application/pdf"))


def kind_of(content: bytes) -> str:
    """Tell what a file is by its content, not its name. Refuses UploadEmpty, UploadTooLarge, UploadWrongKind."""
    if not content:
        raise UploadEmpty
    if len(content) > LIMIT:
        raise UploadTooLarge(size=round(len(content) / 2**20, 1), limit=LIMIT // 2**20)
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    raise UploadWrongKind


def attach_to_draft(*, draft: Draft, material: str, content: bytes, actor: Actor, now: datetime) -> Upload:
    """Add a file for a material of a draft. Refuses what `kind_of` does, MaterialNotAsked, DraftAlreadySubmitted."""
    if draft.case_id:
        raise DraftAlreadySubmitted
    if material not in draft.release.content["materials"]:
        raise MaterialNotAsked
    return _keep(draft.person_id, material, content, actor=actor, now=now, draft=draft)


def attach_to_case(*, case: Case, material: str, content: bytes, actor: Actor, now: datetime) -> Upload:
    """Add a paper that was to follow, also a late one. Refuses what `kind_of` does, MaterialNotAsked, CaseClosed."""
    if not case.papers_to_come.filter(material=material).exists():
        raise MaterialNotAsked
    same = _same(content, case=case, material=material)
    upload = same or _stored(case.person_id, material, content, now=now, case=case)
    return services.take_paper(case=case, upload=upload, actor=actor, now=now)


def attach_to_correction(
    *, correction: Correction, material: str, content: bytes, actor: Actor, now: datetime
) -> Upload:
    """Add a mended paper. Refuses what `kind_of` refuses, MaterialNotAsked, CorrectionNotOpen."""
    if correction.answered_at:
        raise CorrectionNotOpen
    if material not in correction.materials:
        raise MaterialNotAsked
    return _keep(correction.case.person_id, material, content, actor=actor, now=now, case=correction.case)


@writes
def remove_upload(*, draft: Draft, upload_id: UUID, actor: Actor, now: datetime) -> None:
    """Take a file out of a draft again. Refuses DraftAlreadySubmitted."""
    if draft.case_id:
        raise DraftAlreadySubmitted
    for upload in Upload.objects.filter(draft=draft, case=None, pk=upload_id):
        upload.delete()
        store.let_go(key=upload.key, now=now)


def uploads_of(case_id: UUID) -> list[Upload]:
    """List the files of a case, the earliest first."""
    return list(Upload.objects.filter(case=case_id).order_by("added_at", "pk"))


def upload_of(case_id: UUID, upload_id: UUID) -> Upload:
    """Find one file of a case. Refuses PaperNotFound."""
    found = Upload.objects.filter(case=case_id, pk=upload_id).first()
    if found is None:
        raise PaperNotFound
    return found


def content_of(upload: Upload) -> bytes:
    """Open a file with the key of the person it is about."""
    return sealing.unseal_bytes(upload.person_id, storage.read(upload.key))


def _keep(
    person_id: UUID,
    material: str,
    content: bytes,
    *,
    actor: Actor,
    now: datetime,
    draft: Draft | None = None,
    case: Case | None = None,
) -> Upload:
    same = _same(content, draft=draft, material=material) if draft else None
    if same:  # sent again by a hand that was not sure: one paper, not two
        return same
    return _save(_stored(person_id, material, content, now=now, draft=draft, case=case), actor, now)


@writes
def _save(upload: Upload, actor: Actor, now: datetime) -> Upload:
    """Write a file's row and make the file its own."""
    store.claim(upload.key)
    upload.save(force_insert=True)
    if actor.errand:
        publish(PaperAttached(person_id=upload.person_id, material=upload.material), actor=actor, at=now)
    return upload


def _same(content: bytes, *, material: str, draft: Draft | None = None, case: Case | None = None) -> Upload | None:
    digest = hashlib.sha256(content).hexdigest()
    return Upload.objects.filter(draft=draft, case=case, material=material, digest=digest).first()


def _stored(
    person_id: UUID,
    material: str,
    content: bytes,
    *,
    now: datetime,
    draft: Draft | None = None,
    case: Case | None = None,
) -> Upload:
    """Lay the sealed file into storage, and write its row, which is not saved yet."""
    kind = kind_of(content)
    stored = store.put_unclaimed(sealing.seal_bytes(person_id, content), now=now)
    return Upload(
        id=uuid4(),
        draft=draft,
        case=case,
        person_id=person_id,
        material=material,
        kind=kind,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        key=stored.key,
        added_at=now,
    )
