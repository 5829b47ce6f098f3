"""An answer that asks for somebody becomes work: a visit or a case, with an owner and a day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from onething.desks.surveys import policy, queries
from onething.desks.surveys.errors import DayNotAhead, FollowedAlready, FollowUpOver, OwnerUnknown
from onething.desks.surveys.events import FollowUpBegun, FollowUpDone
from onething.desks.surveys.models import NOTED, FollowUp
from onething.kernel.access import SYSTEM, Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry import sealing

LONGEST = 1000


@writes
def begin_followup(
    *, answer_id: UUID, work: str, owner: UUID, due: date, note: str, actor: Actor, now: datetime
) -> FollowUp:  # fmt: skip
    """
    Make work of an answer: who does it, and until when.

    Refuses Denied, AnswerNotFound, FollowedAlready, OwnerUnknown, DayNotAhead.
    """
    actor.must(policy.TYPE_ANSWER)
    answer = queries.wish_for(actor, answer_id, lock=True)
    if FollowUp.objects.filter(answer=answer).exists():
        raise FollowedAlready
    if owner not in {one.account_id for one in queries.owners(actor, now)}:
        raise OwnerUnknown
    if due < clock.day_of(now):
        raise DayNotAhead
    made = FollowUp.objects.create(
        answer=answer, survey_id=answer.survey_id, person_id=answer.person_id, region=answer.region,
        work=FollowUp.Work(work), owner=owner, due=due, sealed_note=_sealed(answer.person_id, note),
        made_by=actor.reference, made_at=now,
    )  # fmt: skip
    fact = FollowUpBegun(
        survey_id=made.survey_id, followup_id=made.pk, person_id=made.person_id, work=made.work, owner_id=owner,
        due=due,
    )  # fmt: skip
    publish(fact, actor=actor, at=now)
    return made


@writes
def finish_followup(*, followup_id: UUID, outcome: str, actor: Actor, now: datetime) -> None:
    """Say that it is done, and what came of it. Refuses Denied, FollowUpNotFound, FollowUpOver."""
    actor.must(policy.TYPE_ANSWER)
    found = queries.followup_for(actor, followup_id, lock=True)
    if found.done_at:
        raise FollowUpOver
    _finish(found, outcome, None, actor, now)


@writes
def settle_by_case(*, person_id: UUID, case_id: UUID, now: datetime) -> None:
    """Close what was to lead to a case, once the person has submitted one. Safe to run twice."""
    for found in FollowUp.objects.select_for_update().filter(person_id=person_id, work=FollowUp.Work.CASE).open():
        _finish(found, "", case_id, SYSTEM, now)


def _finish(found: FollowUp, outcome: str, case_id: UUID | None, actor: Actor, now: datetime) -> None:
    found.done_at, found.case_id, found.sealed_outcome = now, case_id, _sealed(found.person_id, outcome)
    found.save(update_fields=["done_at", "case_id", "sealed_outcome"])
    fact = FollowUpDone(
        survey_id=found.survey_id, followup_id=found.pk, person_id=found.person_id, case_id=case_id
    )  # fmt: skip
    publish(fact, actor=actor, at=now)


def _sealed(person_id: UUID, words: str) -> bytes | None:
    said = words.strip()[:LONGEST]
    return sealing.seal(person_id, said, field=NOTED) if said else None
