"""What a personal file consists of: sections, their fields, what each may hold, and which source is responsible for it.

One field has one authoritative source (一数一源). What others say about it is kept and shown beside it.
Source: 政务数据共享条例 (2025); identity codes by GA/T 2000.156; domain digest section 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, Final

from onething.kernel.errors import Refusal
from onething.registry import cells, masks
from onething.registry.errors import FieldUnknown, NothingStated, SectionUnknown


class Grade(IntEnum):
    """How good the evidence is; see `KnownFact.Grade`."""

    STATED = 1
    RECORDED = 2
    DOCUMENTED = 3
    AUTHORITATIVE = 4


class Authority(StrEnum):
    """Who is responsible for a field: the first word of a source, as in `army:2026-autumn`."""

    ARMY = "army"
    POLICE = "police"
    VETERANS = "veterans"
    CIVIL_AFFAIRS = "civil_affairs"
    SOCIAL_SECURITY = "social_security"
    BANK = "bank"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a section: how it is read, who is responsible for it, how it is masked on screens."""

    name: str
    label: str
    read: cells.Reader
    authority: Authority
    mask: masks.Mask | None = None

    def shown(self, value: Any) -> str:
        """Say a value as screens show it without a purpose."""
        return self.mask(str(value)) if self.mask else str(value)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the file. `key` names the fields by which two sources mean the same entry; none: there is one."""

    name: str
    label: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """Find a field. Refuses FieldUnknown."""
        for field in self.fields:
            if field.name == name:
                return field
        raise FieldUnknown(field=name)

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Read what a source says about one entry; empty fields are left out. Refuses what the fields refuse."""
        values = {name: self.field(name).read(str(text)) for name, text in given.items() if str(text).strip()}
        if not values:
            raise NothingStated
        return values

    def key_of(self, values: Mapping[str, Any]) -> str:
        """Give the words by which this entry is known again; dates count by their month, as archives differ in days."""
        return "|".join(str(values.get(name, ""))[: 7 if name.endswith("_on") else None] for name in self.key)


_A = Authority
IDENTITY_KINDS: Final = {"111": "居民身份证", "114": "军官证", "115": "士兵证", "414": "普通护照", "516": "港澳通行证"}
MERITS: Final = ("一等功", "二等功", "三等功", "四有优秀", "荣誉称号", "一级表彰", "二级表彰")
PLACEMENTS: Final = ("自主就业", "安排工作", "退休", "供养", "逐月领取退役金", "复员", "转业")
RELATIONS: Final = ("配偶", "子女", "父亲", "母亲", "兄弟姐妹", "监护人", "其他")
NATURES: Final = ("因战", "因公", "因病")

SECTIONS: Final[dict[str, Section]] = {
    section.name: section
    for section in (
        Section(
            "identity",
            "Identity document",
            (
                Field("kind", "Kind of document", cells.choice(*IDENTITY_KINDS), _A.POLICE),
                Field("number", "Document number", cells.text(40), _A.POLICE, masks.number),
                Field("issuer", "Issuing office", cells.text(100), _A.POLICE),
                Field("valid_until", "Valid until", cells.day, _A.POLICE),
            ),
            key=("kind", "number"),
        ),
        Section(
            "service",
            "Service",
            (
                Field("enlisted_on", "Enlisted", cells.day_or_month, _A.ARMY),
                Field("discharged_on", "Discharged", cells.day_or_month, _A.ARMY),
                Field("unit", "Unit", cells.text(100), _A.ARMY),
                Field("rank", "Rank", cells.text(40), _A.ARMY),
                Field("placement", "Way of settling", cells.choice(*PLACEMENTS), _A.ARMY),
                Field("certificate", "Discharge certificate", cells.text(40), _A.ARMY, masks.number),
            ),
            key=("enlisted_on",),
        ),
        Section(
            "merit",
            "Merit",
            (
                Field("class", "Class of merit", cells.choice(*MERITS), _A.ARMY),
                Field("awarded_on", "Awarded", cells.day_or_month, _A.ARMY),
                Field("document", "Order", cells.text(100), _A.ARMY),
            ),
            key=("class", "awarded_on"),
        ),
        Section(
            "disability",
            "Disability",
            (
                Field("grade", "Disability grade", cells.integer(1, 10), _A.VETERANS),
                Field("nature", "Cause", cells.choice(*NATURES), _A.VETERANS),
                Field("assessed_on", "Assessed", cells.day_or_month, _A.VETERANS),
                Field("certificate", "Disability certificate", cells.text(40), _A.VETERANS, masks.number),
            ),
        ),
        Section(
            "family",
            "Family",
            (
                Field("relation", "Relation", cells.choice(*RELATIONS), _A.CIVIL_AFFAIRS),
                Field("full_name", "Name", cells.full_name, _A.POLICE, masks.name),
                Field("id_number", "ID number", cells.id_number, _A.POLICE, masks.id_number),
                Field("phone", "Mobile number", cells.phone, _A.PERSON, masks.phone),
            ),
            key=("relation", "full_name"),
        ),
        Section(
            "household",
            "Household register",
            (
                Field("address", "Registered address", cells.text(200), _A.POLICE, masks.address),
                Field("head", "Head of household", cells.full_name, _A.POLICE, masks.name),
                Field("registered_on", "Registered since", cells.day_or_month, _A.POLICE),
            ),
        ),
        Section(
            "contact",
            "Contact",
            (
                Field("phone", "Mobile number", cells.phone, _A.PERSON, masks.phone),
                Field("address", "Present address", cells.text(200), _A.PERSON, masks.address),
            ),
        ),
        Section(
            "bank_card",
            "Bank card",
            (
                Field("bank", "Bank", cells.text(100), _A.BANK),
                Field("number", "Card number", cells.bank_card, _A.BANK, masks.number),
                Field("holder", "Card holder", cells.full_name, _A.BANK, masks.name),
            ),
            key=("number",),
        ),
    )
}


def section(name: str) -> Section:
    """Find a section of the file. Refuses SectionUnknown."""
    if name not in SECTIONS:
        raise SectionUnknown(section=name)
    return SECTIONS[name]


def authority_of(source: str) -> str:
    """Give who speaks in a source: `army:2026-autumn` is the army."""
    return source.partition(":")[0]


def grade_of(field: Field, source: str, given: int) -> Grade:
    """Grade what a source says about a field: only the responsible one is authoritative, whatever it claims."""
    if authority_of(source) == field.authority:
        return Grade.AUTHORITATIVE
    return Grade(min(given, Grade.DOCUMENTED))


def problems_of(part: Section, given: Mapping[str, str]) -> dict[str, Refusal]:
    """Find which fields of an entry cannot be read, and why."""
    found: dict[str, Refusal] = {}
    for name, text in given.items():
        try:
            if text.strip():
                part.field(name).read(text)
        except Refusal as refusal:
            found[name] = refusal
    return found
