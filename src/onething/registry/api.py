"""All that is kept about oneself, for a program: asked for, listed, handed out. The same services as the page."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status

from onething.kernel.access import Actor
from onething.kernel.errors import Denied
from onething.plumbing import clock
from onething.plumbing.ui.doors import Request
from onething.registry import policy, queries, services
from onething.registry.handing_out import handed_out
from onething.registry.models import DataExport

router = Router(tags=["my data"])


class ExportOut(Schema):
    """A copy of all that is kept about oneself: being made (`asked`), there until a day (`ready`), or over (`gone`)."""

    id: UUID
    state: str
    asked_at: datetime
    until: datetime | None
    size: int


class ExportPage(Schema):
    """Some of one's copies, newest first; `next` asks for those after them, null at the end."""

    items: list[ExportOut]
    next: datetime | None


@router.post("/exports", response={202: ExportOut}, summary="Ask for all that is kept about oneself")
def ask_export(request: HttpRequest) -> Status[DataExport]:
    """Ask for all that is kept about oneself; it is put together within minutes. Once a day."""
    return Status(202, services.ask_export(actor=_actor(request), now=clock.now()))


@router.get("/exports", response=ExportPage, summary="List one's copies")
def exports(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most.")] = 20,
    after: Annotated[datetime | None, Query(description="`next` of the page before.")] = None,
) -> ExportPage:
    """List one's copies, newest first, page by page."""
    found = queries.exports_of(_actor(request), before=after)[: limit + 1]
    items = list(found)
    return ExportPage(
        items=[ExportOut.from_orm(one) for one in items[:limit]],
        next=items[limit - 1].asked_at if len(items) > limit else None,
    )


@router.get("/exports/{export_id}", summary="Fetch a copy, as a ZIP file")
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Fetch a copy: one ZIP file with everything as JSON, and the papers. 409 until it is ready, 410 after a week."""
    actor = _actor(request)
    return handed_out(queries.export_for(actor, export_id), actor, clock.now())


def _actor(request: HttpRequest) -> Actor:
    actor = cast(Request, request).actor
    if not actor.may(policy.READ_OWN):
        raise Denied
    return actor
