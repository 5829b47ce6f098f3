"""A person takes all that is kept about them home: asked for, put together by a job, fetched, swept."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import QuerySet

from onething.kernel.access import SYSTEM, Actor
from onething.plumbing import storage
from onething.plumbing.journal import publish, writes
from onething.plumbing.storage import services as store
from onething.registry import events, exports, policy, sealing
from onething.registry.errors import ExportNotReady, ExportOver, ExportTooSoon, NoSuchPerson
from onething.registry.export_words import README
from onething.registry.models import DataExport, Person

AGAIN_AFTER = timedelta(days=1)
SEALED_AS = "export"

State = DataExport.State


@writes
def ask_export(*, actor: Actor, now: datetime) -> DataExport:
    """
    Ask for all that is kept about oneself. Asked twice while it is being made, it is the same one.

    Refuses Denied, NoSuchPerson, ExportTooSoon.
    """
    actor.must(policy.READ_OWN)
    if actor.person_id is None:
        raise NoSuchPerson
    if not Person.objects.select_for_update().filter(pk=actor.person_id, forgotten_at=None).exists():  # one at a time
        raise NoSuchPerson
    last = DataExport.objects.filter(person_id=actor.person_id).order_by("-asked_at").first()
    if last and last.state == State.ASKED:
        return last
    if last and now < last.asked_at + AGAIN_AFTER:
        raise ExportTooSoon
    export = DataExport.objects.create(id=uuid4(), person_id=actor.person_id, asked_at=now)
    publish(events.ExportAsked(export_id=export.pk, person_id=actor.person_id), actor=actor, at=now)
    return export


def make_export(*, export_id: UUID, now: datetime) -> None:
    """Put an export together and lay it into the store, sealed. Does nothing to one that is made or gone."""
    export = DataExport.objects.filter(pk=export_id, state=State.ASKED).first()
    if export is None:
        return
    content = exports.packed(export.person_id, readme=README, now=now)
    sealed = sealing.seal_bytes(export.person_id, content, field=SEALED_AS)
    _keep(export_id, store.put_unclaimed(sealed, now=now), len(content), now)


def open_export(*, export: DataExport, actor: Actor, now: datetime) -> bytes:
    """
    Give the person's file to them, and record that they fetched it.

    Refuses ExportNotReady, ExportOver, PersonErased, storage.FileMissing, storage.FileDamaged.
    """
    if export.state == State.ASKED:
        raise ExportNotReady
    if not export.is_there(now):
        raise ExportOver
    content = sealing.unseal_bytes(export.person_id, storage.read(export.file_key), field=SEALED_AS)
    _record_fetching(export, actor, now)
    return content


def let_exports_go(old: QuerySet[DataExport], now: datetime) -> int:
    """Give up the files of exports, in the caller's transaction; tell how many."""
    found = list(old.select_for_update())
    for export in found:
        store.let_go(key=export.file_key, now=now)
        export.state, export.file_key = State.GONE, ""
        export.save(update_fields=["state", "file_key"])
    return len(found)


@writes
def _keep(export_id: UUID, stored: storage.Stored, size: int, now: datetime) -> None:
    export = DataExport.objects.select_for_update().filter(pk=export_id, state=State.ASKED).first()
    if export is None:
        return
    store.claim(stored.key)
    export.state, export.ready_at, export.file_key, export.size = State.READY, now, stored.key, size
    export.save(update_fields=["state", "ready_at", "file_key", "size"])
    publish(events.ExportMade(export_id=export_id, person_id=export.person_id), actor=SYSTEM, at=now)


@writes
def _record_fetching(export: DataExport, actor: Actor, now: datetime) -> None:
    publish(events.ExportFetched(export_id=export.pk, person_id=export.person_id), actor=actor, at=now)
