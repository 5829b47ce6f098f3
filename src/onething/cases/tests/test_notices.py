"""What the notice and the story say agrees with the plan they were made of."""

from __future__ import annotations

from typing import Any

import pytest

from onething.cases import notices, queries, stories
from onething.cases.tests import factories

Plan = dict[str, Any]


@pytest.fixture
def plan(db: None) -> Plan:
    return factories.case().plan


def test_papers_and_what_is_saved_add_up_to_the_way_before(plan: Plan) -> None:
    notice = notices.notice_of(plan, known=())
    assert len(notice.papers) == plan["after"]["materials"]
    assert len(notice.papers) + notice.saved_count == plan["before"]["materials"]


def test_rows_follow_the_order_of_work(plan: Plan) -> None:
    rows = notices.notice_of(plan, known=()).rows
    titles = [row.title["zh"] for row in rows]
    assert len(rows) == len(plan["matters"])
    for row in rows:
        assert all(titles.index(before["zh"]) < titles.index(row.title["zh"]) for before in row.after)


def test_the_longest_chain_is_as_long_as_the_promise(plan: Plan) -> None:
    rows = notices.notice_of(plan, known=()).rows
    assert sum(row.days for row in rows if row.is_critical) == plan["promise"]["working_days"]


def test_counting_starts_after_the_day_of_submission(plan: Plan) -> None:
    first = notices.first_day(plan)
    assert first is not None
    assert first > factories.NOW.date()


def test_what_is_filled_in_is_counted(plan: Plan) -> None:
    notice = notices.notice_of(plan, known=["full_name", "phone", "no_such_field"])
    assert notice.filled == 2
    assert notice.asked == sum(f["ask"] != "derived" for f in plan["form"]["fields"])


def test_a_name_the_plan_does_not_know_is_said_as_it_is(plan: Plan) -> None:
    assert notices.material_title(plan, "zzz")["zh"] == "zzz"


@pytest.mark.django_db
def test_the_story_begins_with_the_submission_and_sorts_the_matters() -> None:
    case = factories.case()
    board = queries.case_board(factories.citizen(factories.Person.objects.get()), case.number, now=factories.NOW)
    assert [line.kind for line in stories.past_of(case.plan, board.story)] == ["CaseSubmitted"]
    groups = stories.groups(board.lanes)
    assert sum(map(len, groups.values())) == len(board.lanes) == len(stories.segments(board.lanes))
    assert dict(stories.key(board.counts)) == board.counts
    assert [lane.status for lane in groups["now"]].count("work") == board.counts["work"]
