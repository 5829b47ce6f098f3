"""What the post office hands to a person of their own data: letters, documents, results."""

from __future__ import annotations

from uuid import UUID

from onething.correspondence.models import Document, Enclosure, Notice, ReminderWish
from onething.plumbing import storage
from onething.registry import exports, sealing
from onething.registry.exports import Enclosed, Part, rows


@exports.part(
    "correspondence",
    tables=(
        "correspondence.Notice",
        "correspondence.Document",
        "correspondence.Enclosure",
        "correspondence.ReminderWish",
    ),
)
def mine(person_id: UUID) -> Part:
    """Hand out what was written to somebody, with every document as a file."""
    documents = list(Document.objects.filter(person_id=person_id).order_by("issued_at"))
    enclosures = list(Enclosure.objects.filter(person_id=person_id))
    return Part(
        {
            "reminders": rows(ReminderWish.objects.filter(person_id=person_id)),
            "letters": rows(Notice.objects.filter(person_id=person_id).order_by("at"), text=lambda row: row.text),
            "documents": rows(documents, without=("storage_key",), file=lambda row: f"{row.pk}.pdf"),
            "results": rows(enclosures, without=("storage_key",), file=lambda row: f"{row.pk}.pdf"),
        },
        (*(_document(row) for row in documents), *(_enclosure(row) for row in enclosures)),
    )


def _document(row: Document) -> Enclosed:
    return Enclosed(
        f"{row.pk}.pdf",
        row.size,
        lambda: sealing.unseal_bytes(row.person_id, storage.read(row.storage_key), field="document"),
    )


def _enclosure(row: Enclosure) -> Enclosed:
    return Enclosed(
        f"{row.pk}.pdf",
        row.size,
        lambda: sealing.unseal_bytes(row.person_id, storage.read(row.storage_key), field="enclosure"),
    )
