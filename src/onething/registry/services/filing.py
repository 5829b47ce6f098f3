"""A person's file: what sources state, corrections asked and answered, the archive's way, the review before arrival."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from onething.kernel.access import Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing.journal import publish, writes
from onething.registry import events, sections
from onething.registry.cipher import DataKey
from onething.registry.errors import (
    ArchiveNowhere,
    ChoiceUnknown,
    CorrectionAnswered,
    CorrectionWaits,
    NoSuchCorrection,
    NoSuchPerson,
    NothingStated,
    StillLacking,
)
from onething.registry.models import ArchiveMove, Arrival, CorrectionRequest, Organisation, Person, Statement
from onething.registry.models import statement_name as bound_name
from onething.registry.services.entering import graded, match_of
from onething.registry.services.shared import is_unique_violation

State = CorrectionRequest.State
CORRECTED_BY = "veterans:correction"
"""The source of a correction that a clerk accepted after seeing the document."""


@writes
def record_statement(
    *,
    person_id: UUID,
    section: str,
    values: Mapping[str, Any],
    source: str,
    actor: Actor,
    now: datetime,
    checked_at: datetime | None = None,
    grade: int = sections.Grade.RECORDED,
) -> Statement:
    """
    Keep what a source says about one entry of a file, beside what others say. Per field the newer check counts.

    Only the authority responsible for a field is authoritative, whatever grade is claimed. Refuses SectionUnknown,
    FieldUnknown, NothingStated, NoSuchPerson, and what the fields refuse. Source: 政务数据共享条例, 一数一源.
    """
    part = sections.section(section)
    read = part.read(values)
    key = _key_of(actor, person_id)
    at = checked_at or now
    match = match_of(key, section, part.key_of(read))
    row = (
        Statement.objects.select_for_update()
        .filter(person_id=person_id, section=section, match=match, source=source)
        .first()
    )
    content, usual = graded(part, read, source, grade, at)
    if row is None:
        row = Statement(person_id=person_id, section=section, match=match, source=source)
    else:
        content, at = _merged(row, key, part, read, at)
        usual = max(usual, row.grade)
    row.sealed, row.checked_at, row.grade = key.seal(bound_name(section), content), at, usual
    row.save()
    _no_longer_lacking(person_id, section, read, now)
    fields = tuple(f"{section}.{name}" for name in read)
    publish(events.FactsLearned(person_id=person_id, fields=fields, source=source), actor=actor, at=now)
    return row


def _merged(
    row: Statement, key: DataKey, part: sections.Section, read: Mapping[str, Any], at: datetime
) -> tuple[dict[str, Any], datetime]:
    """Bring new values into what the source said before: of each field what was checked later."""
    before = row.said(key)
    newest = max(row.checked_at, at)
    kept: dict[str, tuple[Any, datetime]] = {name: (said.value, said.checked_at) for name, said in before.items()}
    for name, value in read.items():
        if name not in kept or kept[name][1] <= at:
            kept[name] = (value, at)
    values = {name: value for name, (value, _) in kept.items()}
    grades = {name: sections.grade_of(part.field(name), row.source, row.grade) for name in values}
    own = {name: [when.isoformat(), grades[name]] for name, (_, when) in kept.items() if when != newest}
    return ({"values": values, "own": own} if own else {"values": values}), newest


def _no_longer_lacking(person_id: UUID, section: str, read: Mapping[str, Any], now: datetime) -> None:
    arrival = Arrival.objects.select_for_update().filter(person_id=person_id).first()
    if arrival is not None:
        arrival.lacking = [name for name in arrival.lacking if name not in {f"{section}.{field}" for field in read}]
        arrival.save(update_fields=["lacking"])


@writes
def ask_correction(
    *,
    person_id: UUID,
    section: str,
    match: bytes,
    field: str,
    wanted: str,
    because: str,
    actor: Actor,
    now: datetime,
) -> CorrectionRequest:
    """
    Ask for a field of a file to be corrected. Nothing is overwritten: the request waits for an answer.

    Refuses CorrectionWaits (one is open already), NoSuchPerson, and what the field refuses. Source: PIPL 46.
    """
    value = sections.section(section).field(field).read(wanted)
    key = _key_of(actor, person_id)
    request = CorrectionRequest(
        person_id=person_id,
        section=section,
        match=match,
        field=field,
        sealed=key.seal("correction", {"wanted": value, "because": because.strip(), "answer": ""}),
        asked_at=now,
        asked_by=actor.reference,
    )
    try:
        request.save(force_insert=True)
    except IntegrityError as clash:
        if not is_unique_violation(clash):
            raise
        raise CorrectionWaits from clash
    publish(
        events.CorrectionRequested(correction_id=request.pk, person_id=person_id, field=f"{section}.{field}"),
        actor=actor,
        at=now,
    )
    return request


@writes
def pass_on_correction(*, correction_id: int, actor: Actor, now: datetime) -> str:
    """
    Pass a correction on to the authority that is responsible for the field; gives its code.

    Refuses NoSuchCorrection, CorrectionAnswered.
    """
    request = _open_correction(actor, correction_id)
    authority = sections.section(request.section).field(request.field).authority
    request.state = State.PASSED_ON
    request.save(update_fields=["state"])
    publish(
        events.CorrectionPassedOn(correction_id=request.pk, person_id=request.person_id, authority=authority.value),
        actor=actor,
        at=now,
    )
    return authority.value


@writes
def answer_correction(
    *, correction_id: int, is_accepted: bool, answer: str, actor: Actor, now: datetime
) -> CorrectionRequest:
    """
    Accept a correction (its value is kept as documented, beside the others) or refuse it with a reason.

    Refuses NothingStated (a refusal without a reason), CorrectionAnswered, NoSuchCorrection; and Denied for the
    person themselves.
    """
    if not is_accepted and not answer.strip():
        raise NothingStated
    request = _open_correction(actor, correction_id)
    key = request.person.data_key
    content = key.unseal("correction", bytes(request.sealed)) | {"answer": answer.strip()}
    request.sealed = key.seal("correction", content)
    request.state = State.ACCEPTED if is_accepted else State.REFUSED
    request.answered_at, request.answered_by = now, actor.reference
    request.save()
    if is_accepted:
        _state_corrected(request, content["wanted"], actor, now)
    fact = events.CorrectionSettled(correction_id=request.pk, person_id=request.person_id, outcome=str(request.state))
    publish(fact, actor=actor, at=now)
    return request


def _state_corrected(request: CorrectionRequest, wanted: Any, actor: Actor, now: datetime) -> None:
    """Write the accepted value as a statement of its own on the same entry."""
    key = request.person.data_key
    part = sections.section(request.section)
    content, usual = graded(part, {request.field: wanted}, CORRECTED_BY, sections.Grade.DOCUMENTED, now)
    entry = {"person_id": request.person_id, "section": request.section, "match": bytes(request.match)}
    row = Statement.objects.filter(**entry, source=CORRECTED_BY).first()
    if row is None:
        row = Statement(**entry, source=CORRECTED_BY)
    else:
        content, now = _merged(row, key, part, {request.field: wanted}, now)
    row.sealed, row.checked_at, row.grade = key.seal(bound_name(request.section), content), now, usual
    row.save()


def _open_correction(actor: Actor, correction_id: int) -> CorrectionRequest:
    if actor.door is Door.CITIZEN:
        raise Denied
    rows = CorrectionRequest.objects.visible_to(actor).select_for_update(of=("self",)).select_related("person__key")
    request: CorrectionRequest | None = rows.filter(pk=correction_id).first()
    if request is None:
        raise NoSuchCorrection
    if request.answered_at is not None:
        raise CorrectionAnswered
    return request


@writes
def note_archive(
    *,
    person_id: UUID,
    kind: str,
    day: date,
    actor: Actor,
    now: datetime,
    holder: Organisation | None = None,
    outside: str = "",
    way: str = "",
    reference: str = "",
    note: str = "",
) -> ArchiveMove:
    """
    Add a line to the ledger of a person's paper archive: held, sent, received or returned, where and how.

    Refuses ArchiveNowhere (no holder named), NoSuchPerson. Source: 退役军人安置条例, 档案转递.
    """
    if (holder is None) == (not outside.strip()):
        raise ArchiveNowhere
    key = _key_of(actor, person_id)
    line = ArchiveMove.objects.create(
        person_id=person_id,
        kind=ArchiveMove.Kind(kind),
        sealed=key.seal("archive", {"reference": reference.strip(), "note": note.strip()}),
        holder=holder,
        outside=outside.strip(),
        way=way.strip(),
        day=day,
        noted_at=now,
        noted_by=actor.reference,
    )
    fact = events.ArchiveMoved(archive_move_id=line.pk, person_id=person_id, move=line.kind, day=day)
    publish(fact, actor=actor, at=now)
    return line


@writes
def review_arrival(*, person_id: UUID, state: str, actor: Actor, now: datetime) -> Arrival:
    """
    Say how the review of an expected person stands: asked (the unit was asked for what lacks), ready, arrived.

    Refuses StillLacking (ready, but something lacks), NoSuchPerson, ChoiceUnknown. Source: S3, 退役数据预审前置.
    """
    if state not in Arrival.State.values:
        raise ChoiceUnknown(words=", ".join(Arrival.State.values))
    rows = Arrival.objects.visible_to(actor).select_for_update(of=("self",))
    arrival: Arrival | None = rows.filter(person_id=person_id).first()
    if arrival is None:
        raise NoSuchPerson
    if state == Arrival.State.READY and arrival.lacking:
        raise StillLacking(count=len(arrival.lacking))
    arrival.state, arrival.reviewed_at = Arrival.State(state), now
    arrival.save(update_fields=["state", "reviewed_at"])
    fact = events.ArrivalReviewed(person_id=person_id, state=state, lacking=tuple(arrival.lacking))
    publish(fact, actor=actor, at=now)
    return arrival


def _key_of(actor: Actor, person_id: UUID) -> DataKey:
    rows = Person.objects.visible_to(actor).select_for_update(of=("self",)).with_keys()
    person = rows.filter(pk=person_id, forgotten_at__isnull=True).first()
    if person is None:
        raise NoSuchPerson
    return person.data_key
