"""Publishing packs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from onething.catalogue import resolve, stored
from onething.catalogue.events import CalendarPublished, PackPublished
from onething.catalogue.models import Kind, Release, ReleaseSource
from onething.catalogue.policies.checking import parsed_policies
from onething.engine import bundle
from onething.kernel.access import Actor
from onething.kernel.workdays import Calendar
from onething.plumbing.journal import publish, writes
from onething.plumbing.packs import Pack


@writes
def publish_pack(*, pack: Pack, actor: Actor, now: datetime, files: Mapping[str, str] | None = None) -> Release:
    """
    Publish a pack that was read without problems as an immutable release.

    The same content again gives the release that is there. `files` (plumbing.packs.texts) are kept beside it, so that
    the next release can be prepared from them. Refuses what `bundle.compile_catalogue` refuses; a pack of
    entitlements, what its check refuses (PackInvalid).
    """
    digest = resolve.release_digest(pack)
    release = Release.objects.filter(pack=pack.id, digest=digest).first() or _released(pack, digest, actor, now)
    if files:
        ReleaseSource.objects.get_or_create(release=release, defaults={"files": dict(files)})
    return release


def _released(pack: Pack, digest: str, actor: Actor, now: datetime) -> Release:
    _check(pack)
    header = pack.header
    release, is_new = Release.objects.get_or_create(
        pack=pack.id,
        digest=digest,
        defaults={
            "kind": header.kind,
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


def _check(pack: Pack) -> None:
    """Compile what will be computed with."""
    if Kind(pack.header.kind) is Kind.ENTITLEMENTS:
        parsed_policies(pack)
    else:
        bundle.compile_catalogue(resolve.catalogue_of(pack))
