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
from onething.engine.bundle.model import Catalogue, MatterDef, Need, Supply, SupplyBy
from onething.engine.bundle.schedule import Edge, Order, find_cycle
from onething.kernel.errors import Refusal

ARROW = " → "
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
    derived = (derived.field for derived in catalogue.derived)
    yield from _missing("rules", "field", derived, catalogue.fields)
    for term in catalogue.terms:
        yield from _missing(f"terms: {term.id}", "field", [term.from_field], catalogue.fields)
        yield from _missing(f"terms: {term.id}", "matter", filter(None, [term.matter]), catalogue.matters)


def _missing(where: str, kind: str, names: Iterable[str], known: Mapping[str, object]) -> Iterator[Refusal]:
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            correction = f"Did you mean “{near[0]}”?" if near else "Add it, or remove the reference."
            yield UnknownReference(where=where, kind=kind, name=name, correction=correction)


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
    chain = reversed([names[one] for one in cycle])
    return CyclicNeeds(chain=" waits for ".join(chain))


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


def _dead_end(catalogue: Catalogue, matter: str, material: str) -> str:
    """Tell the chain of a material that cannot be had: who would make it, and what that one lacks."""
    chain, seen = [f"{matter} needs {material}"], {matter}
    makers = [way.matter for way in catalogue.materials[material].supplies if way.matter]
    while makers:
        maker = makers[0]
        chain.append(f"which only {maker} makes")
        if maker in seen:
            break
        seen.add(maker)
        lacking = [need.any_of[0] for need in catalogue.matters[maker].materials if need.when is None]
        waiting = [need.matter for need in catalogue.matters[maker].needs if need.matter in seen]
        if waiting:
            chain.append(f"which itself waits for {waiting[0]}")
            break
        if not lacking:
            break
        chain.append(f"which needs {lacking[0]}")
        makers = [way.matter for way in catalogue.materials[lacking[0]].supplies if way.matter]
    else:
        chain.append("which has no way to come about")
    return ", ".join(chain)
