"""The person objects to a decision (申诉/复议): kept while they write, lodged in time or with a reason, taken back."""

from __future__ import annotations

from datetime import datetime

from onething.cases import aftermath, policy
from onething.cases.errors import NothingToObject, ObjectionEmpty, ObjectionLodged, ObjectionTooLate, WordsTooLong
from onething.cases.events import ObjectionMade, ObjectionWithdrawn
from onething.cases.models import OBJECTED, Objection
from onething.cases.services import concerns, steps
from onething.cases.states import ConcernKind
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry import sealing

LONGEST = 5000
State = Objection.State


@writes
def save_objection(
    *, number: str, matter: str, words: str, actor: Actor, now: datetime, late_because: str = ""
) -> Objection:
    """
    Keep what a person has written so far. Refuses Denied, CaseNotFound, NothingToObject, ObjectionLodged, WordsTooLong.
    """
    actor.must(policy.OBJECT_OWN)
    case, decision = aftermath.decision(actor, number, matter)
    steps.case_in_turn(case.pk)
    longest = max(len(words), len(late_because))
    if longest > LONGEST:
        raise WordsTooLong(count=longest, limit=LONGEST)
    objection = aftermath.objection_to(actor, case, matter)
    if objection is not None and objection.state != State.DRAFT:
        raise ObjectionLodged
    objection = objection or Objection(case=case, region=case.region, matter=matter)
    said = {"words": words.strip(), "late_because": late_because.strip()}
    objection.sealed_words = sealing.seal(case.person_id, said, field=OBJECTED)
    objection.term, objection.until, objection.saved_at = dict(decision.term), decision.until, now
    objection.save()
    vars(objection).pop("said", None)
    return objection


@writes
def lodge_objection(
    *, number: str, matter: str, words: str, actor: Actor, now: datetime, late_because: str = ""
) -> Objection:
    """
    Send an objection: it is put before the clerks, who bring it to the organ that its term names.

    Refuses what `save_objection` does, ObjectionEmpty, and ObjectionTooLate for one after its last day that does not
    say what kept the person. Source: 行政复议法 (2023), articles 20 and 22.
    """
    objection = save_objection(
        number=number, matter=matter, words=words, actor=actor, now=now, late_because=late_because
    )
    if not objection.said["words"]:
        raise ObjectionEmpty
    is_late = objection.until is not None and clock.day_of(now) > objection.until
    if is_late and not objection.said["late_because"]:
        raise ObjectionTooLate(until=objection.until)
    objection.state, objection.lodged_at = State.LODGED, now
    objection.save(update_fields=["state", "lodged_at"])
    concerns.raise_concern(
        case=objection.case, kind=ConcernKind.OBJECTED, about=str(objection.pk), matter=matter, since=now,
        actor=actor, now=now,
    )  # fmt: skip
    fact = ObjectionMade(
        case_id=objection.case_id, matter=matter, objection_id=objection.pk, until=objection.until, is_late=is_late
    )
    publish(fact, actor=actor, at=now)
    return objection


@writes
def withdraw_objection(*, number: str, matter: str, actor: Actor, now: datetime) -> None:
    """Take an objection back; within the term another one can be made. Refuses Denied, NothingToObject."""
    actor.must(policy.OBJECT_OWN)
    case, _decision = aftermath.decision(actor, number, matter)
    steps.case_in_turn(case.pk)
    objection = aftermath.objection_to(actor, case, matter)
    if objection is None or objection.state != State.LODGED:
        raise NothingToObject
    objection.state, objection.withdrawn_at = State.WITHDRAWN, now
    objection.save(update_fields=["state", "withdrawn_at"])
    concerns.settle_itself(case, ConcernKind.OBJECTED, about=str(objection.pk), actor=actor, now=now)
    fact = ObjectionWithdrawn(case_id=case.pk, matter=matter, objection_id=objection.pk)
    publish(fact, actor=actor, at=now)
