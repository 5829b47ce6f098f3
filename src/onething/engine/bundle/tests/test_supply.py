"""The smallest hand-in set against brute force over every way of every demand."""

from __future__ import annotations

import random
from itertools import product

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onething.engine.bundle.errors import TooEntangled
from onething.engine.bundle.supply import Choice, Demand, Supplied, fewest_hand_ins

Problem = tuple[int, list[tuple[int, int]], list[Demand], list[int]]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    count = draw(st.integers(1, 5))
    matters, materials = st.integers(0, count - 1), st.integers(0, 4)
    pairs = [(one, other) for one in range(count) for other in range(one + 1, count)]
    waits = draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)) if pairs else []
    demand = st.builds(
        Demand,
        matters,
        st.lists(materials, max_size=2, unique=True).map(lambda them: tuple(sorted(them))),
        st.lists(st.tuples(matters, materials), max_size=2, unique=True).map(lambda them: tuple(sorted(them))),
    )
    demands = draw(st.lists(demand, max_size=6))
    return count, waits, demands, draw(st.lists(st.integers(0, 6), min_size=count, max_size=count))


def graph_of(
    count: int, waits: list[tuple[int, int]], demands: list[Demand], choices: tuple[Choice, ...]
) -> nx.DiGraph:
    made = [(way.maker, demand.matter) for way, demand in zip(choices, demands, strict=True) if way.maker is not None]
    graph = nx.DiGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from([*waits, *made])
    return graph


def length_of(graph: nx.DiGraph, days: list[int]) -> int:
    """Longest path over node weights, by networkx: each weight moves to the edges that leave its node."""
    weighted = nx.DiGraph()
    weighted.add_edges_from((one, "end", {"weight": days[one]}) for one in graph)
    weighted.add_edges_from((one, other, {"weight": days[one]}) for one, other in graph.edges)
    return nx.dag_longest_path_length(weighted)


def ways_of(demand: Demand) -> list[Choice]:
    return [Choice(one) for one in demand.hand] + [Choice(material, maker) for maker, material in demand.made]


def score(problem: Problem, choices: tuple[Choice, ...]) -> tuple[int, int] | None:
    count, waits, demands, days = problem
    graph = graph_of(count, waits, demands, choices)
    if not nx.is_directed_acyclic_graph(graph):
        return None
    return len({way.material for way in choices if way.maker is None}), length_of(graph, days)


def brute_force(problem: Problem) -> tuple[int, int] | None:
    every = product(*(ways_of(demand) for demand in problem[2]))
    return min((one for one in (score(problem, choices) for choices in every) if one is not None), default=None)


def solve(problem: Problem) -> Supplied | tuple[int, ...]:
    count, waits, demands, days = problem
    return fewest_hand_ins(count, waits, demands, lambda one, start: start + days[one])


@settings(max_examples=500, deadline=None)
@given(problems())
def test_nothing_smaller_and_nothing_shorter_exists(problem: Problem) -> None:
    best, found = brute_force(problem), solve(problem)
    if best is None:
        assert isinstance(found, tuple)
        assert found
        return
    assert isinstance(found, Supplied)
    assert score(problem, found.choices) == best
    assert found.hand_in == {way.material for way in found.choices if way.maker is None}


@settings(max_examples=100, deadline=None)
@given(problems())
def test_every_choice_is_a_way_of_its_demand(problem: Problem) -> None:
    found = solve(problem)
    if isinstance(found, Supplied):
        assert all(way in ways_of(demand) for way, demand in zip(found.choices, problem[2], strict=True))


def test_two_matters_that_could_make_each_others_paper_cost_one_hand_in() -> None:
    demands = [Demand(0, (0,), ((1, 0),)), Demand(1, (1,), ((0, 1),))]
    found = fewest_hand_ins(2, [], demands, lambda one, start: start + 1)
    assert isinstance(found, Supplied)
    assert len(found.hand_in) == 1


def test_of_two_makers_the_one_that_delays_less_is_waited_for() -> None:
    days = [9, 2, 1]
    found = fewest_hand_ins(3, [], [Demand(2, (), ((0, 7), (1, 7)))], lambda one, start: start + days[one])
    assert isinstance(found, Supplied)
    assert found.choices == (Choice(7, 1),)


def test_a_demand_without_any_way_is_named() -> None:
    assert fewest_hand_ins(2, [], [Demand(0, (0,)), Demand(1, (), ((1, 0),))], lambda one, start: start) == (1,)


