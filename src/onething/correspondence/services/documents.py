"""Documents: printed, signed, kept sealed, recorded once, and handed out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from onething.correspondence import certificates, check_codes, enclosing, printing, queries, signing, wording
from onething.correspondence.contents import Content, SlipContent
from onething.correspondence.enclosing import Enclosed
from onething.correspondence.errors import DocumentMissing, DocumentVoid, NumberTaken
from onething.correspondence.events import DocumentIssued, DocumentOpened, DocumentRevoked
from onething.correspondence.models import Document
from onething.correspondence.services import enclosures
from onething.kernel.access import Actor
from onething.plumbing import keys, storage
from onething.plumbing.journal import publish, writes
from onething.plumbing.storage import services as store
from onething.registry import sealing
from onething.registry.models import Person

REASON = {"zh": "签发文件", "en": "Issued document"}


def issue_document(
    *,
    kind: str,
    number: str,
    person_id: UUID,
    case_id: UUID | None,
    content: Content,
    actor: Actor,
    now: datetime,
    replaces: UUID | None = None,
) -> Document:
    """
    Issue a document: print, sign and keep the file, then record it in a transaction of its own. Called by jobs.

    `kind` is notice, receipt or slip. A repeat for the same case and kind (or number) gives the document that exists.
    One that `replaces` another makes that void; a second replacement of the same gives the first.
    Result documents that a slip's content names are put into it. Refuses ContentWrong, NumberTaken, DocumentNotMade,
    EnclosureMissing, storage.StorageFull, storage.FileMissing, PersonErased.
    """
    printing.require_kind(kind, content)
    existing = queries.issued(kind=kind, number=number, case_id=case_id, replaces=replaces)
    if existing is not None:
        return _the_same(existing, kind=kind, case_id=case_id, person_id=person_id)
    code = check_codes.compute(keys.provider().secret("slip"), number=number, content=printing.canonical(content))
    files = _files(content, person_id=person_id, case_id=case_id)
    pdf = _signed(kind=kind, number=number, content=content, code=code, files=files, now=now)
    stored = store.put_unclaimed(sealing.seal_bytes(person_id, pdf, field="document"), now=now)
    document = Document(
        number=number,
        kind=kind,
        person_id=person_id,
        case_id=case_id,
        masked_name=wording.masked_surname(content.person_name),
        issuer=content.issuer.name,
        release=content.release,
        digest=hashlib.sha256(pdf).digest(),
        check_code=code,
        summary=dict(content.counts) if isinstance(content, SlipContent) else {},
        storage_key=stored.key,
        size=len(pdf),
        issued_at=now,
        replaces_id=replaces,
    )
    recorded = record_document(document=document, actor=actor, now=now)
    return _the_same(recorded, kind=kind, case_id=case_id, person_id=person_id)


@writes
def record_document(*, document: Document, actor: Actor, now: datetime) -> Document:
    """
    Record a printed and signed document; gives the one that was recorded before, if there is one.

    Its own file is then nobody's, and swept later. Refuses storage.FileMissing.
    """
    document.region = Person.objects.values_list("region_id", flat=True).get(pk=document.person_id)
    Document.objects.bulk_create([document], ignore_conflicts=True)
    recorded = queries.issued(
        kind=document.kind, number=document.number, case_id=document.case_id, replaces=document.replaces_id
    )
    if recorded is not None and recorded.pk != document.pk:
        return recorded
    store.claim(document.storage_key)
    fact = DocumentIssued(
        document_id=document.pk,
        person_id=document.person_id,
        case_id=document.case_id,
        document_kind=document.kind,
        number=document.number,
        digest=bytes(document.digest).hex(),
        replaces=document.replaces_id,
    )
    publish(fact, actor=actor, at=now)
    return document


@writes
def revoke_document(*, document_id: UUID, actor: Actor, now: datetime) -> Document:
    """
    Revoke a wrong document: it stays as it was issued, and whoever checks it is told that it no longer holds.

    Refuses DocumentMissing, DocumentVoid (it was revoked or replaced before).
    """
    document = Document.objects.select_for_update().filter(pk=document_id).first()
    if document is None:
        raise DocumentMissing
    if document.is_void:
        raise DocumentVoid(number=document.number)
    document.revoked_at = now
    document.save(update_fields=["revoked_at"])
    fact = DocumentRevoked(document_id=document.pk, person_id=document.person_id, case_id=document.case_id)
    publish(fact, actor=actor, at=now)
    return document


def open_document(*, document: Document, actor: Actor, now: datetime) -> bytes:
    """
    Give the PDF of a document, and record who opened it.

    Refuses PersonErased, storage.FileMissing, storage.FileDamaged.
    """
    pdf = sealing.unseal_bytes(document.person_id, storage.read(document.storage_key), field="document")
    record_opening(document=document, actor=actor, now=now)
    return pdf


@writes
def record_opening(*, document: Document, actor: Actor, now: datetime) -> None:
    """Record that somebody opened a document."""
    fact = DocumentOpened(document_id=document.pk, person_id=document.person_id, case_id=document.case_id)
    publish(fact, actor=actor, at=now)


def check_address(number: str, code: str) -> str:
    """Give the public address that the QR of a document opens."""
    return settings.PUBLIC_URL + check_path(number, code)


def check_path(number: str, code: str) -> str:
    """Give the path of that page in this installation."""
    return f"{reverse('correspondence:slip', args=[number])}?{urlencode({'d': code})}"


def _files(content: Content, *, person_id: UUID, case_id: UUID | None) -> dict[UUID, Enclosed]:
    if not isinstance(content, SlipContent) or case_id is None:
        return {}
    ids = [result.enclosure for result in content.results if result.enclosure]
    read = enclosures.enclosed(ids, person_id=person_id, case_id=case_id)
    return {row.pk: Enclosed(f"result-{n:02}.pdf", row.title, pdf) for n, (row, pdf) in enumerate(read, start=1)}


def _signed(
    *, kind: str, number: str, content: Content, code: str, files: Mapping[UUID, Enclosed], now: datetime
) -> bytes:
    pdf = printing.to_pdf(
        kind=kind,
        number=number,
        content=content,
        check_code=code,
        check_address=check_address(number, code),
        files=files,
        issued_at=now,
    )
    pdf = enclosing.enclose(pdf, tuple(files.values()), at=now)
    chain = certificates.current(now)
    return signing.sign(
        pdf, chain=chain, issuer=content.issuer.name, reason=f"{REASON[content.language]} {number}", now=now
    )


def _the_same(document: Document, *, kind: str, case_id: UUID | None, person_id: UUID) -> Document:
    if (document.kind, document.case_id, document.person_id) != (kind, case_id, person_id):
        raise NumberTaken(number=document.number)
    return document
