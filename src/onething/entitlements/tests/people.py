"""Invented people as the registry knows them, and the national pack as publishing leaves it."""

from __future__ import annotations

import json
import random
import zlib
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from onething.catalogue import stored
from onething.catalogue.models import Kind, Release
from onething.kernel import codes
from onething.kernel.codes import NATION
from onething.plumbing.packs import read_pack
from onething.registry.models import Person
from onething.registry.tests import factories

DAY = date(2026, 9, 17)
NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
POLICY = "rural_veteran_60"
COUNTY, NEIGHBOUR = factories.COUNTY, factories.NEIGHBOUR


@cache
def content() -> dict[str, Any]:
    return stored.content_of(read_pack("national/entitlements"))


def publish(number: int = 5, changed: dict[str, Any] | None = None) -> Release:
    """
    Put the pack there as publishing leaves it; its check is tried where publishing is.

    Other content has another id: releases are kept by id in this process, for they never change.
    """
    other = zlib.crc32(json.dumps(changed, default=str, sort_keys=True).encode()) if changed else 0
    return Release.objects.create(
        pk=UUID(int=(other << 32) + number), kind=Kind.ENTITLEMENTS, pack="national/entitlements",
        digest=f"{number:064}",
        version=f"2026.{number}", title=content()["header"]["title"], region=NATION, effective_from=date(2011, 8, 1),
        content=changed or content(), published_at=NOW + timedelta(minutes=number),
    )  # fmt: skip


OLD_SOLDIER: dict[str, Any] = {
    "enlist_date": "1984-11-01", "discharge_date": "1988-01-15", "compulsory_start": "1984-11-01",
    "compulsory_end": "1988-01-15", "service_kind": "conscript", "hukou_type": "rural",
    "hukou_type_at_discharge": "rural", "employee_pension": False, "employment": "self_employed",
}  # fmt: skip


def person(born: str = "1966-03-01", *, serial: int, region: str = COUNTY, grade: int = 2, **facts: Any) -> Person:
    """Register an old soldier of a village who turned 60, but for what is said otherwise; None leaves a fact out."""
    given = {"hukou_region": region, **OLD_SOLDIER, **facts}
    known = {name: value for name, value in given.items() if value is not None}
    return bare(born, serial=serial, region=region, grade=grade, known=known)


def bare(born: str, *, serial: int, region: str = COUNTY, grade: int = 2, known: dict[str, Any]) -> Person:
    """Register somebody of whom nothing but this is known."""
    body = f"{region[:6]}{born.replace('-', '')}{serial:03d}"
    return factories.person(
        id_number=body + codes.id_check_digit(body), region=region, grade=grade, phone=f"138{serial:08d}", known=known
    )


NOT_ENTITLED: tuple[dict[str, Any], ...] = (
    {"born": "1966-09-18"},  # 60 tomorrow
    {"hukou_type_at_discharge": "urban"},
    {"hukou_type": "urban", "employee_pension": True},
    {"enlist_date": "2012-12-01", "discharge_date": "2014-12-01", "compulsory_start": "2012-12-01",
     "compulsory_end": "2014-12-01"},
    {"benefits_received": ["disability_pension"]},
    {"benefits_received": ["rural_veteran_60"]},  # entitled, and has it
    {"sentence": "imprisonment"},
    {"dishonoured": True},
    {"discharge_date": None, "compulsory_end": None},
    {"born": "1966-03-01", "discharge_date": "1980-01-01"},  # discharged before enlistment
    {"hukou_type_at_discharge": None, "discharge_date": "2030-01-01"},
    {"hukou_type": None, "hukou_type_at_discharge": None},  # two things are open
)  # fmt: skip
"""Why the living allowance at 60 leads nowhere, one reason each."""


def crowd(count: int, seed: int = 7) -> list[Person]:
    """Register people whom the living allowance at 60 leads to nobody of, for a reason drawn by lot."""
    lot = random.Random(seed)
    return [person(serial=200 + number, **lot.choice(NOT_ENTITLED)) for number in range(count)]
