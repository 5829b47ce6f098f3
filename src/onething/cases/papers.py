"""Taking in papers: what a file really is, sealed storage, and the row that says whose it is.

The file is written before its row, outside any transaction: a row never points at nothing. A file whose row was not
written is swept later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from onething.cases import binding, pictures, services
from onething.cases.errors import (
    CorrectionNotOpen,
    DraftAlreadySubmitted,
    MaterialNotAsked,
    PaperNotFound,
    PaperTooThick,
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
from onething.registry import sealing, taking_in

LIMIT = 10 * 1024 * 1024

MOST_PAGES = 24
"""Files of one paper; a household book has some sixteen pages, two to a photograph."""

TOGETHER = 40 * 1024 * 1024
"""Bytes of all files of one paper."""

PDF = "application/pdf"
_BEGINNINGS = ((b"\xff\xd8\xff", pictures.JPEG), (b"\x89PNG\r\n\x1a\n", pictures.PNG), (b"%PDF-", PDF))


def kind_of(content: bytes) -> str:
    """Tell what a file is by its content, not its name. Refuses UploadEmpty, UploadTooLarge, UploadWrongKind."""
    if not content:
        raise UploadEmpty
    if len(content) > LIMIT:
        raise UploadTooLarge(limit=LIMIT // 2**20)
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    raise UploadWrongKind


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it is kept, and how many photographs are bound into it."""

    content: bytes
    kind: str
    pages: int = 1

    @property
    def digest(self) -> str:
        """Its sha256, by which departments know it."""
        return hashlib.sha256(self.content).hexdigest()


def take(content: bytes) -> Taken:
    """Take a file in: of a photograph the picture alone is kept. Refuses what `kind_of` and `pictures` refuse."""
    kind = kind_of(content)
    return Taken(pictures.cleaned(content, kind), kind)


def take_together(contents: Sequence[bytes]) -> Taken:
    """Take several photographs in as one PDF; one file stays what it is. Refuses what `take` does, PaperTooThick."""
    taken = [take(content) for content in contents]
    return taken[0] if len(taken) == 1 else bound(taken)


def bound(leaves: Sequence[Taken]) -> Taken:
    """Bind photographs into one PDF. Refuses PictureBroken, PaperTooThick."""
    require_thin(len(leaves), sum(len(leaf.content) for leaf in leaves))
    bytes_ = binding.bind([binding.Leaf(leaf.content, leaf.kind) for leaf in leaves])
    return Taken(bytes_, PDF, len(leaves))


def require_thin(pages: int, size: int) -> None:
    """Refuse (PaperTooThick) more pages or bytes than one paper may have."""
    if pages > MOST_PAGES or size > TOGETHER:
        raise PaperTooThick(pages=MOST_PAGES, limit=TOGETHER // 2**20)


def attach_to_draft(*, draft: Draft, material: str, content: bytes, actor: Actor, now: datetime) -> Upload:
    """
    Add a file for a material of a draft, behind those that are there.

    Refuses what `take` does, MaterialNotAsked, DraftAlreadySubmitted, PaperTooThick.
    """
    if draft.case_id:
        raise DraftAlreadySubmitted
    if material not in draft.release.content["materials"]:
        raise MaterialNotAsked
    taken = take(content)
    same = _same(taken, draft=draft, material=material)
    if same:  # sent again by a hand that was not sure: one paper, not two
        return same
    there = list(Upload.objects.filter(draft=draft, material=material).values_list("size", "place"))
    require_thin(len(there) + 1, sum(size for size, _ in there) + len(taken.content))
    place = max((place for _, place in there), default=0) + 1
    return save(stored(draft.person_id, material, taken, actor=actor, now=now, draft=draft, place=place), actor, now)


def attach_to_case(
    *, case: Case, material: str, content: bytes, further: Sequence[bytes] = (), actor: Actor, now: datetime
) -> Upload:
    """
    Add a paper that was to follow, also a late one; photographs of `further` pages are bound with the first.

    Refuses what `take_together` does, MaterialNotAsked, CaseClosed.
    """
    if not case.papers_to_come.filter(material=material).exists():
        raise MaterialNotAsked
    taken = take_together([content, *further])
    upload = _same(taken, case=case, material=material)
    upload = upload or stored(case.person_id, material, taken, actor=actor, now=now, case=case)
    return services.take_paper(case=case, upload=upload, actor=actor, now=now)


def attach_to_correction(
    *, correction: Correction, material: str, content: bytes, further: Sequence[bytes] = (), actor: Actor, now: datetime
) -> Upload:
    """
    Add a mended paper; photographs of `further` pages are bound with the first.

    Refuses what `take_together` does, MaterialNotAsked, CorrectionNotOpen.
    """
    if correction.answered_at:
        raise CorrectionNotOpen
    if material not in correction.materials:
        raise MaterialNotAsked
    taken, case = take_together([content, *further]), correction.case
    return save(stored(case.person_id, material, taken, actor=actor, now=now, case=case), actor, now)


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


@writes
def save(upload: Upload, actor: Actor, now: datetime) -> Upload:
    """Write a file's row and make the file its own."""
    store.claim(upload.key)
    upload.save(force_insert=True)
    if actor.errand:
        publish(PaperAttached(person_id=upload.person_id, material=upload.material), actor=actor, at=now)
    return upload


def _same(taken: Taken, *, material: str, draft: Draft | None = None, case: Case | None = None) -> Upload | None:
    return Upload.objects.filter(draft=draft, case=case, material=material, digest=taken.digest).first()


def stored(
    person_id: UUID,
    material: str,
    taken: Taken,
    *,
    actor: Actor,
    now: datetime,
    draft: Draft | None = None,
    case: Case | None = None,
    place: int = 0,
) -> Upload:
    """Lay the sealed file into storage, and write its row, which is not saved yet."""
    kept = taking_in.take_in(person_id=person_id, content=taken.content, actor=actor, now=now)
    return Upload(
        id=uuid4(),
        draft=draft,
        case=case,
        person_id=person_id,
        material=material,
        kind=taken.kind,
        size=len(taken.content),
        digest=taken.digest,
        key=kept.key,
        added_at=now,
        place=place,
        pages=taken.pages,
    )
