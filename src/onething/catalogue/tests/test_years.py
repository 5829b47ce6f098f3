"""A State Council notice entered at the desk: checked, agreed by two, and deadlines counted by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from onething.catalogue import jobs
from onething.catalogue.events import CalendarAgreed
from onething.catalogue.models import CalendarYear
from onething.catalogue.tests.test_workbench import decide, sitting
from onething.identity.models import Proposal
from onething.plumbing import calendars
from onething.plumbing.journal.models import Entry
from onething.registry.tests.factories import load_regions

pytestmark = pytest.mark.django_db

ROWS = {
    "name": ["元旦", "春节"],
    "first": ["2027-01-01", "2027-02-05"],
    "last": ["2027-01-03", "2027-02-12"],
    "make_up": ["", "2027-01-30、2027-02-20"],
}


@pytest.fixture(autouse=True)
def county(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ONETHING_HOME", str(tmp_path))
    load_regions()


def enter_notice(client: Client, **changed: Any) -> Any:
    given = {"year": "2027", "title": "虚构的通知", "reason": "the notice came", **ROWS}
    return client.post("/packs/years/2026/", given | changed)


def test_a_year_takes_effect_when_two_agreed_and_not_before() -> None:
    one, two = sitting("admin.one"), sitting("admin.two")
    answer = enter_notice(one)
    assert answer.status_code == 302, answer.content.decode()
    page = two.get(answer["Location"]).content.decode()
    assert "Days that count otherwise" in page and "make-up day" in page
    assert decide(one).status_code == 403
    assert not calendars.national_calendar().covers(2027)
    assert decide(two).status_code == 302
    entry = CalendarYear.objects.get()
    jobs.take_up_calendar(CalendarAgreed(entry_id=entry.pk, year=2027))
    counted = calendars.national_calendar().year(2027)
    days = {day.on.isoformat(): day.counts for day in counted.days}
    assert (days["2027-02-05"], days["2027-01-30"], days["2027-02-20"]) == (False, True, True)
    assert counted.notices[0].title == "虚构的通知"
    for kind in ("CalendarEntered", "CalendarAgreed", "CalendarPublished"):
        assert Entry.objects.filter(kind=f"catalogue.{kind}").exists(), kind
    assert "虚构的通知" in one.get("/packs/years/2027/").content.decode()


def test_a_file_that_was_lost_is_written_again_once() -> None:
    one, two = sitting("admin.one"), sitting("admin.two")
    enter_notice(one)
    decide(two)
    jobs.mend_calendar_files()
    file = calendars.entered_folder() / "2027.yaml"
    file.unlink()
    before = Entry.objects.count()
    jobs.mend_calendar_files()
    assert file.exists() and Entry.objects.count() == before + 1
    jobs.mend_calendar_files()
    assert Entry.objects.count() == before + 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"last": ["2027-01-03", "2027-02-01"]}, "ends on"),
        ({"make_up": ["", "2027-02-17"]}, "no Saturday or Sunday"),
        ({"first": ["2027-01-01", "soon"], "last": ["2027-01-03", "later"]}, "cannot be used"),
        ({"first": ["2027-01-01", "2029-02-05"], "last": ["2027-01-03", "2029-02-06"]}, "belongs neither"),
        ({"year": "2030"}, "belongs neither"),
    ],
)
def test_a_wrong_notice_is_named_and_nobody_is_asked(changed: dict[str, Any], words: str) -> None:
    answer = enter_notice(sitting("admin.one"), **changed)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not CalendarYear.objects.exists() and not Proposal.objects.exists()


def test_an_older_entry_does_not_overtake_a_newer_one() -> None:
    one, two = sitting("admin.one"), sitting("admin.two")
    enter_notice(one)
    first = Proposal.objects.get()
    enter_notice(one, make_up=["", "2027-01-30"])
    second = Proposal.objects.exclude(pk=first.pk).get()
    assert two.post(f"/door/second-eyes/{second.pk}/", {"answer": "yes"}).status_code == 302
    assert two.post(f"/door/second-eyes/{first.pk}/", {"answer": "yes"}).status_code == 409


@pytest.mark.parametrize("role", ["clerk", "department"])
def test_other_roles_enter_nothing(role: str) -> None:
    assert enter_notice(sitting("other.x", role)).status_code == 403


@pytest.mark.parametrize("number", [1990, 2026, 2027, 2098, 9999])
def test_any_year_has_a_page_or_an_answer(number: int) -> None:
    answer = sitting("admin.one").get(f"/packs/years/{number}/")
    assert answer.status_code in (200, 404, 409, 422)
