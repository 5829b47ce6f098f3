"""Lists page by page: each page names the place after its last row, so nothing is skipped while rows are added."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from onething.kernel.errors import Invalid

Cursor = str
"""Where a page begins: opaque to those who call."""

Row = TypeVar("Row", bound=Model)


class PlaceUnreadable(Invalid):
    """This is not a place in the list."""

    remedy = "Leave “after” away for the first page; then give what the page before calls “next”."


def page_of(rows: QuerySet[Row], *, by: str, after: Cursor | None, limit: int) -> tuple[list[Row], Cursor | None]:
    """
    Give one page of rows, newest first by the moment `by`, and the place of the next one; None at the end.

    Refuses PlaceUnreadable.
    """
    if after is not None:
        moment, key = _read(after)
        rows = rows.filter(Q(**{f"{by}__lt": moment}) | Q(**{by: moment, "pk__lt": key}))
    found = list(rows.order_by(f"-{by}", "-pk")[: limit + 1])
    page = found[:limit]
    return page, _written(page[-1], by) if len(found) > limit else None


def _written(row: Any, by: str) -> Cursor:
    return base64.urlsafe_b64encode(f"{getattr(row, by).isoformat()} {row.pk}".encode()).decode()


def _read(place: Cursor) -> tuple[datetime, UUID]:
    try:
        moment, _, key = base64.b64decode(place.encode(), altchars=b"-_", validate=True).decode().partition(" ")
        read = datetime.fromisoformat(moment), UUID(key)
    except (binascii.Error, ValueError) as error:
        raise PlaceUnreadable from error
    if read[0].tzinfo is None:
        raise PlaceUnreadable
    return read
