"""
What waits for the clerks as rows of the queue: what goes on only when a person looks, what persons wrote, what desks
ask; and for the desks what was answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onething.cases import concerning, policy, tallying
from onething.cases.models import Case, Concern, Question, Task, Thread
from onething.catalogue import planning
from onething.exchange import clocks, queue
from onething.exchange import policy as exchange
from onething.exchange.clocks import Clock
from onething.exchange.queue import Ask, Counter, Group, Item, Key
from onething.exchange.tallying import by_day
from onething.identity import queries as accounts
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.registry import queries as registry
from onething.registry import regions
from onething.registry.policy import in_region


@queue.source
class Concerns:
    """What goes on only when a person looks; also what a colleague handed over."""

    def arms(self, actor: Actor, ask: Ask) -> Mapping[Group, QuerySet[Any]]:
        """Give the open concerns of the actor's division by group; not those that lie with a colleague."""
        if not actor.may(policy.TAKE_UP_CONCERN) or ask.matter:
            return {}
        rows = Concern.objects.visible_to(actor).open()
        if ask.is_mine:
            rows = rows.filter(Q(taken_by=None) | Q(taken_by=actor.account_id))
        rows = rows.filter(case__number__endswith=ask.number) if ask.number else rows
        return {
            **_by_day(rows, ask),
            Group.NEW: _later(rows, ask).filter(taken_by=None),
            Group.BEGUN: _later(rows, ask).filter(taken_by__isnull=False),
        }

    def counters(self, actor: Actor, ask: Ask) -> list[Counter]:
        """Name the counters of the division's open concerns."""
        if not actor.may(policy.TAKE_UP_CONCERN) or ask.matter or not actor.region:
            return []

        def group_of(taken_by: str, day: date) -> Group | None:
            if ask.is_mine and taken_by not in ("", str(actor.account_id)):
                return None
            return by_day(day, today=ask.today, later=Group.BEGUN if taken_by else Group.NEW)

        return [Counter(tallying.CONCERNS, regions.prefix(actor.region), group_of)]

    def items(self, actor: Actor, keys: Sequence[Key], ask: Ask) -> list[Item]:
        """Read the rows of a page: three queries."""
        places = {key.pk: key for key in keys}
        rows = list(_light(Concern.objects.filter(pk__in=places)))
        titles = _titles(rows)
        names = accounts.names_of(row.taken_by for row in rows if row.taken_by)
        return [_concern(row, places[row.pk], titles, names, ask.now) for row in rows]


def _concern(
    row: Concern, key: Key, titles: Mapping[tuple[UUID, str], str], names: Mapping[UUID, str], now: datetime
) -> Item:
    return Item(
        key=key, kind="concern", title=concerning.happened(row), where=titles.get((row.case_id, row.matter), ""),
        step=_("Finish it") if row.taken_by else _("Take it up"), clock=_clock(row.since, row.due, now),
        holder=names.get(row.taken_by, "") if row.taken_by else "", **_of_case(row.case),
    )  # fmt: skip


@queue.source
class Threads:
    """What persons wrote and nobody has answered; for the clerks where the person stands."""

    def arms(self, actor: Actor, ask: Ask) -> Mapping[Group, QuerySet[Any]]:
        """Give the unanswered threads of the actor's division by group."""
        if not actor.may(policy.TALK) or ask.matter:
            return {}
        rows = Thread.objects.filter(in_region(actor, "region"), unanswered__gt=0)
        rows = rows.filter(case__number__endswith=ask.number) if ask.number else rows
        return {**_by_day(rows, ask), Group.NEW: _later(rows, ask)}

    def counters(self, actor: Actor, ask: Ask) -> list[Counter]:
        """Name the counters of the division's unanswered threads."""
        if not actor.may(policy.TALK) or ask.matter or not actor.region:
            return []

        def group_of(_cell: str, day: date) -> Group:
            return by_day(day, today=ask.today, later=Group.NEW)

        return [Counter(tallying.THREADS, regions.prefix(actor.region), group_of)]

    def items(self, actor: Actor, keys: Sequence[Key], ask: Ask) -> list[Item]:
        """Read the rows of a page: one query."""
        places = {key.pk: key for key in keys}
        return [_thread(row, places[row.pk], ask.now) for row in _light(Thread.objects.filter(pk__in=places))]


def _thread(row: Thread, key: Key, now: datetime) -> Item:
    return Item(
        key=key, kind="message", title=_("The person wrote to you"), where="", step=_("Answer"),
        clock=_clock(row.waiting_since or now, row.due, now), **_of_case(row.case),
    )  # fmt: skip


