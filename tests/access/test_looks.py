"""Reconciliation: whatever showed a person to somebody else is recorded as a look, and the person reads it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from onething.correspondence import services as correspondence
from onething.correspondence.models import Document, Notice
from onething.correspondence.tests.samples import SLIP
from onething.exchange.models import Order
from onething.identity import services as identity
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.looks.models import Look
from onething.registry.tests import factories as registry
from tests.access import world
from tests.access.paths import every_address
from tests.access.world import World, bearer

pytestmark = pytest.mark.django_db
NUMBERS_ONLY = {"/exchange/ports/": "what rests between the departments, by the number of its case; nothing about it"}
ROLES = ("clerk", "supervisor", "department", "administrator")


@pytest.fixture
def made() -> World:
    made = world.build()
    correspondence.issue_document(
        kind="slip", number="JG-2026-7K3M", person_id=made.person.pk, case_id=made.case.pk, content=SLIP,
        actor=SYSTEM, now=clock.now(),
    )  # fmt: skip
    return made


@pytest.mark.parametrize("role", ROLES)
def test_what_showed_somebody_was_noted(made: World, role: str) -> None:
    """Every address, as page and through the API: if the answer names the person or is their paper, there is a look."""
    sitting = world.seat(role, "here")
    client = sitting.client()
    shown = 0
    for address, is_api in every_address(made):
        headers = bearer(sitting.token) if is_api else {}
        before = Look.objects.count()
        answer = (Client() if is_api else client).get(address, **headers)
        if answer.status_code != 200 or not names(made, answer, by_number=address not in NUMBERS_ONLY):
            continue
        shown += 1
        looks = Look.objects.order_by("id")[before:]
        assert any(made.person.pk in look.person_ids for look in looks), f"{role} read {address}, and nothing was noted"
        assert {look.account_id for look in looks} == {sitting.account.pk}
    assert shown >= 2 or role == "administrator", "nothing was read, so nothing was tried"


def names(made: World, answer: object, *, by_number: bool) -> bool:
    """Tell whether an answer speaks of the person: by a name, a number, their case's number, or as a file."""
    content = b"".join(answer) if getattr(answer, "streaming", False) else answer.content  # type: ignore[attr-defined, call-overload]
    if answer["Content-Type"].startswith("application/pdf"):  # type: ignore[index]
        return True
    text = content.decode(errors="ignore")
    marks = made.marks if by_number else made.marks[1:]
    return any(mark and mark in text for mark in marks)


def test_the_person_reads_who_it_was_which_post_when_and_what_for(made: World) -> None:
    clerk = world.seat("clerk", "here")
    clerk.client().get(reverse("cases:desk_case", args=[made.case.number]))
    clerk.client().get(reverse("cases:desk"))
    Client().get(f"/api/v1/cases/{made.case.number}", **bearer(clerk.token))
    order = Order.objects.filter(organisation="police").first()
    assert order
    world.seat("department", "here").client().get(reverse("exchange:order", args=[order.pk]))
    own = enter(Client(headers={"accept-language": "en"}), _account_of(made))
    page = own.get(reverse("identity:looks")).content.decode()
    for words in ("Clerk at the one window", "clerk.here", "to follow your case", "in a list", "by a program",
                  "Department officer", "to work on a matter of yours"):  # fmt: skip
        assert words in page, words
    assert own.get("/door/me/").status_code == 200
    assert not Look.objects.filter(actor__startswith="citizen").exists(), "one's own are no looks"


def test_somebody_elses_looks_are_not_there(made: World) -> None:
    world.seat("clerk", "here").client().get(reverse("cases:desk_case", args=[made.case.number]))
    other = registry.person(region=world.HERE)
    account = identity.open_account(person=other, actor=SYSTEM, now=clock.now())
    page = enter(Client(headers={"accept-language": "en"}), account).get(reverse("identity:looks")).content.decode()
    assert "Nobody has looked" in page


def test_there_are_papers_to_read_here(made: World) -> None:
    assert Document.objects.exists() and Notice.objects.exists()


def _account_of(made: World) -> identity.accounts.Account:  # type: ignore[name-defined]
    return identity.open_account(person=made.person, actor=SYSTEM, now=clock.now())
