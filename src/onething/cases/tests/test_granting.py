"""A yes to an offer begins the one form: chosen and filled in, sent by the person, once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from onething.cases import granting, jobs, papers, queries, services
from onething.cases.models import Case, Draft
from onething.cases.tests.factories import PAPER
from onething.catalogue import queries as releases
from onething.catalogue import services as catalogue
from onething.catalogue.models import Kind, Release
from onething.entitlements import events, sweeps
from onething.entitlements import policy as may
from onething.entitlements import services as entitlements
from onething.entitlements.models import Decision, Offer
from onething.entitlements.tests import people
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing.packs import read_pack
from onething.registry import sealing
from onething.registry.models import Person
from onething.registry.tests import factories

pytestmark = pytest.mark.django_db
PLAQUE = "honour_plaque"


@pytest.fixture(autouse=True)
def published() -> None:
    factories.load_regions()
    people.publish()


@pytest.fixture
def grants() -> Release:
    return catalogue.publish_pack(pack=read_pack("national/grants"), actor=SYSTEM, now=people.NOW)


@pytest.fixture
def soldier() -> Person:
    person = people.person(serial=1)
    sweeps.decide_everybody(people.DAY)
    return person


def citizen(person: Person) -> Actor:
    rights = frozenset({may.ANSWER_OFFER, "cases.file_own"})
    return Actor(door=Door.CITIZEN, person_id=person.pk, region=people.COUNTY, permissions=rights)


def answered(person: Person, how: str = "accepted", policy: str = people.POLICY) -> Offer:
    official = Actor(
        door=Door.STAFF, account_id=uuid4(), post_id=uuid4(), region=people.COUNTY,
        permissions=frozenset({may.READ_LEADS, may.MAKE_OFFER}),
    )  # fmt: skip
    line = Decision.objects.shown().get(person=person, policy=policy)
    made = entitlements.make_offer(decision_id=line.pk, actor=official, now=people.NOW)
    return entitlements.answer_offer(offer_id=made.pk, answer=how, actor=citizen(person), now=people.NOW)


def told(offer: Offer) -> None:
    jobs.begin_form(events.OfferAccepted(offer_id=offer.pk, person_id=offer.person_id, policy=offer.policy))


def test_a_yes_begins_one_form_with_all_that_is_known(soldier: Person, grants: Release) -> None:
    offer = answered(soldier)
    told(offer)
    told(offer)
    draft = Draft.objects.get()
    assert (draft.person_id, draft.release) == (soldier.pk, grants)
    assert queries.answers_of(draft) == {granting.WANTED: [people.POLICY]}
    plan = queries.plan_of(draft, on=people.DAY)
    assert [matter["id"] for matter in plan["matters"]] == [people.POLICY]
    known = queries.known_to_the_house(draft)
    missing = {field["id"] for field in plan["form"]["fields"] if field["required"]} - known.keys()
    assert missing == {granting.WANTED, "bank_account"}
    assert not plan["open_questions"]


def test_what_is_filled_in_is_what_was_decided_with(soldier: Person, grants: Release) -> None:
    told(answered(soldier))
    known = queries.known_to_the_house(Draft.objects.get())
    book = Decision.objects.shown().get(person=soldier, policy=people.POLICY).basis
    decided = sealing.unseal(soldier.pk, bytes(book.sealed), field=entitlements.FACTS)
    assert {name: known[name] for name in decided if name in known} == {
        name: value for name, value in decided.items() if name in known
    }
    assert {"birth_date", "enlist_date", "compulsory_start", "hukou_type_at_discharge"} <= known.keys()


def test_a_second_yes_joins_the_open_form_and_after_it_begins_another(soldier: Person, grants: Release) -> None:
    told(answered(soldier))
    told(answered(soldier, policy=PLAQUE))
    draft = Draft.objects.get()
    assert queries.answers_of(draft)[granting.WANTED] == [people.POLICY, PLAQUE]
    draft = services.save_answers(draft=draft, answers={granting.WANTED: [people.POLICY]}, actor=SYSTEM, now=people.NOW)
    case = submitted(draft, soldier)
    told(Offer.objects.get(policy=PLAQUE))
    assert Draft.objects.filter(case=None).count() == 1  # beside the case that runs
    assert case.state == "running"


def submitted(draft: Draft, person: Person) -> Case:
    given = {"bank_account": "6230990000000000011", "phone": "13800000001"}
    filled = services.save_answers(draft=draft, answers=given, actor=citizen(person), now=people.NOW)
    papers.attach_to_draft(
        draft=filled, material="bank_card", content=PAPER, actor=citizen(person), now=people.NOW
    )  # fmt: skip
    case = services.submit_case(draft=filled, actor=citizen(person), now=people.NOW)
    jobs.applying.record_applications(case.pk, now=people.NOW)
    return case


def test_the_case_settles_the_offer_and_begins_nothing_again(soldier: Person, grants: Release) -> None:
    offer = answered(soldier)
    told(offer)
    case = submitted(Draft.objects.get(), soldier)
    offer.refresh_from_db()
    assert offer.settled_by == f"case:{case.pk}"
    told(offer)
    assert not Draft.objects.filter(case=None).exists()
    assert granting.case_of(offer) == case
    sweeps.decide_everybody(people.DAY + timedelta(days=1))
    assert not Decision.objects.shown().leads().filter(person=soldier, policy=people.POLICY).exists()


@pytest.mark.parametrize("how", ["declined", "human"])
def test_any_other_answer_begins_nothing(soldier: Person, grants: Release, how: str) -> None:
    told(answered(soldier, how))
    assert not Draft.objects.exists()


def test_without_a_pack_of_grants_the_office_applies(soldier: Person) -> None:
    offer = answered(soldier)
    told(offer)
    assert not Draft.objects.exists()
    assert Offer.objects.to_do().get() == offer


def test_grants_are_no_life_event_that_one_chooses(grants: Release) -> None:
    assert grants.kind == Kind.GRANTS
    assert grants not in releases.releases_for(people.COUNTY, on=people.DAY)
    assert (
        releases.grants_for(releases.policies_for(people.COUNTY, on=people.DAY), people.COUNTY, on=people.DAY) == grants
    )
