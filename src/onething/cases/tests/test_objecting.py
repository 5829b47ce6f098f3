"""How to object: by the case's own release, to each department's decision what is open against it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from onething.cases import objecting, queries
from onething.cases.models import Case
from onething.cases.tests import factories
from onething.cases.tests.test_services import finish, say
from onething.catalogue.models import Release
from onething.kernel.access import SYSTEM
from onething.plumbing.packs import read_pack

PLAN = {"matters": [{"id": "card", "department": "police"}, {"id": "move", "department": "party"}]}
RECONSIDERATION = {
    "title": {"zh": "申请行政复议", "en": "Reconsideration"},
    "where": {"zh": "本级人民政府", "en": "the government"},
    "days": 60,
    "source": "L20:20",
}
COURT = {**RECONSIDERATION, "title": {"zh": "起诉", "en": "Court"}, "days": None, "months": 6, "source": "L21:46"}


pytestmark = pytest.mark.django_db


def a_case(objections: dict[str, Any], language: str = "zh") -> Case:
    sources = {"L20": {"title": "中华人民共和国行政复议法", "title_en": "Administrative Reconsideration Law"}}
    content = {"objections": objections, "sources": sources}
    release = Release.objects.create(
        pack="hlj/retirement", digest=uuid4().hex, version="1", title={}, region="230000000000", content=content,
        effective_from=date(2026, 1, 1), published_at=factories.NOW,
    )  # fmt: skip
    return Case(release=release, plan=PLAN, language=language)


def test_the_term_the_place_and_the_ground_to_object_are_the_pack_s() -> None:
    case = a_case({"reconsideration": {**RECONSIDERATION, "days": 30}})
    (way,) = objecting.ways(case, "card", learned=date(2026, 9, 10))
    assert (way.how, way.where) == ("申请行政复议", "本级人民政府")
    assert way.until == date(2026, 10, 10)  # 30 days on; a Saturday made up for a holiday
    assert "30 日" in way.term
    assert way.basis == "《中华人民共和国行政复议法》第 20 条"


def test_a_last_day_that_is_not_worked_moves_on() -> None:
    (way,) = objecting.ways(a_case({"reconsideration": RECONSIDERATION}), "card", learned=date(2026, 8, 4))
    assert way.until == date(2026, 10, 8)  # the 60th day is 3 October, in the holidays


def test_six_months_run_to_the_day_of_the_same_number() -> None:
    (way,) = objecting.ways(a_case({"court": COURT}), "card", learned=date(2026, 9, 9))
    assert (way.until, way.term) == (date(2027, 3, 9), "知道结果之日起 6 个月内")


def test_a_pack_that_does_not_say_how_invents_nothing() -> None:
    assert objecting.ways(a_case({}), "card", learned=date(2026, 9, 10)) == ()


def test_a_way_of_the_matter_goes_before_one_of_its_department_and_that_before_the_general_one() -> None:
    own = {**RECONSIDERATION, "departments": ["party"], "title": {"zh": "组织部", "en": "Party"}}
    closest = {**RECONSIDERATION, "matters": ["card"], "title": {"zh": "此事", "en": "This matter"}}
    known = {"general": RECONSIDERATION, "court": COURT, "own": own}

    def hows(matter: str, **more: Any) -> list[str]:
        return [way.how for way in objecting.ways(a_case({**known, **more}), matter, learned=date(2026, 9, 10))]

    assert hows("card") == ["申请行政复议", "起诉"]
    assert hows("move") == ["组织部"]
    assert hows("card", closest=closest) == ["此事"]
    assert hows("move", closest=closest) == ["组织部"]


def test_what_is_not_verified_says_so_and_names_no_day() -> None:
    bare = {name: value for name, value in RECONSIDERATION.items() if name != "days"}
    for language, words in (("zh", "请先问清楚"), ("en", "ask first")):
        case = a_case({"own": {**bare, "unverified": True}}, language)
        (way,) = objecting.ways(case, "card", learned=date(2026, 9, 10))
        assert (way.until, way.term) == (None, "")
        assert words in way.note


def test_in_english_the_ground_is_english_and_where_the_pack_has_none_that_is_said() -> None:
    (way,) = objecting.ways(a_case({"r": RECONSIDERATION}, "en"), "card", learned=date(2026, 9, 10))
    assert (way.basis, way.term) == (
        "Administrative Reconsideration Law, article 20",
        "within 60 days of learning of it",
    )
    (way,) = objecting.ways(a_case({"c": COURT}, "en"), "card", learned=date(2026, 9, 10))
    assert way.basis == "《L21》 (no English title), article 46"


def test_a_slip_groups_its_matters_by_the_ways_that_are_open() -> None:
    """Party and military organs are not open to reconsideration; everything else is, and to court as well."""
    case = factories.case()
    say(case, "report_in", "approved", at=factories.NOW)
    say(case, "skills_training", "refused", at=factories.NOW, reason="名额满了", remedy="等下一期")
    finish(case)
    board = queries.case_board(SYSTEM, case.number, now=factories.NOW)
    groups = objecting.appeals(board, learned=date(2026, 9, 30))
    titles = {m["id"]: m["title"]["zh"] for m in case.plan["matters"]}
    by_how = {tuple(way.how for way in group.ways): group for group in groups}
    general = by_how["申请行政复议", "也可以不复议，直接起诉（行政诉讼）"]
    assert by_how["向办理的人武部提出",].matters == (titles["reserve_registration"],)
    assert by_how["向办理的组织部门提出",].matters == (titles["membership_transfer"],)
    named = [title for group in groups for title in group.matters]
    decided = [lane.title["zh"] for lane in board.lanes if lane.state in objecting.DECIDED]
    assert sorted(named) == sorted(decided)
    assert general.ways[0].until == date(2026, 11, 9)  # 60 days from the refusal on the 9th: a Sunday, so Monday
    assert all(
        "不能申请行政复议" in by_how[how,].ways[0].note for how in ("向办理的人武部提出", "向办理的组织部门提出")
    )


@pytest.mark.parametrize("name", ["national/retirement", "hlj/retirement", "demo/retirement"])
def test_every_pack_of_ours_says_how_to_object(name: str) -> None:
    general = [way for way in read_pack(name).entries["objections"].values() if not way.departments and not way.matters]
    assert [(way.days, way.months, way.source) for way in general] == [(60, None, "L20:20"), (None, 6, "L21:46")]
