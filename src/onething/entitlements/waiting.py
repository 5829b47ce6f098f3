"""What answers to offers ask of the office, as rows of the queue: who wants to talk, and whose form never came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onething.catalogue import planning
from onething.entitlements import policy, queries
from onething.entitlements.models import Offer
from onething.exchange import clocks, queue
from onething.exchange.clocks import Clock
from onething.exchange.queue import Ask, Group, Item, Key
from onething.identity import queries as accounts
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.registry import queries as registry

_TITLES = {Offer.State.HUMAN: _("Wants to talk before answering"), Offer.State.ACCEPTED: _("Said yes, nothing came")}
_STEPS = {Offer.State.HUMAN: _("Ring up"), Offer.State.ACCEPTED: _("Ring up and apply together")}


@queue.source
class Answers:
    """Answers with a day by which the office has seen to them; those of a colleague once that day has come."""

    def arms(self, actor: Actor, ask: Ask) -> Mapping[Group, QuerySet[Any]]:
        """Give the answers of the actor's division by group."""
        if not actor.may(policy.MAKE_OFFER) or ask.matter or ask.number:
            return {}
        rows = Offer.objects.visible_to(actor).to_do().filter(due__isnull=False)
        mine = rows.filter(Q(owner=None) | Q(owner=actor.account_id)) if ask.is_mine else rows
        later = mine.filter(due__gt=ask.today, state=Offer.State.HUMAN)
        return {
            Group.OVERDUE: rows.filter(due__lt=ask.today),
            Group.DUE: rows.filter(due=ask.today),
            Group.NEW: later,
        }

    def items(self, actor: Actor, keys: Sequence[Key], ask: Ask) -> list[Item]:
        """Read the rows of a page: three queries."""
        places = {key.pk: key for key in keys}
        rows = list(Offer.objects.filter(pk__in=places).defer("sealed"))
        names = registry.masked_names(row.person_id for row in rows)
        owners = accounts.names_of(row.owner for row in rows if row.owner)
        titles = queries.titles(row.release_id for row in rows)
        return [
            Item(
                key=places[row.pk], kind="offer", title=_TITLES[Offer.State(row.state)],
                where=titles[row.release_id][row.policy], step=_STEPS[Offer.State(row.state)],
                address=f"{reverse('entitlements:offers')}#o{row.pk}", case_number="", person_id=row.person_id,
                person=names.get(row.person_id, ""), clock=_clock(row.answered_at, row.due, ask.now),
                holder=owners.get(row.owner, "") if row.owner else "",
            )
            for row in rows
        ]  # fmt: skip


def _clock(since: datetime, due: date, now: datetime) -> Clock:
    local = now.astimezone(clock.BEIJING)
    return clocks.read(came=clock.day_of(since), due=due, now=local, calendar=planning.calendar())
