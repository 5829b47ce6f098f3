"""The values that go into the computation of one thing: a catalogue. What comes out is in `plan.py`.

Everything here is frozen, hashable where it can be, and free of I/O. Titles and words are `Words`:
Chinese first, English beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from onething.kernel.telling import Say


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages of the house."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        """Give the text in `language` ("zh" or "en")."""
        return self.en if language == "en" else self.zh

    def told(self, language: str, say: Say) -> str:
        """Say it inside a refusal."""
        return self.zh if language == "zh" else self.en


class Basis(StrEnum):
    """How well a figure is founded; see GLOSSARY.md."""

    PUBLISHED = "published"
    LAW = "law"
    RECONSTRUCTED = "reconstructed"


class Unit(StrEnum):
    """What a duration counts."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True, slots=True)
class Figure:
    """One sourced number of days (or pieces, or trips). `source` is "L10:12": source id and article."""

    value: int
    basis: Basis
    source: str
    unit: Unit = Unit.WORKING_DAYS


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition with its words and its source. `when` is an expression of `engine.rules`."""

    when: str
    because: Words
    otherwise: Words
    source: str


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a choice field."""

    value: str
    title: Words


class IdPart(StrEnum):
    """What an ID number says besides being one."""

    BIRTH_DATE = "birth_date"
    SEX = "sex"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A value that another answer holds too: a `part` of the ID number in `field`."""

    field: str
    part: IdPart


@dataclass(frozen=True, slots=True)
class FieldDef:
    """
    One entry of the data dictionary.

    `type`: text, long_text, boolean, integer, money (fen), date, choice, choices, region, id_number,
    phone, bank_card. `absent`: what a missing value means ("unknown", "none", "running").
    `known_from`: (department or "registry", name of the share) when the house can find the value out itself;
    then the form shows it instead of asking. `help_to_find`: where a person finds the answer.
    `agrees_with`: where the same value stands once more; two answers that contradict each other are refused.
    """

    id: str
    label: Words
    type: str
    absent: str = "unknown"
    options: tuple[Option, ...] = ()
    known_from: tuple[str, str] | None = None
    hint: Words | None = None
    question: Words | None = None
    sensitive: bool = False
    check: str | None = None
    source: str | None = None
    help_to_find: Words | None = None
    agrees_with: Agreement | None = None


@dataclass(frozen=True, slots=True)
class FieldUse:
    """A matter needs a field, for a reason that names its clause. Optional fields are never demanded."""

    field: str
    because: Words
    source: str
    when: str | None = None
    optional: bool = False


class SupplyBy(StrEnum):
    """The four ways a material can come about, from least to most trouble for the applicant."""

    FORM = "form"
    SHARE = "share"
    MATTER = "matter"
    APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Supply:
    """
    One way to have a material.

    by form: derived from the answers to `fields`; by share: `department` hands it over under the name `share`;
    by matter: it is (part of) the result of `matter`; by applicant: handed in.
    """

    by: SupplyBy
    because: Words
    source: str
    department: str | None = None
    share: str | None = None
    matter: str | None = None
    fields: tuple[str, ...] = ()
    when: str | None = None


@dataclass(frozen=True, slots=True)
class MaterialDef:
    """A paper (or its electronic twin) that matters ask for."""

    id: str
    title: Words
    supplies: tuple[Supply, ...]
    hint: Words | None = None
    may_follow_within: Figure | None = None  # accepted with this paper to come (容缺受理)


@dataclass(frozen=True, slots=True)
class MaterialNeed:
    """A matter needs one of `any_of` (usually one), if `when` holds."""

    any_of: tuple[str, ...]
    because: Words
    source: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A matter starts only after `matter` is settled well, or after the outside `event` has happened."""

    because: Words
    source: str
    matter: str | None = None
    event: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """
    Something only the applicant can do for a matter.

    `presence`: "station" (in person, where the station can do `capability`) or "online" (a session of its own
    after the matter's result, e.g. activating a card). Acts done while filling the form are not listed.
    """

    id: str
    title: Words
    because: Words
    source: str
    presence: str = "station"
    capability: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Alone:
    """What the matter costs a person who has it done by itself. Materials are counted from its needs."""

    working_days: Figure
    steps: Figure
    trips: Figure


@dataclass(frozen=True, slots=True)
class MatterDef:
    """One matter (事项) of one department."""

    id: str
    title: Words
    department: str
    alone: Alone
    joined: Figure
    applies: tuple[Clause, ...]
    result: Words
    law: Figure | None = None
    fields: tuple[FieldUse, ...] = ()
    materials: tuple[MaterialNeed, ...] = ()
    needs: tuple[Need, ...] = ()
    acts: tuple[Act, ...] = ()
    title_source: str | None = None
    consent: str | None = None  # boolean field: the applicant may decline this matter


@dataclass(frozen=True, slots=True)
class DerivedField:
    """A field whose value follows from others: the first case whose `when` is true gives it."""

    field: str
    cases: tuple[tuple[str, str | int | bool, Words, str], ...]  # (when, value, because, source)


@dataclass(frozen=True, slots=True)
class EventDef:
    """Something outside the departments' hands (部队汇款到账): waited for and chased, never promised."""

    id: str
    title: Words
    actor: Words
    source: str


@dataclass(frozen=True, slots=True)
class StationDef:
    """A place a person can go to, and what can be done there."""

    id: str
    title: Words
    can: frozenset[str]
    address: Words | None = None


@dataclass(frozen=True, slots=True)
class PersonalTerm:
    """
    A day the person must keep (报到30日), counted in calendar days from a date field.

    `when`: whom it binds; `only_if` says the same in words, for those of whom it is not known yet.
    """

    id: str
    title: Words
    from_field: str
    days: int
    matter: str | None
    consequence: Words
    source: str
    when: str | None = None
    only_if: Words | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of one pack, resolved: what `compute_plan` reads. `release` is the digest of the pack's content."""

    pack: str
    release: str
    title: Words
    matters: Mapping[str, MatterDef]
    materials: Mapping[str, MaterialDef]
    fields: Mapping[str, FieldDef]
    derived: tuple[DerivedField, ...] = ()
    events: Mapping[str, EventDef] = field(default_factory=dict)
    stations: Mapping[str, StationDef] = field(default_factory=dict)
    departments: Mapping[str, Words] = field(default_factory=dict)
    terms: tuple[PersonalTerm, ...] = ()
    marks: tuple[Words, ...] = ()  # what must be said about the figures ("per-matter days are reconstructed")
