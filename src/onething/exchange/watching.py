"""
The supervisor's view: what rests, who has it by name, who was told when, and whom it goes to next.

Only what is not on time stands here. What nobody looks after is counted: no post in force for its owner, here or above.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from onething.catalogue import planning
from onething.exchange import clocks, owners, queries
from onething.exchange.clocks import Clock
from onething.exchange.ladder import CLIMB_AFTER, Rung, owner_above
from onething.exchange.models import Escalation, Order
from onething.exchange.states import State
from onething.identity.models import Post
from onething.kernel.access import Actor
from onething.kernel.codes import NATION
from onething.kernel.language import Language
from onething.plumbing import clock
from onething.registry import queries as registry
from onething.registry import regions
from onething.registry.models import Region

ROWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """One order that rests: whose it is by name, who was told last and when, and who is told next and when."""

    order: Order
    person: str
    place: str
    clock: Clock
    owner: str
    names: tuple[str, ...]
    told: str
    told_at: datetime | None
    next_owner: str
    next_at: datetime | None

    @property
    def is_dead(self) -> bool:
        """Tell whether it was given up: it never reached the department."""
        return self.order.state == State.DEAD


@dataclass(frozen=True, slots=True)
class Below:
    """One division below the one that is looked at, and how much rests there."""

    region: Region
    count: int


@dataclass(frozen=True, slots=True)
class Watch:
    """What a supervisor sees of one division: rows, how many in all, what is given up, whose nobody is, and below."""

    rows: tuple[Resting, ...]
    total: int
    dead: int
    orphans: int
    below: tuple[Below, ...]
    region: str


def watch(actor: Actor, *, region: str, now: datetime, language: Language) -> Watch:
    """
    Read what rests in a division of the actor's and below; their own where another is asked for.

    The longest told first. A constant number of queries, however much rests.
    """
    here = region if _may_see(actor, region) else actor.region or NATION
    resting = queries.stuck_orders(actor).filter(region__startswith=regions.prefix(here))
    sums = list(resting.order_by().values_list("region", "owner", "state").annotate(n=Count("pk")))
    posts = _posts({owner for _region, owner, _state, _n in sums}, now)
    return Watch(
        rows=tuple(_rows(resting.select_related("port")[:ROWS], posts, now, language)),
        total=sum(n for *_rest, n in sums),
        dead=sum(n for _region, _owner, state, n in sums if state == State.DEAD),
        orphans=sum(n for _region, owner, _state, n in sums if not posts[owner]),
        below=tuple(_below(here, [(code, n) for code, _owner, _state, n in sums])),
        region=here,
    )


def _may_see(actor: Actor, region: str) -> bool:
    is_code = len(region) == 12 and region.isascii() and region.isdigit()
    return is_code and bool(actor.region) and region.startswith(regions.prefix(actor.region))


def _below(here: str, sums: Sequence[tuple[str, int]]) -> Iterable[Below]:
    for child in registry.regions_below(here):
        count = sum(n for code, n in sums if code.startswith(regions.prefix(child.code)))
        if count:
            yield Below(child, count)


def _posts(told: set[str], now: datetime) -> dict[str, tuple[str, ...]]:
    """Find who is behind each owner by name: holders of such posts in force there, else at the nearest level above."""
    roles = {owner.partition(":")[0] for owner in told}
    held: dict[tuple[str, str], list[str]] = {}
    by_id: dict[str, str] = {}
    posts = Post.objects.valid_at(now).filter(account__is_active=True)
    ids = [rest for owner in told if (rest := _id_in(owner))]
    found = posts.filter(role__in=roles) | posts.filter(pk__in=ids)
    columns = ("pk", "role", "region_id", "account__display_name", "account__username")
    for pk, role, place, shown, username in found.order_by("valid_from", "pk").values_list(*columns):
        held.setdefault((role, place), []).append(shown or username)
        by_id[str(pk)] = shown or username
    return {owner: _behind(owner, held, by_id) for owner in told}


def _behind(owner: str, held: Mapping[tuple[str, str], list[str]], by_id: Mapping[str, str]) -> tuple[str, ...]:
    role, _colon, rest = owner.partition(":")
    if rest in by_id:
        return (by_id[rest],)
    if len(rest) != 12 or not rest.isdigit():
        return ()
    return next((tuple(held[role, code]) for code in regions.upwards(rest) if (role, code) in held), ())


def _id_in(owner: str) -> UUID | None:
    try:
        return UUID(owner.partition(":")[2])
    except ValueError:
        return None


def _rows(
    found: QuerySet[Order], posts: Mapping[str, tuple[str, ...]], now: datetime, language: Language
) -> Iterable[Resting]:
    orders = list(found)
    last = _told_last(orders)
    nexts = {order.pk: _next(order, last.get(order.pk)) for order in orders}
    persons = registry.masked_names({order.person_id for order in orders})
    places = registry.region_names({order.region for order in orders})
    spoken = owners.in_words(
        {order.owner for order in orders} | {one.owner for one in last.values()} | {who for who, _at in nexts.values()},
        language,
    )
    for order in orders:
        told, (next_owner, next_at) = last.get(order.pk), nexts[order.pk]
        yield Resting(
            order=order, person=persons.get(order.person_id, ""), place=places.get(order.region, {}).get(language, ""),
            clock=clocks.read(
                came=clock.day_of(order.created_at), due=order.due, now=now.astimezone(clock.BEIJING),
                calendar=planning.calendar(),
            ),
            owner=spoken[order.owner], names=posts.get(order.owner, ()),
            told=spoken[told.owner if told else order.owner], told_at=told.told_at if told else order.told_at,
            next_owner=spoken.get(next_owner, ""), next_at=next_at,
        )  # fmt: skip


def _told_last(orders: Sequence[Order]) -> dict[UUID, Escalation]:
    """Find the last rung of each order's present term."""
    found = Escalation.objects.filter(order__in=[order.pk for order in orders]).order_by("rung", "told_at")
    terms = {order.pk: order.tell_by for order in orders}
    return {one.order_id: one for one in found if one.term == terms[one.order_id]}


def _next(order: Order, last: Escalation | None) -> tuple[str, datetime | None]:
    """Tell whom an order goes to next, and when: nobody stands above the province."""
    rung = Rung(last.rung) if last else Rung.OVERDUE
    if rung >= Rung.PROVINCE or order.told_at is None or order.state == State.RETURNED:
        return "", None
    higher = Rung(max(rung, Rung.OVERDUE) + 1)
    return owner_above(order.region, order.owner, higher), order.told_at + CLIMB_AFTER * (higher - Rung.OVERDUE)
