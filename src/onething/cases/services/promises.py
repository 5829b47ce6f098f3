"""Papers that come later (容缺受理): kept, passed on to the departments that need them, or told as missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from onething.cases import layout
from onething.cases.errors import CaseClosed, MaterialNotAsked
from onething.cases.events import PaperCame, PaperMissed
from onething.cases.models import Case, PaperToCome, Upload
from onething.cases.services import concerns, steps
from onething.cases.states import CaseState, ConcernKind
from onething.catalogue import planning
from onething.exchange import services as exchange
from onething.exchange.delivery import MaterialSent
from onething.kernel.access import Actor
from onething.plumbing.journal import publish, writes
from onething.plumbing.storage import services as store


@writes
def take_paper(*, case: Case, upload: Upload, actor: Actor, now: datetime) -> Upload:
    """
    Take a paper that was to follow, also a late one, and pass it on: each file once, no clock starts again.

    `upload` need not be saved yet. A case that has ended still takes what its slip leaves open. Refuses CaseClosed
    (withdrawn), MaterialNotAsked.
    """
    case = steps.case_in_turn(case.pk)
    if case.state == CaseState.WITHDRAWN:
        raise CaseClosed
    promise = case.papers_to_come.filter(material=upload.material).first()
    if promise is None:
        raise MaterialNotAsked
    same = case.uploads.filter(material=upload.material, digest=upload.digest).first()
    if same is None:
        store.claim(upload.key)
        upload.save(force_insert=True)
    if same is None or promise.came_at is None:
        settle_promise(case, upload.material, [upload.digest], actor=actor, now=now)
    return same or upload


def settle_promise(case: Case, material: str, digests: Sequence[str], *, actor: Actor, now: datetime) -> None:
    """Note that a paper came, if it was to follow, and pass it on to every department that was asked without it."""
    promise = PaperToCome.objects.filter(case=case, material=material)
    if promise.filter(came_at=None).update(came_at=now):
        publish(PaperCame(case_id=case.pk, material=material), actor=actor, at=now)
        concerns.settle_itself(case, ConcernKind.PAPER_MISSED, about=material, actor=actor, now=now)
    if promise.exists():
        for digest in digests:
            amend(case, MaterialSent(id=material, title=_title(case, material), digests=(digest,)), actor, now)


@writes
def miss_promise(*, promise: PaperToCome, actor: Actor, now: datetime) -> None:
    """Tell departments and clerks that a paper did not come by the last day. Again changes nothing."""
    if not PaperToCome.objects.filter(pk=promise.pk, came_at=None, missed_at=None).update(missed_at=now):
        return
    case, material = promise.case, promise.material
    missed = MaterialSent(id=material, title=_title(case, material), follows_by=promise.promised_for, missed=True)
    amend(case, missed, actor, now)
    concerns.raise_concern(case=case, kind=ConcernKind.PAPER_MISSED, about=material, since=now, actor=actor, now=now)
    publish(PaperMissed(case_id=case.pk, material=material), actor=actor, at=now)


def amend(case: Case, paper: MaterialSent, actor: Actor, now: datetime) -> None:
    """Send a paper, or that it did not come, after the orders that are out. What is not out yet simply gets it."""
    users = next((m["used_by"] for m in case.plan["materials"] if m["id"] == paper.id), ())
    tasks = list(case.tasks.filter(matter__in=users).values_list("id", flat=True))
    exchange.amend_orders(task_ids=tasks, paper=paper, actor=actor, now=now)


def _title(case: Case, material: str) -> str:
    return next((str(m["title"]["zh"]) for m in case.plan["materials"] if m["id"] == material), material)


def last_day(plan: dict[str, Any], promise: PaperToCome, *, submitted: date) -> date:
    """Find the last day on which a promised paper is taken as in time: the pack's term, never before the promise."""
    allowed = next((m["may_follow"] for m in plan["materials"] if m["id"] == promise.material), None)
    if not allowed:
        return promise.promised_for
    latest = layout.latest_day(allowed, today=submitted, calendar=planning.calendar())
    return max(latest, promise.promised_for)
