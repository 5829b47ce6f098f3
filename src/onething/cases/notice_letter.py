"""The personal notice (一次告知) as a signed document: what the page shows, to keep or to take to the counter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from onething.cases import contents, notices
from onething.cases.errors import QuestionsOpen
from onething.cases.models import Draft
from onething.correspondence import services as correspondence
from onething.correspondence.contents import (
    Contact,
    NoticeContent,
    NoticeMatter,
    Paper,
    Promise,
    Spared,
    StatutoryDay,
    Visit,
)
from onething.correspondence.models import Document
from onething.kernel.access import Actor
from onething.kernel.telling import Listed, Named
from onething.plumbing import clock

Plan = Mapping[str, Any]


def issue_notice(*, draft: Draft, plan: Plan, name: str, actor: Actor, now: datetime) -> Document:
    """
    Issue the notice of a draft as it stands. The same plan on the same day gives the document that is there.

    Refuses what `correspondence.issue_document` refuses. Source: S3, 一次告知.
    """
    return correspondence.issue_document(
        kind="notice",
        number=number_of(draft, plan, on=clock.day_of(now)),
        person_id=draft.person_id,
        case_id=None,
        content=content_of(draft, plan, name, on=clock.day_of(now)),
        actor=actor,
        now=now,
    )


def number_of(draft: Draft, plan: Plan, *, on: date) -> str:
    """Number a notice by its day, its form and its content, so that a changed answer gives a new document."""
    digest = hashlib.sha256(json.dumps(plan, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return f"GZ{on:%Y%m%d}{draft.pk.hex[:6]}{digest[:6]}".upper()


def content_of(draft: Draft, plan: Plan, name: str, *, on: date) -> NoticeContent:
    """Say in the document what the page says."""
    return NoticeContent(
        title=draft.release.title["zh"],
        person_name=name,
        issuer=_issuer(plan),
        release=str(draft.release),
        made_on=on,
        promise=_promise(plan),
        matters=tuple(
            NoticeMatter(title=m["title"]["zh"], department=m["department_title"]["zh"], working_days=m["working_days"])
            for m in plan["matters"]
        ),
        materials=tuple(Paper(title=p.title["zh"], because=p.because["zh"]) for p in notices.papers_of(plan)),
        visits=tuple(_visit(visit) for visit in plan["visits"]),
        not_needed_matters=_spared(plan["not_needed"]),
        not_needed_materials=tuple(
            Spared(title=f"{paper['paper']['zh']}（{paper['for']['zh']}）", because=paper["because"]["zh"])
            for group in notices.saved_of(plan)
            for paper in group.papers
        ),
        open_questions=tuple(question["label"]["zh"] for question in plan["open_questions"]),
        statutory_days=tuple(_term(term) for term in plan["terms"] if term["due"]),
        outside=tuple(f"{event['title']['zh']}（{event['actor']['zh']}）" for event in plan["external"]),
        figures=contents.figures(plan),
    )


def _promise(plan: Plan) -> Promise:
    """The promised day; while answers are missing the latest that they could lead to. Refuses QuestionsOpen."""
    promise, count = plan["promise"], len(plan["open_questions"])
    if promise.get("partial"):
        most = promise["at_most"]
        if most is None:
            fields = Listed(tuple(Named(one["field"], **one["label"]) for one in plan["open_questions"]))
            raise QuestionsOpen(count=count, fields=fields)
        return Promise(
            due=date.fromisoformat(most["due"]),
            working_days=most["working_days"],
            proof=contents.open_line(promise["at_least"]["working_days"], most["working_days"], count),
        )
    return Promise(
        due=date.fromisoformat(promise["due"]),
        working_days=promise["working_days"],
        proof=contents.proof_line(promise["proof"]),
    )


def _issuer(plan: Plan) -> Contact:
    station = next(iter(plan["visits"]), None)
    return (
        Contact(name=station["title"]["zh"], address=_address(station))
        if station
        else Contact(name=plan["title"]["zh"])
    )


def _address(visit: Mapping[str, Any]) -> str:
    return str(visit["address"]["zh"]) if visit.get("address") else ""


def _visit(visit: Mapping[str, Any]) -> Visit:
    acts = visit["acts"]
    return Visit(
        where=visit["title"]["zh"],
        address=_address(visit),
        acts=tuple(act["title"]["zh"] for act in acts),
        because="".join(dict.fromkeys(act["because"]["zh"] for act in acts)),
    )


def _spared(lines: list[Mapping[str, Any]]) -> tuple[Spared, ...]:
    return tuple(Spared(title=line["title"]["zh"], because=line["because"]["zh"]) for line in lines)


def _term(term: Mapping[str, Any]) -> StatutoryDay:
    return StatutoryDay(
        what=term["title"]["zh"],
        until=date.fromisoformat(term["due"]),
        only_if=(term.get("only_if") or {}).get("zh", ""),
        otherwise=term["consequence"]["zh"],
    )
