"""What makes a catalogue impossible, found before anybody applies: references to nothing, cycles, dead ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches

from onething.engine.bundle.errors import (
    CyclicDerivation,
    CyclicNeeds,
    MaterialNobodySupplies,
    UnknownCapability,
    UnknownReference,
)
from onething.engine.bundle.model import Catalogue, MatterDef, Need, Supply, SupplyBy, Words
from onething.engine.bundle.schedule import Edge, Order, find_cycle
from onething.kernel.errors import Refusal

ARROW = " → "
ADD_OR_REMOVE = Words("请补上它，或去掉这处引用。", "Add it, or remove the reference.")
KINDS = {
    "department": Words("部门", "department"),
    "field": Words("字段", "field"),
    "matter": Words("事项", "matter"),
    "event": Words("外部事件", "event"),
    "material": Words("材料", "material"),
}
REGISTRY = "registry"  # the house's own register of persons: it shares, but is no department


def references(catalogue: Catalogue) -> Iterator[Refusal]:
    """Find every name in the catalogue that leads nowhere."""
    for matter in catalogue.matters.values():
        yield from _of_matter(catalogue, matter)
    for material in catalogue.materials.values():
        for supply in material.supplies:
            yield from _of_supply(catalogue, f"materials: {material.id}", supply)
    yield from _of_the_rest(catalogue)


def _of_matter(catalogue: Catalogue, matter: MatterDef) -> Iterator[Refusal]:
    where = f"matters: {matter.id}"
    yield from _missing(where, "department", [matter.department], catalogue.departments)
    yield from _missing(where, "field", (use.field for use in matter.fields), catalogue.fields)
    yield from _missing(where, "field", filter(None, [matter.consent]), catalogue.fields)
    yield from _missing(where, "matter", (need.matter for need in matter.needs if need.matter), catalogue.matters)
    yield from _missing(where, "event", (need.event for need in matter.needs if need.event), catalogue.events)
    asked = (material for need in matter.materials for material in need.any_of)
    yield from _missing(where, "material", asked, catalogue.materials)
    yield from _of_acts(catalogue, where, matter)


def _of_acts(catalogue: Catalogue, where: str, matter: MatterDef) -> Iterator[Refusal]:
    possible = frozenset().union(*(station.can for station in catalogue.stations.values()))
    for act in matter.acts:
        if act.presence == "station" and act.capability not in possible:
            yield UnknownCapability(where=f"{where}, act {act.id}", capability=act.capability or "?")


def _of_supply(catalogue: Catalogue, where: str, supply: Supply) -> Iterator[Refusal]:
    holders = [supply.department] if supply.department and supply.department != REGISTRY else []
    yield from _missing(where, "department", holders, catalogue.departments)
    yield from _missing(where, "matter", filter(None, [supply.matter]), catalogue.matters)
    yield from _missing(where, "field", supply.fields, catalogue.fields)


def _of_the_rest(catalogue: Catalogue) -> Iterator[Refusal]:
    for one in catalogue.fields.values():
        beside = [one.agrees_with.field] if one.agrees_with else []
        yield from _missing(f"fields: {one.id}", "field", beside, catalogue.fields)
    derived = (derived.field for derived in catalogue.derived)
    yield from _missing("rules", "field", derived, catalogue.fields)
    for term in catalogue.terms:
        yield from _missing(f"terms: {term.id}", "field", [term.from_field], catalogue.fields)
        yield from _missing(f"terms: {term.id}", "matter", filter(None, [term.matter]), catalogue.matters)


def _missing(where: str, kind: str, names: Iterable[str], known: Mapping[str, object]) -> Iterator[Refusal]:
    for name in names:
        if name not in known:
            near = "".join(get_close_matches(name, known, n=1))
            correction = _link("是否想写“{}”？", "Did you mean “{}”?", near) if near else ADD_OR_REMOVE
            yield UnknownReference(where=where, kind=KINDS[kind], name=name, correction=correction)


def derivation_order(reads: Mapping[str, frozenset[str]]) -> tuple[tuple[str, ...], Refusal | None]:
    """Order derived fields so that each follows those it reads; or name the cycle."""
    names = sorted(reads)
    place = {name: number for number, name in enumerate(names)}
    edges = [(place[read], place[name]) for name in names for read in reads[name] if read in place]
    cycle = find_cycle(len(names), edges)
    if cycle:
        return (), CyclicDerivation(chain=ARROW.join(names[one] for one in cycle))
    order = Order.of(len(names), edges)
    return tuple(sorted(names, key=lambda name: (-order.after[place[name]].bit_count(), name))), None


def arrangement(catalogue: Catalogue) -> list[Refusal]:
    """Find what is well written but can never work: needs in a cycle, materials that cannot come about."""
    cycle = _cycle_among_needs(catalogue)
    return [cycle] if cycle is not None else list(_never_supplied(catalogue))


def _cycle_among_needs(catalogue: Catalogue) -> Refusal | None:
    names = list(catalogue.matters)
    cycle = find_cycle(len(names), _needs(catalogue, names))
    if not cycle:
        return None
    chain = [names[one] for one in reversed(cycle)]
    return CyclicNeeds(chain=Words(" → ".join(chain), " waits for ".join(chain)))


def _needs(catalogue: Catalogue, names: list[str], counts: Callable[[Need], bool] = bool) -> list[Edge]:
    place = {name: number for number, name in enumerate(names)}
    return [
        (place[need.matter], place[matter.id])
        for matter in catalogue.matters.values()
        for need in matter.needs
        if need.matter and counts(need)
    ]


def _never_supplied(catalogue: Catalogue) -> Iterator[Refusal]:
    """
    Find materials that can come about in no way at all.

    A matter can supply only what it can be done for: we start from materials with a way that asks no matter and
    add matters all of whose demands are met, until nothing is added. What is left can never be had.
    """
    possible = _possible_matters(catalogue)
    waits = _unconditional_waits(catalogue)
    for matter in catalogue.matters.values():
        for need in matter.materials:
            ways = [way for name in need.any_of for way in _usable(catalogue, matter.id, name, possible, waits)]
            if not ways:
                chain = _dead_end(catalogue, matter.id, need.any_of[0])
                yield MaterialNobodySupplies(material=" / ".join(need.any_of), matter=matter.id, chain=chain)


def _possible_matters(catalogue: Catalogue) -> frozenset[str]:
    possible: frozenset[str] = frozenset()
    while True:
        grown = frozenset(one.id for one in catalogue.matters.values() if _can_be_done(catalogue, one, possible))
        if grown == possible:
            return possible
        possible = grown


def _can_be_done(catalogue: Catalogue, matter: MatterDef, possible: frozenset[str]) -> bool:
    return all(
        any(_is_supplied(way, possible) for name in need.any_of for way in catalogue.materials[name].supplies)
        for need in matter.materials
        if need.when is None
    )


def _is_supplied(way: Supply, possible: frozenset[str]) -> bool:
    return way.by is not SupplyBy.MATTER or way.matter in possible


def _unconditional_waits(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """For each matter, all that come after it whatever the situation."""
    names = list(catalogue.matters)
    place = {name: number for number, name in enumerate(names)}
    order = Order.of(len(names), _needs(catalogue, names, lambda need: need.when is None))
    return {name: frozenset(n for n in names if order.precedes(place[name], place[n])) for name in names}


def _usable(
    catalogue: Catalogue, matter: str, material: str, possible: frozenset[str], waits: Mapping[str, frozenset[str]]
) -> list[Supply]:
    return [
        way
        for way in catalogue.materials[material].supplies
        if _is_supplied(way, possible)
        and (way.by is not SupplyBy.MATTER or (way.matter != matter and way.matter not in waits[matter]))
    ]


def _dead_end(catalogue: Catalogue, matter: str, material: str) -> Words:
    """Tell the chain of a material that cannot be had: who would make it, and what that one lacks."""
    links, seen = [_link("“{}”要“{}”", "{} needs {}", matter, material)], {matter}
    wanted: str | None = material
    while wanted is not None:
        maker = next((way.matter for way in catalogue.materials[wanted].supplies if way.matter), None)
        if maker is None:
            links.append(_link("而它没有任何来路", "which has no way to come about"))
            break
        links.append(_link("它只由“{}”产生", "which only {} makes", maker))
        wanted = None if maker in seen else _lacking(catalogue, maker, seen, links)
        seen.add(maker)
    return Words("，".join(link.zh for link in links), ", ".join(link.en for link in links))


def _lacking(catalogue: Catalogue, maker: str, seen: set[str], links: list[Words]) -> str | None:
    """Add what keeps `maker` from being done; give the paper that it lacks, if that is what does."""
    matter = catalogue.matters[maker]
    awaited = next((need.matter for need in matter.needs if need.matter in seen), None)
    lacking = next((need.any_of[0] for need in matter.materials if need.when is None), None)
    if awaited is not None:
        links.append(_link("它自己又要等“{}”", "which itself waits for {}", awaited))
        return None
    if lacking is not None:
        links.append(_link("它又要“{}”", "which needs {}", lacking))
    return lacking


def _link(zh: str, en: str, *names: str) -> Words:
    return Words(zh.format(*names), en.format(*names))
