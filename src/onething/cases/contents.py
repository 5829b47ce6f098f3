"""What documents and messages about a case say: plain values taken from the case, its plan and its release.

Everything is said in the case's language, which is the one that the person read when submitting. What a department
wrote stays as it wrote it, and in an English document is marked so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

from onething.cases import objecting
from onething.cases.models import Case
from onething.cases.queries import CaseBoard, Lane
from onething.cases.states import TaskState
from onething.catalogue.models import Release
from onething.correspondence.contents import (
    Basis,
    Contact,
    Figure,
    HandedIn,
    NoticeMatter,
    OpenPoint,
    Outcome,
    OutcomeKind,
    Promise,
    ReceiptContent,
    Result,
    SlipContent,
)
from onething.correspondence.models import Document
from onething.correspondence.wording import count, day
from onething.kernel.language import Language
from onething.plumbing import clock
from onething.registry import sealing

Words = Mapping[str, str]
_SKIPPED: dict[str, Words] = {
    "weekend": {"zh": "周末", "en": "at weekends"},
    "holiday": {"zh": "节假日", "en": "of public holidays"},
    "stopped": {"zh": "停表", "en": "while the clock stood still"},
}
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
_HAN = re.compile(r"[㐀-鿿]")
_COUNTER: Words = {"zh": "退役军人服务“一件事”综合窗口", "en": "The one window for those leaving the forces"}
_FOLLOW: Words = {
    "zh": "在“我办的事”里随时看办到哪一步；有要您做的事，会发短信。",
    "en": "See under “My matters” at any time how far it is. If you are needed, we text you.",
}


def texts(release: Release, language: Language, kind: str, facts: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """Fill the release's texts for one occasion: channel → (subject, body). Empty if the pack has none."""
    values = _Filled(facts)
    written: dict[str, tuple[str, str]] = {}
    for channel, text in release.notice_texts(kind).items():
        subject, body = (text["subject"], text["body"]) if channel == "email" else ({language: ""}, text)
        written[channel] = (subject[language].format_map(values), body[language].format_map(values))
    return written


class _Filled(dict[str, object]):
    """A placeholder that has no value stays empty; a text must never fail on its way to a person."""

    def __missing__(self, key: str) -> str:
        return ""


def title(case: Case, matter: str) -> str:
    """Name a matter as the plan does."""
    return next((str(m["title"][case.language]) for m in case.plan["matters"] if m["id"] == matter), matter)


def label(case: Case, field: str) -> str:
    """Name a field as the form does."""
    return next((str(f["label"][case.language]) for f in case.plan["form"]["fields"] if f["id"] == field), field)


def paper(case: Case, material: str) -> str:
    """Name a paper as the notice does."""
    return next((str(m["title"][case.language]) for m in case.plan["materials"] if m["id"] == material), material)


def users(case: Case, material: str) -> list[str]:
    """Name the matters that use a paper."""
    return next((list(m["used_by"]) for m in case.plan["materials"] if m["id"] == material), [])


def receipt(case: Case) -> ReceiptContent:
    """Say what came in, who works on it now, and by when all is done."""
    pages = Counter[str]()
    for material, bound in case.uploads.values_list("material", "pages"):
        pages[material] += bound
    coming = case.papers_to_come.values_list("material", "promised_for")
    return ReceiptContent(
        **_heading(case),
        case_number=case.number,
        received_at=case.submitted_at.astimezone(clock.BEIJING),
        promise=_promise(case),
        matters=notice_matters(case.plan, case.language),
        handed_in=tuple(HandedIn(title=paper(case, m), pages=count) for m, count in pages.items()),
        still_to_come=tuple(HandedIn(title=paper(case, m), until=day) for m, day in coming),
        follow=_FOLLOW[case.language],
    )


def notice_matters(plan: Mapping[str, Any], language: Language) -> tuple[NoticeMatter, ...]:
    """Name the matters of a plan, who does each, and in how many working days."""
    return tuple(
        NoticeMatter(
            title=m["title"][language], department=m["department_title"][language], working_days=m["working_days"]
        )
        for m in plan["matters"]
    )


def slip(board: CaseBoard, *, replaces: Document | None = None) -> SlipContent:
    """Say how every matter ended, what is still open, and how to object until when; and which slip it replaces."""
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
        appeals=objecting.appeals(board, learned=ended),
        replaces=replaces.number if replaces else "",
        replaces_of=clock.day_of(replaces.issued_at) if replaces else None,
    )


