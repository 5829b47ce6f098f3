"""A case as a page on the terminal and as JSON. Pure: made of the board's values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onething.cases import notices, stories
from onething.cases.piles import Clock
from onething.kernel.language import Language

Words = Mapping[str, str]

STATUS: dict[str, tuple[str, str, str]] = {
    "done": ("办好了", "done", "green"),
    "work": ("正在办", "in progress", "cyan"),
    "you": ("等本人", "waiting for the person", "yellow"),
    "ext": ("等外部事项", "outside event", "magenta"),
    "later": ("还没到时候", "not yet", "bright_black"),
    "none": ("已撤回", "withdrawn", "bright_black"),
    "stop": ("没有批准", "not approved", "red"),
    "cut": ("办不下去了", "cannot go on", "red"),
}
CASE = {"running": ("在办", "running"), "settled": ("已办结", "settled"), "withdrawn": ("已撤回", "withdrawn")}
DAY = {
    "working_day": ("工作日", "working day"),
    "make_up_day": ("调休上班", "make-up day"),
    "weekend": ("周末", "weekend"),
    "holiday": ("放假", "holiday"),
    "stopped": ("停表", "clock stopped"),
}


def receipt(values: Mapping[str, Any], tongue: Language) -> str:
    """Write what a submission gives, in three lines."""
    number, promised, matters = values["number"], values["promised"], values["matters"]
    if tongue == "en":
        return f"{number}\n{matters} matters, all done by {promised} at the latest.\nFollow it: onething case {number}"
    return f"{number}\n共 {matters} 件事，最晚 {promised} 全部办好。\n查看进度：onething case {number}"


def case_page(
    board: Any, clocks: Mapping[str, Clock], tongue: Language, *, with_proof: bool = False
) -> Iterator[RenderableType]:
    """Write a case: how it stands, its matters, what it waits for, and on request how each day was counted."""
    yield _head(board, tongue)
    yield _table(board, clocks, tongue)
    waits = list(_waits(board, tongue))
    if waits:
        yield Group(Text(_say(tongue, "在等什么", "What it waits for"), style="bold"), *(Text(f"  {w}") for w in waits))
    if with_proof:
        for lane in board.lanes:
            if lane.deadline:
                yield _proof(lane, tongue)


def _say(tongue: Language, chinese: str, english: str) -> str:
    return english if tongue == "en" else chinese


def _head(board: Any, tongue: Language) -> Text:
    case, n = board.case, 1 if tongue == "en" else 0
    head = Text()
    head.append(f"{case.number}  {case.masked_name}  {case.plan['title'][tongue]}\n", style="bold")
    parts = [CASE[case.state][n], f"{_say(tongue, '办好', 'done')} {board.counts.get('done', 0)}/{len(board.lanes)}"]
    parts.append(f"{_say(tongue, '承诺', 'promised')} {case.promised}")
    if case.is_open:
        parts.append(f"{_say(tongue, '现在最晚', 'now due')} {case.due or _say(tongue, '还说不准', 'not known yet')}")
        parts.append(
            f"{_say(tongue, '预计', 'expected')} {board.forecast or _say(tongue, '要等的事发生后才能说', 'only after what it waits for')}"  # noqa: E501
        )
    head.append(" · ".join(parts))
    return head


def _table(board: Any, clocks: Mapping[str, Clock], tongue: Language) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bright_black", pad_edge=False)
    columns = ("事项", "部门", "状态", "用了/共几天", "最晚", "预计/办结")
    english = ("matter", "department", "state", "used/days", "due", "expected/ended")
    for name in english if tongue == "en" else columns:
        table.add_column(name, overflow="fold")
    for lane in board.lanes:
        zh, en, colour = STATUS[lane.status]
        used = clocks.get(lane.matter)
        table.add_row(
            lane.title[tongue],
            lane.department[tongue],
            Text(_say(tongue, zh, en), style=colour),
            f"{used.used}/{used.days}" if used else "",
            str(lane.due or ""),
            str(lane.ended or lane.forecast or ""),
        )
    return table


def _waits(board: Any, tongue: Language) -> Iterator[str]:
    plan = board.case.plan
    if not board.case.is_open:
        return
    for event in stories.awaited(board.lanes):
        yield notices.event_title(plan, event)[tongue]
    for asked in board.corrections:
        by = _say(tongue, "补正期限", "to be mended by")
        yield f"{notices.matter_title(plan, asked.task.matter)[tongue]}: {asked.words} ({by} {asked.answer_by})"
    for material, day in board.papers_to_come:
        yield f"{notices.material_title(plan, material)[tongue]} ({_say(tongue, '答应补交', 'promised for')} {day})"
    for lane in board.lanes:
        if lane.status == "work":
            by = f" ({_say(tongue, '最晚', 'due')} {lane.due})" if lane.due else ""
            yield f"{lane.department[tongue]}: {lane.title[tongue]}{by}"


def _proof(lane: Any, tongue: Language) -> Group:
    deadline = lane.deadline
    version = f"{deadline['calendar']['id']} {deadline['calendar']['version']}"
    due = deadline["due"] or _say(tongue, "停表，还说不准", "the clock stands still")
    head = f"\n{lane.title[tongue]}: {deadline['start']} + {deadline['working_days']} → {due}  [{version}]"
    lines = [Text(head, style="bold")]
    for day in deadline["proof"]:
        zh, en = DAY[day["kind"]]
        name = day["name_en" if tongue == "en" else "name"]
        number = f"{day['number']:>3}" if day["number"] else "  -"
        lines.append(Text(f"  {number}  {day['on']}  {_say(tongue, zh, en)}{' ' + name if name else ''}"))
    return Group(*lines)


def case_json(board: Any, clocks: Mapping[str, Clock]) -> dict[str, Any]:
    """Write a case as plain values; days are ISO, working days whole numbers."""
    case = board.case
    return {
        "number": case.number,
        "state": case.state,
        "release": {"pack": case.release.pack, "version": case.release.version, "digest": case.release.digest},
        "submitted_at": case.submitted_at.isoformat(),
        "promised": case.promised.isoformat(),
        "due": _iso(case.due),
        "forecast": _iso(board.forecast),
        "settled_at": case.settled_at.isoformat() if case.settled_at else None,
        "waits_for": {
            "events": stories.awaited(board.lanes) if case.is_open else [],
            "corrections": [
                {"matter": c.task.matter, "fields": c.fields, "materials": c.materials, "by": c.answer_by.isoformat()}
                for c in board.corrections
            ],
            "papers": {material: day.isoformat() for material, day in board.papers_to_come},
        },
        "matters": [_matter(lane, clocks.get(lane.matter)) for lane in board.lanes],
    }


def _matter(lane: Any, clock: Clock | None) -> dict[str, Any]:
    return {
        "id": lane.matter,
        "title": lane.title,
        "department": lane.department,
        "state": lane.state,
        "status": lane.status,
        "words": lane.words,
        "cause": lane.cause,
        "needs": list(lane.needs),
        "awaits": list(lane.awaits),
        "used": clock.used if clock else None,
        "working_days": clock.days if clock else None,
        "due": _iso(lane.due),
        "forecast": _iso(lane.forecast),
        "ended": _iso(lane.ended),
        "deadline": lane.deadline,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
