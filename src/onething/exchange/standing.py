"""The standing check: what rests although it should move, and why. Reads only; one line per thing, the longest first.

Modules above add what they know (a matter at work without an order) with `@finder`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onething.exchange.delivery import LEASE
from onething.exchange.models import Circuit, DeadLetter, Department, Inbox, Order
from onething.exchange.states import OPEN, State
from onething.kernel.access import Actor
from onething.plumbing import tallies

LATE = timedelta(minutes=10)  # longer than any sweep's pause
MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """One thing that rests: what (an order's case and matter, or a port), why, since when, and who looks after it."""

    what: str
    code: str
    since: datetime
    owner: str
    case_number: str = ""

    @property
    def why(self) -> Promise | str:
        """Say the reason in a sentence."""
        return WHY.get(self.code, self.code)


WHY: dict[str, Promise | str] = {
    "not_told": _("Its term has passed and nobody was told: the sweep of every minute does not run."),
    "not_sent": _("It should have been sent and was not: no worker runs, or the sweep does not."),
    "waits_for_circuit": _("Its department does not answer; it goes out by itself as soon as the department does."),
    "not_tried": _("The department's rest is over and nobody tries it: no worker runs."),
    "unacknowledged": _("The department took it and never said that it is at it."),
    "overdue": _("The department is at it, and its day has passed."),
    "dead": _("It was given up: a person has to look and send it again."),
    "replies_unread": _("The department's replies cannot be fetched."),
    "message_buried": _("A message of the department could not be taken."),
    "job_failed": _("A job was given up after all its attempts."),
    "tally_differs": _(
        "A number on the tabs says something else than the rows: “onething tallies mend” writes it anew."
    ),
}

Finder = Callable[[Actor, datetime], Iterable[Stuck]]
_finders: list[Finder] = []


def finder(find: Finder) -> Finder:
    """Add a way of finding what is stuck."""
    _finders.append(find)
    return find


def stuck_things(actor: Actor, *, now: datetime) -> list[Stuck]:
    """Find everything that rests and that the actor may see, the longest first."""
    return sorted((one for find in _finders for one in find(actor, now)), key=lambda one: one.since)


@finder
def _orders(actor: Actor, now: datetime) -> Iterator[Stuck]:
    down = Q(port__circuit__open_until__isnull=False)
    open_ = Order.objects.visible_to(actor).filter(state__in=OPEN).select_related("port").defer("sealed")
    yield from _named(open_.filter(told_at__isnull=True, tell_by__lt=now - LATE), "not_told", "tell_by")
    unsent = open_.filter(state=State.WAITING, next_attempt_at__lt=now - LATE)
    yield from _named(unsent.exclude(down), "not_sent", "next_attempt_at")
    yield from _named(open_.filter(down, state=State.WAITING), "waits_for_circuit", "created_at")
    told = open_.filter(told_at__isnull=False)
    yield from _named(told.filter(state=State.SENT), "unacknowledged", "told_at")
    yield from _named(told.filter(state=State.ACKNOWLEDGED), "overdue", "told_at")
    yield from _named(told.filter(state=State.DEAD), "dead", "told_at")


def _named(orders: QuerySet[Order], code: str, since: str) -> Iterator[Stuck]:
    for order in orders[:MOST]:
        whose = order.port.title if order.port else order.department
        yield Stuck(
            what=f"{order.title} · {whose}", code=code, since=getattr(order, since), owner=order.owner,
            case_number=order.case_number,
        )  # fmt: skip


@finder
def _ports(actor: Actor, now: datetime) -> Iterator[Stuck]:
    ports = Department.objects.visible_to(actor).filter(is_open=True)
    idle = Q(probed_at__isnull=True) | Q(probed_at__lt=now - LEASE)
    waits = Circuit.objects.filter(idle, port__in=ports, open_until__lt=now - LATE)
    for circuit in waits.filter(port__orders__state=State.WAITING).distinct().select_related("port"):
        yield Stuck(
            what=circuit.port.title, code="not_tried", since=circuit.open_until or now, owner=circuit.port.owner
        )
    unread = Inbox.objects.filter(Q(failures__gt=3) | Q(next_at__lt=now - LATE), port__in=ports).select_related("port")
    for inbox in unread:
        since = inbox.collected_at or inbox.next_at
        yield Stuck(what=inbox.port.title, code="replies_unread", since=since, owner=inbox.port.owner)
    letters = DeadLetter.objects.visible_to(actor).filter(settled_at__isnull=True).select_related("port")
    for letter in letters[:MOST]:
        what = f"{letter.port.title}: {letter.place}"
        yield Stuck(what=what, code="message_buried", since=letter.told_at, owner=letter.owner)


_FAILED = """
SELECT j.task_name, max(e.at) FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id
WHERE j.status = 'failed' AND e.type = 'failed' AND (j.queue_name <> 'sweeps' OR e.at > %s)
GROUP BY j.id, j.task_name ORDER BY 2 LIMIT 500
"""


@finder
def _jobs(actor: Actor, now: datetime) -> Iterator[Stuck]:
    if not actor.may("exchange.connect_department"):
        return  # jobs are of no region: only those who keep the house in order see them
    with connection.cursor() as cursor:
        cursor.execute(_FAILED, [now - LATE])  # an older sweep was made good by those that came after it
        for name, since in cursor.fetchall():
            yield Stuck(what=name, code="job_failed", since=since, owner="administrator")


@finder
def _tallies(actor: Actor, now: datetime) -> Iterator[Stuck]:
    if not actor.may("exchange.connect_department"):
        return  # the counters of all divisions are compared: only for those who keep the house in order
    for one in tallies.differences()[:MOST]:
        what = f"{one.board} {one.place} {one.cell} {one.day}: {one.kept} ≠ {one.counted}"
        yield Stuck(what=what, code="tally_differs", since=now, owner="administrator")
