"""Which files of a case belong to an order: those that its department was told of, each under its own paper."""

from __future__ import annotations

from uuid import UUID

from onething.cases import papers
from onething.cases.errors import PaperNotFound
from onething.cases.models import Upload
from onething.exchange import queries as order_book
from onething.exchange.models import Order
from onething.exchange.states import State


def uploads_of(order: Order) -> list[Upload]:
    """List the files that an order names, also those that came after it, the earliest first."""
    named = [*order.payload.get("materials", ()), *order_book.papers_after(order)]
    told = {(paper["id"], digest) for paper in named for digest in paper.get("digests", ())}
    return [upload for upload in papers.uploads_of(order.case_id) if (upload.material, upload.digest) in told]


def upload_for(order_id: UUID, digest: str, *, port_id: UUID) -> Upload:
    """
    Find the file that an order of one department's connection names by a digest.

    Refuses PaperNotFound: also where the order is another department's, or nobody wants it any more.
    """
    order = Order.objects.filter(pk=order_id, port=port_id).exclude(state=State.CANCELLED).first()
    for upload in uploads_of(order) if order else ():
        if upload.digest == digest:
            return upload
    raise PaperNotFound


def upload_of(order: Order, upload_id: UUID) -> Upload:
    """Find one file that an order names. Refuses PaperNotFound."""
    for upload in uploads_of(order):
        if upload.pk == upload_id:
            return upload
    raise PaperNotFound
