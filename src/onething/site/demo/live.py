"""A case on the terminal while it is worked on: a live table, or plain lines where nobody watches."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from onething.kernel.language import language
from onething.site.terminal import translated as _

COLOURS = {
    "done": "green", "work": "cyan", "you": "yellow", "ext": "magenta", "later": "bright_black",
    "none": "bright_black", "stop": "red", "cut": "red",
}  # fmt: skip
FIGURES = ("working_days", "materials", "steps", "trips")
NARROWEST, WIDEST = 80, 100
"""Columns of the table: below, each row would fold; above, it is tiring to read."""
AROUND = 5
"""Lines of the table beside the rows: head, title, rule, and the cursor's own."""


class Board:
    """Shows one case until it ends. Use as a context manager around `show`."""

    def __init__(
        self,
        name: str,
        receipt: Mapping[str, Any],
        plan: Mapping[str, Any],
        departments: Sequence[Any],
        console: Console | None = None,
    ) -> None:
        self.console = console or Console(file=sys.stdout, highlight=False)
        self.tongue = language(os.environ)
        self.short = {office.code: office.short[self.tongue] for office in departments}
        self.row = {m["id"]: number for number, m in enumerate(plan["matters"], 1)}
        self.of = {m["id"]: m["department"] for m in plan["matters"]}
        self.seen: dict[str, str] = {}
        head = _("{name} · {number} · {matters} matters · all done by {day}")
        self.head = head.format(
            name=name, number=receipt["number"], matters=receipt["matters"], day=day(receipt["promised"])
        )
        self.live = Live(console=self.console, refresh_per_second=5) if self._fits(len(self.row)) else None

    def _fits(self, rows: int) -> bool:
        size = self.console.size
        return self.console.is_terminal and size.width >= NARROWEST and size.height >= rows + AROUND

    def __enter__(self) -> Self:
        self.console.print("\n" + _("One thing, starting now"), style="bold")
        self.console.print(self.head, soft_wrap=True)
        if self.live:
            self.live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.live:
            self.live.stop()

    def show(self, case: Mapping[str, Any]) -> None:
        """Show how the case stands now; without a terminal that holds the table only what has changed."""
        if self.live:
            self.live.update(self.table(case))
            return
        for matter in case["matters"]:
            if self.seen.get(matter["id"]) != matter["status"]:
                self.seen[matter["id"]] = matter["status"]
                self.console.print(self._line(matter), soft_wrap=True)

    def say(self, words: str) -> None:
        """Say something beside the table."""
        self.console.print(f"  → {words}", style="magenta", soft_wrap=True)

    def end(self, plan: Mapping[str, Any], slip: Path) -> None:
        """Say what was saved, and where the signed slip lies."""
        table = Table(title=_("Before and after"), title_justify="left", box=None, padding=(0, 3, 0, 0))
        for column in ("", _("one by one"), _("as one thing")):
            table.add_column(column, justify="left" if not column else "right")
        for figure in FIGURES:
            table.add_row(_figures()[figure], str(plan["before"][figure]), f"[bold]{plan['after'][figure]}[/bold]")
        self.console.print()
        for mark in plan["marks"]:
            self.console.print(
                f"  {_('Note: ')}{mark[self.tongue]}", style="bright_black", soft_wrap=True, markup=False
            )
        self.console.print()
        self.console.print(table)  # after the long notes: what was saved, the slip and the sign-ins fit on one screen
        self.console.print(f"\n{_('Signed result slip: ')}[bold]{slip}[/bold]", soft_wrap=True)

    def table(self, case: Mapping[str, Any]) -> Table:
        """Draw the case: one line for each matter, however long its title."""
        done = sum(m["status"] == "done" for m in case["matters"])
        table = Table(
            title=_("done {done} of {all}").format(done=done, all=len(case["matters"])), title_justify="left",
            box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0),
            width=min(self.console.width, WIDEST),
        )  # fmt: skip
        table.add_column("", justify="right", no_wrap=True)
        table.add_column(_("matter"), no_wrap=True, overflow="ellipsis", ratio=1)
        for column, widest in (
            (_("office"), 0),
            (_("now"), _cells_of("work", "later")),
            (_("waits for"), 6),
            (_("due"), 6),
        ):
            table.add_column(column, no_wrap=True, min_width=widest)
        for matter in case["matters"]:
            table.add_row(*self._cells(matter, case))
        return table

    def _cells(self, matter: Mapping[str, Any], case: Mapping[str, Any]) -> list[str | Text]:
        now = Text(_states()[matter["status"]], style=COLOURS[matter["status"]])
        needed = Text(self._needed(matter, case), style="bright_black")
        number = Text(str(self.row[matter["id"]]), style="bright_black")
        return [number, Text(self._title(matter)), self._office(matter), now, needed, day(matter["due"])]

    def _line(self, matter: Mapping[str, Any]) -> str:
        due = _(", due {day}").format(day=day(matter["due"])) if matter["due"] and matter["status"] == "work" else ""
        words = _("  {matter} ({office}): {state}{due}")
        state = _states()[matter["status"]]
        return words.format(matter=self._title(matter), office=self._office(matter), state=state, due=due)

    def _title(self, matter: Mapping[str, Any]) -> str:
        return str(matter["title"][self.tongue])

    def _office(self, matter: Mapping[str, Any]) -> str:
        return self.short.get(self.of[matter["id"]]) or str(matter["department"][self.tongue])

    def _needed(self, matter: Mapping[str, Any], case: Mapping[str, Any]) -> str:
        """Name by number the matters that this one still waits for."""
        if matter["status"] != "later":
            return ""
        done = {m["id"] for m in case["matters"] if m["status"] == "done"}
        return ", ".join(str(self.row[need]) for need in matter["needs"] if need not in done)


def _cells_of(*states: str) -> int:
    """Measure the widest of some states, so that the columns stand still while matters pass through them."""
    return max(cell_len(_states()[state]) for state in states)


def _states() -> dict[str, str]:
    return {
        "done": _("done"),
        "work": _("in progress"),
        "you": _("your turn"),
        "ext": _("army's turn"),
        "later": _("not yet"),
        "none": _("not needed"),
        "stop": _("not approved"),
        "cut": _("cannot go on"),
    }


def _figures() -> dict[str, str]:
    return {
        "working_days": _("working days"),
        "materials": _("papers to hand in"),
        "steps": _("steps"),
        "trips": _("trips"),
    }


def day(text: str | None) -> str:
    """Write an ISO day as people write it, e.g. 9月30日 or 30 Sep."""
    if not text:
        return ""
    read = date.fromisoformat(text)
    return _("{day} {month}").format(day=read.day, month=_months()[read.month - 1])


def _months() -> list[str]:
    return _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
