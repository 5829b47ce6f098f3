"""Small random catalogues: what must hold for every one of them, with brute force as the judge."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import networkx as nx
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onething.engine.bundle.errors import CatalogueRefused, MaterialOutOfReach
from onething.engine.bundle.model import Catalogue, Supply, SupplyBy
from onething.engine.bundle.plan import Action, Plan
from onething.engine.bundle.tests import build
from onething.engine.bundle.tests.build import act, asks, field, matter, need, plan_of
from onething.engine.bundle.tests.test_supply import length_of

NAMES = ["a", "b", "c", "d"]
PAPERS = ["p", "q", "r", "s"]
FIELDS = ["x", "y", "z"]
conditions = st.sampled_from([None, "x", "NOT x", "y", "x AND y", "x OR NOT z", "fate = 'kept'"])
certain = st.none()


def supplies(when: st.SearchStrategy[str | None]) -> st.SearchStrategy[tuple[Supply, ...]]:
    one = st.one_of(
        st.builds(build.by_applicant, when),
        st.builds(build.by_share, st.just("police"), when),
        st.builds(build.by_matter, st.sampled_from(NAMES), when),
        st.builds(lambda when: build.by_form("name", when=when), when),
    )
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda way: (way.by, way.matter)).map(tuple)


@st.composite
def catalogues(draw: st.DrawFn, when: st.SearchStrategy[str | None] = certain) -> Catalogue:
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    papers = st.lists(st.sampled_from(PAPERS), min_size=1, max_size=2, unique=True)
    wanted = st.builds(lambda any_of, when: asks(*any_of, when=when), papers, when)
    matters = []
    for place, name in enumerate(names):
        earlier = st.builds(need, st.sampled_from(names[:place]), when=when) if place else st.nothing()
        clauses = [one for one in draw(st.lists(when, max_size=2)) if one]
        desks = st.lists(st.sampled_from(["police_desk", "bank_desk", "hukou_desk"]), max_size=2, unique=True)
        matters.append(
            matter(
                name,
                draw(st.integers(0, 5)),
                applies=clauses,
                materials=draw(st.lists(wanted, max_size=2)),
                needs=draw(st.lists(earlier, max_size=2)) if place else [],
                acts=[act(f"{desk}_{name}", desk, when=draw(when)) for desk in draw(desks)],
                fields=[build.use(one, when=draw(when)) for one in draw(st.lists(st.just("name"), max_size=1))],
            )
        )
    ways = {name: [way for way in draw(supplies(when)) if way.matter in (None, *names)] for name in PAPERS}
    return build.catalogue(
        *matters,
        materials=[build.material(name, *ways[name]) for name in PAPERS],
        fields=[field("name", "text"), *map(field, FIELDS), field("fate", "choice", options=["kept", "lost"])],
        stations=[
            build.station("hall", "police_desk", "bank_desk"),
            build.station("police", "police_desk", "hukou_desk"),
            build.station("bank", "bank_desk"),
        ],
        derived=(build.derived("fate", ("x AND y", "kept"), ("NOT z", "lost"), ("TRUE", "kept")),),
    )


def plan_or_skip(one: Catalogue, answers: dict[str, Any] | None = None) -> Plan:
    """A plan, or no example when the catalogue is rightly refused."""
    try:
        return plan_of(one, answers)
    except (CatalogueRefused, MaterialOutOfReach):
        assume(False)
        raise


def brute_force(one: Catalogue) -> tuple[int, int]:
    """The fewest hand-ins and the shortest path over every way of every paper; all of it is unconditional here."""
    demands = [(each.id, wanted) for each in one.matters.values() for wanted in each.materials]
    ways = [[(name, way) for name in wanted.any_of for way in one.materials[name].supplies] for _id, wanted in demands]
    scores = (_score(one, demands, choice) for choice in product(*ways))
    return min(score for score in scores if score is not None)


def _score(one: Catalogue, demands: list[Any], choice: tuple[tuple[str, Supply], ...]) -> tuple[int, int] | None:
    place = {name: number for number, name in enumerate(one.matters)}
    graph = nx.DiGraph()
    graph.add_nodes_from(place.values())
    graph.add_edges_from((place[wait.matter], place[each.id]) for each in one.matters.values() for wait in each.needs)
    for (consumer, _wanted), (_name, way) in zip(demands, choice, strict=True):
        if way.by is SupplyBy.MATTER:
            graph.add_edge(place[way.matter], place[consumer])
    if not nx.is_directed_acyclic_graph(graph):
        return None
    days = [each.joined.value for each in one.matters.values()]
    return len({name for name, way in choice if way.by is SupplyBy.APPLICANT}), length_of(graph, days)


@settings(max_examples=100, deadline=None)
@given(catalogues())
def test_no_smaller_set_and_no_shorter_schedule(one: Catalogue) -> None:
    plan = plan_or_skip(one)
    assert (plan.after.materials, plan.after.working_days) == brute_force(one)


@settings(max_examples=100, deadline=None)
@given(catalogues(conditions), st.fixed_dictionaries({name: st.booleans() for name in FIELDS}))
def test_every_paper_of_before_is_accounted_for_exactly_once(one: Catalogue, answers: dict[str, bool]) -> None:
    plan = plan_or_skip(one, answers)
    assert plan.before.materials == plan.after.materials + len(plan.removed)
    assert plan.after.materials == len(plan.hand_in)
    kept = {line.id: len(line.used_by) for line in plan.materials if line.action is Action.HAND_IN}
    repeated = [gone.material for gone in plan.removed if gone.reason.value == "repeated"]
    assert all(repeated.count(name) >= users - 1 for name, users in kept.items())
    assert {gone.material for gone in plan.removed} <= {line.id for line in plan.materials}


@settings(max_examples=100, deadline=None)
@given(catalogues(), st.sampled_from(PAPERS))
def test_one_share_more_never_asks_for_more(one: Catalogue, paper: str) -> None:
    plan = plan_or_skip(one)
    old = one.materials[paper]
    shared = replace(old, supplies=(*old.supplies, build.by_share()))
    more = plan_of(replace(one, materials={**one.materials, paper: shared}))
    assert more.after.materials <= plan.after.materials


@settings(max_examples=100, deadline=None)
@given(catalogues(), st.sampled_from(NAMES), st.integers(1, 3))
def test_the_promise_moves_only_with_the_critical_path(one: Catalogue, name: str, more: int) -> None:
    """Papers by one way only, so that a longer matter does not change who is waited for."""
    assume(name in one.matters)
    single = {key: replace(paper, supplies=paper.supplies[:1]) for key, paper in one.materials.items()}
    wanted = {
        key: replace(each, materials=tuple(replace(need, any_of=need.any_of[:1]) for need in each.materials))
        for key, each in one.matters.items()
    }
    one = replace(one, materials=single, matters=wanted)
    plan = plan_or_skip(one)
    longer = replace(one.matters[name], joined=build.days(one.matters[name].joined.value + more))
    after = plan_of(replace(one, matters={**one.matters, name: longer}))
    if name in plan.critical_path:
        assert after.promise.working_days == plan.promise.working_days + more
    else:
        line = next(line for line in plan.matters if line.id == name)
        assert after.promise.working_days <= max(plan.promise.working_days, plan.promise.working_days + more)
        assert after.promise.working_days >= line.ends + more or after.promise == plan.promise


@settings(max_examples=100, deadline=None)
@given(catalogues(conditions), st.dictionaries(st.sampled_from(FIELDS), st.booleans()))
def test_the_graph_is_consistent(one: Catalogue, answers: dict[str, bool]) -> None:
    plan = plan_or_skip(one, answers)
    lines = {line.id: line for line in plan.matters}
    assert all(lines[edge.then].starts >= lines[edge.first].ends for edge in plan.edges)
    assert all(set(line.needs) == {edge.first for edge in plan.edges if edge.then == line.id} for line in plan.matters)
    assert sum(lines[name].working_days for name in plan.critical_path) == plan.promise.working_days
    assert sorted(name for layer in plan.layers for name in layer) == sorted(lines)
    assert {act.id for visit in plan.visits for act in visit.acts} == {
        act.id for line in plan.matters for act in line.visits
    }
