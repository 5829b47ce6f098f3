"""A world of two counties: in each a case with its papers, orders and letters, and staff of every role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client

from onething.cases import services
from onething.cases.models import Case
from onething.cases.tests import factories
from onething.correspondence import services as correspondence
from onething.desks.appointments.tests import factories as halls
from onething.desks.surveys.tests import factories as surveys
from onething.exchange.models import Order
from onething.identity import queries as door
from onething.identity import services as identity
from onething.identity.models import Account, Post
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing import clock
from onething.registry import services as registry
from onething.registry.models import Organisation, Person
from onething.registry.regions import RegionRow

HERE = factories.REGION
THERE = "990199000000"
REGIONS = {"here": HERE, "there": THERE}
LONG_AGO = timedelta(days=900)


@dataclass(frozen=True)
class Seat:
    """One member of staff with their post, and a key for programs under it."""

    account: Account
    post: Post
    token: str

    def client(self) -> Client:
        """Sit down and sign in."""
        return enter(Client(headers={"accept-language": "en"}), self.account)


@dataclass(frozen=True)
class World:
    """What there is: the case of this county, and its person."""

    case: Case
    person: Person

    @property
    def marks(self) -> tuple[str, ...]:
        """What must not be read by whom it is not meant for."""
        person = self.person
        return (self.case.number, person.masked_name, person.name, person.phone, person.id_number, str(person.pk))


def build() -> World:
    """Submit the published example in this county, write a letter, and open the county beside it."""
    case = factories.case()
    row = RegionRow(code=THERE, name="临水县", name_en="Linshui")
    registry.load_regions(rows=[row], source="invented", actor=SYSTEM, now=factories.NOW)
    correspondence.send_notice(
        person_id=case.person_id, case_id=case.pk, kind="receipt", texts={"in_app": ("收到了", "收到了您的申请")},
        actor=SYSTEM, now=factories.NOW,
    )  # fmt: skip
    Order.objects.filter(case_id=case.pk).update(organisation="police")  # all lie on one desk
    halls.book(case, halls.first_free(halls.hall(region=HERE)))
    _ask(case)
    _ask_window(case)
    with connection.cursor() as cursor:  # a worker is at work: without one the house says that it is not ready
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    return World(case, Person.objects.with_keys().get(pk=case.person_id))


def _ask_window(case: Case) -> None:
    """Let the desk ask the window about an order of the case."""
    desk = Actor(
        door=Door.STAFF, account_id=uuid4(), organisation="police", region=HERE,
        permissions=door.permissions_of("department"),
    )  # fmt: skip
    order = Order.objects.filter(case_id=case.pk).order_by("matter")[0]
    services.ask_window(order_id=order.pk, words="体检是几号？", actor=desk, now=clock.now())


def _ask(case: Case) -> None:
    """Ask the county's people in a survey; the person of the case answers and asks for somebody."""
    asked = surveys.sent(HERE)
    surveys.answer(asked, Person.objects.get(pk=case.person_id), "o1", wants=True)


def seat(role: str, where: str, *, is_over: bool = False) -> Seat:
    """Give somebody of a role a post in one of the counties; one that is over ended a second ago."""
    now = clock.now()
    name = f"{role}.{where}" + (".over" if is_over else "")
    account = identity.open_account(username=name, display_name=name, actor=SYSTEM, now=now)
    held = identity.give_post(
        account=account, role=role, organisation=_office(role, where), region=REGIONS[where],
        valid_from=now - LONG_AGO, actor=SYSTEM, now=now,
    )  # fmt: skip
    scopes = sorted(door.permissions_of(role))
    token = identity.issue_api_key(account=account, post=held, label="t", scopes=scopes, actor=SYSTEM, now=now)
    return Seat(account, held, token)


def end(one: Seat) -> None:
    """Let a post end a second ago."""
    Post.objects.filter(pk=one.post.pk).update(valid_to=clock.now() - timedelta(seconds=1))


def bearer(token: str) -> dict[str, Any]:
    """Write the header of a program."""
    return {"headers": {"authorization": f"Bearer {token}"}}


def _office(role: str, where: str) -> Organisation:
    """A department's officer sits at the desk to which this county's orders go, or at one of the other county."""
    code = "police" if (role, where) == ("department", "here") else f"office-{where}-{role}"
    known = Organisation.objects.filter(code=code).first()
    return known or registry.open_organisation(
        code=code, name=code, kind="station", region=REGIONS[where], actor=SYSTEM, now=clock.now()
    )
