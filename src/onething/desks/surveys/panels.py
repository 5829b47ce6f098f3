"""This module's line in the workbench's menu, and what came of answers as rows of the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onething.catalogue import planning
from onething.desks.surveys import policy
from onething.desks.surveys.models import FollowUp
from onething.exchange import clocks, queue
from onething.exchange.queue import Ask, Group, Item, Key
from onething.identity import queries as accounts
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.ui.panels import menu
from onething.registry import queries as registry

menu("workbench", "surveys:surveys", _("Surveys"), icon="list", may=policy.READ_RESULTS, order=25)


@queue.source
class FollowUps:
    """Visits and cases that came of answers: in the queue of whoever does them."""

    def arms(self, actor: Actor, ask: Ask) -> Mapping[Group, QuerySet[Any]]:
        """Give the open work of the actor, or of the whole desk, by group."""
        if not actor.may(policy.TYPE_ANSWER) or ask.matter or ask.number:
            return {}
        rows = FollowUp.objects.visible_to(actor).open()
        rows = rows.filter(owner=actor.account_id) if ask.is_mine else rows
        return {
            Group.OVERDUE: rows.filter(due__lt=ask.today),
            Group.DUE: rows.filter(due=ask.today),
            Group.BEGUN: rows.filter(Q(due__gt=ask.today)),
        }

    def items(self, actor: Actor, keys: Sequence[Key], ask: Ask) -> list[Item]:
        """Read the rows of a page: three queries."""
        places = {key.pk: key for key in keys}
        rows = list(FollowUp.objects.filter(pk__in=places))
        persons = registry.masked_names(row.person_id for row in rows)
        owners = accounts.names_of(row.owner for row in rows)
        return [_item(row, places[row.pk], persons, owners, ask) for row in rows]


def _item(row: FollowUp, key: Key, persons: Mapping[Any, str], owners: Mapping[Any, str], ask: Ask) -> Item:
    is_visit = row.work == FollowUp.Work.VISIT
    return Item(
        key=key, kind="survey", title=_("Visit the person") if is_visit else _("File a case with the person"),
        where=_("Asked for in a survey"), step=_("Look"), address=reverse("surveys:wish", args=[row.answer_id]),
        case_number="", person_id=row.person_id, person=persons.get(row.person_id, ""),
        clock=clocks.read(
            came=clock.day_of(row.made_at), due=row.due, now=ask.now.astimezone(clock.BEIJING),
            calendar=planning.calendar(),
        ),
        holder=owners.get(row.owner, ""),
    )  # fmt: skip
