"""The computed waiting times against closed forms, and against a simulation that knows nothing of the formulas."""

from __future__ import annotations

import random
from datetime import date, time
from heapq import heappop, heappush, heapreplace
from math import exp, factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onething.catalogue import planning
from onething.desks.appointments import queueing, tides
from onething.desks.appointments.hours import Hours
from onething.desks.appointments.season import read_season

SERVERS = st.integers(1, 25)
BUSY = st.floats(0.05, 0.97)


def c_by_definition(servers: int, load: float) -> float:
    """Erlang C as Erlang wrote it, with factorials."""
    waits = load**servers / factorial(servers) * servers / (servers - load)
    return waits / (sum(load**n / factorial(n) for n in range(servers)) + waits)


@given(SERVERS, BUSY)
def test_erlang_c_is_what_erlang_wrote(servers: int, busy: float) -> None:
    load = servers * busy
    assert queueing.erlang_c(servers, load) == pytest.approx(c_by_definition(servers, load), rel=1e-9)


@given(BUSY, st.floats(1, 60), st.floats(0, 120))
def test_one_counter_has_its_closed_form(busy: float, mean: float, within: float) -> None:
    rate = busy / mean
    expected = 1 - busy * exp(-(1 / mean - rate) * within)
    assert queueing.steady_share(1, per_minute=rate, mean=mean, within=within) == pytest.approx(expected, rel=1e-9)


def test_where_more_come_than_can_be_served_nobody_is_promised_anything() -> None:
    assert queueing.erlang_c(3, 3.0) == 1.0
    assert queueing.steady_share(3, per_minute=1.0, mean=4, within=15) == 0.0


@pytest.mark.parametrize(("servers", "busy"), [(1, 0.6), (3, 0.8), (6, 0.85), (12, 0.9)])
def test_a_long_steady_day_comes_to_erlang(servers: int, busy: float) -> None:
    """The forward equations know nothing of the formula; after long enough they must agree with it."""
    mean, rate = 18.0, servers * busy / 18.0
    long_day = queueing.through_the_day(servers, rates=(rate,) * 150, interval=30.0, mean=mean)
    for within in (0, 5, 15, 40):
        steady = queueing.steady_share(servers, per_minute=rate, mean=mean, within=within)
        assert long_day.share_within(within) == pytest.approx(steady, abs=0.015)


def simulated(servers: int, rates: tuple[float, ...], interval: float, mean: float, days: int) -> list[float]:
    """People walk in, take the first free counter and leave: an event after the other, nothing computed. Waits."""
    chance = random.Random(20260917)
    waits = []
    for _ in range(days):
        free = [0.0] * servers
        arrivals: list[float] = []
        for number, rate in enumerate(rates):
            at = number * interval + (chance.expovariate(rate) if rate else interval)
            while at < (number + 1) * interval:
                heappush(arrivals, at)
                at += chance.expovariate(rate)
        while arrivals:
            came = heappop(arrivals)
            begins = max(came, free[0])
            heapreplace(free, begins + chance.expovariate(1 / mean))
            waits.append(begins - came)
    return waits


DAYS = {
    "a quiet day": (3, (0.02, 0.04, 0.06, 0.06, 0.03, 0.02, 0.04, 0.04, 0.03, 0.02, 0.02, 0.01, 0.01)),
    "a rush in the morning": (5, (0.25, 0.4, 0.45, 0.3, 0.2, 0.1, 0.15, 0.2, 0.2, 0.15, 0.1, 0.05, 0.05)),
    "more than can be served": (3, (0.2,) * 13),
    "one counter": (1, (0.03,) * 13),
}


@pytest.mark.parametrize(("servers", "rates"), DAYS.values(), ids=DAYS)
def test_a_day_goes_as_in_the_simulation(servers: int, rates: tuple[float, ...]) -> None:
    waits = simulated(servers, rates, 30.0, 18.0, days=1500)
    computed = queueing.through_the_day(servers, rates=rates, interval=30.0, mean=18.0)
    for within in (0.0, 5.0, 15.0, 45.0):
        counted = sum(wait <= within for wait in waits) / len(waits)
        assert computed.share_within(within) == pytest.approx(counted, abs=0.02), within
    ninth = sorted(waits)[int(0.9 * len(waits))]
    assert computed.longest_of(0.9) == pytest.approx(ninth, abs=0.5, rel=0.06)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 0.5), min_size=1, max_size=13), st.floats(5, 30))
def test_what_is_needed_is_enough_and_one_less_is_not(rates: list[float], mean: float) -> None:
    given_rates = tuple(rates)
    needed = queueing.servers_needed(rates=given_rates, interval=30.0, mean=mean, within=15.0, share=0.9)
    share = {
        n: queueing.through_the_day(n, rates=given_rates, interval=30.0, mean=mean).share_within(15.0)
        for n in (needed, needed - 1)
        if n
    }
    assert share[needed] >= 0.9
    assert needed == 1 or share[needed - 1] < 0.9


def test_nobody_comes_and_nobody_waits() -> None:
    empty = queueing.through_the_day(2, rates=(0.0,) * 13, interval=30.0, mean=18.0)
    assert (empty.share_within(0), empty.longest_of(0.9)) == (1.0, 0.0)


# the season


def test_everybody_listed_comes_once_and_on_working_days() -> None:
    season, calendar = read_season(), planning.calendar()
    first = date(2026, 9, 1)
    days = [date.fromordinal(first.toordinal() + n) for n in range(60)]
    coming = tides.spread({first: 100, date(2026, 9, 24): 50}, season, calendar, days)
    assert sum(coming.values()) == pytest.approx(150)
    assert all(calendar.is_working_day(day) for day, people in coming.items() if people)
    assert coming[date(2026, 9, 20)] > 0, "a Sunday that is worked"
    assert coming[first] == 0


def test_the_shares_are_shares() -> None:
    season = read_season()
    assert sum(season.after_list) == pytest.approx(1)
    assert all(share >= 0 for share in season.after_list) and all(busy > 0 for busy in season.by_hour.values())
    assert set(season.mark) == {"zh", "en"}


@given(st.floats(0, 500))
def test_the_rates_of_a_day_bring_just_its_visits(visits: float) -> None:
    rates = tides.rates(visits, [Hours(time(9), time(12), 2), Hours(time(13, 30), time(17), 2)], read_season())
    assert len(rates) == 13
    assert sum(rates) * tides.INTERVAL == pytest.approx(visits, abs=0.01)
