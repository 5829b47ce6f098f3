"""What the house writes to the person about a case: short messages from the pack's texts, receipt and result slip.

Called by jobs only. Documents are rendered and signed outside any transaction; each is written once per case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from onething.cases import contents, keeping, objecting, queries, services
from onething.cases.models import Case, Correction, Draft
from onething.cases.states import CaseState
from onething.catalogue import queries as catalogue
from onething.catalogue.models import Release
from onething.catalogue.occasions import OCCASIONS
from onething.correspondence import queries as documents
from onething.correspondence import services as correspondence
from onething.correspondence.contents import Objection
from onething.identity import mandates
from onething.kernel.access import SYSTEM
from onething.kernel.language import Language
from onething.plumbing import clock
from onething.registry import queries as people

Facts = Mapping[str, object]
STOPS = "。.！!；; "
"""A department's words go into a sentence of ours, which brings its own stop."""


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
    _tell(case, "submitted", {"due": _day(case.promised, case.language)}, now=now)


def ask_for_correction(*, correction_id: UUID, now: datetime, again: date | None = None) -> None:
    """Say what has to be mended, for which matter, and until when; `again` is the day of a reminder."""
    correction = Correction.objects.select_related("case__release", "task").get(pk=correction_id)
    case = correction.case
    what = [contents.label(case, field) for field in correction.fields]
    what += [contents.paper(case, material) for material in correction.materials]
    facts = {
        "matter": contents.title(case, correction.task.matter),
        "what": _listed(what, case.language),
        "due": _day(correction.answer_by, case.language),
    }
    _tell(
        case,
        "correction_needed",
        facts,
        about=f"{correction.pk}{f':{again}' if again else ''}",
        is_reminder=bool(again),
        now=now,
    )


def tell_of_refusal(*, case_id: UUID, matter: str, now: datetime) -> None:
    """Say which matter was refused, why, and what can be done."""
    case = _case(case_id)
    task = case.tasks.get(matter=matter)
    ways = objecting.ways(case, matter, learned=clock.day_of(task.ended_at or now))
    until = ways[0].until if ways else None
    facts = {
        "matter": contents.title(case, matter),
        "what": task.reason.rstrip(STOPS),
        "remedy": task.remedy,
        "due": _day(until, case.language) if until else "",
        "objection": _objection(ways[0], case.language) if ways else "",
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
        "matter": _listed([contents.title(case, m) for m in contents.users(case, material)], case.language),
        "due": _day(promise.promised_for if kind == "paper_due_soon" else last, case.language),
    }
    known = kind if case.release.notice_texts(kind) else "paper_overdue"
    _tell(case, known, facts, about=f"{material}:{kind}:{on or ''}", is_reminder=kind == "paper_due_soon", now=now)


def write_slip(*, case_id: UUID, now: datetime) -> None:
    """
    Issue the one result slip with every matter's outcome, and say that it is there.

    Nothing for a case that runs again meanwhile; its next end replaces the slip of an earlier one.
    """
    case = _case(case_id)
    if case.is_open or case.settled_at is None:
        return
    earlier = documents.newest_slip(SYSTEM, case_id)
    if earlier is not None and earlier.is_void and earlier.issued_at < case.settled_at:
        write_slip_again(case_id=case_id, replaces=earlier.pk, now=now)
        return
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
    taken_back = case.state == CaseState.WITHDRAWN and case.release.notice_texts("withdrawn")
    _tell(case, "withdrawn" if taken_back else "settled", {}, now=now)


def write_slip_again(*, case_id: UUID, replaces: UUID, now: datetime) -> None:
    """Issue the slip that stands in the place of a wrong one, and say so. Twice writes once."""
    case = _case(case_id)
    if case.is_open:
        return  # it runs again meanwhile: its end writes the slip
    wrong = documents.document_for(SYSTEM, replaces)
    board = queries.case_board(SYSTEM, case.number, now=now)
    issued = correspondence.issue_document(
        kind="slip",
        number=wrong.successor.number if wrong.successor else f"{case.number}-S{documents.slips_of_case(case.pk) + 1}",
        person_id=case.person_id,
        case_id=case.pk,
        content=contents.slip(board, replaces=wrong),
        replaces=replaces,
        actor=SYSTEM,
        now=now,
    )
    known = "slip_replaced" if case.release.notice_texts("slip_replaced") else "settled"
    _tell(case, known, {"what": wrong.number}, about=issued.number, now=now)


