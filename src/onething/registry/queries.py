"""Reading the registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from onething.kernel import codes
from onething.kernel.access import Actor
from onething.registry import regions
from onething.registry.cipher import blind_index
from onething.registry.errors import NoOrganisation, NoSuchPerson, NoSuchRegion
from onething.registry.models import KnownFact, Organisation, Person, Region


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about one field: the value, who says so, how well, and when it was last checked."""

    value: Any
    source: str
    checked_at: datetime
    grade: int


def person(actor: Actor, person_id: UUID) -> Person:
    """Find a person this actor may see, with the key to read them. Refuses NoSuchPerson."""
    found = Person.objects.visible_to(actor).with_keys().filter(pk=person_id, forgotten_at__isnull=True).first()
    if found is None:
        raise NoSuchPerson
    return found


def person_by_id_number(number: str) -> Person | None:
    """Find a person by ID number (18 or 15 places). Refuses a number that cannot be one."""
    index = blind_index("id_number", codes.read_id_number(number).value)
    return Person.objects.with_keys().filter(id_index=index).first()


def persons_by_phone(phone: str) -> list[Person]:
    """Find the persons registered with a mobile number; families share one more often than one thinks."""
    index = blind_index("phone", phone)
    return list(Person.objects.with_keys().filter(phone_index=index).order_by("pk"))


def known_facts(person_id: UUID) -> dict[str, Known]:
    """
    Find what is known about a person: one value per field, from the best source (grade, then time).

    Holds the person's own `full_name`, `id_number`, `phone`, `sex`, `birth_date`.
    Refuses NoSuchPerson, PersonErased.
    """
    found = Person.objects.with_keys().filter(pk=person_id).first()
    if found is None:
        raise NoSuchPerson
    known = {field: _own(found, value) for field, value in _identity(found).items()}
    for fact in KnownFact.objects.filter(person_id=person_id).best_first():
        if fact.field not in known:
            known[fact.field] = Known(fact.value(found.data_key), fact.source, fact.checked_at, fact.grade)
    return known


def sources_of(person_id: UUID, field: str) -> list[Known]:
    """List what every source says about one field, the most trustworthy first: more than one value is a conflict."""
    facts = KnownFact.objects.filter(person_id=person_id, field=field).select_related("person__key").best_first()
    return [Known(f.value(f.person.data_key), f.source, f.checked_at, f.grade) for f in facts]


def region(code: str) -> Region:
    """Find a region by its 12-digit code. Refuses NoSuchRegion."""
    found = Region.objects.filter(code=code).first()
    if found is None:
        raise NoSuchRegion(code=code)
    return found


def regions_below(code: str) -> QuerySet[Region]:
    """Find the regions directly below one. One row per region, in the order of their codes."""
    return Region.objects.filter(parent_id=code, valid_to__isnull=True).order_by("code")


def organisation_for(department: str, region: str) -> Organisation:
    """
    Find the office of a department that serves a region: its own, else the nearest one upwards.

    Refuses NoOrganisation.
    """
    offices = Organisation.objects.filter(kind=Organisation.Kind.DEPARTMENT, department=department)
    nearest = offices.filter(region__in=regions.upwards(region)).order_by("-region__level").first()
    if nearest is None:
        raise NoOrganisation(department=department, region=region)
    return nearest


def _identity(person: Person) -> dict[str, str]:
    number = codes.read_id_number(person.id_number)
    values = {
        "full_name": person.name,
        "id_number": number.value,
        "phone": person.phone,
        "sex": number.sex.value,
        "birth_date": number.birth_date.isoformat(),
    }
    return {field: value for field, value in values.items() if value}


def _own(person: Person, value: str) -> Known:
    return Known(value, person.source, person.checked_at, KnownFact.Grade.AUTHORITATIVE)