def _heading(case: Case) -> dict[str, Any]:
    language = case.language
    answers = sealing.unseal(case.person_id, bytes(case.answers))
    stations = case.release.content.get("stations", {})
    station = next(iter(stations.values()), {"title": _COUNTER})
    address = (station.get("address") or {}).get(language, "")
    return {
        "title": case.release.title[language],
        "person_name": answers.get("full_name", case.masked_name),
        "issuer": Contact(name=str(station["title"][language]), address=str(address)),
        "release": str(case.release),
        "language": language,
    }


def _promise(case: Case) -> Promise:
    promise = case.plan["promise"]
    proof = proof_line(promise["proof"], case.language)
    return Promise(due=case.promised, working_days=promise["working_days"], proof=proof)


def proof_line(deadline: Mapping[str, Any], language: Language) -> str:
    """Write a stored deadline's proof in one line: from which day, what was skipped, by which calendar."""
    skipped = Counter(line["kind"] for line in deadline["proof"] if line["kind"] in _SKIPPED)
    made_up = sum(line["kind"] == "make_up_day" for line in deadline["proof"])
    start, number = date.fromisoformat(deadline["start"]), deadline["working_days"]
    version = deadline["calendar"]["version"]
    if language == "en":
        words = ", ".join(f"{count(n, 'day')} {_SKIPPED[kind]['en']}" for kind, n in skipped.items())
        parts = [f"{count(number, 'working day')}, counted from the day after {day(start, 'en')}"]
        parts += [f"not counted: {words}"] if words else []
        parts += [f"counted: {count(made_up, 'make-up working day')}"] if made_up else []
        return "; ".join([*parts, f"calendar {version}"]) + "."
    words = "、".join(f"{_SKIPPED[kind]['zh']} {n} 天" for kind, n in skipped.items())
    parts = [f"从{day(start, 'zh')}的第二天数起，第 {number} 个工作日"]
    parts += [f"跳过{words}"] if words else []
    parts += [f"调休上班 {made_up} 天照算"] if made_up else []
    return "；".join([*parts, f"日历版本 {version}"]) + "。"


def open_line(least: int, most: int, questions: int, language: Language) -> str:
    """Say in one line that a day is the latest to which answers still missing could lead."""
    if language == "en":
        open_ones = "One question is" if questions == 1 else f"{questions} questions are"
        return f"{open_ones} open; by your answers it takes {least} to {most} working days. This is the latest day."
    return f"还有 {questions} 个问题没有回答。看怎么答，要 {least} 到 {most} 个工作日；这里写的是最晚的一天。"


def _outcome(case: Case, lane: Lane, ended: date) -> Outcome:
    kind = _OUTCOMES.get(TaskState(lane.state), "withdrawn")
    cause = title(case, lane.cause) if kind == "ended" else ""
    not_done = f"“{cause}” was not done" if case.language == "en" else f"“{cause}”没有办成"
    return Outcome(
        title=lane.title[case.language],
        department=lane.department[case.language],
        outcome=kind,
        on=lane.ended or ended,
        reason=not_done if kind == "ended" else lane.words,
        remedy=lane.remedy,
        is_quoted=kind == "refused",
        because_of=cause,
        results=_results(case, lane) if kind == "done" else (),
        objections=objecting.ways(case, lane.matter, learned=lane.ended or ended) if kind == "refused" else (),
    )


def _results(case: Case, lane: Lane) -> tuple[Result, ...]:
    """Say what a matter brought; Chinese words of a department stand beside ours in an English document."""
    given, language = lane.result, case.language
    ours = next(m["result"][language] for m in case.plan["matters"] if m["id"] == lane.matter)
    name, issuer = str(given.get("title") or ours), str(given.get("issuer") or lane.department[language])
    quoted: list[tuple[str, str]] = []
    if language == "en" and _HAN.search(name):
        quoted.append(("As written", name))
        name = ours
    if language == "en" and _HAN.search(issuer):
        quoted.append(("Issuer, as written", issuer))
        issuer = lane.department[language]
    issued = given.get("issued")
    return (
        Result(
            title=name,
            number=str(given.get("number", "")),
            issuer=issuer,
            issued_on=date.fromisoformat(issued) if issued else None,
            details=tuple(quoted),
            enclosure=UUID(given["file"]["enclosure"]) if "file" in given else None,
        ),
    )


def _open_points(board: CaseBoard) -> tuple[OpenPoint, ...]:
    case = board.case
    what, who = ("Hand in: {}", "you") if case.language == "en" else ("补交{}", "您本人")
    return tuple(
        OpenPoint(what=what.format(paper(case, material)), who=who, until=until)
        for material, until in board.papers_to_come
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
