"""Whatever is done to a pack, a check ends in a report, and every problem of it can be said in both languages."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from onething.catalogue import check
from onething.catalogue.tests.written import files_in_the_document, noodle_shop
from onething.plumbing import calendars

FILES = files_in_the_document()
WORDS = [
    "x",
    "''",
    "[]",
    "{}",
    "{x: y}",
    "null",
    "7",
    "-1",
    "true",
    "licence",
    "has_sign",
    "lease",
    '"TRUE"',
    "L9:1",
    "&a [*a]",
]


@st.composite
def bends(draw: st.DrawFn) -> tuple[str, str]:
    """Bend one file: a line gone, a line twice, the value after a colon exchanged, or some characters struck out."""
    name = draw(st.sampled_from(sorted(FILES)))
    lines = FILES[name].splitlines()
    number = draw(st.integers(0, len(lines) - 1))
    how = draw(st.sampled_from(["gone", "twice", "value", "struck"]))
    if how == "gone":
        del lines[number]
    elif how == "twice":
        lines.insert(number, lines[number])
    elif how == "value":
        lines[number] = lines[number].partition(":")[0] + ": " + draw(st.sampled_from(WORDS))
    else:
        start = draw(st.integers(0, len(lines[number])))
        lines[number] = lines[number][:start] + lines[number][start + draw(st.integers(1, 12)) :]
    return name, "\n".join(lines) + "\n"


@settings(max_examples=150, deadline=None)
@given(st.lists(bends(), min_size=1, max_size=3))
def test_a_check_always_ends_in_a_report(bent: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = noodle_shop(Path(root), **dict(bent))
        report = check.check_pack(str(folder), calendars.national_calendar())
        for problem in (*report.problems, *report.advice):
            assert problem.what("zh") and problem.what("en")
            assert "{" not in problem.place.file.name
            assert problem.place.file.is_relative_to(folder.resolve())
            problem.remedy("zh"), problem.remedy("en")
        assert report.compiled is not None or report.problems
