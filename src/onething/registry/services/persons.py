"""Persons: registered, corrected, known about, forgotten. Values are sealed before they reach a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError

from onething.kernel import codes
from onething.kernel.access import Actor
from onething.plumbing import clock, looks
from onething.plumbing.journal import publish, writes
from onething.registry import events, sealing
from onething.registry.cipher import DataKey, blind_indexes
from onething.registry.errors import (
    NameMissing,
    NoSuchPerson,
    PersonAlreadyRegistered,
    PhoneWrong,
    PurposeMissing,
)
from onething.registry.models import (
    ArchiveMove,
    Arrival,
    CorrectionRequest,
    DataExport,
    KnownFact,
    Person,
    PersonKey,
    Roster,
    Statement,
)
from onething.registry.services.closing import close_file
from onething.registry.services.exporting import let_exports_go
from onething.registry.services.shared import is_unique_violation, require_region

Grade = KnownFact.Grade

_MOBILE = re.compile(r"1\d{10}")


@writes
def register_person(
    *,
    name: str,
    id_number: str,
    phone: str,
    region: str,
    known: Mapping[str, Any],
    source: str,
    actor: Actor,
    now: datetime,
    grade: int = Grade.RECORDED,
) -> Person:
    """
    Register a person under a new key of their own, with what the source knows about them.

    Refuses PersonAlreadyRegistered, NoSuchRegion, NameMissing, PhoneWrong, and an ID number that cannot be one.
    """
    require_region(region)
    person = Person(id=uuid4(), region_id=region, source=source, checked_at=now)
    key = person.data_key = DataKey.fresh(person.id)
    person.write_name(read_name(name))
    person.write_id_number(codes.read_id_number(id_number, on=clock.day_of(now)).value)
    person.write_phone(read_phone(phone))
    person.index_anew()
    _save_once(person)
    PersonKey.of(key).save(force_insert=True)
    _write_known(key, known, source=source, grade=grade, checked_at=now)
    publish(events.PersonRegistered(person_id=person.id, region=region, source=source), actor=actor, at=now)
    return person


@writes
def correct_person(
    *,
    person_id: UUID,
    source: str,
    actor: Actor,
    now: datetime,
    name: str | None = None,
    id_number: str | None = None,
    phone: str | None = None,
    region: str | None = None,
) -> Person:
    """
    Correct what is given of a person, and leave the rest.

    Refuses NoSuchPerson (also one this actor may not see), PersonAlreadyRegistered, NoSuchRegion, NameMissing,
    PhoneWrong.
    """
    person = _locked(actor, person_id)
    if name is not None:
        person.write_name(read_name(name))
    if id_number is not None:
        person.write_id_number(codes.read_id_number(id_number, on=clock.day_of(now)).value)
    if phone is not None:
        person.write_phone(read_phone(phone))
    if region is not None:
        require_region(region)
        person.region_id = region
    person.source, person.checked_at = source, now
    person.index_anew()
    _save_once(person)
    given = {"name": name, "id_number": id_number, "phone": phone, "region": region}
    fields = tuple(field for field, value in given.items() if value is not None)
    publish(events.PersonCorrected(person_id=person_id, fields=fields, source=source), actor=actor, at=now)
    return person


@writes
def learn_facts(
    *,
    person_id: UUID,
    known: Mapping[str, Any],
    source: str,
    grade: int,
    checked_at: datetime,
    actor: Actor,
    now: datetime,
) -> None:
    """
    Keep what a source says about a person, beside what other sources say. Something older changes nothing.

    Refuses NoSuchPerson.
    """
    person = _locked(actor, person_id)
    _write_known(person.data_key, known, source=source, grade=grade, checked_at=checked_at)
    publish(events.FactsLearned(person_id=person_id, fields=tuple(known), source=source), actor=actor, at=now)


@writes
def forget_person(*, person_id: UUID, actor: Actor, now: datetime) -> None:
    """
    Forget a person: destroy their key, so that nothing sealed with it in any table can be read again; and the key of
    every roster file that names them.

    Refuses NoSuchPerson. Source: PIPL (个人信息保护法) article 47.
    """
    person = _locked(actor, person_id)
    sealing.destroy_key(person_id)
    KnownFact.objects.filter(person_id=person_id).delete()
    sources = {person.source, *Statement.objects.filter(person_id=person_id).values_list("source", flat=True)}
    let_exports_go(DataExport.objects.filter(person_id=person_id, state=DataExport.State.READY), now)
    for kept in (DataExport, Statement, CorrectionRequest, ArchiveMove, Arrival):
        kept.objects.filter(person_id=person_id).delete()
    _close_files(sources, now)
    person.erase(now)
    person.save()
    publish(events.PersonForgotten(person_id=person_id), actor=actor, at=now)


def note_look(person_id: UUID, purpose: str, actor: Actor, now: datetime, *, way: str = "page") -> None:
    """
    Note that somebody looked into a personal file; `purpose` is a code, never free text about the person.

    Refuses PurposeMissing.
    """
    if not purpose.strip():
        raise PurposeMissing
    looks.note([person_id], way=way, purpose=purpose, actor=actor, now=now)


def _close_files(sources: set[str], now: datetime) -> None:
    """Destroy the keys of files in which a forgotten person is named too; those imports can no longer be undone."""
    for roster in Roster.objects.select_for_update().filter(wrapped_key__isnull=False, state=Roster.State.APPLIED):
        if roster.source in sources:
            close_file(roster, now)


def read_name(text: str) -> str:
    """Read a name as typed. Refuses NameMissing."""
    name = " ".join(text.split())
    if not name:
        raise NameMissing
    return name


def read_phone(text: str) -> str:
    """Read a mobile number as typed, with or without +86 and spaces; "" if none is given. Refuses PhoneWrong."""
    plain = re.sub(r"[\s-]", "", text).removeprefix("+86")
    if plain and not _MOBILE.fullmatch(plain):
        raise PhoneWrong
    return plain


def _locked(actor: Actor, person_id: UUID) -> Person:
    """Take a person for a change, so that two changes come one after the other."""
    rows = Person.objects.visible_to(actor).select_for_update(of=("self",)).with_keys()
    person = rows.filter(pk=person_id, forgotten_at__isnull=True).first()
    if person is None:
        raise NoSuchPerson
    return person


def _save_once(person: Person) -> None:
    """Refuse a second person with the number, also one whose index is still that of an older key."""
    for index in blind_indexes("id_number", person.id_number)[1:]:
        if Person.objects.filter(id_index=index).exclude(pk=person.pk).exists():
            raise PersonAlreadyRegistered
    try:
        person.save()
    except IntegrityError as clash:
        if not is_unique_violation(clash):
            raise
        raise PersonAlreadyRegistered from clash


def _write_known(key: DataKey, known: Mapping[str, Any], *, source: str, grade: int, checked_at: datetime) -> None:
    newer = KnownFact.objects.filter(person_id=key.person_id, source=source, checked_at__gt=checked_at, field__in=known)
    outdated = set(newer.values_list("field", flat=True))
    rows = [
        KnownFact.sealed_by(key, field=field, value=value, source=source, grade=grade, checked_at=checked_at)
        for field, value in known.items()
        if field not in outdated
    ]
    KnownFact.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "field", "source"],
        update_fields=["sealed", "grade", "checked_at"],
    )
