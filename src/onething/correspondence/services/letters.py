"""Letters to a person: written once, handed to the sender of their channel, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from onething.correspondence.errors import ChannelWrong, NoText
from onething.correspondence.events import NoticeDelivered, NoticeFailed, NoticeRead, NoticeWritten
from onething.correspondence.models import Notice
from onething.correspondence.queries import email_of
from onething.correspondence.services.wishes import as_wished
from onething.kernel.access import SYSTEM, Actor
from onething.plumbing.journal import publish, writes
from onething.plumbing.messages.addresses import AddressWrong
from onething.plumbing.messages.services import queue_message
from onething.registry.models import Person


@writes
def send_notice(
    *,
    person_id: UUID,
    case_id: UUID | None,
    kind: str,
    texts: Mapping[str, tuple[str, str]],
    actor: Actor,
    now: datetime,
    once: str = "",
    is_reminder: bool = False,
) -> list[Notice]:
    """
    Write a letter to a person in every channel that a text is given for; what must travel is sent by jobs.

    `texts` maps in_app, sms, email to (subject, body). With `once` ("case:…:settled") a repeat writes nothing and gives
    the letters that exist. A reminder goes the way that the person wishes, or not at all; what the law has them told is
    none. Refuses NoText, ChannelWrong, PersonErased.
    """
    _require_texts(texts)
    if is_reminder:
        texts = as_wished(person_id, dict(texts))
    person = Person.objects.with_keys().get(pk=person_id)
    drafts = [
        Notice.written(person, channel=channel, kind=kind, text=text, case_id=case_id, once=once, at=now)
        for channel, text in texts.items()
    ]
    written = _write_once(drafts, once=once)
    for notice in written:
        _publish_written(notice, actor, now)
    return written or list(Notice.objects.filter(person_id=person_id, once=once, channel__in=texts))


@writes
def hand_over(*, notice_id: UUID, now: datetime) -> None:
    """Hand a written letter to the sender of its channel. Safe to run twice."""
    notice = Notice.objects.select_for_update().select_related("person").get(pk=notice_id)
    if notice.state != Notice.State.WRITTEN or notice.message_id is not None:
        return
    subject, body = notice.text
    try:
        message = queue_message(channel=notice.channel, to=_address(notice), subject=subject, body=body, now=now)
    except AddressWrong:
        _fail(notice, reason="no_address", now=now)
        return
    notice.message_id = message.pk
    notice.save(update_fields=["message_id"])


@writes
def record_delivery(*, message_id: UUID, now: datetime) -> None:
    """Record that the provider took the message of a letter; messages of others are left alone. Safe to run twice."""
    notice = _of_message(message_id)
    if notice is None:
        return
    notice.state, notice.delivered_at = Notice.State.SENT, now
    notice.save(update_fields=["state", "delivered_at"])
    publish(
        NoticeDelivered(
            notice_id=notice.pk, person_id=notice.person_id, case_id=notice.case_id, channel=notice.channel
        ),
        actor=SYSTEM,
        at=now,
    )


@writes
def record_failure(*, message_id: UUID, reason: str, now: datetime) -> None:
    """Record that the message of a letter will not arrive. Safe to run twice."""
    notice = _of_message(message_id)
    if notice is not None:
        _fail(notice, reason=reason, now=now)


@writes
def mark_read(*, notice_id: UUID, actor: Actor, now: datetime) -> None:
    """Record the first time that a person opens a letter of theirs."""
    fresh = Notice.objects.addressed_to(actor).filter(pk=notice_id, read_at=None)
    if fresh.update(read_at=now):
        notice = Notice.objects.get(pk=notice_id)
        publish(
            NoticeRead(notice_id=notice.pk, person_id=notice.person_id, case_id=notice.case_id), actor=actor, at=now
        )


def _require_texts(texts: Mapping[str, tuple[str, str]]) -> None:
    if not texts:
        raise NoText
    for channel in texts:
        if channel not in Notice.Channel.values:
            raise ChannelWrong(channel=channel)


def _write_once(drafts: list[Notice], *, once: str) -> list[Notice]:
    if not once:
        return Notice.objects.bulk_create(drafts)
    Notice.objects.bulk_create(drafts, ignore_conflicts=True)
    kept = set(Notice.objects.filter(pk__in=[d.pk for d in drafts]).values_list("pk", flat=True))
    return [draft for draft in drafts if draft.pk in kept]


def _publish_written(notice: Notice, actor: Actor, now: datetime) -> None:
    publish(
        NoticeWritten(
            notice_id=notice.pk,
            person_id=notice.person_id,
            case_id=notice.case_id,
            channel=notice.channel,
            notice_kind=notice.kind,
        ),
        actor=actor,
        at=now,
    )


def _address(notice: Notice) -> str:
    if notice.channel == Notice.Channel.SMS:
        return notice.person.phone
    return email_of(notice.person_id)


def _of_message(message_id: UUID) -> Notice | None:
    waiting = Notice.objects.select_for_update().filter(message_id=message_id, state=Notice.State.WRITTEN)
    return waiting.first()


def _fail(notice: Notice, *, reason: str, now: datetime) -> None:
    notice.state, notice.reason = Notice.State.FAILED, reason
    notice.save(update_fields=["state", "reason"])
    publish(
        NoticeFailed(
            notice_id=notice.pk,
            person_id=notice.person_id,
            case_id=notice.case_id,
            channel=notice.channel,
            reason=reason,
        ),
        actor=SYSTEM,
        at=now,
    )
