"""Reading what is published. Releases are public: what a person is entitled to is no secret."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from uuid import UUID

from django.db.models import QuerySet

from onething.catalogue.errors import DraftNotFound, PackNotPublished, ReleaseNotFound
from onething.catalogue.models import Kind, PackDraft, Release, ReleaseSource
from onething.engine.bundle.model import Words
from onething.kernel.access import Actor
from onething.registry import regions


def releases_for(region: str, *, on: date) -> list[Release]:
    """
    Find what a person of a division can have done: the newest release of each pack, nearest division first.

    A pack that another one of the same division extends is left out.
    """
    return _nearest(region, on, Kind.MATTERS)


def policies_for(region: str, *, on: date) -> Release:
    """Find the release by which entitlements of a division are decided on a day. Refuses ReleaseNotFound."""
    nearest = _nearest(region, on, Kind.ENTITLEMENTS)
    if not nearest:
        raise ReleaseNotFound
    return nearest[0]


def grants_for(entitlements: Release, region: str, *, on: date) -> Release | None:
    """
    Find the pack in which a person of a division applies for what an entitlement pack gives; None if it names none.

    The nearest division's own edition counts, if it extends the pack that is named.
    """
    named = entitlements.content["header"].get("granted_by")
    found = _nearest(region, on, Kind.GRANTS) if named else []
    return next((one for one in found if named in (one.pack, *_bases([one]))), None)


def _nearest(region: str, on: date, kind: Kind) -> list[Release]:
    wanted = regions.upwards(region)
    found: dict[str, Release] = {}
    for release in Release.objects.in_force(on).filter(region__in=wanted, kind=kind).defer("content"):
        found.setdefault(release.pack, release)
    nearest = sorted(found.values(), key=lambda r: wanted.index(r.region))
    extended = _bases(nearest)
    return [release for release in nearest if release.pack not in extended]


def _bases(releases: list[Release]) -> set[str]:
    rows = Release.objects.filter(pk__in=[r.pk for r in releases]).values_list("content__bases", flat=True)
    return {base for bases in rows for base in bases}


def current_release(pack: str, *, on: date) -> Release:
    """Find the release of a pack that new forms use on a day. Refuses PackNotPublished."""
    matters = Release.objects.in_force(on).filter(kind=Kind.MATTERS)
    release = matters.filter(pack=pack).defer("content").first()
    if release is None:
        known = matters.values_list("pack", flat=True).distinct().order_by("pack")
        raise PackNotPublished(pack=pack, known=_known(pack, list(known)))
    return release


def _known(pack: str, known: list[str]) -> Words:
    """Name the packs that can be used: those whose names come near, else some of them."""
    near = get_close_matches(pack, known, n=3, cutoff=0.5) or known[:5]
    if not near:
        return Words("还没有发布任何事项包。", "None is published yet.")
    return Words(f"可用的有：{'、'.join(near)}。", f"There is: {', '.join(near)}.")


def newest_release(pack: str) -> Release | None:
    """Find the release of a pack that was published last, whether it is in force yet or not."""
    return Release.objects.filter(pack=pack).order_by("-published_at").first()


def release(release_id: UUID) -> Release:
    """Find one release. Refuses ReleaseNotFound."""
    found = Release.objects.filter(pk=release_id).first()
    if found is None:
        raise ReleaseNotFound
    return found


def all_releases() -> QuerySet[Release]:
    """List every release, the newest first, without what they hold."""
    return Release.objects.order_by("-published_at").defer("content")


def files_of(release: Release) -> dict[str, str] | None:
    """Give the files a release was made of; None where they were not kept."""
    files: dict[str, str] | None = ReleaseSource.objects.filter(pk=release.pk).values_list("files", flat=True).first()
    return files


def drafts(actor: Actor) -> QuerySet[PackDraft]:
    """List the open drafts an actor may see, the last changed first, without their files."""
    shown = PackDraft.objects.visible_to(actor).filter(state=PackDraft.State.OPEN)
    return shown.order_by("-changed_at").defer("files", "content")


def draft(actor: Actor, draft_id: UUID) -> PackDraft:
    """Find one draft. Refuses DraftNotFound."""
    found = PackDraft.objects.visible_to(actor).select_related("based_on").filter(pk=draft_id).first()
    if found is None:
        raise DraftNotFound
    return found
