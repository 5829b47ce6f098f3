"""Turns a read entitlement pack into the engine's values. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from onething.catalogue.resolve import release_digest
from onething.engine.bundle.model import Option, Words
from onething.engine.policies import model
from onething.kernel.periods import Period
from onething.plumbing.packs import Pack, entitlements, schema

COINS = {"fen": 1, "jiao": 10, "yuan": 100}


def policy_pack_of(pack: Pack) -> model.PolicyPack:
    """Make the engine's pack of an entitlement pack that has been read without problems. Refuses PeriodEmpty."""
    rule = pack.header.leap_day
    return model.PolicyPack(
        id=pack.id,
        release=release_digest(pack),
        title=_words(pack.header.title),
        region=pack.header.region,
        facts={name: _fact(name, entry) for name, entry in pack.of(entitlements.Fact).items()},
        policies={name: _policy(name, entry) for name, entry in pack.of(entitlements.Policy).items()},
        standards={name: _standard(name, entry) for name, entry in pack.of(entitlements.Standard).items()},
        tables={name: _table(pack, name, entry) for name, entry in pack.of(entitlements.FigureTable).items()},
        leap_day=model.LeapDay(rule.rule) if rule else model.LeapDay.LAST_DAY,
        marks=tuple(_words(mark) for mark in pack.header.marks),
    )


def period_of(dated: schema.Effective | entitlements.StandardValue | entitlements.TablePeriod) -> Period:
    """Read a pair of days as a period. Refuses PeriodEmpty."""
    return Period(date.fromisoformat(dated.from_), date.fromisoformat(dated.to) if dated.to else None)


def _words(words: schema.W) -> Words:
    return Words(words.zh, words.en)


def _maybe(words: schema.W | None) -> Words | None:
    return None if words is None else _words(words)


def _fact(name: str, entry: entitlements.Fact) -> model.FactDef:
    return model.FactDef(
        id=name,
        label=_words(entry.label),
        type=entry.type,
        absent=entry.absent,
        unit=entry.unit or "",
        options=tuple(Option(value, _words(title)) for value, title in entry.options.items()),
        question=_maybe(entry.question),
        hint=_maybe(entry.hint),
        check=entry.check,
        source=entry.source,
    )


def _money(unit: str) -> tuple[str, int]:
    """The unit inside the engine, and how many of it one is."""
    return ("fen", 100) if unit == "yuan" else (unit, 1)


def _standard(name: str, entry: entitlements.Standard) -> model.StandardDef:
    unit, times = _money(entry.unit)
    figures = tuple(
        model.Figure(period_of(one), one.region or model.NATION, one.value * times, one.source, one.basis)
        for one in entry.values
    )
    return model.StandardDef(name, _words(entry.title), unit, figures, gaps=entry.gaps is not None)


def _table(pack: Pack, name: str, entry: entitlements.FigureTable) -> model.TableDef:
    unit, times = _money(entry.unit)
    facts = pack.of(entitlements.Fact)
    numbers = [key in facts and facts[key].type == "integer" for key in entry.keys]
    editions = tuple(
        model.TableEdition(
            period=period_of(one),
            region=one.region or model.NATION,
            rows={_key(keys, numbers): figure * times for keys, figure in _rows(one.rows)},
            source=one.source,
            basis=one.basis,
        )
        for one in entry.periods
    )
    return model.TableDef(name, _words(entry.title), unit, tuple(entry.keys), editions, gaps=entry.gaps is not None)


def _rows(rows: Mapping[str, Any], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int]]:
    for key, value in rows.items():
        if isinstance(value, int):
            yield (*before, key), value
        else:
            yield from _rows(value, (*before, key))


def _key(keys: tuple[str, ...], numbers: list[bool]) -> tuple[int | str, ...]:
    return tuple(int(key) if is_number else key for key, is_number in zip(keys, numbers, strict=False))


def _policy(name: str, entry: entitlements.Policy) -> model.PolicyDef:
    return model.PolicyDef(
        id=name,
        title=_words(entry.title),
        words=_words(entry.words),
        effective=period_of(entry.effective),
        payer=entry.payer,
        when=_conditions(entry.when),
        excluding=_conditions(entry.except_),
        stops=_conditions(entry.stops),
        rules=tuple(
            model.Alternative(rule.id, _conditions(rule.when), rule.order, _amount(rule.amount)) for rule in entry.rules
        ),
        amount=_amount(entry.amount),
        in_kind=_maybe(entry.in_kind),
        start_day=entry.start.day,
        starts_next=entry.start.month == "next",
        start_source=entry.start.source,
        apply=_maybe(entry.apply),
        conflicts=tuple(model.Dispute(Words(one.zh, one.en), tuple(one.sources)) for one in entry.conflicts),
        grade_note=_maybe(entry.grade_note),
    )


def _conditions(listed: list[entitlements.Conjunct]) -> tuple[model.Condition, ...]:
    return tuple(
        model.Condition(one.id, one.when, _words(one.because), one.source, _maybe(one.otherwise)) for one in listed
    )


def _amount(entry: entitlements.Amount | None) -> model.Amount | None:
    if entry is None:
        return None
    return model.Amount(entry.value, entry.per, entry.source, COINS[entry.rounding.to], entry.rounding.how)
