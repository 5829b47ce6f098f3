"""
How long people wait at counters, computed. Pure.

The line is one line for all counters, first come first served; people come at random with a rate that may change
through the day, and each takes a random time with the same mean (exponential: as unlike each other as people are).
For a steady rate that is Erlang's formula C; for a changing one the same line is followed through the day, minute by
minute (Kolmogorov's forward equations), because a steady formula forgets the line that the morning left behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, exp, inf

STEP = 0.25
"""Minutes of one step of the forward equations: small against the time in which a line changes."""

NEGLIGIBLE = 1e-9
MOST_WAITING = 400


def erlang_b(servers: int, load: float) -> float:
    """Compute how often all servers are busy where nobody waits (Erlang B). `load`: arrival rate × mean time."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """Compute how often somebody has to wait (Erlang C); 1 where more come than can be served."""
    if load >= servers:
        return 1.0
    blocked = erlang_b(servers, load)
    return blocked / (1 - load / servers * (1 - blocked))


def steady_share(servers: int, *, per_minute: float, mean: float, within: float) -> float:
    """Compute the share of people who wait at most `within` minutes, at a steady rate; 0 where the line only grows."""
    load = per_minute * mean
    if load >= servers:
        return 0.0
    return 1 - erlang_c(servers, load) * exp(-(servers / mean - per_minute) * within)


@dataclass(frozen=True, slots=True)
class Waits:
    """What the people of a day found before them: `found[n]` is the share who found n others there."""

    servers: int
    mean: float
    found: tuple[float, ...]

    def share_within(self, minutes: float) -> float:
        """Give the share of the day's people who wait at most so many minutes."""
        at_once = sum(self.found[: self.servers])
        must = self.found[self.servers :]
        served = self.servers / self.mean * minutes
        return at_once + sum(
            share * more for share, more in zip(must, _more_than(served, len(must)), strict=True)
        )  # fmt: skip

    def longest_of(self, share: float) -> float:
        """Find the minutes within which this share of the people (0.9: nine in ten) is called."""
        low, high = 0.0, 1.0
        while self.share_within(high) < share:
            low, high = high, high * 2
            if high > 1e5:
                return inf
        while high - low > 0.01:
            middle = (low + high) / 2
            low, high = (low, middle) if self.share_within(middle) >= share else (middle, high)
        return high if self.share_within(0.0) < share else 0.0


def _more_than(mean: float, count: int) -> list[float]:
    """Give, for n from 0 to below `count`, the chance that more than n of a Poisson number with this mean happen."""
    left, term, chances = 1.0, exp(-mean), []
    for n in range(count):
        left -= term
        chances.append(max(0.0, left))
        term *= mean / (n + 1)
    return chances


@lru_cache(maxsize=4096)
def through_the_day(servers: int, *, rates: tuple[float, ...], interval: float, mean: float) -> Waits:
    """
    Follow the line through a day that begins empty.

    `rates`: people a minute, interval of `interval` minutes after interval; `mean`: minutes for one person.
    """
    line = [1.0]
    found: list[float] = []
    came = 0.0
    for rate in rates:
        for _ in range(round(interval / STEP)):
            _add(found, line, rate)
            came += rate
            line = _after(line, servers, rate, 1 / mean)
    return Waits(servers, mean, tuple(share / came for share in found) if came else (1.0,))


def _add(found: list[float], line: Sequence[float], rate: float) -> None:
    found.extend([0.0] * (len(line) - len(found)))
    for n, chance in enumerate(line):
        found[n] += chance * rate


def _after(line: Sequence[float], servers: int, rate: float, done: float) -> list[float]:
    """Take one step of the forward equations; states nobody ever sees are dropped."""
    comes = rate * STEP
    last = len(line)
    after = [0.0] * (last + 1)
    for n, chance in enumerate(line):
        goes = min(n, servers) * done * STEP
        after[n] += chance * (1 - comes - goes)
        after[n + 1] += chance * comes
        if n:
            after[n - 1] += chance * goes
    while len(after) > MOST_WAITING or (len(after) > 1 and after[-1] < NEGLIGIBLE):
        rest = after.pop()
        after[-1] += rest
    return after


def servers_needed(*, rates: tuple[float, ...], interval: float, mean: float, within: float, share: float) -> int:
    """Find the fewest servers with which this share of the day's people wait at most `within` minutes."""

    def is_enough(servers: int) -> bool:
        day = through_the_day(servers, rates=rates, interval=interval, mean=mean)
        return day.share_within(within) >= share

    servers = max(1, ceil(sum(rates) / len(rates) * mean)) if rates else 1
    while not is_enough(servers):
        servers += 1
    while servers > 1 and is_enough(servers - 1):
        servers -= 1
    return servers
