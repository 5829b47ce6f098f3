"""Explains a pack: what each thing is, why it is so with its source, and where it is used. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onething.catalogue import references, words
from onething.catalogue.errors import NotInThePack
from onething.catalogue.sources import cited, with_address
from onething.catalogue.words import EXPLAIN, KINDS
from onething.engine.bundle.model import Basis
from onething.kernel.language import Language
from onething.plumbing.packs import Pack, schema
from onething.plumbing.packs.problems import nearest
from onething.plumbing.packs.sections import SECTIONS


@dataclass(frozen=True, slots=True)
class Line:
    """One statement, with its source as the pack writes it and as a person reads it."""

    text: str
    source: str | None = None
    cited: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Statements under one heading."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing of the pack: its kind, its parts, where it is written, and the sources it names, with addresses."""

    kind: str
    id: str
    title: str
    place: str
    parts: tuple[Part, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """One field of the form: asked by `matter`, because of what, by which source."""

    field: str
    label: str
    matter: str
    because: str
    source: str
    cited: str


def explanations(pack: Pack, name: str, language: Language) -> list[Explanation]:
    """Explain everything in the pack that is called `name`. Refuses NotInThePack."""
    found = [
        _Explainer(pack, language).explain(section.name, name)
        for section in SECTIONS
        if name in pack.entries[section.name]
    ]
    if not found:
        names = [name for section in SECTIONS for name in pack.entries[section.name]]
        close = nearest(name, names)
        raise NotInThePack(pack=pack.id, name=name, hint=f"Did you mean “{close}”?" if close else "")
    return found


def reasons(pack: Pack, language: Language) -> list[Why]:
    """Give every field that a matter asks, with its reason; one row per field and matter, in the pack's order."""
    explainer = _Explainer(pack, language)
    rows = [
        Why(
            use.field,
            explainer.label(use.field),
            name,
            explainer.words(use.because),
            use.source,
            explainer.cited(use.source),
        )
        for name, matter in pack.of(schema.Matter).items()
        for use in matter.fields
    ]
    order = {field: number for number, field in enumerate(pack.known["fields"])}
    return sorted(rows, key=lambda row: order[row.field])


@dataclass(frozen=True, slots=True)
class _Explainer:
    pack: Pack
    language: Language

    def explain(self, section: str, name: str) -> Explanation:
        parts = [Part(self.say(heading), tuple(lines)) for heading, lines in self._parts(section, name)]
        refs = dict.fromkeys(line.source.split(":")[0] for part in parts for line in part.lines if line.source)
        return Explanation(
            kind=words.say(KINDS[section], self.language),
            id=name,
            title=self.title(section, name),
            place=str(self.pack.place(section, name)),
            parts=tuple(part for part in parts if part.lines),
            sources=tuple(with_address(ref, self.pack.of(schema.Source), self.language) for ref in refs),
        )

    def say(self, key: str) -> str:
        return words.say(EXPLAIN[key], self.language)

    def words(self, text: schema.W | str) -> str:
        if isinstance(text, str):
            return text
        return text.zh if self.language == "zh" else text.en

    def cited(self, ref: str) -> str:
        return cited(ref, self.pack.of(schema.Source), self.language)

    def label(self, field: str) -> str:
        return self.title("fields", field)

    def title(self, section: str, name: str) -> str:
        entry = self.pack.entries[section].get(name)
        text = getattr(entry, "title", None) or getattr(entry, "label", None)
        if section == "derived":
            return self.label(name)
        return self.words(text) if text else name

    def _parts(self, section: str, name: str) -> Iterator[tuple[str, Iterator[Line]]]:
        entry = self.pack.entries[section][name]
        match entry:
            case schema.Matter():
                return self._matter(name, entry)
            case schema.Material():
                return self._material(name, entry)
            case schema.FieldEntry():
                return self._field(name, entry)
            case schema.Source() | schema.Department() | schema.Event():
                return self._outside(name, entry)
            case _:
                return self._other(entry)

    def _outside(
        self, name: str, entry: schema.Source | schema.Department | schema.Event
    ) -> Iterator[tuple[str, Iterator[Line]]]:
        if isinstance(entry, schema.Source):
            yield "why", iter([Line(with_address(name, self.pack.of(schema.Source), self.language))])
            yield "cited_by", self._mentions_of_source(name)
        elif isinstance(entry, schema.Department):
            yield "does", self._matters_of(name)
            yield "shares", self._shares_of(name)
        else:
            yield "actor", iter([self._line(self.words(entry.actor), entry.source)])
            yield "awaited_by", self._awaited("event", name)

    def _other(self, entry: object) -> Iterator[tuple[str, Iterator[Line]]]:
        match entry:
            case schema.Derived():
                yield "cases", self._cases(entry)
            case schema.Term():
                yield "counts_from", iter([self._line(f"{self.label(entry.from_field)} + {entry.days}", entry.source)])
                yield "consequence", iter([Line(self.words(entry.consequence))])
            case schema.Station():
                yield "can", (Line(ability) for ability in entry.can)
            case schema.Parameter():
                yield "values", (self._value(one, entry.unit) for one in entry.values)
            case schema.Notice():
                yield "texts", self._texts(entry)

    def _value(self, one: schema.DatedValue, unit: str) -> Line:
        return self._line(f"{one.from_} – {one.to or '…'} {one.region or ''}: {one.value} {unit}", one.source)

    # matters

    def _matter(self, name: str, matter: schema.Matter) -> Iterator[tuple[str, Iterator[Line]]]:
        if matter.title_source:
            yield "why", iter([self._line(self.words(matter.title), matter.title_source)])
        yield "result", iter([Line(self.words(matter.result))])
        yield "department", iter([Line(self.title("departments", matter.department))])
        yield "applies", self._applies(matter)
        yield "days", self._figures(matter)
        yield "needs", self._needs(matter)
        yield (
            "asks_fields",
            (
                self._line(
                    f"{self.label(use.field)} ({use.field}){self._note(use)}: {self.words(use.because)}", use.source
                )
                for use in matter.fields
            ),
        )
        yield (
            "asks_materials",
            (
                self._line(f"{self._any_of(need)}{self._note(need)}: {self.words(need.because)}", need.source)
                for need in matter.materials
            ),
        )
        yield (
            "acts",
            (
                self._line(f"{self.words(act.title)}{self._note(act)}: {self.words(act.because)}", act.source)
                for act in matter.acts
            ),
        )
        yield "makes", self._made_by(name)
        yield "awaited_by", self._awaited("matter", name)

    def _applies(self, matter: schema.Matter) -> Iterator[Line]:
        for clause in matter.applies:
            otherwise = f"{self.say('otherwise')}: {self.words(clause.otherwise)}"
            yield self._line(f"{self.words(clause.because)} [{clause.when}] {otherwise}", clause.source)
        if matter.consent:
            yield Line(f"{self.say('consent')}: {self.label(matter.consent)} ({matter.consent})")

    def _figures(self, matter: schema.Matter) -> Iterator[Line]:
        named = {
            "alone": matter.working_days.alone,
            "joined": matter.working_days.joined,
            "law": matter.working_days.law,
            "steps": matter.alone.steps,
            "trips": matter.alone.trips,
        }
        for key, figure in named.items():
            if figure is not None:
                said = str(figure.value) if key in ("steps", "trips") else self._length(figure)
                yield self._line(f"{self.say(key)}: {said} ({self._basis(figure)})", figure.source)

    def _length(self, figure: schema.Figure) -> str:
        return words.say(words.PAGE[f"length_{figure.unit}"], self.language, days=figure.value)

    def _needs(self, matter: schema.Matter) -> Iterator[Line]:
        for need in matter.needs:
            title = self.title("matters", need.matter) if need.matter else self.title("events", str(need.event))
            yield self._line(f"{title}{self._note(need)}: {self.words(need.because)}", need.source)

    def _any_of(self, need: schema.MaterialAsked) -> str:
        titles = " / ".join(f"{self.title('materials', name)} ({name})" for name in need.any_of)
        return f"{titles} [{self.say('one_of')}]" if len(need.any_of) > 1 else titles

    # materials and fields

    def _material(self, name: str, material: schema.Material) -> Iterator[tuple[str, Iterator[Line]]]:
        yield (
            "supplies",
            (
                self._line(f"{self._way(way)}{self._note(way)}: {self.words(way.because)}", way.source)
                for way in material.supplies
            ),
        )
        if material.may_follow_within:
            figure = material.may_follow_within
            yield "follow", iter([self._line(f"{self._length(figure)} ({self._basis(figure)})", figure.source)])
        yield (
            "asked_by",
            (
                self._line(
                    f"{self.words(matter.title)} ({other}){self._note(need)}: {self.words(need.because)}", need.source
                )
                for other, matter in self.pack.of(schema.Matter).items()
                for need in matter.materials
                if name in need.any_of
            ),
        )

    def _way(self, way: schema.ByMatter | schema.ByShare | schema.ByForm | schema.ByApplicant) -> str:
        said = self.say(f"by_{way.by}")
        if isinstance(way, schema.ByMatter):
            return f"{said} {self.title('matters', way.matter)}"
        if isinstance(way, schema.ByShare):
            return f"{said} {self.title('departments', way.department)} ({way.share})"
        if isinstance(way, schema.ByForm):
            return f"{said} {', '.join(self.label(field) for field in way.fields)}"
        return said

    def _field(self, name: str, entry: schema.FieldEntry) -> Iterator[tuple[str, Iterator[Line]]]:
        if entry.source:
            yield "why", iter([self._line(self.words(entry.label), entry.source)])
        if entry.help_to_find:
            yield "find", iter([Line(self.words(entry.help_to_find))])
        if entry.agrees_with:
            yield "agrees_with", iter([Line(f"{self.label(entry.agrees_with.field)} ({entry.agrees_with.field})")])
        yield (
            "asked_by",
            (
                self._line(f"{self.title('matters', row.matter)} ({row.matter}): {row.because}", row.source)
                for row in reasons(self.pack, self.language)
                if row.field == name
            ),
        )
        yield "read_by", self._conditions_on(name)
        if entry.known_from:
            department = self.title("departments", entry.known_from.department)
            yield "known_from", iter([Line(f"{department} ({entry.known_from.share})")])
        yield "options", (Line(f"{value}: {self.words(title)}") for value, title in entry.options.items())
        derived = self.pack.of(schema.Derived).get(name)
        if derived:
            yield "cases", self._cases(derived)

    def _conditions_on(self, name: str) -> Iterator[Line]:
        for pattern in references.EXPRESSIONS:
            for found in references.at(self.pack.tree, pattern):
                if name in re.findall(r"[a-z][a-z0-9_]*", str(found.node.value)):
                    path = ".".join(map(str, found.path[:-1]))
                    yield Line(f"{path}: {found.node.value} ({found.node.place})")

    def _cases(self, derived: schema.Derived) -> Iterator[Line]:
        for case in derived.cases:
            yield self._line(f"{case.value} {self.say('when')} [{case.when}]: {self.words(case.because)}", case.source)

    # where things are used

    def _made_by(self, matter: str) -> Iterator[Line]:
        for name, material in self.pack.of(schema.Material).items():
            for way in material.supplies:
                if isinstance(way, schema.ByMatter) and way.matter == matter:
                    yield self._line(f"{self.words(material.title)} ({name})", way.source)

    def _awaited(self, kind: str, name: str) -> Iterator[Line]:
        for other, matter in self.pack.of(schema.Matter).items():
            for need in matter.needs:
                if getattr(need, kind) == name:
                    yield self._line(f"{self.words(matter.title)} ({other}): {self.words(need.because)}", need.source)

    def _matters_of(self, department: str) -> Iterator[Line]:
        for name, matter in self.pack.of(schema.Matter).items():
            if matter.department == department:
                yield Line(f"{self.words(matter.title)} ({name})")

    def _shares_of(self, department: str) -> Iterator[Line]:
        for name, material in self.pack.of(schema.Material).items():
            for way in material.supplies:
                if isinstance(way, schema.ByShare) and way.department == department:
                    yield self._line(f"{self.words(material.title)} ({name}) {way.share}", way.source)

    def _mentions_of_source(self, name: str) -> Iterator[Line]:
        for found in references.everything(self.pack.tree):
            if found.path[-1] in ("source", "title_source") and str(found.node.value).split(":")[0] == name:
                yield Line(f"{'.'.join(map(str, found.path[:-1]))} ({found.node.place})", str(found.node.value))

    def _texts(self, notice: schema.Notice) -> Iterator[Line]:
        for channel in ("sms", "in_app"):
            text = getattr(notice, channel)
            if text:
                yield Line(f"{channel}: {self.words(text)}")
        if notice.email:
            yield Line(f"email: {self.words(notice.email.subject)} / {self.words(notice.email.body)}")

    def _note(self, part: object) -> str:
        notes = [self.say("optional")] if getattr(part, "optional", False) else []
        when = getattr(part, "when", None)
        notes += [f"{self.say('when')} {when}"] if when else []
        return f" [{'; '.join(notes)}]" if notes else ""

    def _basis(self, figure: schema.Figure) -> str:
        return words.say(words.BASES[Basis(figure.basis)], self.language)

    def _line(self, text: str, source: str) -> Line:
        return Line(text, source, f"{self.cited(source)} [{source}]")
