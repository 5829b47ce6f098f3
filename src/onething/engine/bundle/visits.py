"""The fewest station visits that cover everything needing presence, given what each station can do. Exact."""

from __future__ import annotations

from collections.abc import Mapping


def fewest_visits(wanted: frozenset[str], stations: Mapping[str, frozenset[str]]) -> tuple[str, ...] | None:
    """
    Choose the fewest stations that together can do all of `wanted`; of equal choices the first by id.

    None when some capability is at no station. Branch on the capability that the fewest stations offer.
    """
    useful = {name: can & wanted for name, can in sorted(stations.items()) if can & wanted}
    if not wanted <= frozenset().union(*useful.values()):
        return None
    best = _cover(wanted, _without_weaker(useful), len(wanted))
    return None if best is None else tuple(sorted(best))


def _without_weaker(stations: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Leave out a station that can do no more than another one; of equals the first by id stays."""
    names = list(stations)
    return {
        name: stations[name]
        for place, name in enumerate(names)
        if not any(
            stations[name] < stations[other] or (stations[name] == stations[other] and before < place)
            for before, other in enumerate(names)
        )
    }


def _cover(wanted: frozenset[str], stations: Mapping[str, frozenset[str]], most: int) -> tuple[str, ...] | None:
    """Cover `wanted` with at most `most` stations."""
    if not wanted:
        return ()
    widest = max((len(can & wanted) for can in stations.values()), default=0)
    if widest == 0 or most * widest < len(wanted):
        return None
    rarest = min(sorted(wanted), key=lambda one: sum(one in can for can in stations.values()))
    best: tuple[str, ...] | None = None
    for name, can in stations.items():
        if rarest in can:
            rest = _cover(wanted - can, stations, most - 1)
            if rest is not None:
                best, most = (name, *rest), len(rest)
    return best
