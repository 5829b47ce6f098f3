"""The pages of a paper while its form is being filled: put in order, turned, and bound into one PDF at the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from onething.cases import papers, pictures
from onething.cases.errors import DraftAlreadySubmitted, PaperNotFound
from onething.cases.models import Draft, Upload
from onething.kernel.access import Actor
from onething.plumbing.journal import writes
from onething.plumbing.storage import services as store

PICTURES = (pictures.JPEG, pictures.PNG)


def pages_of(draft: Draft) -> list[Upload]:
    """List the files of a draft, each paper's in the order of its pages."""
    return list(Upload.objects.filter(draft=draft).order_by("material", "place", "added_at", "pk"))


def page_of(draft: Draft, upload_id: UUID) -> Upload:
    """Find one file of a draft. Refuses PaperNotFound."""
    found = Upload.objects.filter(draft=draft, pk=upload_id).first()
    if found is None:
        raise PaperNotFound
    return found


@writes
def move_page(*, draft: Draft, upload_id: UUID, actor: Actor, now: datetime) -> None:
    """Put a page before the one that stands before it; the first one stays. Refuses DraftAlreadySubmitted."""
    _locked(draft)
    moved = page_of(draft, upload_id)
    pages = [page for page in pages_of(draft) if page.material == moved.material]
    at = pages.index(moved)
    if at:
        pages[at - 1 : at + 1] = pages[at], pages[at - 1]
    for place, page in enumerate(pages, 1):
        page.place = place
    Upload.objects.bulk_update(pages, ["place"])


def turn_page(*, draft: Draft, upload_id: UUID, actor: Actor, now: datetime) -> Upload:
    """Turn a photograph a quarter to the right. Other kinds stay. Refuses PaperNotFound, DraftAlreadySubmitted."""
    page = page_of(draft, upload_id)
    if page.kind != pictures.JPEG:
        return page
    taken = papers.Taken(pictures.turned(papers.content_of(page)), pictures.JPEG)
    other = papers.stored(
        page.person_id, page.material, taken, actor=actor, now=page.added_at, draft=draft, place=page.place
    )
    return _swap(draft, [page], other, actor=actor, now=now)


def bind_pages(*, draft: Draft, actor: Actor, now: datetime) -> None:
    """Make one PDF of the photographs of each paper that has several. Again changes nothing."""
    photographs = [page for page in pages_of(draft) if page.kind in PICTURES]
    for material, pages in groupby(photographs, key=lambda page: page.material):
        leaves = list(pages)
        if len(leaves) > 1:
            bound = papers.bound([papers.Taken(papers.content_of(leaf), leaf.kind) for leaf in leaves])
            upload = papers.stored(
                draft.person_id, material, bound, actor=actor, now=leaves[0].added_at, draft=draft, place=1
            )
            _swap(draft, leaves, upload, actor=actor, now=now)


@writes
def _swap(draft: Draft, pages: Sequence[Upload], upload: Upload, *, actor: Actor, now: datetime) -> Upload:
    """Put one file where these were, unless somebody else was faster: then theirs stands."""
    _locked(draft)
    found = list(Upload.objects.filter(draft=draft, case=None, pk__in=[page.pk for page in pages]))
    if len(found) < len(pages):
        return upload
    for page in found:
        page.delete()
        store.let_go(key=page.key, now=now)
    store.claim(upload.key)
    upload.save(force_insert=True)
    return upload


def _locked(draft: Draft) -> None:
    row = Draft.objects.select_for_update(of=("self",)).only("case_id").get(pk=draft.pk)
    if row.case_id:
        raise DraftAlreadySubmitted
