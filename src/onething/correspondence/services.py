"""Writing to people: letters, and documents that are printed, signed and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from onething.correspondence import certificates, check_codes, printing, queries, signing, wording
from onething.correspondence.contents import Content, SlipContent
from onething.correspondence.errors import ChannelWrong, NoText, NumberTaken
from onething.correspondence.events import (
    DocumentIssued,
    DocumentOpened,
    NoticeDelivered,
    NoticeFailed,
    NoticeRead,
    NoticeWritten,
)
from onething.correspondence.models import Document, Notice
from onething.kernel.access import SYSTEM, Actor
from onething.plumbing import keys, storage
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages.addresses import AddressWrong
from onething.plumbing.messages.services import queue_message
from onething.registry import sealing
from onething.registry.models import Person
from onething.registry.queries import known_facts

REASON = {"zh": "签发文件", "en": "Issued document"}


@writes
def send_notice(
    *,
    person_id: UUID,
    case_id: UUID | None,
    kind: str,
    texts: Mapping[str, tuple[str, str]],
    actor: Actor,
    now: datetime,
    once: str = "",
) -> list[Notice]:
    """
    Write a letter to a person in every channel that a text is given for; what must travel is sent by jobs.

    `texts` maps in_app, sms, email to (subject, body). With `once` ("case:…:settled") a repeat writes nothing and gives
    the letters that exist. Refuses NoText, ChannelWrong, PersonErased.
    """
    _require_texts(texts)
    person = Person.objects.with_keys().get(pk=person_id)
    drafts = [
        Notice.written(person, channel=channel, kind=kind, text=text, case_id=case_id, once=once, at=now)
        for channel, text in texts.items()
    ]
    written = _write_once(drafts, once=once)
    for notice in written:
        _publish_written(notice, actor, now)
    return written or list(Notice.objects.filter(person_id=person_id, once=once, channel__in=texts))


@writes
def hand_over(*, notice_id: UUID, now: datetime) -> None:
    """Hand a written letter to the sender of its channel. Safe to run twice."""
    notice = Notice.objects.select_for_update().select_related("person").get(pk=notice_id)
    if notice.state != Notice.State.WRITTEN or notice.message_id is not None:
        return
    subject, body = notice.text
    try:
        message = queue_message(channel=notice.channel, to=_address(notice), subject=subject, body=body, now=now)
    except AddressWrong:
        _fail(notice, reason="no_address", now=now)
        return
    notice.message_id = message.pk
    notice.save(update_fields=["message_id"])


@writes
def record_delivery(*, message_id: UUID, now: datetime) -> None:
    """Record that the provider took the message of a letter; messages of others are left alone. Safe to run twice."""
    notice = _of_message(message_id)
    if notice is None:
        return
    notice.state, notice.delivered_at = Notice.State.SENT, now
    notice.save(update_fields=["state", "delivered_at"])
    publish(
        NoticeDelivered(
            notice_id=notice.pk, person_id=notice.person_id, case_id=notice.case_id, channel=notice.channel
        ),
        actor=SYSTEM,
        at=now,
    )


@writes
def record_failure(*, message_id: UUID, reason: str, now: datetime) -> None:
    """Record that the message of a letter will not arrive. Safe to run twice."""
    notice = _of_message(message_id)
    if notice is not None:
        _fail(notice, reason=reason, now=now)


@writes
def mark_read(*, notice_id: UUID, actor: Actor, now: datetime) -> None:
    """Record the first time that a person opens a letter of theirs."""
    fresh = Notice.objects.addressed_to(actor).filter(pk=notice_id, read_at=None)
    if fresh.update(read_at=now):
        notice = Notice.objects.get(pk=notice_id)
        publish(
            NoticeRead(notice_id=notice.pk, person_id=notice.person_id, case_id=notice.case_id), actor=actor, at=now
        )


def issue_document(
    *, kind: str, number: str, person_id: UUID, case_id: UUID | None, content: Content, actor: Actor, now: datetime
) -> Document:
    """
    Issue a document: print, sign and keep the file, then record it in a transaction of its own. Called by jobs.

    `kind` is notice, receipt or slip. A repeat for the same case and kind (or number) gives the document that exists.
    Refuses ContentWrong, NumberTaken, DocumentNotMade, storage.StorageFull, PersonErased.
    """
    printing.require_kind(kind, content)
    existing = queries.issued(kind=kind, number=number, case_id=case_id)
    if existing is not None:
        return _the_same(existing, kind=kind, case_id=case_id, person_id=person_id)
    code = check_codes.compute(keys.provider().secret("slip"), number=number, content=printing.canonical(content))
    pdf = _signed(kind=kind, number=number, content=content, code=code, now=now)
    stored = storage.put(sealing.seal_bytes(person_id, pdf, field="document"))
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
    )
    recorded = record_document(document=document, actor=actor, now=now)
    if recorded.pk != document.pk:  # somebody was faster: theirs is the document
        storage.delete(stored.key)
    return _the_same(recorded, kind=kind, case_id=case_id, person_id=person_id)


@writes
def record_document(*, document: Document, actor: Actor, now: datetime) -> Document:
    """Record a printed and signed document; gives the one that was recorded before, if there is one."""
    document.region = Person.objects.values_list("region_id", flat=True).get(pk=document.person_id)
    Document.objects.bulk_create([document], ignore_conflicts=True)
    recorded = queries.issued(kind=document.kind, number=document.number, case_id=document.case_id)
    if recorded is not None and recorded.pk != document.pk:
        return recorded
    fact = DocumentIssued(
        document_id=document.pk,
        person_id=document.person_id,
        case_id=document.case_id,
        document_kind=document.kind,
        number=document.number,
        digest=bytes(document.digest).hex(),
    )
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


def _signed(*, kind: str, number: str, content: Content, code: str, now: datetime) -> bytes:
    pdf = printing.to_pdf(
        kind=kind,
        number=number,
        content=content,
        check_code=code,
        check_address=check_address(number, code),
        issued_at=now,
    )
    chain = certificates.current(now)
    return signing.sign(
        pdf, chain=chain, issuer=content.issuer.name, reason=f"{REASON[content.language]} {number}", now=now
    )


def _the_same(document: Document, *, kind: str, case_id: UUID | None, person_id: UUID) -> Document:
    if (document.kind, document.case_id, document.person_id) != (kind, case_id, person_id):
        raise NumberTaken(number=document.number)
    return document


def _require_texts(texts: Mapping[str, tuple[str, str]]) -> None:
    if not texts:
        raise NoText
    for channel in texts:
        if channel not in Notice.Channel.values:
            raise ChannelWrong(channel=channel)


def _write_once(drafts: list[Notice], *, once: str) -> list[Notice]:
    if not once:
        return Notice.objects.bulk_create(drafts)
    Notice.objects.bulk_create(drafts, ignore_conflicts=True)
    kept = set(Notice.objects.filter(pk__in=[d.pk for d in drafts]).values_list("pk", flat=True))
    return [draft for draft in drafts if draft.pk in kept]


def _publish_written(notice: Notice, actor: Actor, now: datetime) -> None:
    publish(
        NoticeWritten(
            notice_id=notice.pk,
            person_id=notice.person_id,
            case_id=notice.case_id,
            channel=notice.channel,
            notice_kind=notice.kind,
        ),
        actor=actor,
        at=now,
    )


def _address(notice: Notice) -> str:
    if notice.channel == Notice.Channel.SMS:
        return notice.person.phone
    known = known_facts(notice.person_id).get("email")
    return str(known.value) if known else ""


def _of_message(message_id: UUID) -> Notice | None:
    waiting = Notice.objects.select_for_update().filter(message_id=message_id, state=Notice.State.WRITTEN)
    return waiting.first()


def _fail(notice: Notice, *, reason: str, now: datetime) -> None:
    notice.state, notice.reason = Notice.State.FAILED, reason
    notice.save(update_fields=["state", "reason"])
    publish(
        NoticeFailed(
            notice_id=notice.pk,
            person_id=notice.person_id,
            case_id=notice.case_id,
            channel=notice.channel,
            reason=reason,
        ),
        actor=SYSTEM,
        at=now,
    )
