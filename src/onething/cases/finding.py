"""Finding a case by what somebody at the window says: its number, the name, a masked or whole ID number, the phone."""

from __future__ import annotations

import re
from uuid import UUID

from django.db.models import QuerySet

from onething.cases.errors import SearchTooWide
from onething.cases.models import Case
from onething.kernel.errors import Invalid
from onething.registry import masks
from onething.registry import queries as registry
from onething.registry.models import Person

MOST_OPENED = 200
"""So many persons are opened to compare a name or the ends of a number; they are of the actor's division only."""

_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,}")
_MASKED = re.compile(r"(\d{0,6})\*+(\d{0,3}[\dX])")


def found_by(cases: QuerySet[Case], words: str, *, most: int = MOST_OPENED) -> QuerySet[Case]:
    """
    Keep the cases that fit what was typed.

    An ID number (15 or 18 places) and a phone number are found by their blind index; a name and a masked number
    (99****0150) are compared among the running cases, of at most `most` persons. Refuses SearchTooWide.
    """
    plain = "".join(words.split()).upper()
    if _NAME.fullmatch(plain):
        return cases.filter(person_id__in=_named(cases.filter(masked_name=masks.name(plain)), most, plain))
    if masked := _MASKED.fullmatch(plain):
        return cases.filter(person_id__in=_ending(cases.filter(state="running"), most, *masked.groups()))
    if plain.isdigit() and len(plain) == 11 and plain.startswith("1"):
        return cases.filter(person_id__in=[person.pk for person in registry.persons_by_phone(plain)])
    if len(plain) in (15, 18) and plain[:-1].isdigit():
        return cases.filter(person_id__in=_by_id_number(plain))
    return cases.filter(number__endswith=plain)


def _by_id_number(number: str) -> list[UUID]:
    try:
        person = registry.person_by_id_number(number)
    except Invalid:  # no such number can be: then nobody has it
        return []
    return [person.pk] if person else []


def _named(cases: QuerySet[Case], most: int, name: str) -> list[UUID]:
    return [person.pk for person in _opened(cases, most) if person.name == name]


def _ending(cases: QuerySet[Case], most: int, head: str, tail: str) -> list[UUID]:
    people = _opened(cases, most)
    return [p.pk for p in people if p.id_number.startswith(head) and p.id_number.endswith(tail)]


def _opened(cases: QuerySet[Case], most: int) -> list[Person]:
    ids = set(cases.order_by().values_list("person_id", flat=True).distinct()[: most + 1])
    if len(ids) > most:
        raise SearchTooWide
    return list(Person.objects.with_keys().filter(pk__in=ids, forgotten_at__isnull=True))
