"""Order and length against networkx."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from onething.engine.bundle.schedule import Order, earliest, find_cycle
from onething.engine.bundle.tests.test_supply import length_of

Graph = tuple[int, list[tuple[int, int]]]


def edges_among(count: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    numbers = st.integers(0, count - 1)
    return st.lists(st.tuples(numbers, numbers), max_size=14)


graphs = st.integers(1, 8).flatmap(lambda count: st.tuples(st.just(count), edges_among(count)))


def networkx_of(graph: Graph) -> nx.DiGraph:
    made = nx.DiGraph()
    made.add_nodes_from(range(graph[0]))
    made.add_edges_from(graph[1])
    return made


@given(graphs)
def test_the_order_is_the_transitive_closure(graph: Graph) -> None:
    order, oracle = Order.of(*graph), networkx_of(graph)
    closure = set(nx.transitive_closure(oracle, reflexive=False).edges)
    numbers = range(graph[0])
    assert {(a, b) for a in numbers for b in numbers if order.precedes(a, b)} == closure


@given(graphs)
def test_a_cycle_is_found_when_there_is_one_and_is_one(graph: Graph) -> None:
    cycle = find_cycle(*graph)
    assert bool(cycle) is not nx.is_directed_acyclic_graph(networkx_of(graph))
    assert all(edge in graph[1] for edge in pairwise(cycle))
    assert not cycle or cycle[0] == cycle[-1]


@given(graphs, st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_the_critical_path_is_the_longest(graph: Graph, days: list[int]) -> None:
    count, edges = graph
    edges = [(a, b) for a, b in edges if a < b]
    schedule = earliest(count, edges, lambda one, start: start + days[one])
    assert schedule.days == length_of(networkx_of((count, edges)), days)
    assert sum(days[one] for one in schedule.critical) == schedule.days
    assert all(schedule.starts[then] >= schedule.ends[first] for first, then in edges)


@given(graphs)
def test_the_layers_hold_everything_once_and_never_both_ends_of_an_edge(graph: Graph) -> None:
    count, edges = graph
    edges = [(a, b) for a, b in edges if a < b]
    layers = earliest(count, edges, lambda one, start: start + 1).layers
    assert sorted(one for layer in layers for one in layer) == list(range(count))
    level = {one: number for number, layer in enumerate(layers) for one in layer}
    assert all(level[first] < level[then] for first, then in edges)


def test_of_equally_long_chains_the_lowest_numbers_are_named() -> None:
    def finish(one: int, start: int) -> int:
        return start + 2

    assert earliest(4, [(0, 2), (1, 2), (1, 3)], finish).critical == (0, 2)
