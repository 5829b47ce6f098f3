"""What the tests of cases start from: the demo packs published, an invented person, a submitted case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import uuid4

import yaml

from onething.cases import papers, services
from onething.cases.models import Case, Draft
from onething.catalogue import services as catalogue
from onething.catalogue.models import Release
from onething.exchange import services as exchange
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing import places
from onething.plumbing.packs import read_pack
from onething.registry import services as registry
from onething.registry.models import Person
from onething.registry.regions import RegionRow

REGION = "990123000000"
NOW = datetime(2026, 9, 9, 2, 0, tzinfo=UTC)
PAPER = b"%PDF-1.4 an invented paper"


@cache
def answers(of: str = "published") -> dict[str, Any]:
    """Read the answers of an example."""
    example = places.packs_root() / "hlj" / "retirement" / "examples" / f"{of}.yaml"
    given = yaml.safe_load(example.read_text())["answers"]
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}


PACK = "hlj/retirement"
OFFERED = "demo/retirement"
"""The same for the invented province: what its people are offered on the first page."""


def release(pack: str = PACK) -> Release:
    """Publish the pack of thirteen matters."""
    return catalogue.publish_pack(pack=read_pack(pack), actor=SYSTEM, now=NOW)


def regions() -> None:
    """Load the invented county with all above it."""
    rows = [
        RegionRow(code="990000000000", name="云川省", name_en="Yunchuan"),
        RegionRow(code="990100000000", name="清和市", name_en="Qinghe"),
        RegionRow(code=REGION, name="望山县", name_en="Wangshan"),
    ]
    registry.load_regions(rows=rows, source="invented", actor=SYSTEM, now=NOW)


def person(number: str = "990123199905210150", known: Mapping[str, Any] | None = None) -> Person:
    """Register an invented soldier of the county."""
    return registry.register_person(
        name="何青松",
        id_number=number,
        phone="19900000001",
        region=REGION,
        known=dict(known or {}),
        source="invented",
        actor=SYSTEM,
        now=NOW,
    )


def citizen(somebody: Person) -> Actor:
    """Give the person as an actor of the portal."""
    return Actor(door=Door.CITIZEN, person_id=somebody.pk, region=REGION, permissions=frozenset({"cases.file_own"}))


def connect(connector: str = "desk") -> None:
    """Connect every department of the pack to its desk."""
    for code in release().content["departments"]:
        exchange.connect_department(
            code=code, title=code, connector=connector, address="", region=REGION, actor=SYSTEM, now=NOW
        )


def draft(somebody: Person, pack: str = PACK, **changed: Any) -> Draft:
    """Fill the one form, papers attached, ready to be submitted."""
    actor = citizen(somebody)
    begun = services.start_draft(person_id=somebody.pk, release=release(pack), actor=actor, now=NOW)
    filled = services.save_answers(draft=begun, answers={**answers(), **changed}, actor=actor, now=NOW)
    from onething.cases import queries

    for material in queries.plan_of(filled, on=NOW.date())["materials"]:
        if material["action"] == "hand_in":
            papers.attach_to_draft(draft=filled, material=material["id"], content=PAPER, actor=actor, now=NOW)
    return filled


def case() -> Case:
    """Submit the published example."""
    regions()
    connect()
    somebody = person()
    return services.submit_case(draft=draft(somebody), actor=citizen(somebody), now=NOW)


def message_id() -> str:
    """Make up the id of a department's message."""
    return f"msg_{uuid4()}"
