"""The orders of a desk as rows of the queue, and who at the desk has which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onething.catalogue import planning
from onething.exchange import clocks, policy, queries, queue, tallying
from onething.exchange.models import STAGE, Order, Stage
from onething.exchange.queue import Ask, Counter, Group, Item, Key
from onething.exchange.states import OPEN
from onething.identity import queries as accounts
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.registry import queries as registry

STEPS: Mapping[Stage, Promise | str] = {
    Stage.FIXED: _("Check what was mended"),
    Stage.NEW: _("Accept it"),
    Stage.BEGUN: _("Decide"),
}
_STEPS_OF: Mapping[Group, Promise | str] = {Group.WITHDRAWN: _("Note it"), Group.RETURNED: _("See what is awaited")}
_GROUPS = {Group.FIXED: Stage.FIXED, Group.NEW: Stage.NEW, Group.BEGUN: Stage.BEGUN}


def at_desk(rows: QuerySet[Order], actor: Actor, ask: Ask) -> QuerySet[Order]:
    """Keep the orders of the actor's desk, as far as the filters ask for them."""
    rows = rows.filter(organisation=actor.organisation)
    rows = rows.filter(matter=ask.matter) if ask.matter else rows
    rows = rows.filter(case_number__endswith=ask.number) if ask.number else rows
    return rows.exclude(post_id__in=ask.colleagues) if ask.is_mine and ask.colleagues else rows


@queue.source
class Orders:
    """What a desk is asked to do; also for a desk of several posts, where a post has what was routed to it."""

    def arms(self, actor: Actor, ask: Ask) -> Mapping[Group, QuerySet[Any]]:
        """Give the desk's open orders by group; for those who answer orders at a desk."""
        if not (actor.may(policy.ANSWER_ORDER) and actor.organisation):
            return {}
        rows = at_desk(Order.objects.visible_to(actor).filter(state__in=OPEN), actor, ask)
        later = rows.filter(Q(due__gt=ask.today) | Q(due__isnull=True)).annotate(stage=STAGE)
        return {
            Group.WITHDRAWN: at_desk(queries.withdrawn_orders(actor), actor, ask),
            Group.OVERDUE: rows.filter(due__lt=ask.today),
            Group.DUE: rows.filter(due=ask.today),
            **{group: later.filter(stage=stage.value) for group, stage in _GROUPS.items()},
            Group.RETURNED: at_desk(queries.returned_orders(actor), actor, ask),
        }

    def counters(self, actor: Actor, ask: Ask) -> list[Counter]:
        """Name the desk's counters: of its open orders, and of those that were withdrawn."""
        if not (actor.may(policy.ANSWER_ORDER) and actor.organisation):
            return []
        place = tallying.place_of(actor.organisation, ask.matter)
        others = ask.colleagues if ask.is_mine else frozenset()
        group_of = partial(tallying.group_of, today=ask.today, without=others)
        return [Counter(board, place, group_of) for board in tallying.BOARDS]

    def items(self, actor: Actor, keys: Sequence[Key], ask: Ask) -> list[Item]:
        """Read the rows of a page: three queries."""
        places = {key.pk: key for key in keys}
        rows = list(Order.objects.filter(pk__in=places).select_related("port").defer("sealed"))
        persons = registry.masked_names({row.person_id for row in rows})
        holders = accounts.holders({row.post_id for row in rows if row.post_id})
        return [_item(row, places[row.pk], persons, holders, clock_at=ask.now) for row in rows]


def _item(
    row: Order, key: Key, persons: Mapping[UUID, str], holders: Mapping[UUID, str], *, clock_at: datetime
) -> Item:
    read = clocks.read(
        came=clock.day_of(row.created_at), due=row.due, now=clock_at.astimezone(clock.BEIJING),
        calendar=planning.calendar(),
    )  # fmt: skip
    return Item(
        key=key, kind="order", title=row.title, where=row.port.title if row.port else row.department,
        step=_STEPS_OF.get(key.group) or STEPS[row.stage_now], address=reverse("exchange:order", args=[row.pk]),
        case_number=row.case_number, person_id=row.person_id, person=persons.get(row.person_id, ""), clock=read,
        matter=row.matter,
        holder=holders.get(row.post_id, "") if row.post_id else "", may_be_bundled=row.is_open,
    )  # fmt: skip
