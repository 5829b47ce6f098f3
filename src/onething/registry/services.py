"""Changing the registry. Personal values are sealed before they reach a table; facts name fields, never values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection

from onething.kernel import codes
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry import events, regions, sealing
from onething.registry.cipher import DataKey
from onething.registry.errors import (
    NameMissing,
    NoSuchPerson,
    NoSuchRegion,
    OrganisationAlreadyOpen,
    PersonAlreadyRegistered,
    PhoneWrong,
    PurposeMissing,
    RegionTwice,
    RegionWithoutParent,
)
from onething.registry.models import KnownFact, Organisation, Person, PersonKey, Region
from onething.registry.regions import RegionRow

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
    _require_region(region)
    person = Person(id=uuid4(), region_id=region, source=source, checked_at=now)
    key = person.data_key = DataKey.fresh(person.id)
    person.write_name(read_name(name))
    person.write_id_number(codes.read_id_number(id_number, on=clock.day_of(now)).value)
    person.write_phone(read_phone(phone))
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
        _require_region(region)
        person.region_id = region
    person.source, person.checked_at = source, now
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
    Forget a person: destroy their key, so that nothing sealed with it in any table can be read again.

    Refuses NoSuchPerson. Source: PIPL (个人信息保护法) article 47.
    """
    person = _locked(actor, person_id)
    sealing.destroy_key(person_id)
    KnownFact.objects.filter(person_id=person_id).delete()
    person.erase(now)
    person.save()
    publish(events.PersonForgotten(person_id=person_id), actor=actor, at=now)


@writes
def note_look(person_id: UUID, purpose: str, actor: Actor, now: datetime) -> None:
    """
    Note that somebody looked into a personal file; `purpose` is a code, never free text about the person.

    Refuses PurposeMissing.
    """
    if not purpose.strip():
        raise PurposeMissing
    publish(events.PersonLookedAt(person_id=person_id, purpose=purpose), actor=actor, at=now)


@writes
def load_regions(*, rows: Iterable[RegionRow], source: str, actor: Actor, now: datetime) -> int:
    """
    Load a list of divisions in one statement; what is known already is brought up to date. Gives the number of rows.

    Refuses RegionTwice, RegionWithoutParent, RegionCodeWrong; then nothing is loaded.
    """
    listed = _checked(rows)
    _require_parents(listed)
    columns = [[row.code, row.name, row.name_en, row.parent, row.valid_from, row.valid_to] for row in listed]
    with connection.cursor() as cursor:
        cursor.execute(_LOAD_REGIONS, [source, *(list(column) for column in zip(*columns, strict=True))])
    publish(events.RegionsLoaded(source=source, count=len(listed)), actor=actor, at=now)
    return len(listed)


_LOAD_REGIONS = """
INSERT INTO registry_region (source, code, name, name_en, parent_id, valid_from, valid_to)
SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::date[], %s::date[])
ON CONFLICT (code) DO UPDATE SET
    source = EXCLUDED.source, name = EXCLUDED.name, name_en = EXCLUDED.name_en, parent_id = EXCLUDED.parent_id,
    valid_from = EXCLUDED.valid_from, valid_to = EXCLUDED.valid_to
"""


@writes
def open_organisation(
    *,
    code: str,
    name: str,
    kind: str,
    region: str,
    actor: Actor,
    now: datetime,
    department: str = "",
    name_en: str = "",
    parent: Organisation | None = None,
) -> Organisation:
    """
    Enter a department's office or a station.

    Refuses OrganisationAlreadyOpen (same code, or the same department in the same region), NoSuchRegion.
    """
    _require_region(region)
    organisation = Organisation(
        code=code, name=name, name_en=name_en, kind=kind, department=department, region_id=region, parent=parent
    )
    try:
        organisation.save(force_insert=True)
    except IntegrityError as clash:
        if not _is_unique_violation(clash):
            raise
        raise OrganisationAlreadyOpen(code=code) from clash
    publish(events.OrganisationOpened(organisation_id=organisation.id, code=code, region=region), actor=actor, at=now)
    return organisation


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


def _require_region(code: str) -> None:
    if not Region.objects.filter(code=code).exists():
        raise NoSuchRegion(code=code)


def _checked(rows: Iterable[RegionRow]) -> list[RegionRow]:
    """Check a list of divisions, and add the nation, from which every tree hangs."""
    listed = {regions.NATION.code: regions.NATION}
    for row in rows:
        codes.region_level(row.code)
        if row.code in listed and row.code != codes.NATION:
            raise RegionTwice(code=row.code)
        listed[row.code] = row
    return list(listed.values())


def _require_parents(listed: list[RegionRow]) -> None:
    here = {row.code for row in listed}
    wanted = {row.parent: row.code for row in listed if row.parent is not None and row.parent not in here}
    known = set(Region.objects.filter(code__in=wanted).values_list("code", flat=True))
    for parent, code in sorted(wanted.items()):
        if parent not in known:
            raise RegionWithoutParent(code=code, parent=parent)


def _locked(actor: Actor, person_id: UUID) -> Person:
    """Take a person for a change, so that two changes come one after the other."""
    rows = Person.objects.visible_to(actor).select_for_update(of=("self",)).with_keys()
    person = rows.filter(pk=person_id, forgotten_at__isnull=True).first()
    if person is None:
        raise NoSuchPerson
    return person


def _save_once(person: Person) -> None:
    try:
        person.save()
    except IntegrityError as clash:
        if not _is_unique_violation(clash):
            raise
        raise PersonAlreadyRegistered from clash


def _is_unique_violation(clash: IntegrityError) -> bool:
    return getattr(clash.__cause__, "sqlstate", "") == "23505"


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
