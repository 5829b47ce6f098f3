"""The file with all that is kept about a person, as the page and the API answer with it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse

from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.registry import services
from onething.registry.models import DataExport


def handed_out(found: DataExport, actor: Actor, now: datetime) -> HttpResponse:
    """Give the file itself, and record that it was fetched."""
    content = services.open_export(export=found, actor=actor, now=now)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="my-data-{clock.day_of(found.asked_at):%Y-%m-%d}.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer
