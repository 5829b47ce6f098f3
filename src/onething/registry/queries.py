"""Reading the registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Func, Max, Min, Q, QuerySet

from onething.kernel import codes
from onething.kernel.access import Actor
from onething.kernel.errors import Refusal
from onething.plumbing import prepared
from onething.registry import errors, regions, sealing, stated
from onething.registry.cipher import blind_indexes
from onething.registry.errors import (
    NoOrganisation,
    NoSuchCorrection,
    NoSuchExport,
    NoSuchPerson,
    NoSuchRegion,
    NoSuchRoster,
)
from onething.registry.models import (
    ArchiveMove,
    Arrival,
    CorrectionRequest,
    DataExport,
    KnownFact,
    Organisation,
    Person,
    Region,
    RegionChange,
    RegionMove,
    Roster,
    RosterLine,
    Sharing,
    Statement,
)
from onething.registry.person_file import EntryView, Moment, entries_of, life_course
from onething.registry.policy import in_region


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about one field: the value, who says so, how well, and when it was last checked."""

    value: Any
    source: str
    checked_at: datetime
    grade: int


COUNTY = 3


def person(actor: Actor, person_id: UUID) -> Person:
    """Find a person this actor may see, with the key to read them. Refuses NoSuchPerson."""
    found = Person.objects.visible_to(actor).with_keys().filter(pk=person_id, forgotten_at__isnull=True).first()
    if found is None:
        raise NoSuchPerson
    return found


def masked_name(person_id: UUID) -> str:
    """Give a person's name as it may stand on a screen: the first character only. Refuses NoSuchPerson."""
    row = prepared.row("SELECT masked_name FROM registry_person WHERE id = %s AND forgotten_at IS NULL", [person_id])
    if row is None:
        raise NoSuchPerson
    return str(row[0])


def masked_names(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the masked names of many persons; of those one may not see, and of forgotten ones, none. One query."""
    rows = Person.objects.filter(pk__in=set(person_ids), forgotten_at__isnull=True)
    return dict(rows.values_list("pk", "masked_name"))


def person_by_id_number(number: str) -> Person | None:
    """Find a person by ID number (18 or 15 places). Refuses a number that cannot be one."""
    indexes = blind_indexes("id_number", codes.read_id_number(number).value)
    return Person.objects.with_keys().filter(id_index__in=indexes).first()


def persons_by_phone(phone: str) -> list[Person]:
    """Find the persons registered with a mobile number; families share one more often than one thinks."""
    indexes = blind_indexes("phone", phone)
    return list(Person.objects.with_keys().filter(phone_index__in=indexes).order_by("pk"))


def known_facts(person_id: UUID) -> dict[str, Known]:
    """
    Find what is known about a person: one value per field, from the best source (grade, then time).

    Holds the person's own `full_name`, `id_number`, `phone`, `sex`, `birth_date`.
    Refuses NoSuchPerson, PersonErased.
    """
    rows = prepared.rows(_KNOWN, [person_id])
    if not rows:
        raise NoSuchPerson
    person = Person.from_db("default", _PERSON, rows[0][: len(_PERSON)])
    version, wrapped = rows[0][len(_PERSON) : len(_PERSON) + 2]
    person.data_key = sealing.opened(person_id, version, wrapped)
    known = {field: _own(person, value) for field, value in _identity(person).items()}
    for *_, field, sealed, source, grade, checked_at in rows:
        if field is not None and field not in known:
            known[field] = Known(KnownFact.open(person.data_key, field, sealed), source, checked_at, grade)
    return known


def facts_for_rules(person_id: UUID) -> dict[str, Known]:
    """
    Find what rules may count with: `known_facts`, and what the file states. The better grade counts, else the fact.

    Refuses NoSuchPerson, PersonErased.
    """
    known = known_facts(person_id)
    rows = list(Statement.objects.filter(person_id=person_id, section__in=stated.SECTIONS))
    for field, said in stated.facts_of(rows, sealing.key_of(person_id)).items() if rows else ():
        if field not in known or said.grade > known[field].grade:
            known[field] = Known(said.value, said.source, said.checked_at, said.grade)
    return known


_PERSON = ("id", "sealed_name", "sealed_id_number", "sealed_phone", "source", "checked_at")
_KNOWN = """
SELECT p.id, p.sealed_name, p.sealed_id_number, p.sealed_phone, p.source, p.checked_at, k.version, k.wrapped,
       f.field, f.sealed, f.source, f.grade, f.checked_at
FROM registry_person p LEFT JOIN registry_personkey k ON k.person_id = p.id
LEFT JOIN registry_knownfact f ON f.person_id = p.id
WHERE p.id = %s ORDER BY f.field, f.grade DESC, f.checked_at DESC, f.source
"""
"""Runs with every form that is looked at or submitted. The order is that of `best_first`."""


def sources_of(person_id: UUID, field: str) -> list[Known]:
    """List what every source says about one field, the most trustworthy first: more than one value is a conflict."""
    facts = KnownFact.objects.filter(person_id=person_id, field=field).select_related("person__key").best_first()
    return [Known(f.value(f.person.data_key), f.source, f.checked_at, f.grade) for f in facts]


def persons_of_source(source: str) -> set[UUID]:
    """Give the persons whom a source brought, or of whom it states something."""
    stated = Statement.objects.filter(source=source).values_list("person_id", flat=True)
    return {*stated, *Person.objects.filter(source=source).values_list("pk", flat=True)}


def region(code: str) -> Region:
    """Find a region by its 12-digit code. Refuses NoSuchRegion."""
    found = Region.objects.filter(code=code).first()
    if found is None:
        raise NoSuchRegion(code=code)
    return found


def region_names(region_codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """Give the names of divisions in both languages; of a code that is none, nothing. One query."""
    rows = Region.objects.filter(code__in=set(region_codes)).values_list("code", "name", "name_en")
    return {code: {"zh": name, "en": name_en or name} for code, name, name_en in rows}


def regions_below(code: str) -> QuerySet[Region]:
    """
    Find the regions directly below one, in a province's own tree where it has one.

    One row per region, in the order of their codes.
    """
    here = Q(own_parent_id=code) | Q(own_parent__isnull=True, parent_id=code)
    return Region.objects.filter(here, valid_to__isnull=True).order_by("code")


def places_called(words: str, *, most: int) -> list[Region]:
    """Find provinces, cities and counties by the beginning of their name, or by code; at most so many, in order."""
    if words.isascii() and words.isdigit():
        return list(Region.objects.filter(code=words.ljust(12, "0"), level__lte=COUNTY))
    return list(Region.objects.filter(name__startswith=words, level__range=(1, COUNTY)).order_by("code")[:most])


def reach() -> str:
    """
    Give the smallest division that holds every office of this installation; the whole country while there is none.

    What holds for everybody here (the calendar) is decided by those whose division is this one, or lies above it.
    """
    ends = Organisation.objects.aggregate(first=Min("region_id"), last=Max("region_id"))
    return regions.above_both(ends["first"], ends["last"]) if ends["first"] else codes.NATION


def known_codes() -> set[str]:
    """Give the codes of all divisions, of the past too."""
    return set(Region.objects.values_list("code", flat=True))


def is_standing(code: str) -> bool:
    """Tell whether a division of this code exists today."""
    return prepared.row("SELECT FROM registry_region WHERE code = %s::text AND valid_to IS NULL", [code]) is not None


def present_code(code: str) -> str | None:
    """
    Follow a code through the divisions' history to the one that stands for it today; None where only a clerk can tell.

    An abolished division, and one that was split, has no single successor.
    """
    seen: set[str] = set()
    while code not in seen:
        seen.add(code)
        if Region.objects.filter(code=code, valid_to__isnull=True).exists():
            return code
        successors = set(RegionMove.objects.filter(old_code=code).values_list("new_code", flat=True))
        successors |= set(_told(code))
        if len(successors) != 1:
            return None
        (code,) = successors
    return None


def _told(code: str) -> list[str]:
    """What history says of a code from before this installation."""
    told = RegionChange.objects.filter(old_code=code, kind=RegionChange.Kind.RECODED)
    return list(told.values_list("new_code", flat=True))


def history_of(code: str) -> QuerySet[RegionChange]:
    """Find what happened to a division under this code, the earliest first. One row per change."""
    return RegionChange.objects.filter(Q(old_code=code) | Q(new_code=code)).order_by("year", "pk")


def moves_of(change_id: int) -> dict[str, str]:
    """Give old code → new code of every division that one change moved, for upper modules to move their open work."""
    return dict(RegionMove.objects.filter(change_id=change_id).values_list("old_code", "new_code"))


def persons_to_place(actor: Actor) -> QuerySet[Person]:
    """Find persons whose division ended without a single successor: a clerk has to say where they belong."""
    return Person.objects.visible_to(actor).filter(region__valid_to__isnull=False, forgotten_at__isnull=True)


def organisation_for(department: str, region: str) -> Organisation:
    """
    Find the office of a department that serves a region: its own, else the nearest one upwards.

    Upwards goes by a province's own tree where it has one: a county that the province leads itself asks no city.
    Refuses NoOrganisation.
    """
    row = prepared.row(_NEAREST_OFFICE, [codes.read_region(region), department])
    if row is None:
        raise NoOrganisation(department=department, region=region)
    return Organisation.from_db("default", _OFFICE, row)


_OFFICE = ["id", "code", "name", "name_en", "kind", "department", "region_id", "parent_id"]
_NEAREST_OFFICE = """
WITH RECURSIVE chain(code, above, height) AS (
    SELECT code, coalesce(own_parent_id, parent_id), 0 FROM registry_region WHERE code = %s::text
    UNION ALL
    SELECT r.code, coalesce(r.own_parent_id, r.parent_id), chain.height + 1
    FROM registry_region r JOIN chain ON r.code = chain.above WHERE chain.height < 12
)
SELECT o.id, o.code, o.name, o.name_en, o.kind, o.department, o.region_id, o.parent_id
FROM registry_organisation o JOIN chain ON o.region_id = chain.code
WHERE o.kind = 'department' AND o.department = %s::text
ORDER BY chain.height LIMIT 1
"""


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


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one line of a roster: which column (none: the line itself), and the refusal."""

    line: int
    column: int | None
    refusal: Refusal


def rosters(actor: Actor) -> QuerySet[Roster]:
    """Find the rosters of one's division and below, the newest first. One row per file."""
    return Roster.objects.visible_to(actor).select_related("region").order_by("-taken_at")


def roster(actor: Actor, roster_id: UUID) -> Roster:
    """Find one roster. Refuses NoSuchRoster."""
    found = rosters(actor).filter(pk=roster_id).first()
    if found is None:
        raise NoSuchRoster
    return found


def faults_of(roster: Roster) -> Iterator[Fault]:
    """List what is wrong with a checked roster, in the order of its lines; lines left out have no fault."""
    for line in roster.marked.filter(is_left_out=False).order_by("number"):
        for column, code, facts in line.fault_rows:
            yield Fault(line.number, column, refused(code, facts))


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line to be looked at: its cells with their titles and what is wrong with each, and what is wrong as a whole."""

    number: int
    cells: list[tuple[str, str, Refusal | None]]
    whole: list[Refusal]
    is_left_out: bool


def marked_lines(roster: Roster) -> list[MarkedLine]:
    """List the faulty lines and those left out, in their order, with their cells as the file has them."""
    return [_marked(roster, line) for line in roster.marked.order_by("number") if line.faults or line.is_left_out]


def _marked(roster: Roster, line: RosterLine) -> MarkedLine:
    wrong = {column: refused(code, facts) for column, code, facts in reversed(line.fault_rows) if column is not None}
    whole = [refused(code, facts) for column, code, facts in line.fault_rows if column is None]
    texts = [*line.cells(roster.data_key), *[""] * len(roster.titles)]
    cells = [(title, texts[at], wrong.get(at)) for at, title in enumerate(roster.titles)]
    return MarkedLine(line.number, cells, whole, line.is_left_out)


def refused(code: str, facts: Mapping[str, Any]) -> Refusal:
    """Make a refusal again from its stable code, to be said in the reader's language."""
    return _REFUSALS[code](**facts)


_REFUSALS: dict[str, type[Refusal]] = {
    kind().code: kind
    for module in (codes, errors)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Refusal)
}


@dataclass(frozen=True, slots=True)
class PersonFile:
    """One person's file as it is shown: entries with their sources, the archive's way, corrections, the life course."""

    person: Person
    entries: list[EntryView]
    archive: list[ArchiveMove]
    corrections: list[CorrectionRequest]
    arrival: Arrival | None
    course: list[Moment]


def person_file(actor: Actor, person_id: UUID) -> PersonFile:
    """Open a person's file. Refuses NoSuchPerson. The door notes the look (`services.note_look`)."""
    found = person(actor, person_id)
    entries = entries_of(found.statements.all(), found.data_key)
    archive = list(found.archive_moves.select_related("holder").order_by("day", "pk"))
    born = codes.read_id_number(found.id_number).birth_date
    return PersonFile(
        person=found,
        entries=entries,
        archive=archive,
        corrections=list(found.corrections.order_by("-asked_at")),
        arrival=Arrival.objects.filter(person=found).first(),
        course=life_course(entries, archive, born, found.checked_at),
    )


def look_for(actor: Actor, words: str) -> list[Person]:
    """Find persons of one's division by ID number or mobile number; by nothing else. At most a family."""
    plain = "".join(words.split())
    if len(plain) == 11 and plain.isdigit():
        found = persons_by_phone(plain)
    else:
        one = person_by_id_number(plain)
        found = [one] if one else []
    allowed = set(Person.objects.visible_to(actor).filter(pk__in=[p.pk for p in found]).values_list("pk", flat=True))
    return [each for each in found if each.pk in allowed and each.forgotten_at is None]


