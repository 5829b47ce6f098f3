"""What goes on only when a person looks: raised, taken up by somebody by name, done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from onething.cases import policy, queries
from onething.cases.errors import ConcernClosed, ConcernWithColleague, MessageEmpty, NoColleagueHere, TakeUpFirst
from onething.cases.events import CaseHandedOver, ConcernDone, ConcernRaised, ConcernTaken
from onething.cases.models import NOTED, Case, Concern
from onething.cases.states import ConcernKind
from onething.catalogue import planning
from onething.identity import queries as accounts
from onething.kernel import workdays
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages.services import queue_message
from onething.registry import sealing

RESTS = timedelta(hours=24)
"""Whoever takes something up has it for so long; after that a colleague may take it over."""


@writes
def raise_concern(
    *, case: Case, kind: ConcernKind, about: str, since: datetime, actor: Actor, now: datetime, matter: str = "",
    detail: str = "",
) -> None:  # fmt: skip
    """Put something before the clerks of the case's division. About the same, or of the same moment, only once."""
    concern = Concern(
        case=case, region=case.region, kind=kind, about=about, matter=matter, detail=detail, since=since,
        due=looked_at_by(since),
    )  # fmt: skip
    Concern.objects.bulk_create([concern], ignore_conflicts=True)
    if Concern.objects.filter(pk=concern.pk).exists():
        fact = ConcernRaised(case_id=case.pk, concern_id=concern.pk, concern_kind=kind.value)
        publish(fact, actor=actor, at=now)


def looked_at_by(since: datetime) -> date:
    """Give the day by which somebody has looked: the working day after."""
    day = clock.day_of(since)
    return workdays.add_working_days(planning.calendar(), day, 1).due or day


@writes
def hand_over_case(*, case: Case, account_id: UUID, words: str, actor: Actor, now: datetime) -> Concern:
    """
    Put a case into a colleague's hands, with a sentence what is to be done: it is theirs in the queue until done.

    Refuses Denied, CaseNotFound, NoColleagueHere (not at the same office, or the post has ended), MessageEmpty.
    """
    actor.must(policy.TAKE_UP_CONCERN)
    queries.case_for(actor, case.number)
    if not words.strip():
        raise MessageEmpty
    if account_id not in {one.account_id for one in accounts.colleagues(actor, policy.TAKE_UP_CONCERN, now)}:
        raise NoColleagueHere
    Concern.objects.filter(case=case, kind=ConcernKind.HANDED_OVER, done_at=None).update(done_at=now)
    sealed = sealing.seal(case.person_id, words.strip()[:1000], field=NOTED)
    concern = Concern.objects.create(
        case=case, region=case.region, kind=ConcernKind.HANDED_OVER, about=str(account_id), since=now,
        due=looked_at_by(now), told_at=now, taken_by=account_id, taken_at=now, sealed_words=sealed,
    )  # fmt: skip
    fact = CaseHandedOver(case_id=case.pk, concern_id=concern.pk, to_account=account_id)
    publish(fact, actor=actor, at=now)
    return concern


@writes
def take_up_concern(*, concern_id: UUID, actor: Actor, now: datetime) -> Concern:
    """
    Take something up in one's own name; again changes nothing.

    Refuses Denied, ConcernNotFound, ConcernClosed, ConcernWithColleague (for a day).
    """
    concern = _locked(concern_id, actor)
    if concern.taken_by == actor.account_id:
        return concern
    if concern.taken_at and now < concern.taken_at + RESTS:
        raise ConcernWithColleague
    concern.taken_by, concern.taken_at = actor.account_id, now
    concern.save(update_fields=["taken_by", "taken_at"])
    publish(ConcernTaken(case_id=concern.case_id, concern_id=concern.pk), actor=actor, at=now)
    return concern


@writes
def finish_concern(*, concern_id: UUID, actor: Actor, now: datetime) -> None:
    """
    Say that what one has taken up is done.

    Refuses Denied, ConcernNotFound, ConcernClosed, TakeUpFirst, ConcernWithColleague.
    """
    concern = _locked(concern_id, actor)
    if concern.taken_by is None:
        raise TakeUpFirst
    if concern.taken_by != actor.account_id:
        raise ConcernWithColleague
    _close(concern, actor, now)


@writes
def tell_of_concern(*, concern_id: UUID, to: Sequence[str], subject: str, body: str, now: datetime) -> None:
    """Queue a letter to everybody who can take it up. Twice writes once."""
    if Concern.objects.open().filter(pk=concern_id, told_at=None).update(told_at=now):
        for address in to:
            queue_message(channel="email", to=address, subject=subject, body=body, now=now)


def settle_itself(case: Case, kind: ConcernKind, *, about: str, actor: Actor, now: datetime) -> None:
    """Close what is no longer true: the paper came, the department answered."""
    for concern in Concern.objects.select_for_update().filter(case=case, kind=kind, about=about).open():
        _close(concern, actor, now)


def _close(concern: Concern, actor: Actor, now: datetime) -> None:
    concern.done_at = now
    concern.save(update_fields=["done_at"])
    publish(ConcernDone(case_id=concern.case_id, concern_id=concern.pk), actor=actor, at=now)


def _locked(concern_id: UUID, actor: Actor) -> Concern:
    actor.must(policy.TAKE_UP_CONCERN)
    queries.concern_for(actor, concern_id)
    concern = Concern.objects.select_for_update().get(pk=concern_id)
    if concern.done_at:
        raise ConcernClosed
    return concern