def tell_of_outcome(*, case_id: UUID, matter: str, outcome: str, now: datetime) -> None:
    """Say that an office decided otherwise after all, in a case that runs; of one that has ended the slip speaks."""
    case = _case(case_id)
    if not case.is_open:
        return
    with translation.override("en" if case.language == "en" else "zh-hans"):
        told = {"matter": contents.title(case, matter), "number": case.number}
        subject = gettext("An office has changed its answer")
        words = {
            "done": gettext("“%(matter)s” was approved after all. What comes after it goes on by itself; nothing for "
                            "you to do. A result slip you may have no longer holds: a new one comes. %(number)s"),
            "refused": gettext("“%(matter)s” was refused after all. Why, and what you can do, stands under “My "
                               "matters”. %(number)s"),
        }[outcome] % told  # fmt: skip
    correspondence.send_notice(
        person_id=case.person_id, case_id=case.pk, kind="outcome_corrected",
        texts={"sms": ("", words), "in_app": (subject, words)}, actor=SYSTEM, now=now,
        once=f"case:{case.pk}:outcome:{matter}:{outcome}:{case.tasks.get(matter=matter).ended_at}",
    )  # fmt: skip


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
            until=_day(clock.day_of(mandate.valid_until), "zh"),
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


def remind_of_day(*, draft_id: UUID, term: str, on: date, now: datetime) -> None:
    """
    Remind a person of a day that the law sets, in the words of the pack; with an “if” where it may not bind them.

    Nothing is said of a day that is not theirs after all. Twice writes once.
    """
    draft = Draft.objects.select_related("release", "case").get(pk=draft_id)
    line = keeping.terms_of(draft, on=on).get(term)
    if line is None:
        return
    language, only_if = draft.language, line.get("only_if")
    facts = {
        "what": line["title"][language],
        "due": _day(date.fromisoformat(line["due"]), language),
        "only_if": _ONLY_IF[language].format(only_if[language]) if only_if else "",
        "consequence": line["consequence"][language],
        "link": _link(draft),
    }
    once = f"day:{draft.release.pack}:{term}:{line['due']}:{on}"
    _send(
        draft.person_id,
        draft.release,
        language,
        "day_to_keep",
        facts,
        once=once,
        case_id=draft.case_id,
        is_reminder=True,
        now=now,
    )


_ONLY_IF: Mapping[Language, str] = {"zh": "{}，", "en": " ({})"}


def _link(draft: Draft) -> str:
    return _case_link(draft.case) if draft.case else settings.PUBLIC_URL + reverse("cases:draft", args=[draft.pk])


def _case_link(case: Case) -> str:
    """The whole address, as it must stand in a text message."""
    return settings.PUBLIC_URL + reverse("cases:case", args=[case.number])


def _tell(case: Case, kind: str, facts: Facts, *, now: datetime, about: str = "", is_reminder: bool = False) -> None:
    """Write once about one occasion: a job that runs again writes nothing."""
    values = {"case_number": case.number, "link": _case_link(case), **facts}
    once = f"case:{case.pk}:{kind}:{about}"
    _send(
        case.person_id,
        case.release,
        case.language,
        kind,
        values,
        once=once,
        case_id=case.pk,
        is_reminder=is_reminder,
        now=now,
    )


def _send(
    person_id: UUID,
    release: Release,
    language: Language,
    kind: str,
    facts: Facts,
    *,
    once: str,
    case_id: UUID | None,
    is_reminder: bool,
    now: datetime,
) -> None:
    texts = contents.texts(release, language, kind, {name: facts[name] for name in OCCASIONS[kind]})
    if "email" not in people.known_facts(person_id):
        texts.pop("email", None)
    if texts:
        correspondence.send_notice(
            person_id=person_id,
            case_id=case_id,
            kind=kind,
            texts=texts,
            once=once,
            is_reminder=is_reminder,
            actor=SYSTEM,
            now=now,
        )


def _day(day: date, language: Language) -> str:
    return f"{day.day} {day:%B}" if language == "en" else f"{day.month}月{day.day}日"


def _listed(names: Sequence[str], language: Language) -> str:
    return (", " if language == "en" else "、").join(names)


def _objection(way: Objection, language: Language) -> str:
    """Say in one clause what can be done against a refusal, and until when."""
    if language == "en":
        return f"{way.how} ({way.where})" + (f", by {_day(way.until, language)}" if way.until else "")
    return (f"{_day(way.until, language)}前" if way.until else "") + f"可以{way.how}"


def tell_of_message(*, case_id: UUID, message_id: int, now: datetime) -> None:
    """Say that a clerk wrote about the case, and where to read it; never what. Twice writes once."""
    case = _case(case_id)
    with translation.override("en" if case.language == "en" else "zh-hans"):
        words = gettext("A clerk wrote to you about %(number)s. Read it under “My matters”.") % {"number": case.number}
        subject = gettext("A clerk wrote to you")
    correspondence.send_notice(
        person_id=case.person_id, case_id=case.pk, kind="message",
        texts={"sms": ("", words), "in_app": (subject, words)}, actor=SYSTEM, now=now,
        once=f"case:{case.pk}:message:{message_id}",
    )  # fmt: skip
