"""What documents and messages about a case say: plain values taken from the case, its plan and its release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

from onething.cases.forms.sheet import cite
from onething.cases.models import Case
from onething.cases.queries import CaseBoard, Lane
from onething.cases.states import TaskState
from onething.catalogue import planning
from onething.correspondence.contents import (
    Basis,
    Contact,
    Figure,
    HandedIn,
    NoticeMatter,
    Objection,
    OpenPoint,
    Outcome,
    OutcomeKind,
    Promise,
    ReceiptContent,
    Result,
    SlipContent,
)
from onething.kernel import workdays
from onething.plumbing import clock
from onething.registry import sealing

_SKIPPED = {"weekend": "周末", "holiday": "节假日", "stopped": "停表"}
_FIGURES: tuple[Literal["working_days", "materials", "steps", "trips"], ...] = (
    "working_days", "materials", "steps", "trips",
)  # fmt: skip
_WEAKEST_FIRST: tuple[Basis, ...] = ("reconstructed", "law", "published")
_OUTCOMES: dict[TaskState, OutcomeKind] = {
    TaskState.DONE: "done",
    TaskState.REFUSED: "refused",
    TaskState.CUT_OFF: "ended",
    TaskState.WITHDRAWN: "withdrawn",
}


def texts(case: Case, kind: str, facts: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """Fill the release's texts for one occasion: channel → (subject, body). Empty if the pack has none."""
    values = _Filled({"case_number": case.number, "link": f"/matters/{case.number}/", **facts})
    written: dict[str, tuple[str, str]] = {}
    for channel, text in case.release.notice_texts(kind).items():
        subject, body = (text["subject"], text["body"]) if channel == "email" else ({"zh": ""}, text)
        written[channel] = (subject["zh"].format_map(values), body["zh"].format_map(values))
    return written


class _Filled(dict[str, object]):
    """A placeholder that has no value stays empty; a text must never fail on its way to a person."""

    def __missing__(self, key: str) -> str:
        return ""


def title(case: Case, matter: str) -> str:
    """Name a matter as the plan does."""
    return next((str(m["title"]["zh"]) for m in case.plan["matters"] if m["id"] == matter), matter)


def label(case: Case, field: str) -> str:
    """Name a field as the form does."""
    return next((str(f["label"]["zh"]) for f in case.plan["form"]["fields"] if f["id"] == field), field)


def paper(case: Case, material: str) -> str:
    """Name a paper as the notice does."""
    return next((str(m["title"]["zh"]) for m in case.plan["materials"] if m["id"] == material), material)


def users(case: Case, material: str) -> list[str]:
    """Name the matters that use a paper."""
    return next((list(m["used_by"]) for m in case.plan["materials"] if m["id"] == material), [])


def receipt(case: Case) -> ReceiptContent:
    """Say what came in, who works on it now, and by when all is done."""
    pages = Counter(case.uploads.values_list("material", flat=True))
    coming = case.papers_to_come.values_list("material", "promised_for")
    return ReceiptContent(
        **_heading(case),
        case_number=case.number,
        received_at=case.submitted_at.astimezone(clock.BEIJING),
        promise=_promise(case),
        matters=tuple(
            NoticeMatter(title=m["title"]["zh"], department=m["department_title"]["zh"], working_days=m["working_days"])
            for m in case.plan["matters"]
        ),
        handed_in=tuple(HandedIn(title=paper(case, m), pages=count) for m, count in pages.items()),
        still_to_come=tuple(HandedIn(title=paper(case, m), until=day) for m, day in coming),
        follow="在“我办的事”里随时看办到哪一步；有要您做的事，会发短信。",
    )


def slip(board: CaseBoard) -> SlipContent:
    """Say how every matter ended, what is still open, and how to object until when."""
    case = board.case
    ended = clock.day_of(case.settled_at or case.submitted_at)
    return SlipContent(
        **_heading(case),
        case_number=case.number,
        submitted_on=clock.day_of(case.submitted_at),
        finished_on=ended,
        outcomes=tuple(_outcome(case, lane, ended) for lane in board.lanes),
        promise=_promise(case),
        open_points=_open_points(board),
        figures=figures(case.plan, days_at_most=True),
        appeal=objection(case, learned=_first_learned(board, ended)),
    )


def _first_learned(board: CaseBoard, ended: date) -> date:
    """Find the day from which the earliest term to object runs: a refusal is told at once, not with the slip."""
    return min((lane.ended for lane in board.lanes if lane.state == TaskState.REFUSED and lane.ended), default=ended)


