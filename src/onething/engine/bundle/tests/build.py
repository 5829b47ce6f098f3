"""A small hand-made catalogue in few words: what a test does not say is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from onething.engine.bundle import compile_catalogue, compute_plan
from onething.engine.bundle.model import (
    Act,
    Alone,
    Basis,
    Catalogue,
    Clause,
    DerivedField,
    EventDef,
    FieldDef,
    FieldUse,
    Figure,
    MaterialDef,
    MaterialNeed,
    MatterDef,
    Need,
    Option,
    PersonalTerm,
    StationDef,
    Supply,
    SupplyBy,
    Unit,
    Words,
)
from onething.engine.bundle.plan import Plan
from onething.kernel.workdays import Calendar, Status, Year

MONDAY = date(2026, 3, 2)
CALENDAR = Calendar(
    "plain",
    tuple(Year(year=number, status=Status.ANNOUNCED, source="test", special=()) for number in range(2020, 2031)),
)


def words(text: str) -> Words:
    return Words(f"中{text}", text)


def days(value: int, unit: Unit = Unit.WORKING_DAYS, basis: Basis = Basis.RECONSTRUCTED) -> Figure:
    return Figure(value, basis, "S3", unit)


def clause(when: str) -> Clause:
    return Clause(when, words(f"because {when}"), words(f"not because {when}"), "L1:1")


def field(name: str, type: str = "boolean", *, options: Iterable[str] = (), **more: Any) -> FieldDef:
    return FieldDef(name, words(name), type, options=tuple(Option(one, words(one)) for one in options), **more)


def use(name: str, **more: Any) -> FieldUse:
    return FieldUse(name, words(f"{name} is written down"), "L1:2", **more)


def need(matter: str | None = None, *, event: str | None = None, when: str | None = None) -> Need:
    return Need(words(f"after {matter or event}"), "L1:3", matter=matter, event=event, when=when)


def asks(*any_of: str, when: str | None = None) -> MaterialNeed:
    return MaterialNeed(any_of, words(f"proof by {any_of[0]}"), "L1:4", when=when)


def act(name: str, capability: str | None = None, *, when: str | None = None) -> Act:
    presence = "station" if capability else "online"
    return Act(name, words(name), words(f"{name} in person"), "L1:5", presence, capability, when)


def by_applicant(when: str | None = None) -> Supply:
    return Supply(SupplyBy.APPLICANT, words("you hold it"), "L1:6", when=when)


def by_share(department: str = "police", when: str | None = None) -> Supply:
    return Supply(SupplyBy.SHARE, words("shared"), "L1:7", department=department, share="register", when=when)


def by_matter(name: str, when: str | None = None) -> Supply:
    return Supply(SupplyBy.MATTER, words(f"made by {name}"), "L1:8", matter=name, when=when)


def by_form(*fields: str, when: str | None = None) -> Supply:
    return Supply(SupplyBy.FORM, words("from the form"), "L1:9", fields=fields, when=when)


def material(name: str, *supplies: Supply, **more: Any) -> MaterialDef:
    return MaterialDef(name, words(name), supplies or (by_applicant(),), **more)


def matter(name: str, joined: int = 1, *, alone: int = 5, trips: int = 1, **more: Any) -> MatterDef:
    listed = {key: tuple(value) for key, value in more.items() if key in ("fields", "materials", "needs", "acts")}
    applies = tuple(clause(one) for one in more.get("applies", ()))
    rest = {key: more[key] for key in ("law", "consent") if key in more}
    return MatterDef(
        name,
        words(name),
        more.get("department", "police"),
        Alone(days(alone), days(1), days(trips)),
        more.get("figure", days(joined)),
        applies,
        words(f"result of {name}"),
        **listed,
        **rest,
    )


def station(name: str, *can: str) -> StationDef:
    return StationDef(name, words(name), frozenset(can))


def event(name: str) -> EventDef:
    return EventDef(name, words(name), words("the army"), "F17")


def term(name: str, from_field: str, length: int, matter: str | None = None, when: str | None = None) -> PersonalTerm:
    only_if = words(f"if {when}") if when else None
    return PersonalTerm(name, words(name), from_field, length, matter, words("you lose it"), "L1:10", when, only_if)


def derived(name: str, *cases: tuple[str, str | int | bool]) -> DerivedField:
    return DerivedField(name, tuple((when, value, words(f"{when}"), "L1:11") for when, value in cases))


def catalogue(
    *matters: MatterDef,
    materials: Iterable[MaterialDef] = (),
    fields: Iterable[FieldDef] = (),
    stations: Iterable[StationDef] = (),
    events: Iterable[EventDef] = (),
    **more: Any,
) -> Catalogue:
    given = {one.id: one for one in materials}
    asked = {name for one in matters for wanted in one.materials for name in wanted.any_of}
    plain = {name: material(name) for name in sorted(asked - set(given))}
    return Catalogue(
        pack="test/pack",
        release="0",
        title=words("pack"),
        matters={one.id: one for one in matters},
        materials=given | plain,
        fields={one.id: one for one in fields},
        stations={one.id: one for one in stations},
        events={one.id: one for one in events},
        departments={"police": words("police"), "bank": words("bank")},
        **more,
    )


def plan_of(
    one: Catalogue, answers: Mapping[str, Any] | None = None, *, on: date = MONDAY, basis: Basis | None = None
) -> Plan:
    return compute_plan(compile_catalogue(one), answers or {}, on, CALENDAR, basis)
