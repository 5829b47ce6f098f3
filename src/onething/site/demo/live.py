"""A case on the terminal while it is worked on: a live table, or plain lines where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

STATUS = {
    "done": ("办好了", "done", "green"),
    "work": ("正在办", "in progress", "cyan"),
    "you": ("等您办", "waiting for you", "yellow"),
    "ext": ("等部队", "waiting for the army", "magenta"),
    "later": ("还没到时候", "not yet", "bright_black"),
    "none": ("不用办", "not needed", "bright_black"),
    "stop": ("没有批准", "not approved", "red"),
}
COLUMNS = {"事项 matter": False, "部门 office": False, "现在 now": True, "等什么 waiting for": False, "最晚 due": True}
"""The columns, and which of them must never be folded on a narrow terminal."""

FIGURES = (("working_days", "工作日"), ("materials", "材料"), ("steps", "步骤"), ("trips", "跑腿"))


class Board:
    """Shows one case until it ends. Use as a context manager around `show`."""

    def __init__(
        self, name: str, receipt: Mapping[str, Any], plan: Mapping[str, Any], departments: Sequence[Any]
    ) -> None:
        self.console = Console(file=sys.stdout, highlight=False)
        self.departments = {office.code: office.title.removeprefix("望山县") for office in departments}
        self.titles = {m["id"]: m["title"]["zh"] for m in plan["matters"]}
        self.events = {e["id"]: e["title"]["zh"] for e in plan["external"]}
        self.of = {m["id"]: m["department"] for m in plan["matters"]}
        self.seen: dict[str, str] = {}
        self.head = f"{name} · {receipt['number']} · {receipt['matters']} 件事 · 最晚 {day(receipt['promised'])} 办好"
        self.live = Live(console=self.console, refresh_per_second=5) if self.console.is_terminal else None

    def __enter__(self) -> Self:
        self.console.print(f"\n[bold]一件事，现在开始办  One thing, starting now[/bold]\n{self.head}\n")
        if self.live:
            self.live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.live:
            self.live.stop()

    def show(self, case: Mapping[str, Any]) -> None:
        """Show how the case stands now; without a terminal only what has changed."""
        if self.live:
            self.live.update(self._table(case))
            return
        for matter in case["matters"]:
            if self.seen.get(matter["id"]) != matter["status"]:
                self.seen[matter["id"]] = matter["status"]
                self.console.print(self._line(matter), soft_wrap=True)

    def say(self, words: str) -> None:
        """Say something beside the table."""
        self.console.print(f"  → {words}", style="magenta")

    def end(self, plan: Mapping[str, Any], slip: Path, home: str) -> None:
        """Say what was saved, and where the signed slip lies."""
        table = Table(
            title="合起来办，省了多少  Before and after", title_justify="left", box=None, padding=(0, 3, 0, 0)
        )
        for column in ("", "分开办 alone", "一起办 as one"):
            table.add_column(column, justify="left" if not column else "right")
        for figure, words in FIGURES:
            table.add_row(words, str(plan["before"][figure]), f"[bold]{plan['after'][figure]}[/bold]")
        self.console.print()
        self.console.print(table)
        for mark in plan["marks"]:
            self.console.print(f"  注 {mark['zh']}", style="bright_black", soft_wrap=True)
        self.console.print(f"\n结果单（已签名）signed result slip: [bold]{slip}[/bold]", soft_wrap=True)

    def _table(self, case: Mapping[str, Any]) -> Table:
        done = sum(m["status"] == "done" for m in case["matters"])
        table = Table(title=f"{self.head} · 办好 {done}/{len(case['matters'])}", title_justify="left", expand=False)
        for column, is_narrow in COLUMNS.items():
            table.add_column(column, no_wrap=is_narrow, overflow="fold")
        for matter in case["matters"]:
            zh, _, colour = STATUS[matter["status"]]
            table.add_row(
                matter["title"]["zh"],
                self._department(matter),
                Text(zh, style=colour),
                Text(self._waiting(matter, case), style="bright_black"),
                day(matter["due"]),
            )
        return table

    def _line(self, matter: Mapping[str, Any]) -> str:
        zh, en, _ = STATUS[matter["status"]]
        due = f"，最晚 {day(matter['due'])}" if matter["due"] and matter["status"] == "work" else ""
        return f"  {matter['title']['zh']}（{self._department(matter)}）: {zh} {en}{due}"

    def _department(self, matter: Mapping[str, Any]) -> str:
        return self.departments.get(self.of[matter["id"]]) or str(matter["department"]["zh"])

    def _waiting(self, matter: Mapping[str, Any], case: Mapping[str, Any]) -> str:
        if matter["status"] == "ext":
            return "、".join(self.events.get(event, event) for event in matter["awaits"])
        if matter["status"] != "later":
            return ""
        done = {m["id"] for m in case["matters"] if m["status"] == "done"}
        return "、".join(self.titles[need] for need in matter["needs"] if need not in done)


def day(text: str | None) -> str:
    """Write an ISO day as people here do, e.g. 9月30日."""
    if not text:
        return ""
    read = date.fromisoformat(text)
    return f"{read.month}月{read.day}日"
