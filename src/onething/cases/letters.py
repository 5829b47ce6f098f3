"""What the house writes to the person about a case: short messages from the pack's texts, receipt and result slip.

Called by jobs only. Documents are rendered and signed outside any transaction; each is written once per case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from onething.cases import contents, queries, services
from onething.cases.models import Case, Correction
from onething.catalogue import queries as catalogue
from onething.correspondence import services as correspondence
from onething.identity import mandates
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry import queries as people

Facts = Mapping[str, object]


def write_receipt(*, case_id: UUID, now: datetime) -> None:
    """Issue the receipt and say that everything has come in."""
    case = _case(case_id)
    correspondence.issue_document(
        kind="receipt",
        number=f"{case.number}-R",
        person_id=case.person_id,
        case_id=case.pk,
        content=contents.receipt(case),
        actor=SYSTEM,
        now=now,
    )
    _tell(case, "submitted", {"due": _day(case.promised)}, now=now)


def ask_for_correction(*, correction_id: UUID, now: datetime, again: date | None = None) -> None:
    """Say what has to be mended, for which matter, and until when; `again` is the day of a reminder."""
    correction = Correction.objects.select_related("case__release", "task").get(pk=correction_id)
    case = correction.case
    what = [contents.label(case, field) for field in correction.fields]
    what += [contents.paper(case, material) for material in correction.materials]
    facts = {
        "matter": contents.title(case, correction.task.matter),
        "what": "、".join(what),
        "due": _day(correction.answer_by),
    }
    _tell(case, "correction_needed", facts, about=f"{correction.pk}{f':{again}' if again else ''}", now=now)


def tell_of_refusal(*, case_id: UUID, matter: str, now: datetime) -> None:
    """Say which matter was refused, why, and what can be done."""
    case = _case(case_id)
    task = case.tasks.get(matter=matter)
    way = contents.objection(case, learned=clock.day_of(task.ended_at or now))
    facts = {
        "matter": contents.title(case, matter),
        "what": task.reason,
        "remedy": task.remedy,
        "due": _day(way.until) if way else "",
    }
    _tell(case, "task_refused", facts, about=matter, now=now)


def ask_for_paper(*, case_id: UUID, material: str, kind: str, now: datetime, on: date | None = None) -> None:
    """
    Speak of a paper that was to follow: it is due soon, overdue, or missed. Once for each day `on`.

    A release that has no words for it falls back on those for an overdue one: silence is worse.
    """
    case = _case(case_id)
    promise = case.papers_to_come.get(material=material)
    if promise.came_at:
        return  # it came while this letter waited to be written
    last = services.last_day(case.plan, promise, submitted=clock.day_of(case.submitted_at))
    facts = {
        "what": contents.paper(case, material),
        "matter": "、".join(contents.title(case, matter) for matter in contents.users(case, material)),
        "due": _day(promise.promised_for if kind == "paper_due_soon" else last),
    }
    known = kind if case.release.notice_texts(kind) else "paper_overdue"
    _tell(case, known, facts, about=f"{material}:{kind}:{on or ''}", now=now)


def write_slip(*, case_id: UUID, now: datetime) -> None:
    """Issue the one result slip with every matter's outcome, and say that it is there."""
    case = _case(case_id)
    board = queries.case_board(SYSTEM, case.number, now=now)
    correspondence.issue_document(
        kind="slip",
        number=f"{case.number}-S",
        person_id=case.person_id,
        case_id=case.pk,
        content=contents.slip(board),
        actor=SYSTEM,
        now=now,
    )
    _tell(case, "settled", {}, now=now)


def tell_of_mandate(*, mandate_id: UUID, now: datetime) -> None:
    """Tell a person by message and in the portal who may act in their name, until when, and how to end it."""
    mandate = mandates.mandate_for(SYSTEM, mandate_id)
    newest = catalogue.newest_release(mandate.pack)
    with translation.override("zh-hans"):
        subject = gettext("Somebody may act for you")
        body = gettext(
            "{who} may file “{what}” in your name until {until}. You see everything that is done, and can end it at "
            "any time: About me, Who may act for me."
        ).format(
            who=mandates.helper_in_words(mandate),
            what=newest.title["zh"] if newest else mandate.pack,
            until=_day(clock.day_of(mandate.valid_until)),
        )
    correspondence.send_notice(
        person_id=mandate.person_id,
        case_id=None,
        kind="mandate_given",
        texts={"in_app": (subject, body), "sms": (subject, body)},
        once=f"mandate:{mandate_id}",
        actor=SYSTEM,
        now=now,
    )


def _case(case_id: UUID) -> Case:
    return Case.objects.select_related("release").get(pk=case_id)


def _tell(case: Case, kind: str, facts: Facts, *, now: datetime, about: str = "") -> None:
    """Write once about one occasion: a job that runs again writes nothing."""
    texts = contents.texts(case, kind, facts)
    if "email" not in people.known_facts(case.person_id):
        texts.pop("email", None)
    if texts:
        correspondence.send_notice(
            person_id=case.person_id,
            case_id=case.pk,
            kind=kind,
            texts=texts,
            once=f"case:{case.pk}:{kind}:{about}",
            actor=SYSTEM,
            now=now,
        )


def _day(day: Any) -> str:
    return f"{day.month}月{day.day}日"
