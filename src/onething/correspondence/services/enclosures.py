"""Result documents that departments send: kept sealed, recorded once per case, handed out, and put into the slip."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from onething.correspondence import enclosing
from onething.correspondence.errors import EnclosureMissing
from onething.correspondence.events import EnclosureOpened, EnclosureReceived
from onething.correspondence.models import Enclosure
from onething.kernel.access import Actor
from onething.plumbing import storage
from onething.plumbing.journal import publish, writes
from onething.plumbing.storage import services as store
from onething.registry import sealing, taking_in
from onething.registry.models import Person

SEALED_AS = "enclosure"


def keep_enclosure(
    *, person_id: UUID, case_id: UUID, title: str, content: bytes, actor: Actor, now: datetime
) -> Enclosure:
    """
    Keep a result document that a department sent for a case; `title` names the matter. Called outside any transaction.

    The same file for the same case gives what is kept already. Refuses EnclosureTooBig, EnclosureNoPdf,
    EnclosureLocked, storage.StorageFull, PersonErased.
    """
    enclosing.require_pdf(content)
    digest = hashlib.sha256(content).digest()
    known = Enclosure.objects.filter(case_id=case_id, digest=digest).first()
    if known is not None:
        return known
    stored = taking_in.take_in(person_id=person_id, content=content, field=SEALED_AS, actor=actor, now=now)
    enclosure = Enclosure(
        person_id=person_id,
        case_id=case_id,
        title=title,
        digest=digest,
        size=len(content),
        storage_key=stored.key,
        received_at=now,
    )
    return record_enclosure(enclosure=enclosure, actor=actor, now=now)


@writes
def record_enclosure(*, enclosure: Enclosure, actor: Actor, now: datetime) -> Enclosure:
    """Record a kept file; gives the one that was recorded before, if there is one. Refuses storage.FileMissing."""
    enclosure.region = Person.objects.values_list("region_id", flat=True).get(pk=enclosure.person_id)
    Enclosure.objects.bulk_create([enclosure], ignore_conflicts=True)
    recorded = Enclosure.objects.get(case_id=enclosure.case_id, digest=enclosure.digest)
    if recorded.pk != enclosure.pk:  # somebody was faster; this file is swept later
        return recorded
    store.claim(enclosure.storage_key)
    fact = EnclosureReceived(
        enclosure_id=enclosure.pk,
        person_id=enclosure.person_id,
        case_id=enclosure.case_id,
        digest=bytes(enclosure.digest).hex(),
    )
    publish(fact, actor=actor, at=now)
    return enclosure


@writes
def open_enclosure(*, enclosure: Enclosure, actor: Actor, now: datetime) -> bytes:
    """
    Give the file of a result document, and record who opened it.

    Refuses PersonErased, storage.FileMissing, storage.FileDamaged.
    """
    fact = EnclosureOpened(enclosure_id=enclosure.pk, person_id=enclosure.person_id, case_id=enclosure.case_id)
    publish(fact, actor=actor, at=now)
    return _content(enclosure)


def enclosed(ids: Sequence[UUID], *, person_id: UUID, case_id: UUID) -> list[tuple[Enclosure, bytes]]:
    """
    Read the files that a slip carries, in the order asked for; only files of this very case are found.

    Refuses EnclosureMissing, PersonErased, storage.FileMissing, storage.FileDamaged.
    """
    found = Enclosure.objects.filter(person_id=person_id, case_id=case_id).in_bulk(ids)
    if len(found) < len(set(ids)):
        raise EnclosureMissing
    return [(found[id_], _content(found[id_])) for id_ in dict.fromkeys(ids)]


def _content(enclosure: Enclosure) -> bytes:
    sealed = storage.read(enclosure.storage_key)
    return sealing.unseal_bytes(enclosure.person_id, sealed, field=SEALED_AS)
