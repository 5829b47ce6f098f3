"""Every effect on a case once more, and after the case was taken back: a refusal, or nothing at all has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from onething.cases import papers, services
from onething.cases.models import Case, PaperToCome
from onething.cases.states import ConcernKind
from onething.cases.tests import factories
from onething.cases.tests.test_services import say
from onething.correspondence.models import Notice
from onething.exchange.events import ReplyReceived
from onething.exchange.models import Order
from onething.kernel.access import SYSTEM
from onething.kernel.errors import Refusal
from onething.plumbing.journal.models import Entry
from onething.registry.models import Person

pytestmark = pytest.mark.django_db

NOW = factories.NOW
LATER = NOW + timedelta(days=1)
FOLLOWS = "discharge_certificate"
Deed = Callable[[], Any]


def submitting(case: Case) -> Deed:
    actor = factories.citizen(Person.objects.get())
    return lambda: services.submit_case(draft=case.draft, actor=actor, now=LATER)


def replying(case: Case) -> Deed:
    say(case, "report_in", "approved", at=NOW)
    reply = ReplyReceived.from_json(Entry.objects.get(kind="exchange.ReplyReceived").payload)
    return lambda: services.apply_reply(reply_id=reply.reply_id, actor=SYSTEM)


def mending(case: Case) -> Deed:
    say(case, "report_in", "returned", message="看不清", correction={"fields": ["full_name"]}, at=NOW)
    asked = case.corrections.get()
    given = {"full_name": "何青松"}
    return lambda: services.answer_correction(correction=asked, answers=given, actor=SYSTEM, now=LATER)


def lapsing(case: Case) -> Deed:
    say(case, "report_in", "returned", message="看不清", correction={"fields": ["full_name"]}, at=NOW)
    asked = case.corrections.get()
    return lambda: services.lapse_correction(correction=asked, actor=SYSTEM, now=LATER)


def happening(case: Case) -> Deed:
    return lambda: services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=LATER)


def visiting(case: Case) -> Deed:
    station = case.plan["visits"][0]["station"]
    return lambda: services.record_visit(case=case, station=station, actor=SYSTEM, now=LATER)


def withdrawing(case: Case) -> Deed:
    return lambda: services.withdraw_case(case=case, actor=SYSTEM, now=LATER)


def handing_in_later(case: Case) -> Deed:
    PaperToCome.objects.create(case=case, material=FOLLOWS, promised_for=LATER.date())
    paper = factories.PAPER + b" the true one"
    return lambda: papers.attach_to_case(case=case, material=FOLLOWS, content=paper, actor=SYSTEM, now=LATER)


def missing(case: Case) -> Deed:
    promise = PaperToCome.objects.create(case=case, material=FOLLOWS, promised_for=NOW.date())
    return lambda: services.miss_promise(promise=promise, actor=SYSTEM, now=LATER)


def worrying(case: Case) -> Deed:
    about = {"about": "x", "since": NOW, "actor": SYSTEM, "now": LATER}
    return lambda: services.raise_concern(case=case, kind=ConcernKind.STUCK, **about)


def saying(case: Case) -> Deed:
    actor = factories.citizen(Person.objects.get())
    return lambda: services.write_to_clerk(case=case, words="什么时候好？", actor=actor, now=LATER)


EVERY = (
    submitting,
    replying,
    mending,
    lapsing,
    happening,
    visiting,
    withdrawing,
    handing_in_later,
    missing,
    worrying,
    saying,
)
OPEN_AFTERWARDS = {visiting, worrying, saying, missing, lapsing}
"""What may still be noted of a case that was taken back: somebody was there, somebody must look, somebody asks."""


def test_a_file_that_was_there_already_keeps_the_promise_when_it_is_handed_in() -> None:
    case = factories.case()
    before = case.uploads.filter(material=FOLLOWS).count()
    promise = PaperToCome.objects.create(case=case, material=FOLLOWS, promised_for=LATER.date())
    papers.attach_to_case(case=case, material=FOLLOWS, content=factories.PAPER, actor=SYSTEM, now=LATER)
    promise.refresh_from_db()
    assert (promise.came_at, case.uploads.filter(material=FOLLOWS).count()) == (LATER, before)


def done(deed: Deed) -> None:
    try:
        deed()
    except Refusal as refusal:
        assert refusal.remedy, "says what to do next"


def seen(case: Case) -> tuple[Any, ...]:
    """Everything that an effect leaves."""
    case = Case.objects.get(pk=case.pk)
    facts = Entry.objects.filter(subject=case.pk).count()
    tasks = list(case.tasks.order_by("matter").values_list("matter", "state", "round", "due"))
    orders = list(Order.objects.filter(case_id=case.pk).order_by("pk").values_list("pk", "state", "round"))
    others = case.uploads.count(), case.concerns.count(), Notice.objects.count(), Case.objects.count()
    return case.state, case.due, case.happened, case.visited, facts, tasks, orders, others


@pytest.mark.parametrize("effect", EVERY, ids=lambda effect: effect.__name__)
def test_once_more_changes_nothing(effect: Callable[[Case], Deed]) -> None:
    case = factories.case()
    deed = effect(case)
    before = seen(case)
    deed()
    once = seen(case)
    assert once != before or effect in (submitting, replying), "it has an effect at all"
    done(deed)
    assert seen(case) == once


@pytest.mark.parametrize("effect", [one for one in EVERY if one not in OPEN_AFTERWARDS], ids=lambda one: one.__name__)
def test_after_it_was_taken_back_nothing_changes(effect: Callable[[Case], Deed]) -> None:
    case = factories.case()
    deed = effect(case)
    services.withdraw_case(case=case, actor=SYSTEM, now=NOW)
    ended = seen(case)
    done(deed)
    assert seen(case) == ended
