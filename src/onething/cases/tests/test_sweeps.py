"""Time itself: a later notice of the State Council, papers that do not come, and a night that was missed."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from onething.cases import jobs as reactions
from onething.cases import queries, sweeps
from onething.cases.models import Case, Task
from onething.cases.tests import factories
from onething.cases.tests.test_services import say
from onething.catalogue import planning
from onething.catalogue import services as catalogue
from onething.catalogue.events import CalendarPublished
from onething.kernel import workdays
from onething.kernel.access import SYSTEM
from onething.kernel.workdays import Deadline
from onething.plumbing import places
from onething.plumbing.calendars import national_calendar
from onething.plumbing.journal.models import Entry

pytestmark = pytest.mark.django_db

NOW = factories.NOW
NOTICE = "  - {name: 纪念日, name_en: Commemoration, first: 2026-09-10, last: 2026-09-11}\n"
"""An invented later notice: Thursday 10 and Friday 11 September are off. The cases were submitted on the 9th."""


@pytest.fixture
def later_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point the house at a copy of the packs whose calendar has two more days off."""
    packs = shutil.copytree(places.packs_root(), tmp_path / "packs")
    calendar = packs / "national" / "calendars" / "2026.yaml"
    calendar.write_text(calendar.read_text() + NOTICE)
    monkeypatch.setenv("ONETHING_PACKS", str(packs))


@pytest.fixture
def case() -> Case:
    """One matter done, the others at work."""
    begun = factories.case()
    say(begun, "report_in", "approved", at=NOW)
    return begun


def dues(case: Case) -> dict[str, date | None]:
    return dict(case.tasks.values_list("matter", "due"))


def recomputed() -> list[Entry]:
    return list(Entry.objects.filter(kind="cases.DeadlinesRecomputed"))


def test_a_later_notice_moves_what_is_open_and_nothing_that_has_ended(case: Case, request) -> None:
    before = dues(case)
    request.getfixturevalue("later_notice")
    assert sweeps.recompute_deadlines(now=NOW) == 1
    after, open_ones = dues(case), set(case.tasks.open().exclude(due=None).values_list("matter", flat=True))
    calendar = planning.calendar()
    expected = {
        m: workdays.add_working_days(calendar, NOW.date(), case.tasks.get(matter=m).days).due for m in open_ones
    }
    assert {m: after[m] for m in open_ones} == expected
    assert all(after[m] > before[m] for m in open_ones)  # both days off lie in every open term
    assert after["report_in"] == before["report_in"]
    case.refresh_from_db()
    assert case.due > case.promised == date(2026, 9, 30)


def test_every_moved_deadline_carries_a_proof_that_verifies(case: Case, request) -> None:
    old = {m: Deadline.from_json(d) for m, d in case.tasks.exclude(deadline=None).values_list("matter", "deadline")}
    assert all(workdays.verify(deadline, planning.calendar()) for deadline in old.values())
    request.getfixturevalue("later_notice")
    sweeps.recompute_deadlines(now=NOW)
    calendar = planning.calendar()
    for task in case.tasks.exclude(deadline=None):
        deadline = Deadline.from_json(task.deadline)
        assert deadline.due == task.due
        assert workdays.verify(deadline, calendar) is task.is_open, task.matter
        assert (deadline == old[task.matter]) is not task.is_open


def test_it_is_told_once_with_the_calendar_that_did_it(case: Case, request) -> None:
    request.getfixturevalue("later_notice")
    assert [sweeps.recompute_deadlines(now=NOW) for _ in range(3)] == [1, 0, 0]
    (told,) = recomputed()
    assert told.subject == case.pk
    assert told.payload["calendar"] == planning.calendar().version
    moved = set(case.tasks.open().exclude(due=None).values_list("matter", flat=True))
    assert set(told.payload["matters"]) == moved


def test_the_same_calendar_moves_nothing(case: Case) -> None:
    before = dues(case)
    assert sweeps.recompute_deadlines(now=NOW) == 0
    assert (dues(case), recomputed()) == (before, [])


def test_a_clock_that_stands_still_stays_so(case: Case, request) -> None:
    say(case, "household_registration", "returned", message="看不清", correction={"fields": ["host_name"]}, at=NOW)
    request.getfixturevalue("later_notice")
    sweeps.recompute_deadlines(now=NOW)
    assert case.tasks.get(matter="household_registration").due is None


def test_nights_that_were_missed_change_nothing(case: Case) -> None:
    """Elapsed days come from the calendar, never from a tick: the same moment reads the same, swept or not."""
    much_later = NOW + timedelta(days=30)
    unswept = queries.clocks_of(case, today=much_later.date())
    board = queries.case_board(SYSTEM, case.number, now=much_later)
    for night in range(30):
        sweeps.recompute_deadlines(now=NOW + timedelta(days=night))
        sweeps.remind_of_papers(now=NOW + timedelta(days=night))
    assert queries.clocks_of(case, today=much_later.date()) == unswept
    assert queries.case_board(SYSTEM, case.number, now=much_later).lanes == board.lanes
    calendar = planning.calendar()
    task = Task.objects.get(case=case, matter="household_registration")
    counted = workdays.working_days_between(calendar, NOW.date(), much_later.date())
    assert unswept[task.matter].used == counted
    assert unswept[task.matter].is_over


def publish_calendar() -> CalendarPublished:
    """Publish the calendar as it stands in the files, and give the fact that the worker gets."""
    catalogue.publish_calendar(calendar=national_calendar(), actor=SYSTEM, now=NOW)
    told = Entry.objects.filter(kind="catalogue.CalendarPublished").latest("id")
    return CalendarPublished.from_json(told.payload)


def waiting_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%follow_calendar'")
        return int(cursor.fetchone()[0])


def test_a_published_notice_moves_open_deadlines_at_once_by_a_job_of_its_transaction(case: Case, request) -> None:
    before = dues(case)
    request.getfixturevalue("later_notice")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish_calendar()
        raise ZeroDivisionError
    assert waiting_jobs() == 0
    fact = publish_calendar()
    assert waiting_jobs() == 1
    for _twice in range(2):
        reactions.follow_calendar(fact)
    after = dues(case)
    assert after["report_in"] == before["report_in"], "it has ended"
    assert all(after[task.matter] > before[task.matter] for task in case.tasks.open().exclude(due=None))
    assert len(recomputed()) == 1


def test_notices_that_are_taken_up_out_of_order_end_with_the_one_that_stands(case: Case, request) -> None:
    older = publish_calendar()
    request.getfixturevalue("later_notice")
    newer = publish_calendar()
    assert older.version != newer.version
    reactions.follow_calendar(newer)
    settled = dues(case)
    reactions.follow_calendar(older)
    assert dues(case) == settled
    assert [told.payload["calendar"] for told in recomputed()] == [planning.calendar().version]
