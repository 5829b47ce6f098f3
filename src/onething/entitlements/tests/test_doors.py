"""The office's lists and the person's page, through their doors."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from onething.entitlements import leads, sweeps
from onething.entitlements.leads import Key
from onething.entitlements.models import Decision, Offer
from onething.entitlements.tests import people
from onething.entitlements.tests.test_offers import official
from onething.identity import services as identity
from onething.identity.tests import factories as accounts
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.looks.models import Look
from onething.registry.models import Person
from onething.registry.tests import factories

pytestmark = pytest.mark.django_db
LEADS = f"/entitlements/leads/?policy={people.POLICY}"
LINE = re.compile(r'name="line" value="(\d+)"')


@pytest.fixture(autouse=True)
def published() -> None:
    factories.load_regions()
    people.publish()


@pytest.fixture
def soldier() -> Person:
    person = people.person(serial=1)
    sweeps.decide_everybody(clock.day_of(clock.now()))
    return person


@pytest.fixture
def desk(client: Client) -> Client:
    return _desk(client)


def _desk(client: Client, role: str = "clerk", region: str = people.COUNTY) -> Client:
    account = accounts.with_app(accounts.clerk(f"{role}.{region}"))
    accounts.post(account, role, region=region)
    return accounts.enter(client, account)


def _home(person: Person) -> Client:
    account = identity.open_account(person=person, actor=SYSTEM, now=clock.now())
    return accounts.enter(Client(), account)


def test_from_the_list_over_a_preview_to_the_answer(desk: Client, soldier: Person) -> None:
    listed = desk.get(LEADS).content.decode()
    lines = LINE.findall(listed)
    assert len(lines) == 1
    assert "年满60周岁农村籍退役士兵老年生活补助" in listed
    assert "贺长平" not in listed  # names are masked in lists
    before = desk.post(reverse("entitlements:preview"), {"line": lines})
    assert before.status_code == 200
    assert not Offer.objects.exists()
    done = desk.post(reverse("entitlements:make_offers"), {"line": lines})
    assert done.status_code == 200
    assert LINE.findall(desk.get(LEADS).content.decode()) == []
    own = _home(soldier)
    address = reverse("entitlements:offer", args=[Offer.objects.get().pk])
    assert address in own.get("/").content.decode()
    assert "要，我想办" in own.get(address).content.decode()
    assert own.post(address, {"answer": "accepted"}).status_code == 302
    assert "您答复了要" in own.get(address).content.decode()
    to_do = desk.get(reverse("entitlements:offers")).content.decode()
    assert "答复要" in to_do
    assert desk.post(reverse("entitlements:settle", args=[Offer.objects.get().pk])).status_code == 302
    assert "答复要" not in desk.get(reverse("entitlements:offers")).content.decode()


def test_another_county_and_another_person_see_nothing(client: Client, soldier: Person) -> None:
    (line,) = Decision.objects.filter(policy=people.POLICY).values_list("pk", flat=True)
    other = _desk(client, region=people.NEIGHBOUR)
    assert LINE.findall(other.get(LEADS).content.decode()) == []
    assert other.post(reverse("entitlements:preview"), {"line": [line]}).status_code == 404
    assert other.post(reverse("entitlements:make_offers"), {"line": [line]}).status_code == 404
    _desk(here := Client())
    here.post(reverse("entitlements:make_offers"), {"line": [line]})
    offer = Offer.objects.get()
    address = reverse("entitlements:offer", args=[offer.pk])
    stranger = _home(people.person(serial=2))
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"answer": "accepted"}).status_code == 404
    assert other.post(reverse("entitlements:settle", args=[offer.pk])).status_code == 404
    assert Offer.objects.get().state == "open"


def test_a_supervisor_reads_and_offers_nothing(client: Client, soldier: Person) -> None:
    supervisor = _desk(client, "supervisor")
    assert supervisor.get(LEADS).status_code == 200
    assert LINE.findall(supervisor.get(LEADS).content.decode()) == []  # no boxes to mark
    assert supervisor.post(reverse("entitlements:make_offers"), {"line": ["1"]}).status_code == 403


def test_a_look_at_the_list_is_noted_with_its_purpose(desk: Client, soldier: Person) -> None:
    desk.get(LEADS)
    look = Look.objects.latest("at")
    assert (look.purpose, look.way, look.person_ids) == ("entitlements", "list", [soldier.pk])


def test_filters_stand_in_the_address(desk: Client, soldier: Person) -> None:
    for given, found in (("grade=2", 1), ("grade=3", 0), ("place=990110", 1), ("place=990111", 0), ("place=x", 1)):
        assert len(LINE.findall(desk.get(f"{LEADS}&{given}").content.decode())) == found, given
    people.person(serial=2, hukou_type_at_discharge=None)
    sweeps.decide_everybody(clock.day_of(clock.now()))
    assert len(LINE.findall(desk.get(f"{LEADS}&outcome=unknown").content.decode())) == 1
    assert LINE.findall(desk.get("/entitlements/leads/?policy=zzz").content.decode()) == []


def test_impossible_facts_are_listed_by_name(desk: Client) -> None:
    odd = people.person(serial=1, discharge_date="1980-01-01")
    sweeps.decide_everybody(clock.day_of(clock.now()))
    listed = desk.get(reverse("entitlements:impossible")).content.decode()
    assert "入伍日期" in listed
    assert reverse("registry:person", args=[odd.pk]) in listed


def test_pages_follow_each_other_without_gap_or_repeat_at_the_same_cost(
    desk: Client, django_assert_max_num_queries
) -> None:
    for number in range(7):  # three pairs of equal amounts among them
        people.person(serial=number, compulsory_end=f"{1986 + number // 2}-01-15")
    sweeps.decide_everybody(clock.day_of(clock.now()))
    actor = official()
    seen: list[tuple[int, int]] = []
    after: Key | None = None
    while True:
        with django_assert_max_num_queries(8):
            page = leads.page_of(actor, leads.Ask(policy=people.POLICY, after=after), rows=2)
        seen += [(row.decision.amount or 0, row.decision.pk) for row in page.rows]
        after = Key.read(str(page.after)) if page.after else None
        if after is None:
            break
    assert seen == sorted(seen, key=lambda one: (-one[0], one[1]))
    assert len(set(seen)) == len(seen) == page.counts["eligible"] == 7
