"""The fewest station visits that cover everything needing presence, given what each station can do. Exact."""

from __future__ import annotations

from collections.abc import Mapping

from onething.engine.bundle.hitting import Hitting, bits

MOST_WORK = 100_000
"""As in `supply`: lists of stations looked at before the pack is refused."""


def fewest_visits(wanted: frozenset[str], stations: Mapping[str, frozenset[str]]) -> tuple[str, ...] | None:
    """
    Choose the fewest stations that together can do all of `wanted`; of stations that can do the same the first by id.

    None when some capability is at no station. Refuses TooEntangled.
    """
    names = sorted(stations)
    offered = [sum(1 << place for place, name in enumerate(names) if one in stations[name]) for one in sorted(wanted)]
    if not all(offered):
        return None
    chosen = Hitting(MOST_WORK).smallest(offered)
    return tuple(names[one.bit_length() - 1] for one in bits(chosen))
