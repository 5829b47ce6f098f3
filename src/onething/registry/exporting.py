"""What the registry hands to a person of their own data."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from onething.registry import exports, sealing
from onething.registry.exports import Part, rows
from onething.registry.models import (
    ArchiveMove,
    Arrival,
    CorrectionRequest,
    DataExport,
    KnownFact,
    Person,
    Sharing,
    Statement,
)


@exports.part(
    "registry",
    tables=(
        "registry.Person",
        "registry.KnownFact",
        "registry.Statement",
        "registry.CorrectionRequest",
        "registry.ArchiveMove",
        "registry.Arrival",
        "registry.Sharing",
        "registry.DataExport",
    ),
)
def mine(person_id: UUID) -> Part:
    """Hand out who somebody is, and what which source said when."""
    key = sealing.key_of(person_id)
    of = {"person_id": person_id}
    who = Person.objects.with_keys().filter(pk=person_id)
    return Part(
        {
            "person": rows(who, name=_read("name"), id_number=_read("id_number"), phone=_read("phone")),
            "known": rows(KnownFact.objects.filter(**of).best_first(), value=lambda fact: fact.value(key)),
            "file": rows(Statement.objects.filter(**of), values=lambda row: _said(row, key)),
            "corrections": rows(
                CorrectionRequest.objects.filter(**of), said=lambda row: key.unseal("correction", bytes(row.sealed))
            ),
            "archive": rows(
                ArchiveMove.objects.filter(**of), noted=lambda row: key.unseal("archive", bytes(row.sealed))
            ),
            "arrival": rows(Arrival.objects.filter(**of)),
            "sharing": rows(Sharing.objects.filter(**of)),
            "exports": rows(DataExport.objects.filter(**of), without=("file_key",)),
        }
    )


def _read(name: str) -> Any:
    return lambda person: getattr(person, name)


def _said(row: Statement, key: Any) -> dict[str, Any]:
    """Write a statement out field by field, each with its time and the grade of its evidence."""
    said = row.said(key)
    return {name: {"value": one.value, "checked_at": one.checked_at, "grade": one.grade} for name, one in said.items()}


exports.left_out(
    {
        "registry.PersonKey": "the key itself: whoever had it could read what is sealed",
        "storage.HeldFile": "which file waits for the scanner: the file itself is in what it was handed in for",
        "registry.RosterLine": "lines of a list that entered nobody: kept under the list's key, for two weeks at most",
    }
)
