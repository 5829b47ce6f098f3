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
    Paper,
    Promise,
    Spared,
    StatutoryDay,
    Visit,
)
from onething.correspondence.models import Document
from onething.kernel.access import Actor
from onething.kernel.language import Language
from onething.kernel.telling import Listed, Named
from onething.plumbing import clock

Plan = Mapping[str, Any]


def issue_notice(*, draft: Draft, plan: Plan, name: str, language: Language, actor: Actor, now: datetime) -> Document:
    """
    Issue the notice of a draft as it stands. The same plan on the same day gives the document that is there.

    Refuses what `correspondence.issue_document` refuses. Source: S3, 一次告知.
    """
    return correspondence.issue_document(
        kind="notice",
        number=number_of(draft, plan, language, on=clock.day_of(now)),
        person_id=draft.person_id,
        case_id=None,
        content=content_of(draft, plan, name, language, on=clock.day_of(now)),
        actor=actor,
        now=now,
    )


def number_of(draft: Draft, plan: Plan, language: Language, *, on: date) -> str:
    """Number a notice by its day, its form, its content and language, so that a changed answer gives a new document."""
    said = json.dumps(plan, sort_keys=True, ensure_ascii=False) + language
    digest = hashlib.sha256(said.encode()).hexdigest()
    return f"GZ{on:%Y%m%d}{draft.pk.hex[:6]}{digest[:6]}".upper()


def content_of(draft: Draft, plan: Plan, name: str, language: Language, *, on: date) -> NoticeContent:
    """Say in the document what the page says, in one of the two languages."""
    return NoticeContent(
        title=draft.release.title[language],
        person_name=name,
        issuer=_issuer(plan, language),
        release=str(draft.release),
        language=language,
        made_on=on,
        promise=_promise(plan, language),
        matters=contents.notice_matters(plan, language),
        materials=tuple(Paper(title=p.title[language], because=p.because[language]) for p in notices.papers_of(plan)),
        visits=tuple(_visit(visit, language) for visit in plan["visits"]),
        not_needed_matters=_spared(plan["not_needed"], language),
        not_needed_materials=_saved(plan, language),
        open_questions=tuple(question["label"][language] for question in plan["open_questions"]),
        statutory_days=tuple(_term(term, language) for term in plan["terms"] if term["due"]),
        outside=tuple(
            _BRACKETED[language].format(e["title"][language], e["actor"][language]) for e in plan["external"]
        ),
        figures=contents.figures(plan),
    )


_BRACKETED: Mapping[Language, str] = {"zh": "{}（{}）", "en": "{} ({})"}


def _saved(plan: Plan, language: Language) -> tuple[Spared, ...]:
    return tuple(
        Spared(
            title=_BRACKETED[language].format(paper["paper"][language], paper["for"][language]),
            because=paper["because"][language],
        )
        for group in notices.saved_of(plan)
        for paper in group.papers
    )


def _promise(plan: Plan, language: Language) -> Promise:
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
            proof=contents.open_line(promise["at_least"]["working_days"], most["working_days"], count, language),
        )
    return Promise(
        due=date.fromisoformat(promise["due"]),
        working_days=promise["working_days"],
        proof=contents.proof_line(promise["proof"], language),
    )


def _issuer(plan: Plan, language: Language) -> Contact:
    station = next(iter(plan["visits"]), None)
    return (
        Contact(name=station["title"][language], address=_address(station, language))
        if station
        else Contact(name=plan["title"][language])
    )


def _address(visit: Mapping[str, Any], language: Language) -> str:
    return str(visit["address"][language]) if visit.get("address") else ""


def _visit(visit: Mapping[str, Any], language: Language) -> Visit:
    acts = visit["acts"]
    between = "" if language == "zh" else " "
    return Visit(
        where=visit["title"][language],
        address=_address(visit, language),
        acts=tuple(act["title"][language] for act in acts),
        because=between.join(dict.fromkeys(act["because"][language] for act in acts)),
    )


def _spared(lines: list[Mapping[str, Any]], language: Language) -> tuple[Spared, ...]:
    return tuple(Spared(title=line["title"][language], because=line["because"][language]) for line in lines)


def _term(term: Mapping[str, Any], language: Language) -> StatutoryDay:
    only_if = (term.get("only_if") or {}).get(language, "")
    return StatutoryDay(
        what=term["title"][language],
        until=date.fromisoformat(term["due"]),
        only_if=only_if[:1].upper() + only_if[1:],
        otherwise=term["consequence"][language],
    )
