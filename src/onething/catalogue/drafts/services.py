"""Drafts of packs: begun, changed, undone, thrown away, and published by two people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onething.catalogue import errors, events, policy, queries, resolve, stored
from onething.catalogue import services as catalogue
from onething.catalogue.drafts import checking, conditions, editing
from onething.catalogue.models import DraftStep, PackDraft, Release
from onething.identity import policy as identity
from onething.identity import services as door
from onething.identity.errors import OutsideRegion
from onething.identity.four_eyes import Proposed, deed
from onething.kernel.access import Actor
from onething.plumbing.journal import publish, writes
from onething.plumbing.packs import Pack

PUBLISH = "catalogue.publish_pack"
"""The deed of two by which a draft becomes a release."""
LONGEST_VERSION = 40


@writes
def begin_from_upload(
    *, own_files: Mapping[str, str], bases: Mapping[str, str], actor: Actor, now: datetime
) -> PackDraft:
    """
    Begin a draft from the files of an archive and those of what it extends (`base_files`).

    Refuses PackNotNamed, OutsideRegion, PackOfOtherDivision.
    """
    pack, region, _base = checking.name_of(own_files)
    _require_own(actor, pack, region)
    files = {**bases, **{f"{pack}/{name}": text for name, text in own_files.items()}}
    return _begun(pack, region, files, queries.newest_release(pack), actor, now, is_upload=True)


def base_files(own_files: Mapping[str, str]) -> Mapping[str, str]:
    """
    Find the files of what a pack extends: those of the newest release, else as shipped; empty if there is none.

    Refuses PackNotNamed.
    """
    base = checking.name_of(own_files)[2]
    if base is None:
        return {}
    release = queries.newest_release(base)
    kept = queries.files_of(release) if release else None
    return kept if kept is not None else checking.shipped_files(base)


@writes
def begin_from_release(*, release_id: UUID, version: str, actor: Actor, now: datetime) -> PackDraft:
    """
    Begin a draft from a release, the one in force or an older one that shall come back, under a version of its own.

    Refuses ReleaseNotFound, SourceNotKept, VersionMissing, OutsideRegion.
    """
    release = queries.release(release_id)
    _require_own(actor, release.pack, release.region)
    files = queries.files_of(release)
    if files is None:
        raise errors.SourceNotKept
    own = _own(release.pack, files)
    header = {"pack": release.content["header"]}
    named = editing.with_value(own, header, ("pack", "version"), _version(version))
    whole = {**files, **{f"{release.pack}/{name}": text for name, text in named.items()}}
    return _begun(release.pack, release.region, whole, queries.newest_release(release.pack), actor, now)


def _version(version: str) -> str:
    version = version.strip()
    if not version or len(version) > LONGEST_VERSION or not version.isprintable():
        raise errors.VersionMissing
    return version


def _require_own(actor: Actor, pack: str, region: str) -> None:
    """Nobody takes over the id of another division's pack, and nobody publishes for a division that is not theirs."""
    if not identity.may_reach(actor, region):
        raise OutsideRegion
    newest = queries.newest_release(pack)
    if newest is not None and newest.region != region:
        raise errors.PackOfOtherDivision(pack=pack)


def _begun(
    pack: str, region: str, files: Mapping[str, str], base: Release | None, actor: Actor, now: datetime,
    *, is_upload: bool = False,
) -> PackDraft:  # fmt: skip
    draft = PackDraft.objects.create(
        pack=pack, region=region, files=dict(files), based_on=base, begun_by=actor.account_id, begun_at=now,
        changed_at=now,
    )  # fmt: skip
    publish(events.PackDraftBegun(draft_id=draft.pk, pack=pack, is_upload=is_upload), actor=actor, at=now)
    return draft


@writes
def change_draft(*, draft_id: UUID, revision: int, files: Mapping[str, str], actor: Actor, now: datetime) -> PackDraft:
    """
    Write files of a draft (path inside the pack → text), if it still is as the writer saw it.

    What already reads so changes nothing. Refuses DraftNotFound, DraftClosed, DraftMovedOn.
    """
    draft = _open_draft(draft_id, actor)
    touched = {f"{draft.pack}/{name}": text for name, text in files.items()}
    if all(draft.files.get(name) == text for name, text in touched.items()):
        return draft
    _require_seen(draft, revision)
    before = {name: draft.files.get(name) for name in touched}
    draft.files = {**draft.files, **touched}
    _keep(draft, before, actor, now)
    return draft


