"""The calendar file, read by somebody else's implementation of RFC 5545."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from onething.desks.appointments import ics
from onething.desks.appointments.ics import Entry

BEGINS = datetime(2026, 9, 10, 1, 0, tzinfo=UTC)
ENTRY = Entry(
    uid="5f0c@one-thing", sequence=2, stamp=BEGINS - timedelta(days=2), begins=BEGINS,
    ends=BEGINS + timedelta(minutes=20), summary="望山县政务服务中心", place="文山路 18 号，一楼",
    description="- 按指纹\n- 照相", address="https://example.test/matters/TY1/",
)  # fmt: skip
# what a text may hold: no control characters but the line's end, which RFC 5545 allows as \n
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.just("\n"), max_size=200)


def read(entry: Entry) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(ics.written(entry))
    (event,) = calendar.walk("VEVENT")
    assert not event.errors
    return event


def test_another_implementation_reads_the_same() -> None:
    event = read(ENTRY)
    assert event.decoded("dtstart") == BEGINS
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=20)
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == (ENTRY.uid, 2, "CONFIRMED")
    assert str(event["summary"]) == ENTRY.summary and str(event["description"]) == ENTRY.description
    assert str(event["url"]) == ENTRY.address
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-1)


def test_a_cancelled_one_says_so_and_rings_nobody() -> None:
    event = read(replace(ENTRY, status="CANCELLED"))
    assert str(event["status"]) == "CANCELLED" and event.walk("VALARM") == []


@given(summary=WORDS, place=WORDS, description=WORDS)
def test_whatever_the_words_are_they_come_through(summary: str, place: str, description: str) -> None:
    event = read(replace(ENTRY, summary=summary, place=place, description=description))
    assert (str(event["summary"]), str(event["location"]), str(event["description"])) == (summary, place, description)


@given(summary=WORDS)
def test_lines_end_and_are_folded_as_the_standard_says(summary: str) -> None:
    written = ics.written(replace(ENTRY, summary=summary))
    lines = written.split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= ics.WIDTH for line in lines)
    assert all(line.decode() is not None for line in lines), "no character is torn apart"
    assert b"\n" not in written.replace(b"\r\n", b"")
