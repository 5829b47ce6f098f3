"""Which parts a pack has, where each is written, and the shape of one entry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from onething.plumbing.packs import entitlements, schema

ENTITLEMENTS = "entitlements"
"""The kind of pack that says who is entitled to what; the other kinds say how one thing is done."""

MATTERS, GRANTS = "matters", "grants"
"""`grants` is written like `matters`, but begun from an offer that a person said yes to, one matter for each policy."""


@dataclass(frozen=True, slots=True)
class Section:
    """
    One part of a pack: a mapping of ids to entries.

    `file` ends in .yaml (one file) or "/" (every .yaml file of the folder). `inside` is the key under which the
    entries stand in each file, if they do not stand at its top. `kind` is the kind of pack that has it.
    """

    name: str
    file: str
    entry: type[BaseModel]
    required: bool = False
    inherited: bool = True
    inside: str | None = None
    kind: str = MATTERS

    @property
    def is_folder(self) -> bool:
        """Whether the section is a folder of files."""
        return self.file.endswith("/")

    def belongs_to(self, kind: str) -> bool:
        """Tell whether a pack of this kind may have it."""
        return self.kind in (MATTERS if kind == GRANTS else kind, "both")


SECTIONS: tuple[Section, ...] = (
    Section("sources", "sources.yaml", schema.Source, required=True, kind="both"),
    Section("departments", "departments.yaml", schema.Department, required=True),
    Section("stations", "stations.yaml", schema.Station),
    Section("events", "events.yaml", schema.Event),
    Section("terms", "terms.yaml", schema.Term),
    Section("objections", "objections.yaml", schema.Objection),
    Section("fields", "fields.yaml", schema.FieldEntry, required=True),
    Section("matters", "matters/", schema.Matter, required=True),
    Section("materials", "materials/", schema.Material),
    Section("derived", "rules/", schema.Derived, inside="derived"),
    Section("parameters", "parameters/", schema.Parameter),
    Section("notices", "notices/", schema.Notice),
    Section("examples", "examples/", schema.Example, inherited=False),
    Section("facts", "facts.yaml", entitlements.Fact, required=True, kind=ENTITLEMENTS),
    Section("standards", "standards/", entitlements.Standard, kind=ENTITLEMENTS),
    Section("tables", "tables/", entitlements.FigureTable, kind=ENTITLEMENTS),
    Section("policies", "policies/", entitlements.Policy, required=True, kind=ENTITLEMENTS),
    Section("situations", "situations/", entitlements.Situation, inherited=False, kind=ENTITLEMENTS),
)

BY_NAME = {section.name: section for section in SECTIONS}
FOLDERS = {section.file.rstrip("/"): section for section in SECTIONS if section.is_folder}
FILES = {section.file: section for section in SECTIONS if not section.is_folder}
HEADER = "pack.yaml"


def sections_of(kind: str) -> tuple[Section, ...]:
    """Give the sections that a pack of this kind has."""
    return tuple(section for section in SECTIONS if section.belongs_to(kind))


def section_of(file: Path) -> Section | None:
    """Give the section that a file of a pack belongs to, by its name or the name of its folder."""
    return FILES.get(file.name) or FOLDERS.get(file.parent.name)
