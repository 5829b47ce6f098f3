"""Publishing packs."""

from __future__ import annotations

from datetime import datetime

from onething.catalogue import resolve, stored
from onething.catalogue.events import CalendarPublished, PackPublished
from onething.catalogue.models import Release
from onething.engine import bundle
from onething.kernel.access import Actor
from onething.kernel.workdays import Calendar
from onething.plumbing.journal import publish, writes
from onething.plumbing.packs import Pack


@writes
def publish_pack(*, pack: Pack, actor: Actor, now: datetime) -> Release:
    """
    Publish a pack that was read without problems as an immutable release.

    The same content again gives the release that is there. Refuses what `bundle.compile_catalogue` refuses.
    """
    catalogue = resolve.catalogue_of(pack)
    bundle.compile_catalogue(catalogue)
    header = pack.header
    release, is_new = Release.objects.get_or_create(
        pack=pack.id,
        digest=catalogue.release,
        defaults={
            "version": header.version,
            "title": header.title.model_dump(),
            "region": header.region,
            "effective_from": header.effective.from_,
            "effective_to": header.effective.to,
            "content": stored.content_of(pack),
            "published_at": now,
        },
    )
    if is_new:
        fact = PackPublished(release_id=release.pk, pack=release.pack, digest=release.digest)
        publish(fact, actor=actor, at=now)
    return release


@writes
def publish_calendar(*, calendar: Calendar, actor: Actor, now: datetime) -> None:
    """
    Tell the house that the working-day calendar has changed, so that open deadlines are counted again at once.

    The same calendar again changes nothing: what counts is the one that stands in the files when counting begins.
    """
    publish(CalendarPublished(calendar=calendar.id, version=calendar.version), actor=actor, at=now)
