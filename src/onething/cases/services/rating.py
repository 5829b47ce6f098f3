"""How it went (好差评): said once by the person; a bad one is called back by somebody by name, by a day."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from onething.cases import aftermath, policy
from onething.cases.errors import (
    CallBackDone,
    LevelMissing,
    NoSuchCallBack,
    NotEndedYet,
    OutcomeMissing,
    RatedAlready,
    WordsTooLong,
)
from onething.cases.events import CallBackEscalated, CallBackOpened, CalledBack, CaseRated
from onething.cases.models import CALLED_BACK, RATED, CallBack, Case, Rating
from onething.cases.services import steps
from onething.catalogue import planning
from onething.kernel import workdays
from onething.kernel.access import SYSTEM, Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry import sealing

LEVELS = range(1, 6)
BAD = (1, 2)
LONGEST = 1000
CALL_BACK_DAYS = 1
"""Working days until the person is rung up. The State Council asks for it "at once" (国办发〔2019〕51号) and names no
number; one working day is the house's own promise."""
AT_ONCE = 200


@writes
def rate_case(*, case: Case, level: int, words: str, actor: Actor, now: datetime) -> Rating:
    """
    Keep how a person was served: 5 is best. The two lowest open a work order.

    Refuses Denied, NotEndedYet, RatedAlready, LevelMissing, WordsTooLong. Source: 国办发〔2019〕51号.
    """
    actor.must(policy.RATE_OWN)
    case = steps.case_in_turn(case.pk)
    if case.is_open:
        raise NotEndedYet
    if Rating.objects.filter(case=case).exists():
        raise RatedAlready
    if level not in LEVELS:
        raise LevelMissing
    if len(words) > LONGEST:
        raise WordsTooLong(count=len(words), limit=LONGEST)
    sealed = sealing.seal(case.person_id, words.strip(), field=RATED)
    rating = Rating.objects.create(case=case, region=case.region, level=level, sealed_words=sealed, rated_at=now)
    publish(CaseRated(case_id=case.pk, level=level), actor=actor, at=now)
    if level in BAD:
        _open(rating, now)
    return rating


@writes
def record_call(*, case_id: UUID, outcome: str, words: str, actor: Actor, now: datetime) -> CallBack:
    """
    Record that the person was rung up, what was said, and what came of it.

    Refuses Denied, NoSuchCallBack, CallBackDone, OutcomeMissing, WordsTooLong.
    """
    actor.must(policy.CALL_BACK)
    found = CallBack.objects.visible_to(actor).select_for_update(of=("self",)).select_related("case")
    order: CallBack | None = found.filter(pk=case_id).first()
    if order is None:
        raise NoSuchCallBack
    if order.done_at:
        raise CallBackDone
    if outcome not in CallBack.Outcome.values or not words.strip():
        raise OutcomeMissing
    if len(words) > LONGEST:
        raise WordsTooLong(count=len(words), limit=LONGEST)
    order.outcome, order.done_at, order.done_by = outcome, now, actor.account_id
    order.sealed_words = sealing.seal(order.case.person_id, words.strip(), field=CALLED_BACK)
    order.save()
    publish(CalledBack(case_id=case_id, outcome=outcome), actor=actor, at=now)
    return order


@writes
def escalate_calls(*, now: datetime) -> int:
    """Hand what nobody rang up about in time a level up, with a new day. Returns how many went up."""
    late: QuerySet[CallBack] = CallBack.objects.filter(done_at=None, due__lt=clock.day_of(now)).order_by("due")
    orders = list(late.select_for_update(skip_locked=True)[:AT_ONCE])
    for order in orders:
        order.rung += 1
        order.post_id = aftermath.post_for_calls(order.region, rung=order.rung, now=now)
        _set_day(order, now)
        order.save(update_fields=["rung", "post_id", "due", "deadline"])
        fact = CallBackEscalated(case_id=order.case_id, post_id=order.post_id, due=order.due, rung=order.rung)
        publish(fact, actor=SYSTEM, at=now)
    return len(orders)


def _open(rating: Rating, now: datetime) -> None:
    post_id = aftermath.post_for_calls(rating.region, rung=0, now=now)
    order = CallBack(rating=rating, case=rating.case, region=rating.region, post_id=post_id, opened_at=now)
    _set_day(order, now)
    order.save(force_insert=True)
    publish(CallBackOpened(case_id=rating.case_id, post_id=post_id, due=order.due), actor=SYSTEM, at=now)


def _set_day(order: CallBack, now: datetime) -> None:
    today = clock.day_of(now)
    deadline = workdays.add_working_days(planning.calendar(), today, CALL_BACK_DAYS)
    order.due, order.deadline = deadline.due or today, deadline.to_json()
