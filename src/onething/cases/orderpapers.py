"""Which files of a case belong to an order: those that its department was told of, each under its own paper."""

from __future__ import annotations

from uuid import UUID

from onething.cases import papers
from onething.cases.errors import PaperNotFound
from onething.cases.models import Upload
from onething.exchange import queries as order_book
from onething.exchange.models import Order


def uploads_of(order: Order) -> list[Upload]:
    """List the files that an order names, also those that came after it, the earliest first."""
    named = [*order.payload.get("materials", ()), *order_book.papers_after(order)]
    told = {(paper["id"], digest) for paper in named for digest in paper.get("digests", ())}
    return [upload for upload in papers.uploads_of(order.case_id) if (upload.material, upload.digest) in told]


def upload_of(order: Order, upload_id: UUID) -> Upload:
    """Find one file that an order names. Refuses PaperNotFound."""
    for upload in uploads_of(order):
        if upload.pk == upload_id:
            return upload
    raise PaperNotFound