def objection(case: Case, *, learned: date) -> Objection | None:
    """
    Say how to object to a decision learned of on a day, by the case's own release; None if its pack does not say.

    A last day that is not worked moves to the next one that is. Source: Civil Code, article 203.
    """
    way = next(iter(case.release.content.get("objections", {}).values()), None)
    if way is None:
        return None
    last = workdays.add_calendar_days(learned, way["days"])
    return Objection(
        where=way["where"]["zh"],
        term=f"知道结果之日起 {way['days']} 日内，{way['title']['zh']}",
        until=workdays.next_working_day(planning.calendar(), last),
        basis=cite(case.release, way["source"]),
    )


def _heading(case: Case) -> dict[str, Any]:
    answers = sealing.unseal(case.person_id, bytes(case.answers))
    stations = case.release.content.get("stations", {})
    station = next(iter(stations.values()), {"title": {"zh": "退役军人服务“一件事”综合窗口"}})
    issuer = Contact(name=str(station["title"]["zh"]), address=str((station.get("address") or {}).get("zh", "")))
    return {
        "title": case.release.title["zh"],
        "person_name": answers.get("full_name", case.masked_name),
        "issuer": issuer,
        "release": str(case.release),
    }


def _promise(case: Case) -> Promise:
    promise = case.plan["promise"]
    return Promise(due=case.promised, working_days=promise["working_days"], proof=proof_line(promise["proof"]))


def proof_line(deadline: Mapping[str, Any]) -> str:
    """Write a stored deadline's proof in one line: from which day, what was skipped, by which calendar."""
    skipped = Counter(day["kind"] for day in deadline["proof"] if day["kind"] in _SKIPPED)
    words = "、".join(f"{_SKIPPED[kind]} {count} 天" for kind, count in skipped.items())
    made_up = sum(day["kind"] == "make_up_day" for day in deadline["proof"])
    start = date.fromisoformat(deadline["start"])
    parts = [f"从{start.year}年{start.month}月{start.day}日的第二天数起，第 {deadline['working_days']} 个工作日"]
    parts += [f"跳过{words}"] if words else []
    parts += [f"调休上班 {made_up} 天照算"] if made_up else []
    return "；".join([*parts, f"日历版本 {deadline['calendar']['version']}"]) + "。"


def open_line(least: int, most: int, count: int) -> str:
    """Say in one line that a day is the latest to which answers still missing could lead."""
    return f"还有 {count} 个问题没有回答。看怎么答，要 {least} 到 {most} 个工作日；这里写的是最晚的一天。"


def _outcome(case: Case, lane: Lane, ended: date) -> Outcome:
    kind = _OUTCOMES.get(TaskState(lane.state), "withdrawn")
    cause = title(case, lane.cause) if kind == "ended" else ""
    return Outcome(
        title=lane.title["zh"],
        department=lane.department["zh"],
        outcome=kind,
        on=lane.ended or ended,
        reason=f"“{cause}”没有办成" if kind == "ended" else lane.words,
        remedy=lane.remedy,
        because_of=cause,
        results=_results(case, lane) if kind == "done" else (),
        objection=objection(case, learned=lane.ended or ended) if kind == "refused" else None,
    )


def _results(case: Case, lane: Lane) -> tuple[Result, ...]:
    given = lane.result
    words = next(m["result"]["zh"] for m in case.plan["matters"] if m["id"] == lane.matter)
    issued = given.get("issued")
    return (
        Result(
            title=str(given.get("title") or words),
            number=str(given.get("number", "")),
            issuer=str(given.get("issuer") or lane.department["zh"]),
            issued_on=date.fromisoformat(issued) if issued else None,
            enclosure=UUID(given["file"]["enclosure"]) if "file" in given else None,
        ),
    )


def _open_points(board: CaseBoard) -> tuple[OpenPoint, ...]:
    return tuple(
        OpenPoint(what=f"补交{paper(board.case, material)}", who="您本人", until=day)
        for material, day in board.papers_to_come
    )


def figures(plan: Mapping[str, Any], *, days_at_most: bool = False) -> tuple[Figure, ...]:
    """
    Set the four figures beside each other; a sum is founded no better than the weakest of its matters.

    `days_at_most`: the working days are told as a promise that was kept or beaten.
    """
    before, after = plan["before"], plan["after"]
    bases = {matter["basis"] for matter in plan["matters"]}
    basis: Basis = next((weak for weak in _WEAKEST_FIRST if weak in bases), "reconstructed")
    return tuple(
        Figure(name=n, before=before[n], after=after[n], basis=basis, at_most=days_at_most and n == "working_days")
        for n in _FIGURES
    )
