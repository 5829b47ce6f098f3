from __future__ import annotations

from datetime import date

import pytest

from onething.cases import contents
from onething.cases.models import Case
from onething.catalogue.models import Release
from onething.plumbing.packs import read_pack


@pytest.mark.parametrize(
    ("bases", "told"),
    [
        (["law", "published"], "law"),
        (["published"], "published"),
        (["published", "reconstructed", "law"], "reconstructed"),
    ],
)
def test_a_sum_is_founded_no_better_than_its_weakest_matter(bases: list[str], told: str) -> None:
    cost = {"working_days": 3, "materials": 2, "steps": 1, "trips": 1}
    plan = {"before": cost, "after": cost, "matters": [{"basis": basis} for basis in bases]}
    assert {figure.basis for figure in contents.figures(plan)} == {told}


# how to object: by the case's own release


def a_case(objections: dict) -> Case:
    content = {"objections": objections, "sources": {"L20": {"title": "中华人民共和国行政复议法"}}}
    return Case(release=Release(pack="hlj/retirement", content=content))


RECONSIDERATION = {
    "title": {"zh": "申请行政复议", "en": "Reconsideration"},
    "where": {"zh": "本级人民政府", "en": "the government"},
    "days": 60,
    "source": "L20:20",
}


def test_the_term_the_place_and_the_ground_to_object_are_the_pack_s() -> None:
    way = contents.objection(a_case({"reconsideration": {**RECONSIDERATION, "days": 30}}), learned=date(2026, 9, 10))
    assert way is not None
    assert (way.where, way.until) == (
        "本级人民政府",
        date(2026, 10, 10),
    )  # 30 days on; a Saturday made up for a holiday
    assert "30 日" in way.term
    assert way.basis == "《中华人民共和国行政复议法》第 20 条"


def test_a_last_day_that_is_not_worked_moves_on() -> None:
    way = contents.objection(a_case({"reconsideration": RECONSIDERATION}), learned=date(2026, 8, 4))
    assert way is not None
    assert way.until == date(2026, 10, 8)  # the 60th day is 3 October, in the holidays


def test_a_pack_that_does_not_say_how_invents_nothing() -> None:
    assert contents.objection(a_case({}), learned=date(2026, 9, 10)) is None


@pytest.mark.parametrize("name", ["national/retirement", "hlj/retirement", "demo/retirement"])
def test_every_pack_of_ours_says_how_to_object(name: str) -> None:
    ways = read_pack(name).entries["objections"]
    assert [(way.days, way.source) for way in ways.values()] == [(60, "L20:20")]