def test_a_search_that_would_not_end_is_refused() -> None:
    """Which of three papers, six hundred times over: no bound is near enough to cut with."""
    chance = random.Random(1)
    triples = [Demand(0, tuple(sorted(chance.sample(range(200), 3)))) for _ in range(300)]
    with pytest.raises(TooEntangled):
        fewest_hand_ins(1, [], triples, lambda one, start: start, most_work=3_000)


def test_of_two_papers_the_one_that_saves_a_wait_is_handed_in() -> None:
    """Either paper would do for matter 1; paper 1 also spares matter 2 the wait for slow matter 0."""
    days = [9, 1, 1]
    demands = [Demand(1, (0, 1)), Demand(2, (1,), ((0, 1),))]
    found = fewest_hand_ins(3, [], demands, lambda one, start: start + days[one])
    assert isinstance(found, Supplied)
    assert found.hand_in == {1}
    slow = fewest_hand_ins(3, [(0, 2)], demands, lambda one, start: start + days[one])
    assert isinstance(slow, Supplied)
    assert slow.hand_in == {0}


def tangle(chance: random.Random, count: int = 200, papers: int = 300) -> Problem:
    """Four demands a matter, half of them with alternatives, most made by matters from anywhere: circles everywhere."""
    waits = [(first, then) for then in range(count) for first in chance.sample(range(then), min(then, 2))]
    demands = []
    for matter in range(count):
        for _number in range(4):
            hand = chance.sample(range(papers), chance.choice([1, 1, 2, 2, 3]))
            made = {(chance.randrange(count), paper) for paper in hand if chance.random() < 0.45}
            demands.append(Demand(matter, tuple(sorted(hand)), tuple(sorted(made))))
    return count, waits, demands, [chance.randint(1, 9) for _ in range(count)]


@pytest.mark.parametrize("seed", range(4))
def test_two_hundred_matters_that_make_each_others_papers(seed: int) -> None:
    """Once refused as too entangled. What comes out is a plan in which nobody waits in a circle."""
    problem = tangle(random.Random(seed))
    found = solve(problem)
    assert isinstance(found, Supplied)
    assert score(problem, found.choices) is not None
    assert len(found.hand_in) < len({paper for demand in problem[2] for paper in demand.hand})


def test_mutual_makers_by_the_hundred_cost_one_paper_for_each_pair() -> None:
    """Fifty pairs that could make each other's paper, all behind one matter: fifty papers, and no search."""
    demands = []
    for one in range(1, 101, 2):
        demands += [Demand(one, (one,), ((one + 1, one),)), Demand(one + 1, (one + 1,), ((one, one + 1),))]
    waits = [(0, one) for one in range(1, 101)]
    found = fewest_hand_ins(101, waits, demands, lambda one, start: start + 1, most_work=1_000)
    assert isinstance(found, Supplied)
    assert len(found.hand_in) == 50


def test_a_ring_of_waiting_that_no_paper_breaks_is_named() -> None:
    demands = [Demand(0, (), ((1, 0),)), Demand(1, (), ((2, 1), (0, 1))), Demand(2, (5,)), Demand(2, (), ((0, 2),))]
    assert fewest_hand_ins(3, [], demands, lambda one, start: start) == (0, 1, 3)


def side_by_side(problems: list[Problem]) -> Problem:
    """One problem of several that know nothing of each other."""
    whole: Problem = (0, [], [], [])
    for number, (count, waits, demands, days) in enumerate(problems):
        first, papers = whole[0], 5 * number
        moved = [
            Demand(
                demand.matter + first,
                tuple(paper + papers for paper in demand.hand),
                tuple((maker + first, paper + papers) for maker, paper in demand.made),
            )
            for demand in demands
        ]
        edges = [(one + first, other + first) for one, other in waits]
        whole = (first + count, whole[1] + edges, whole[2] + moved, whole[3] + days)
    return whole


@settings(max_examples=100, deadline=None)
@given(st.lists(problems(), min_size=4, max_size=8))
def test_what_knows_nothing_of_each_other_adds_up(parts: list[Problem]) -> None:
    """As large as brute force cannot go: the sizes of the parts add up, the longest part is the length."""
    best = [brute_force(part) for part in parts]
    found = solve(side_by_side(parts))
    if None in best:
        assert isinstance(found, tuple)
        return
    assert isinstance(found, Supplied)
    known = [one for one in best if one is not None]
    assert score(side_by_side(parts), found.choices) == (sum(n for n, _ in known), max(days for _, days in known))
