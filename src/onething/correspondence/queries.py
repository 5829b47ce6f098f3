"""Reading letters and documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from onething.correspondence import check_codes, wording
from onething.correspondence.errors import DocumentMissing, EnclosureMissing, NoticeMissing
from onething.correspondence.models import Document, Enclosure, Notice, ReminderWish
from onething.kernel.access import Actor
from onething.registry import queries as registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter as its reader sees it."""

    id: UUID
    person_id: UUID
    case_id: UUID | None
    kind: str
    subject: str
    body: str
    at: datetime
    read_at: datetime | None


def inbox(actor: Actor) -> QuerySet[Notice]:
    """Find the letters in the inbox of whoever asks. One row per letter, newest first."""
    return Notice.objects.visible_to(actor).addressed_to(actor).in_inbox().order_by("-at")


def letter_for(actor: Actor, notice_id: UUID) -> Letter:
    """Read one letter that the actor may see. Refuses NoticeMissing, PersonErased."""
    notice = Notice.objects.visible_to(actor).filter(pk=notice_id).first()
    if notice is None:
        raise NoticeMissing
    return in_clear(notice)


def in_clear(notice: Notice) -> Letter:
    """Open a letter. Refuses PersonErased."""
    subject, body = notice.text
    return Letter(
        id=notice.id,
        person_id=notice.person_id,
        case_id=notice.case_id,
        kind=notice.kind,
        subject=subject or wording.first_sentence(body),
        body=body,
        at=notice.at,
        read_at=notice.read_at,
    )


def notices_of_case(actor: Actor, case_id: UUID) -> QuerySet[Notice]:
    """Find all letters of a case, in every channel, with how far each came. Newest first."""
    return Notice.objects.visible_to(actor).filter(case_id=case_id).order_by("-at")


def documents_of(actor: Actor) -> QuerySet[Document]:
    """Find the documents issued to whoever asks, newest first."""
    theirs = Document.objects.visible_to(actor).addressed_to(actor)
    return theirs.select_related("replaced_by").order_by("-issued_at")


def documents_of_case(actor: Actor, case_id: UUID) -> QuerySet[Document]:
    """Find the documents of a case, in the order they were issued."""
    found = Document.objects.visible_to(actor).filter(case_id=case_id)
    return found.select_related("replaced_by").order_by("issued_at")


def document_for(actor: Actor, document_id: UUID) -> Document:
    """Find one document that the actor may see. Refuses DocumentMissing."""
    found = Document.objects.visible_to(actor).filter(pk=document_id).first()
    if found is None:
        raise DocumentMissing
    return found


def newest_slip(actor: Actor, case_id: UUID) -> Document | None:
    """Find the result slip of a case that no other one replaces; it may be revoked. None before there is one."""
    return documents_of_case(actor, case_id).filter(kind=Document.Kind.SLIP, replaced_by=None).first()


def slips_of_case(case_id: UUID) -> int:
    """Count the result slips of a case, those that were replaced too."""
    return Document.objects.filter(case_id=case_id, kind=Document.Kind.SLIP).count()


def enclosures_of(actor: Actor) -> QuerySet[Enclosure]:
    """Find the result documents that departments sent for whoever asks, newest first."""
    return Enclosure.objects.visible_to(actor).addressed_to(actor).order_by("-received_at")


def enclosures_of_case(actor: Actor, case_id: UUID) -> QuerySet[Enclosure]:
    """Find the result documents of a case, in the order they came."""
    return Enclosure.objects.visible_to(actor).filter(case_id=case_id).order_by("received_at")


def enclosure_for(actor: Actor, enclosure_id: UUID) -> Enclosure:
    """Find one result document that the actor may see. Refuses EnclosureMissing."""
    found = Enclosure.objects.visible_to(actor).filter(pk=enclosure_id).first()
    if found is None:
        raise EnclosureMissing
    return found


def issued(*, kind: str, number: str, case_id: UUID | None, replaces: UUID | None = None) -> Document | None:
    """Find the document that a request to issue would repeat: of this number, or the first of this case and kind, or
    what replaces the same one."""
    same = Q(number=number)
    if replaces is not None:
        same |= Q(replaces_id=replaces)
    elif case_id is not None:
        same |= Q(case_id=case_id, kind=kind, replaces=None)
    return Document.objects.filter(same).order_by("issued_at").first()


def document_by_code(number: str, typed_code: str) -> Document | None:
    """Find a document for somebody who holds it: number and check code must both be right."""
    found = Document.objects.select_related("replaced_by").filter(number=number).first()
    return found if found is not None and check_codes.same(found.check_code, typed_code) else None


def email_of(person_id: UUID) -> str:
    """Give a person's e-mail address, as far as a register knows one; else nothing."""
    known = registry.known_facts(person_id).get("email")
    return str(known.value) if known else ""


def reminder_way(actor: Actor) -> str:
    """Tell how whoever asks wants to be reminded; "" if they never said: then by every channel that there is."""
    return ReminderWish.objects.visible_to(actor).values_list("way", flat=True).first() or ""