@writes
def undo_change(*, draft_id: UUID, revision: int, actor: Actor, now: datetime) -> PackDraft:
    """Take the last change of a draft back. Refuses DraftNotFound, DraftClosed, DraftMovedOn, NothingToUndo."""
    draft = _open_draft(draft_id, actor)
    _require_seen(draft, revision)
    step = draft.steps.order_by("-revision").first()
    if step is None:
        raise errors.NothingToUndo
    files = {**draft.files, **{name: text for name, text in step.before.items() if text is not None}}
    draft.files = {name: text for name, text in files.items() if step.before.get(name, text) is not None}
    step.delete()
    draft.revision += 1
    draft.changed_at = now
    draft.save(update_fields=["files", "revision", "changed_at"])
    _tell(draft, step.before, actor, now, is_undo=True)
    return draft


def _keep(draft: PackDraft, before: Mapping[str, str | None], actor: Actor, now: datetime) -> None:
    draft.revision += 1
    draft.changed_at = now
    draft.save(update_fields=["files", "revision", "changed_at"])
    DraftStep.objects.create(draft=draft, revision=draft.revision, before=dict(before), by=actor.account_id, at=now)
    _tell(draft, before, actor, now)


def _tell(
    draft: PackDraft, touched: Mapping[str, str | None], actor: Actor, now: datetime, *, is_undo: bool = False
) -> None:
    fact = events.PackDraftChanged(
        draft_id=draft.pk, revision=draft.revision, files=tuple(sorted(touched)), is_undo=is_undo
    )
    publish(fact, actor=actor, at=now)


@writes
def discard_draft(*, draft_id: UUID, revision: int, actor: Actor, now: datetime) -> None:
    """Throw a draft away. Refuses DraftNotFound, DraftClosed, DraftMovedOn."""
    draft = _open_draft(draft_id, actor)
    _require_seen(draft, revision)
    draft.state = PackDraft.State.DISCARDED
    draft.save(update_fields=["state"])
    publish(events.PackDraftDiscarded(draft_id=draft.pk), actor=actor, at=now)


@writes
def propose_draft(*, draft_id: UUID, revision: int, pack: Pack, reason: str, actor: Actor, now: datetime) -> PackDraft:
    """
    Ask a second person to agree that a draft, checked and read as `pack`, is published.

    Refuses DraftNotFound, DraftClosed, DraftMovedOn, DraftOutdated, DraftUnchanged, PackNotNamed (its id or division
    was changed), what `conditions` refuse, and what `identity.services.propose` refuses.
    """
    draft = _open_draft(draft_id, actor)
    _require_seen(draft, revision)
    _require_current(draft)
    if (pack.id, pack.header.region) != (draft.pack, draft.region):
        raise errors.PackNotNamed
    digest = resolve.release_digest(pack)
    if Release.objects.filter(pack=draft.pack, digest=digest).exists():
        raise errors.DraftUnchanged
    draft.content, draft.digest, draft.proposed_revision = stored.content_of(pack), digest, revision
    conditions.require_all(draft, now)
    draft.save(update_fields=["content", "digest", "proposed_revision"])
    door.propose(
        kind=PUBLISH, subject=draft.pk, title=f"{draft.pack} {pack.header.version}", region=draft.region,
        reason=reason, values={"digest": digest}, actor=actor, now=now,
    )  # fmt: skip
    return draft


@deed(PUBLISH, title=_("Publish a pack"), ask=policy.EDIT_PACK, approve=policy.PUBLISH_PACK, page="catalogue:draft")
def publish_draft(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """Make a release of exactly what was asked for. Refuses DraftClosed, DraftMovedOn, DraftOutdated, `conditions`."""
    draft = _open_draft(proposal.subject, actor)
    if draft.revision != draft.proposed_revision or draft.digest != proposal.values["digest"]:
        raise errors.DraftMovedOn
    _require_current(draft)
    conditions.require_all(draft, now)
    pack = stored.pack_from(draft.content)
    catalogue.publish_pack(pack=pack, files=draft.files, actor=actor, now=now)
    draft.state = PackDraft.State.PUBLISHED
    draft.save(update_fields=["state"])
    return ""


def _open_draft(draft_id: UUID, actor: Actor) -> PackDraft:
    draft = PackDraft.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=draft_id).first()
    if draft is None:
        raise errors.DraftNotFound
    if draft.state != PackDraft.State.OPEN:
        raise errors.DraftClosed
    return draft


def _require_seen(draft: PackDraft, revision: int) -> None:
    if draft.revision != revision:
        raise errors.DraftMovedOn


def _require_current(draft: PackDraft) -> None:
    newest = queries.newest_release(draft.pack)
    if (newest.pk if newest else None) != draft.based_on_id:
        raise errors.DraftOutdated


def _own(pack: str, files: Mapping[str, Any]) -> dict[str, str]:
    start = f"{pack}/"
    return {name.removeprefix(start): text for name, text in files.items() if name.startswith(start)}
