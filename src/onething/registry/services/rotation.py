"""Rotating the keys of personal data, under a running installation: new versions first, then row after row, then out.

Nothing stands still meanwhile: each version stays readable until it is retired, and a retired one is refused while a
single row needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count

from onething.kernel.access import Actor
from onething.kernel.errors import Unavailable
from onething.plumbing import keys
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages.models import Message
from onething.registry import events
from onething.registry.cipher import DataKey, Ring, WrappedKey, blind_index_with
from onething.registry.errors import KeyStillNeeded, KeyStraight, NotRotatedHere, SealBroken
from onething.registry.models import Person, PersonKey, Roster

PURPOSES = ("field", "index")
PIECE = 2_000
ZERO = UUID(int=0)


def rotate(*, purpose: str, actor: Actor, now: datetime) -> tuple[int, int]:
    """
    Make a new version of a key, and bring every row to it, some thousands at a time.

    Gives the new version and how many rows were brought to it. Interrupted, `finish_rotation` goes on.
    Refuses NotRotatedHere.
    """
    _require_ours(purpose)
    version = keys.provider().renew(purpose)
    return version, finish_rotation(purpose=purpose, actor=actor, now=now)


def finish_rotation(*, purpose: str, actor: Actor, now: datetime) -> int:
    """Bring what is still under an older version to the newest. Safe to repeat. Refuses NotRotatedHere."""
    _require_ours(purpose)
    done, last = 0, ZERO
    step = _rewrap_persons if purpose == "field" else _index_persons
    while True:
        count, last = step(after=last)
        done += count
        if last == ZERO:
            break
    if purpose == "field":
        done += _rewrap_rosters()
    _note_rotation(purpose, keys.provider().newest(purpose), done, actor, now)
    return done


def retire(*, purpose: str, version: int, actor: Actor, now: datetime) -> None:
    """
    Destroy an old version of a key.

    Refuses KeyStillNeeded while a row is under it, KeyStraight for the newest, NotRotatedHere.
    """
    _require_ours(purpose)
    if version >= keys.provider().newest(purpose):
        raise KeyStraight(purpose=purpose, version=version)
    if needed := rows_by_version(purpose).get(version, 0):
        raise KeyStillNeeded(purpose=purpose, version=version, count=needed)
    _note_retired(purpose, version, actor, now)
    keys.provider().retire(purpose, version)


def rows_by_version(purpose: str) -> dict[int, int]:
    """Count the rows under each version of a key. Refuses NotRotatedHere."""
    _require_ours(purpose)
    if purpose == "index":
        live = Person.objects.filter(forgotten_at__isnull=True)
        return dict(live.values_list("index_version").annotate(Count("pk")).order_by())
    found = dict(PersonKey.objects.values_list("version").annotate(Count("pk")).order_by())
    rosters = Roster.objects.filter(wrapped_key__isnull=False)
    for version, count in rosters.values_list("key_version").annotate(Count("pk")).order_by():
        found[version] = found.get(version, 0) + count
    for version, count in _letters_by_version().items():
        found[version] = found.get(version, 0) + count
    return found


def _letters_by_version() -> Mapping[int, int]:
    """Messages on their way out are sealed with the "field" key too."""
    return dict(Message.objects.values_list("key_version").annotate(Count("pk")).order_by())


@writes
def _rewrap_persons(*, after: UUID) -> tuple[int, UUID]:
    """Lock some persons' keys with the newest version. Gives how many, and where to go on (zero: nowhere)."""
    ring = Ring.newest()
    with connection.cursor() as cursor:
        cursor.execute(_OLD_KEYS, [after, ring.field_version, PIECE])
        rows = cursor.fetchall()
        opened = [DataKey.unwrap(person, WrappedKey(version, bytes(wrapped))) for person, version, wrapped in rows]
        wrapped_anew = [ring.wrap(key) for key in opened]
        cursor.execute(_NEW_KEYS, [ring.field_version, [key.person_id for key in opened], wrapped_anew])
    return len(rows), rows[-1][0] if len(rows) == PIECE else ZERO


_OLD_KEYS = """
SELECT person_id, version, wrapped FROM registry_personkey
WHERE person_id > %s AND version < %s ORDER BY person_id LIMIT %s FOR UPDATE
"""
_NEW_KEYS = """
UPDATE registry_personkey k SET version = %s, wrapped = n.wrapped
FROM unnest(%s::uuid[], %s::bytea[]) AS n(person_id, wrapped) WHERE k.person_id = n.person_id
"""


