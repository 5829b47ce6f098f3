"""What a person and the clerks say to each other about a case: written, answered, read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from onething.cases import policy, queries
from onething.cases.errors import MessageEmpty, MessageTooLong
from onething.cases.events import MessageAnswered, MessageSent, ThreadSettled
from onething.cases.models import TALKED, Case, Message, Thread
from onething.catalogue import planning
from onething.kernel import workdays
from onething.kernel.access import Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.registry import sealing

LONGEST = 1000
ANSWERED_IN = 1
"""Working days within which a clerk answers."""


@writes
def write_to_clerk(*, case: Case, words: str, actor: Actor, now: datetime) -> Message:
    """
    Let the person say something to the clerks; it waits in their queue until one answers. The same words twice in a
    row (a double click) are one message.

    Refuses Denied (anybody but the person), MessageEmpty, MessageTooLong.
    """
    if actor.door is not Door.CITIZEN or not actor.is_person(case.person_id):
        raise Denied
    said, thread = read_words(words), _locked(case)
    last = Message.objects.filter(case=case).order_by("-pk").first()
    if last is not None and last.is_of_person and last.words == said:
        return last
    message = _keep(case, said, account_id=None, now=now)
    if not thread.unanswered:
        thread.waiting_since = now
        thread.due = workdays.add_working_days(planning.calendar(), clock.day_of(now), ANSWERED_IN).due
    thread.unanswered += 1
    thread.save()
    publish(MessageSent(case_id=case.pk, message_id=message.pk), actor=actor, at=now)
    return message


@writes
def answer_person(*, case: Case, words: str, actor: Actor, now: datetime) -> Message:
    """
    Answer the person, or write first; they are told that something is there, not what.

    Refuses Denied, CaseNotFound, MessageEmpty, MessageTooLong.
    """
    _require_talking(case, actor)
    said, thread = read_words(words), _locked(case)
    last = Message.objects.filter(case=case).order_by("-pk").first()
    if last is not None and last.account_id == actor.account_id and last.words == said:
        return last
    message = _keep(case, said, account_id=actor.account_id, now=now)
    _rest(thread)
    thread.unread += 1
    thread.save()
    publish(MessageAnswered(case_id=case.pk, message_id=message.pk), actor=actor, at=now)
    return message


@writes
def leave_unanswered(*, case: Case, actor: Actor, now: datetime) -> None:
    """Say that what the person wrote needs no answer (a thank you). Refuses Denied, CaseNotFound."""
    _require_talking(case, actor)
    thread = _locked(case)
    if thread.unanswered:
        _rest(thread)
        thread.save()
        publish(ThreadSettled(case_id=case.pk), actor=actor, at=now)


@writes
def mark_read(*, case: Case, actor: Actor) -> None:
    """Note that the person has seen what the clerks wrote; for anybody else nothing changes."""
    if actor.is_person(case.person_id):
        Thread.objects.filter(case=case, unread__gt=0).update(unread=0)


def _require_talking(case: Case, actor: Actor) -> None:
    actor.must(policy.TALK)
    queries.case_for(actor, case.number)


def read_words(words: str) -> str:
    """Read a message that somebody typed. Refuses MessageEmpty, MessageTooLong."""
    said = words.strip()
    if not said:
        raise MessageEmpty
    if len(said) > LONGEST:
        raise MessageTooLong(most=LONGEST)
    return said


def _locked(case: Case) -> Thread:
    region = case.intake_region or case.region
    Thread.objects.bulk_create([Thread(case=case, region=region)], ignore_conflicts=True)
    return Thread.objects.select_for_update().get(case=case)


def _keep(case: Case, said: str, *, account_id: UUID | None, now: datetime) -> Message:
    sealed = sealing.seal(case.person_id, said, field=TALKED)
    return Message.objects.create(case=case, account_id=account_id, sealed=sealed, at=now)


def _rest(thread: Thread) -> None:
    thread.unanswered, thread.waiting_since, thread.due = 0, None, None
