"""What of a case belongs to an order: the files that its department was told of, and its answers in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from onething.cases import papers
from onething.cases.errors import PaperNotFound
from onething.cases.forms.questions import in_words
from onething.cases.models import Case, Upload
from onething.catalogue import planning
from onething.exchange import queries as order_book
from onething.exchange.models import Order
from onething.registry import queries as registry


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


def answers_of(order: Order) -> list[tuple[str, str]]:
    """Say the answers of an order as the person saw them: label and words. Empty for an order of no case."""
    case = Case.objects.select_related("release").filter(pk=order.case_id).first()
    if case is None:
        return []
    payload, known = order.payload, planning.compiled(case.release).catalogue.fields
    fields: Mapping[str, Any] = payload["fields"]
    given = {name: fields[name] for name in known if name in fields}  # as the form has them; stored JSON forgets it
    places = _names(value for name, value in given.items() if known[name].type == "region")
    return [(payload["labels"].get(name, name), in_words(known[name], value, places)) for name, value in given.items()]


def _names(regions: Iterable[str]) -> dict[str, str]:
    return {code: name["zh"] for code, name in registry.region_names(regions).items()}
