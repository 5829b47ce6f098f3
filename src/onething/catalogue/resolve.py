"""Turns a read pack into the engine's catalogue. Pure: no Django, no clock, no I/O."""

from __future__ import annotations

import hashlib
import json

from onething.engine.bundle import model
from onething.plumbing.packs import Pack, schema
from onething.plumbing.packs.sections import sections_of


def catalogue_of(pack: Pack) -> model.Catalogue:
    """Make the engine's catalogue of a pack that has been read without problems."""
    return model.Catalogue(
        pack=pack.id,
        release=release_digest(pack),
        title=_words(pack.header.title),
        matters={name: _matter(name, entry) for name, entry in pack.of(schema.Matter).items()},
        materials={name: _material(name, entry) for name, entry in pack.of(schema.Material).items()},
        fields=fields_of(pack),
        derived=tuple(_derived(name, entry) for name, entry in pack.of(schema.Derived).items()),
        events={name: _event(name, entry) for name, entry in pack.of(schema.Event).items()},
        stations={name: _station(name, entry) for name, entry in pack.of(schema.Station).items()},
        departments={name: _words(entry.title) for name, entry in pack.of(schema.Department).items()},
        terms=tuple(_term(name, entry) for name, entry in pack.of(schema.Term).items()),
        marks=tuple(_words(mark) for mark in pack.header.marks),
    )


def fields_of(pack: Pack) -> dict[str, model.FieldDef]:
    """Give the data dictionary: what conditions are held against."""
    return {name: _field(name, entry) for name, entry in pack.of(schema.FieldEntry).items()}


def release_digest(pack: Pack) -> str:
    """
    Count the SHA-256 (hex) over the resolved content; examples are tests and do not count.

    Stable against layout, comments, file names and the order of keys inside an entry; the order of entries counts,
    because pages show them so.
    """
    content = {
        section.name: [[name, _content(entry)] for name, entry in pack.entries[section.name].items()]
        for section in sections_of(pack.header.kind)
        if section.inherited
    }
    whole = {"pack": _content(pack.header), **content}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _content(entry: object) -> object:
    dump = getattr(entry, "model_dump", None)
    return dump(mode="json", by_alias=True) if dump else entry


def _words(words: schema.W) -> model.Words:
    return model.Words(words.zh, words.en)


def _maybe(words: schema.W | None) -> model.Words | None:
    return _words(words) if words else None


def _figure(figure: schema.Figure) -> model.Figure:
    return model.Figure(figure.value, model.Basis(figure.basis), figure.source, model.Unit(figure.unit))


def _maybe_figure(figure: schema.Figure | None) -> model.Figure | None:
    return _figure(figure) if figure else None


def _matter(name: str, entry: schema.Matter) -> model.MatterDef:
    return model.MatterDef(
        id=name,
        title=_words(entry.title),
        department=entry.department,
        alone=model.Alone(_figure(entry.working_days.alone), _figure(entry.alone.steps), _figure(entry.alone.trips)),
        joined=_figure(entry.working_days.joined),
        law=_maybe_figure(entry.working_days.law),
        applies=tuple(_clause(clause) for clause in entry.applies),
        result=_words(entry.result),
        fields=tuple(_field_use(use) for use in entry.fields),
        materials=tuple(_material_need(need) for need in entry.materials),
        needs=tuple(_need(need) for need in entry.needs),
        acts=tuple(_act(act) for act in entry.acts),
        title_source=entry.title_source,
        consent=entry.consent,
    )


def _clause(clause: schema.Applies) -> model.Clause:
    return model.Clause(clause.when, _words(clause.because), _words(clause.otherwise), clause.source)


def _field_use(use: schema.FieldNeed) -> model.FieldUse:
    return model.FieldUse(use.field, _words(use.because), use.source, use.when, use.optional)


def _material_need(need: schema.MaterialAsked) -> model.MaterialNeed:
    return model.MaterialNeed(tuple(need.any_of), _words(need.because), need.source, need.when)


def _need(need: schema.NeedEntry) -> model.Need:
    return model.Need(_words(need.because), need.source, need.matter, need.event, need.when)


def _act(act: schema.ActEntry) -> model.Act:
    return model.Act(act.id, _words(act.title), _words(act.because), act.source, act.presence, act.capability, act.when)


def _material(name: str, entry: schema.Material) -> model.MaterialDef:
    return model.MaterialDef(
        id=name,
        title=_words(entry.title),
        supplies=tuple(_supply(supply) for supply in entry.supplies),
        hint=_maybe(entry.hint),
        may_follow_within=_maybe_figure(entry.may_follow_within),
    )


def _supply(supply: schema.ByMatter | schema.ByShare | schema.ByForm | schema.ByApplicant) -> model.Supply:
    return model.Supply(
        by=model.SupplyBy(supply.by),
        because=_words(supply.because),
        source=supply.source,
        department=supply.department if isinstance(supply, schema.ByShare) else None,
        share=supply.share if isinstance(supply, schema.ByShare) else None,
        matter=supply.matter if isinstance(supply, schema.ByMatter) else None,
        fields=tuple(supply.fields) if isinstance(supply, schema.ByForm) else (),
        when=supply.when,
    )


def _field(name: str, entry: schema.FieldEntry) -> model.FieldDef:
    known = entry.known_from
    return model.FieldDef(
        id=name,
        label=_words(entry.label),
        type=entry.type,
        absent=entry.absent,
        options=tuple(model.Option(value, _words(title)) for value, title in entry.options.items()),
        known_from=(known.department, known.share) if known else None,
        hint=_maybe(entry.hint),
        question=_maybe(entry.question),
        sensitive=entry.sensitive,
        check=entry.check,
        source=entry.source,
        help_to_find=_maybe(entry.help_to_find),
        agrees_with=_maybe_agreement(entry.agrees_with),
    )


def _maybe_agreement(other: schema.AgreesWith | None) -> model.Agreement | None:
    return model.Agreement(other.field, model.IdPart(other.part)) if other else None


def _derived(name: str, entry: schema.Derived) -> model.DerivedField:
    cases = tuple((case.when, case.value, _words(case.because), case.source) for case in entry.cases)
    return model.DerivedField(name, cases)


def _event(name: str, entry: schema.Event) -> model.EventDef:
    return model.EventDef(name, _words(entry.title), _words(entry.actor), entry.source)


def _station(name: str, entry: schema.Station) -> model.StationDef:
    return model.StationDef(name, _words(entry.title), frozenset(entry.can), _maybe(entry.address))


def _term(name: str, entry: schema.Term) -> model.PersonalTerm:
    return model.PersonalTerm(
        id=name,
        title=_words(entry.title),
        from_field=entry.from_field,
        days=entry.days,
        matter=entry.matter,
        consequence=_words(entry.consequence),
        source=entry.source,
        when=entry.when,
        only_if=_maybe(entry.only_if),
    )