@writes
def _index_persons(*, after: UUID) -> tuple[int, UUID]:
    """Index some persons with the newest version. Gives how many, and where to go on (zero: nowhere)."""
    version = keys.provider().newest("index")
    rows = Person.objects.filter(pk__gt=after, index_version__lt=version, forgotten_at__isnull=True)
    persons = list(rows.with_keys().select_for_update(of=("self",)).order_by("pk")[:PIECE])
    for person in persons:
        person.index_anew()
    values: list[list[Any]] = [[p.pk for p in persons], [p.id_index for p in persons], [p.phone_index for p in persons]]
    with connection.cursor() as cursor:
        cursor.execute(_NEW_INDEXES, [version, *values])
    return len(persons), persons[-1].pk if len(persons) == PIECE else ZERO


_NEW_INDEXES = """
UPDATE registry_person p SET index_version = %s, id_index = n.id_index, phone_index = n.phone_index
FROM unnest(%s::uuid[], %s::bytea[], %s::bytea[]) AS n(id, id_index, phone_index) WHERE p.id = n.id
"""


@writes
def _rewrap_rosters() -> int:
    newest = keys.provider().newest("field")
    old = Roster.objects.select_for_update().filter(wrapped_key__isnull=False, key_version__lt=newest)
    for roster in old:
        wrapped = roster.data_key.wrap()
        roster.key_version, roster.wrapped_key = wrapped.version, wrapped.content
        roster.save(update_fields=["key_version", "wrapped_key"])
    return len(old)


@writes
def _note_rotation(purpose: str, version: int, count: int, actor: Actor, now: datetime) -> None:
    publish(events.KeyRotated(purpose=purpose, version=version, count=count), actor=actor, at=now)


@writes
def _note_retired(purpose: str, version: int, actor: Actor, now: datetime) -> None:
    publish(events.KeyRetired(purpose=purpose, version=version), actor=actor, at=now)


def _require_ours(purpose: str) -> None:
    if purpose not in PURPOSES:
        raise NotRotatedHere(purpose=purpose)


@dataclass(frozen=True, slots=True)
class Drill:
    """
    What a loss of the keys would mean, tried on a sample: how many of it open without keys, and with the backup.

    `lost_versions` are versions that rows need and the backup does not hold.
    """

    persons: int
    sample: int
    opened_without: int
    opened_with_backup: int
    found_with_backup: int
    lost_versions: tuple[str, ...]

    @property
    def is_safe(self) -> bool:
        """Tell whether the backup brings everything back, and nothing opens without it."""
        whole = self.opened_with_backup == self.found_with_backup == self.sample
        return whole and self.opened_without == 0 and not self.lost_versions


def rehearse_loss(*, empty: keys.KeyProvider, backup: keys.KeyProvider, sample: int) -> Drill:
    """
    Rehearse the loss of all keys, without touching those in use: persons are opened with none, then with the backup.

    "Opened" is a person's own key and number; "found" is that the backup's index key leads to the same row.
    """
    persons = list(Person.objects.filter(forgotten_at__isnull=True).with_keys().order_by("?")[:sample])
    lost = [
        f"{purpose}.{version}"
        for purpose in PURPOSES
        for version in sorted(rows_by_version(purpose))
        if version not in _on_file(backup, purpose)
    ]
    return Drill(
        persons=PersonKey.objects.count(),
        sample=len(persons),
        opened_without=sum(_number_of(person, empty) is not None for person in persons),
        opened_with_backup=sum(_number_of(person, backup) is not None for person in persons),
        found_with_backup=sum(_is_found(person, backup) for person in persons),
        lost_versions=tuple(lost),
    )


def _on_file(ring: keys.KeyProvider, purpose: str) -> set[int]:
    """Versions that are really there: asking a folder for its versions makes a first one where there is none."""
    return set(ring.held(purpose))


def _number_of(person: Person, ring: keys.KeyProvider) -> str | None:
    try:
        key = DataKey.unwrap(person.pk, WrappedKey(person.key.version, bytes(person.key.wrapped)), ring)
        return str(key.unseal("id_number", bytes(person.sealed_id_number or b"")))
    except (SealBroken, Unavailable):
        return None


def _is_found(person: Person, ring: keys.KeyProvider) -> bool:
    number = _number_of(person, ring)
    if number is None or person.index_version not in ring.held("index"):
        return False
    secret = ring.secret("index", person.index_version)
    return blind_index_with(secret, "id_number", number) == bytes(person.id_index or b"")
