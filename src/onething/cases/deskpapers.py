"""The papers of an order, for the officers of its department: exactly those that the order names."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from onething.cases import orderpapers, papers
from onething.exchange import policy, queries
from onething.plumbing import looks
from onething.plumbing.ui import guarded
from onething.plumbing.ui.doors import Request, page


@page(may=policy.ANSWER_ORDER, methods=("GET",))
def paper_file(request: Request, order_id: UUID, upload_id: UUID) -> HttpResponse:
    """Show one paper of an order; each view is noted. Another paper of the same case is not there."""
    order = queries.order_for(request.actor, order_id)
    upload = orderpapers.upload_of(order, upload_id)
    looks.note([order.person_id], way="file", purpose="order", actor=request.actor, now=request.now)
    return guarded.inline(papers.content_of(upload), kind=upload.kind)
