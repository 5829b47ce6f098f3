"""Which counts where a register says otherwise than the person: chosen at the window, used in later orders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from onething.cases import differing, policy, queries
from onething.cases.errors import CaseClosed, NothingDiffers
from onething.cases.events import SourceChosen
from onething.cases.models import TAKEN, Case, Choice
from onething.cases.services.talking import answer_person
from onething.kernel.access import Actor
from onething.kernel.errors import Denied
from onething.plumbing.journal import publish, writes
from onething.plumbing.ui.templatetags.ui import said
from onething.registry import sealing

LANGUAGE = {"zh": "zh-hans", "en": "en"}


@writes
def choose_source(*, case: Case, field: str, takes: str, why: str, actor: Actor, now: datetime) -> None:
    """
    Let what the person says count, or what the register says, or ask the person. The newest choice counts.

    Orders that go out afterwards carry it, also when one is sent anew; those that are out show it to their desk.
    Refuses Denied, CaseNotFound, CaseClosed, NothingDiffers.
    """
    actor.must(policy.CHOOSE_SOURCE)
    if actor.account_id is None:
        raise Denied
    queries.case_for(actor, case.number)
    locked = Case.objects.select_for_update().get(pk=case.pk)
    if not locked.is_open:
        raise CaseClosed
    found = {one.field["id"]: one for one in differing.differing(locked, queries.answers_in(locked))}.get(field)
    if found is None:
        raise NothingDiffers
    made = Choice.objects.create(
        case=locked, field=field, takes=Choice.Takes(takes), why=Choice.Why(why), made_by=actor.account_id, made_at=now
    )
    _take(locked, field, found.known.value if made.takes == Choice.Takes.KNOWN else None)
    if made.takes == Choice.Takes.ASK:
        _ask(locked, found, actor, now)
    fact = SourceChosen(case_id=case.pk, field=field, takes=made.takes, why=made.why)
    publish(fact, actor=actor, at=now)


def _take(case: Case, field: str, value: Any) -> None:
    """Keep what the register says for the orders, or take it back."""
    taken = {name: kept for name, kept in differing.taken_of(case).items() if name != field}
    if value is not None:
        taken[field] = value
    case.taken = sealing.seal(case.person_id, taken, field=TAKEN) if taken else None
    case.save(update_fields=["taken"])


def mended(case: Case, fields: Iterable[str]) -> None:
    """Let what a person has mended since count again: it is newer than the choice."""
    for field in set(fields) & set(differing.taken_of(case)):
        _take(case, field, None)


def _ask(case: Case, found: differing.Differing, actor: Actor, now: datetime) -> None:
    with translation.override(LANGUAGE[case.language]):
        words = gettext("About “%(question)s”: your form and the register differ. Which is right, and since when?")
        words = words % {"question": said(found.field["label"])}
    answer_person(case=case, words=words, actor=actor, now=now)
