"""The person takes a case back."""

from __future__ import annotations

from datetime import datetime

from onething.cases.events import CaseWithdrawn
from onething.cases.models import Case
from onething.cases.services import steps
from onething.cases.services.asking import drop_questions
from onething.cases.states import AT_WORK, CaseState, TaskState
from onething.exchange import services as exchange
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes


@writes
def withdraw_case(*, case: Case, actor: Actor, now: datetime) -> None:
    """Take a case back: what is not done ends, departments are told; what is done stays done. Refuses CaseClosed."""
    case = steps.locked_case(case.pk)
    at_work = list(case.tasks.filter(state__in=sorted(AT_WORK)).values_list("id", flat=True))
    case.tasks.open().update(state=TaskState.WITHDRAWN, ended_at=now)
    today = clock.day_of(now)
    case.pauses.filter(until=None).update(until=today)
    case.corrections.filter(answered_at=None).update(answered_at=now)
    case.state, case.settled_at = CaseState.WITHDRAWN, now
    case.save(update_fields=["state", "settled_at"])
    drop_questions(case=case, now=now)
    exchange.cancel_orders(task_ids=at_work, actor=actor, now=now)
    publish(CaseWithdrawn(case_id=case.pk), actor=actor, at=now)
