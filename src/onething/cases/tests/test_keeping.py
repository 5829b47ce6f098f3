"""Days that the law sets: whom they bind is reminded in time, once for each day of reminding, until it is done."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings

from onething.cases import jobs, services, sweeps
from onething.cases.events import DayToKeepNear
from onething.cases.models import DayToKeep, Draft
from onething.cases.states import TaskState
from onething.cases.tests import factories
from onething.cases.tests.test_services import say
from onething.correspondence.models import Notice
from onething.kernel.access import SYSTEM
from onething.plumbing.journal.models import Entry

pytestmark = pytest.mark.django_db

DISCHARGED = date(2026, 9, 1)
REPORT, REGISTER = date(2026, 10, 1), date(2026, 10, 11)  # 30 and 40 days on


def noon(day: date) -> datetime:
    return datetime.combine(day, time(4), UTC)


def live(day: date) -> None:
    """Let a day pass: the sweeps run more than once, and the reactions as the worker would."""
    before = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    for hours in range(3):
        sweeps.read_days(now=noon(day) + timedelta(hours=hours))
        sweeps.remind_of_days(now=noon(day) + timedelta(hours=hours))
    for entry in Entry.objects.filter(id__gt=before, kind="cases.DayToKeepNear"):
        for _ in range(2):  # a job may run twice
            jobs.remind_of_day(DayToKeepNear.from_json(entry.payload))


def live_until(last: date) -> None:
    day = factories.NOW.date()
    while day <= last:
        live(day)
        day += timedelta(days=1)


def told() -> list[str]:
    """What was written into the inbox of the person, day by day."""
    letters = Notice.objects.filter(kind="day_to_keep", channel="in_app").order_by("at", "once")
    return [":".join(letter.once.split(":")[2:]) for letter in letters]


@pytest.fixture
def region() -> None:
    factories.regions()
    factories.connect()


def form(language: str = "zh", **answers: Any) -> Draft:
    somebody = factories.person()
    actor = factories.citizen(somebody)
    draft = services.start_draft(
        person_id=somebody.pk, release=factories.release(), language=language, actor=actor, now=factories.NOW
    )
    given = {"discharge_date": DISCHARGED.isoformat(), **answers}
    return services.save_answers(draft=draft, answers=given, actor=actor, now=factories.NOW)


SELF_EMPLOYED = factories.answers()


def test_who_goes_self_employed_is_reminded_ten_and_three_days_before_and_never_twice(region) -> None:
    begun = form(**SELF_EMPLOYED)
    live_until(date(2026, 11, 5))
    assert told() == [
        "report:2026-10-01:2026-09-21",
        "report:2026-10-01:2026-09-28",
        "register_change:2026-10-11:2026-10-01",
        "register_change:2026-10-11:2026-10-08",
        "report_last_day:2026-10-31:2026-10-21",
        "report_last_day:2026-10-31:2026-10-28",
    ]
    messages = [one.text[1] for one in Notice.objects.filter(kind="day_to_keep", channel="sms")]
    assert len(messages) == len(told())
    assert all(f"{settings.PUBLIC_URL}/matters/forms/{begun.pk}/" in body for body in messages), "whole addresses"


def test_a_person_whom_a_day_does_not_bind_is_told_nothing_of_it(region) -> None:
    """An NCO with assigned work reports when the notice says, and has no disability pension to move."""
    form(**factories.answers("nco_assigned_work"))
    live_until(date(2026, 11, 5))
    assert told() == ["register_change:2026-10-11:2026-10-01", "register_change:2026-10-11:2026-10-08"]


def body_of(line: str) -> str:
    return Notice.objects.get(once__endswith=line, channel="in_app").text[1]


def test_of_whom_it_is_not_known_yet_the_reminder_says_if(region) -> None:
    form()
    live(date(2026, 9, 21))
    (line,) = told()
    assert "如果您自主就业，退役报到最晚 10月1日" in body_of(line)


def test_once_it_is_known_that_a_day_does_not_bind_nothing_more_is_said(region) -> None:
    draft = form()
    live(date(2026, 9, 21))
    assert len(told()) == 1
    officer = {"soldier_kind": "officer", "officer_placement": "demobilised"}
    services.save_answers(draft=draft, answers=officer, actor=SYSTEM, now=noon(date(2026, 9, 22)))
    live(date(2026, 9, 22))
    assert not DayToKeep.objects.filter(term__in=["report", "report_last_day", "register_change"]).exists()
    live(date(2026, 9, 28))
    assert len(told()) == 1


def test_whoever_has_submitted_is_left_in_peace_and_so_is_whoever_is_done(region) -> None:
    draft = factories.draft(factories.person())
    live(date(2026, 9, 9))
    case = services.submit_case(draft=draft, actor=SYSTEM, now=factories.NOW)
    live(date(2026, 9, 21))
    assert told() == []
    say(case, "report_in", "approved", at=noon(date(2026, 9, 22)))
    live(date(2026, 9, 28))
    assert told() == []


def test_who_takes_the_case_back_must_keep_the_day_again(region) -> None:
    draft = factories.draft(factories.person())
    live(date(2026, 9, 9))
    case = services.submit_case(draft=draft, actor=SYSTEM, now=factories.NOW)
    live(date(2026, 9, 21))
    services.withdraw_case(case=case, actor=SYSTEM, now=noon(date(2026, 9, 22)))
    assert case.tasks.get(matter="report_in").state == TaskState.WITHDRAWN
    live(date(2026, 9, 28))
    assert told() == ["report:2026-10-01:2026-09-28"]


def test_a_newer_form_counts_instead_of_the_old_one(region) -> None:
    draft = factories.draft(factories.person())
    case = services.submit_case(draft=draft, actor=SYSTEM, now=factories.NOW)
    services.withdraw_case(case=case, actor=SYSTEM, now=noon(date(2026, 9, 10)))
    actor = factories.citizen(factories.Person.objects.get())
    again = services.start_draft(
        person_id=draft.person_id, release=draft.release, actor=actor, now=noon(date(2026, 9, 11))
    )
    services.save_answers(draft=again, answers=SELF_EMPLOYED, actor=actor, now=noon(date(2026, 9, 11)))
    live(date(2026, 9, 12))
    live(date(2026, 9, 21))
    assert told() == ["report:2026-10-01:2026-09-21"]
    assert Notice.objects.filter(channel="in_app", kind="day_to_keep", case_id=None).count() == 1


def test_days_on_which_nobody_looked_are_made_up_for_by_one_reminder_and_a_day_that_passed_by_none(region) -> None:
    form(**SELF_EMPLOYED)
    live(factories.NOW.date())
    live(date(2026, 9, 30))
    assert told() == ["report:2026-10-01:2026-09-30"]
    live(date(2026, 12, 1))
    assert told() == ["report:2026-10-01:2026-09-30"]


def test_a_changed_day_is_reminded_of_anew(region) -> None:
    draft = form(**SELF_EMPLOYED)
    live(date(2026, 9, 21))
    later = {"discharge_date": "2026-09-05"}
    services.save_answers(draft=draft, answers=later, actor=SYSTEM, now=noon(date(2026, 9, 22)))
    live(date(2026, 9, 22))
    live(date(2026, 9, 25))
    assert told() == ["report:2026-10-01:2026-09-21", "report:2026-10-05:2026-09-25"]


def test_an_english_reader_is_reminded_in_english(region) -> None:
    form(language="en")
    live(date(2026, 9, 21))
    (line,) = told()
    assert body_of(line).startswith("Report after discharge by 1 October at the latest (if you go self-employed).")