@queue.source
class Questions:
    """What departments' desks ask the window; for the clerks where the person stands."""

    def arms(self, actor: Actor, ask: Ask) -> Mapping[Group, QuerySet[Any]]:
        """Give the unanswered questions of the actor's division by group."""
        if not actor.may(policy.TALK):
            return {}
        rows = _asked_for(Question.objects.filter(in_region(actor, "region")).unanswered(), ask)
        return {**_by_day(rows, ask), Group.NEW: _later(rows, ask)}

    def items(self, actor: Actor, keys: Sequence[Key], ask: Ask) -> list[Item]:
        """Read the rows of a page: two queries."""
        places = {key.pk: key for key in keys}
        rows = list(_light(Question.objects.filter(pk__in=places)))
        titles = _titles(rows)
        return [_question(row, places[row.pk], titles, ask.now) for row in rows]


def _question(row: Question, key: Key, titles: Mapping[tuple[UUID, str], str], now: datetime) -> Item:
    item = Item(
        key=key, kind="question", title=_("A department asks you"), where=titles.get((row.case_id, row.matter), ""),
        step=_("Answer"), clock=_clock(row.asked_at, row.due, now), matter=row.matter, **_of_case(row.case),
    )  # fmt: skip
    return replace(item, address=item.address + "#questions")


@queue.source
class DeskAnswers:
    """What the window answered to a desk's questions; for the desk, until somebody there has noted it."""

    def arms(self, actor: Actor, ask: Ask) -> Mapping[Group, QuerySet[Any]]:
        """Give the answers that the actor's desk has not noted."""
        if not (actor.may(exchange.ANSWER_ORDER) and actor.organisation):
            return {}
        rows = _asked_for(Question.objects.filter(organisation=actor.organisation).to_be_read(), ask)
        mine = ask.is_mine and ask.colleagues
        return {Group.FIXED: rows.exclude(order__post_id__in=ask.colleagues) if mine else rows}

    def items(self, actor: Actor, keys: Sequence[Key], ask: Ask) -> list[Item]:
        """Read the rows of a page: two queries."""
        places = {key.pk: key for key in keys}
        rows = list(Question.objects.filter(pk__in=places).select_related("order").defer("order__sealed"))
        persons = registry.masked_names({row.order.person_id for row in rows})
        return [_desk_answer(row, places[row.pk], persons, ask.now) for row in rows]


def _desk_answer(row: Question, key: Key, persons: Mapping[UUID, str], now: datetime) -> Item:
    order = row.order
    return Item(
        key=key, kind="answer", title=_("The window answered you"), where=order.title, step=_("Read it"),
        address=reverse("exchange:order", args=[order.pk]) + "#questions", case_number=order.case_number,
        person_id=order.person_id, person=persons.get(order.person_id, ""), matter=row.matter,
        clock=_clock(row.answered_at or now, row.due, now),
    )  # fmt: skip


def _asked_for(rows: QuerySet[Question], ask: Ask) -> QuerySet[Question]:
    rows = rows.filter(matter=ask.matter) if ask.matter else rows
    return rows.filter(order__case_number__endswith=ask.number) if ask.number else rows


def _light(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("case").defer("case__plan", "case__answers")


def _of_case(case: Case) -> dict[str, Any]:
    address = reverse("cases:desk_case", args=[case.number])
    return {
        "case_number": case.number, "person_id": case.person_id, "person": case.masked_name, "address": address,
    }  # fmt: skip


def _titles(rows: Iterable[Concern | Question]) -> dict[tuple[UUID, str], str]:
    asked = Task.objects.filter(case__in={row.case_id for row in rows}, matter__in={row.matter for row in rows})
    return {(case, matter): title for case, matter, title in asked.values_list("case_id", "matter", "sheet__title")}


def _clock(since: datetime, due: date | None, now: datetime) -> Clock:
    local = now.astimezone(clock.BEIJING)
    return clocks.read(came=clock.day_of(since), due=due, now=local, calendar=planning.calendar())


def _by_day(rows: QuerySet[Any], ask: Ask) -> dict[Group, QuerySet[Any]]:
    return {Group.OVERDUE: rows.filter(due__lt=ask.today), Group.DUE: rows.filter(due=ask.today)}


def _later(rows: QuerySet[Any], ask: Ask) -> QuerySet[Any]:
    return rows.filter(Q(due__gt=ask.today) | Q(due=None))
