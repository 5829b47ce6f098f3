"""Reading what comes after a case's end: how it was rated, who rings up, what was objected to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from onething.cases import policy, queries, ways_of
from onething.cases.errors import NothingToObject
from onething.cases.models import CallBack, Case, Objection, Rating, Task
from onething.cases.states import TaskState
from onething.catalogue import planning
from onething.identity import queries as accounts
from onething.identity.models import Post
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.registry import regions

LEVELS = (
    (5, gettext_lazy("Very content")),
    (4, gettext_lazy("Content")),
    (3, gettext_lazy("By and large content")),
    (2, gettext_lazy("Not content")),
    (1, gettext_lazy("Not content at all")),
)
"""The five levels of 好差评, in the State Council's words."""


def rating_of(actor: Actor, case: Case) -> Rating | None:
    """Find how a case was rated, with the call that followed."""
    found: Rating | None = (
        Rating.objects.visible_to(actor).filter(case=case).select_related("case", "call_back__case").first()
    )
    return found


def post_for_calls(region: str, *, rung: int, now: datetime) -> UUID | None:
    """
    Find whose call it is: the longest-serving post that rings people up, at the nearest level that has one.

    Each rung is one such level higher; above the last it stays with the last.
    """
    roles = [role for role in accounts.roles() if policy.CALL_BACK in accounts.permissions_of(role)]
    upwards = regions.upwards(region)
    posts = Post.objects.valid_at(now).filter(role__in=roles, region_id__in=upwards, account__is_active=True)
    first: dict[str, UUID] = {}
    for place, pk in posts.order_by("valid_from", "pk").values_list("region_id", "pk"):
        first.setdefault(place, pk)
    ladder = [first[place] for place in upwards if place in first]
    return ladder[min(rung, len(ladder) - 1)] if ladder else None


@dataclass(frozen=True, slots=True)
class Call:
    """One call to make or made: what was said, whose it is, and whether its day has passed."""

    order: CallBack
    owner: str
    is_mine: bool
    is_late: bool


def calls(actor: Actor, *, today: date, done: bool = False) -> list[Call]:
    """List the calls of one's division: those to make, the earliest day first, or the last hundred made."""
    found = CallBack.objects.visible_to(actor).filter(done_at__isnull=not done).select_related("case", "rating__case")
    orders = list(found.order_by("-done_at" if done else "due", "pk")[:100])
    posts = Post.objects.filter(pk__in={order.post_id for order in orders}).select_related("organisation", "account")
    owners = {post.pk: f"{post.organisation.name} {post.account.display_name}".strip() for post in posts}
    return [
        Call(order, owners.get(order.post_id, ""), order.post_id == actor.post_id, not done and order.due < today)
        for order in orders
    ]


# objections


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision one can object to: its matter, the organ, and the term with its proof."""

    matter: str
    title: Mapping[str, str]
    reason: str
    where: Mapping[str, str]
    way: Mapping[str, str]
    source: str
    term: Mapping[str, Any]
    until: date | None
    others: tuple[Mapping[str, Any], ...]


def decision(actor: Actor, number: str, matter: str) -> tuple[Case, Decision]:
    """Find a refused matter of a case, and how its refusal is objected to. Refuses CaseNotFound, NothingToObject."""
    case = queries.case_for(actor, number)
    task = case.tasks.filter(matter=matter, state=TaskState.REFUSED).first()
    ways = [way for _name, way in ways_of.chosen(case, matter)]
    if task is None or not ways:
        raise NothingToObject
    return case, _decision(case, task, ways)


def _decision(case: Case, task: Task, ways: Sequence[Mapping[str, Any]]) -> Decision:
    """The first way is the one we bring it on; the person is told of the others."""
    way, *others = ways
    learned = clock.day_of(task.ended_at or case.submitted_at)
    until = ways_of.until(way, learned)
    term = {name: way[name] for name in ("days", "months", "where") if name in way}
    term |= {"learned": learned.isoformat(), "until": until.isoformat() if until else None,
             "calendar": planning.calendar().version}  # fmt: skip
    return Decision(
        matter=task.matter,
        title=next(m["title"] for m in case.plan["matters"] if m["id"] == task.matter),
        reason=task.reason,
        where=way["where"],
        way=way["title"],
        source=way["source"],
        term=term,
        until=until,
        others=tuple({**other, "until": ways_of.until(other, learned)} for other in others),
    )


def objection_to(actor: Actor, case: Case, matter: str) -> Objection | None:
    """Find the objection to a decision that is being written or was sent; a withdrawn one is no more."""
    open_one = Objection.objects.visible_to(actor).filter(case=case, matter=matter).select_related("case")
    found: Objection | None = open_one.exclude(state=Objection.State.WITHDRAWN).first()
    return found


def objections_of(actor: Actor, case: Case) -> list[Objection]:
    """List what was objected to in a case and sent, the earliest first; what is still being written is the person's."""
    sent = Objection.objects.visible_to(actor).filter(case=case).exclude(state=Objection.State.DRAFT)
    return list(sent.select_related("case").order_by("lodged_at"))
