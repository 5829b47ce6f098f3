"""Lines of the printed page: nothing is lost, no line is too wide, and no mark that closes begins one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding

from onething.catalogue.lines import Sentence, breaks

TEXTS = st.text(alphabet="退役军人，。（）“”、 ab12.→", max_size=60)


def lines_of(text: str, width: int) -> list[str]:
    places = [0, *breaks(text, width), len(text)]
    return [text[begin:end] for begin, end in pairwise(places)]


@given(TEXTS, st.integers(2, 40))
def test_every_line_fits_and_nothing_is_lost(text: str, width: int) -> None:
    lines = lines_of(text, width)
    assert "".join(lines) == text
    assert all(cell_len(line.rstrip()) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一共 11 个事项的个数见于报道", 12, ["一共 11 个事", "项的个数见于", "报道"]),
        ("户口登记（恢复户口）。", 10, ["户口登记", "（恢复户", "口）。"]),
        ("Report after discharge", 12, ["Report after", "discharge"]),
        ("insurance", 4, ["insu", "ranc", "e"]),
    ],
)
def test_lines_break_as_people_break_them(text: str, width: int, lines: list[str]) -> None:
    assert [line.rstrip() for line in lines_of(text, width)] == lines


def test_a_sentence_is_printed_so() -> None:
    console = Console(width=12, color_system=None)
    with console.capture() as captured:
        console.print(Padding(Sentence("一共 11 个事项的个数见于报道", style="dim"), 0))
    assert [line.rstrip() for line in captured.get().splitlines()] == ["一共 11 个事", "项的个数见于", "报道"]