def corrections_open(actor: Actor) -> QuerySet[CorrectionRequest]:
    """Find the corrections that wait for an answer, the oldest first. One row per request."""
    waiting = CorrectionRequest.objects.visible_to(actor).filter(answered_at__isnull=True)
    return waiting.select_related("person__key").order_by("asked_at")


def correction(actor: Actor, correction_id: int) -> CorrectionRequest:
    """Find one correction, also an answered one. Refuses NoSuchCorrection."""
    rows = CorrectionRequest.objects.visible_to(actor).select_related("person__key")
    found: CorrectionRequest | None = rows.filter(pk=correction_id).first()
    if found is None:
        raise NoSuchCorrection
    return found


def arrivals(actor: Actor) -> QuerySet[Arrival]:
    """Find who is expected and has not come, those who lack most first. One row per person."""
    expected = Arrival.objects.visible_to(actor).exclude(state=Arrival.State.ARRIVED).select_related("person")
    return expected.order_by(Func("lacking", function="cardinality").desc(), "expected_at", "pk")


def sharings(actor: Actor) -> QuerySet[Sharing]:
    """Find the ledger of sharing, the newest first. One row per transfer."""
    return Sharing.objects.visible_to(actor).order_by("-at", "-pk")


def newest_export(actor: Actor) -> DataExport | None:
    """Find the newest copy of their data that a person asked for."""
    return DataExport.objects.visible_to(actor).order_by("-asked_at").first()


def exports_of(actor: Actor, *, before: datetime | None = None) -> QuerySet[DataExport]:
    """Find the copies of their data that a person asked for, the newest first; those asked for before a moment."""
    found = DataExport.objects.visible_to(actor).order_by("-asked_at")
    return found.filter(asked_at__lt=before) if before else found


def export_for(actor: Actor, export_id: UUID) -> DataExport:
    """Find a copy of one's own data. Refuses NoSuchExport."""
    found = DataExport.objects.visible_to(actor).filter(pk=export_id).first()
    if found is None:
        raise NoSuchExport
    return found


def offices_of(actor: Actor, wanted: str = "") -> QuerySet[Organisation]:
    """List the offices and stations of an actor's division and below, by division; those named like `wanted`."""
    found = Organisation.objects.filter(in_region(actor, "region__code")).select_related("region")
    return (found.filter(name__contains=wanted) if wanted else found).order_by("region_id", "code")
