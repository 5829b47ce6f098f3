"""From a line of the list to an answer: the right person, once, in time; a no is respected."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from onething.correspondence.models import Notice
from onething.entitlements import errors, events, leads, policy, services, sweeps
from onething.entitlements.models import Application, Decision, Offer
from onething.entitlements.tests import people
from onething.kernel.access import Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing.journal.models import Entry
from onething.registry.models import Person
from onething.registry.tests import factories

pytestmark = pytest.mark.django_db
MAY = frozenset({policy.READ_LEADS, policy.MAKE_OFFER})


def official(region: str = people.COUNTY, may: frozenset[str] = MAY) -> Actor:
    return Actor(door=Door.STAFF, post_id=uuid4(), region=region, permissions=may)


def citizen(person: Person) -> Actor:
    may = frozenset({policy.ANSWER_OFFER})
    return Actor(door=Door.CITIZEN, account_id=uuid4(), person_id=person.pk, permissions=may)


@pytest.fixture(autouse=True)
def published() -> None:
    factories.load_regions()
    people.publish()


@pytest.fixture
def soldier() -> Person:
    person = people.person(serial=1)
    sweeps.decide_everybody(people.DAY)
    return person


def lead(person: Person) -> Decision | None:
    return Decision.objects.shown().leads().filter(person=person, policy=people.POLICY).first()


def offer(person: Person, **wishes: Any) -> Offer:
    line = Decision.objects.shown().get(person=person, policy=people.POLICY)
    return services.make_offer(**{"decision_id": line.pk, "actor": official(), "now": people.NOW} | wishes)


def answer(made: Offer, how: str, person: Person, **wishes: Any) -> Offer:
    given = {"offer_id": made.pk, "answer": how, "actor": citizen(person), "now": people.NOW}
    return services.answer_offer(**given | wishes)


def kinds() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="entitlements.").order_by("pk").values_list("kind", flat=True))


def test_an_offer_is_written_to_the_person_and_leaves_the_list(soldier: Person) -> None:
    made = offer(soldier)
    assert lead(soldier) is None
    letters = {one.channel: one.text for one in Notice.objects.filter(person=soldier)}
    assert "年满60周岁农村籍退役士兵老年生活补助" in letters["in_app"][1]
    assert f"/entitlements/offers/{made.pk}/" in letters["in_app"][1]
    for secret in ("60", "退役", "补助", "贺", "农村", "¥"):
        assert secret not in "".join(letters["sms"])
    assert kinds()[-1] == "entitlements.OfferMade"


def test_it_is_offered_once(soldier: Person) -> None:
    offer(soldier)
    with pytest.raises(errors.AlreadyOffered):
        offer(soldier)
    with pytest.raises(IntegrityError), transaction.atomic():
        first = Offer.objects.get()
        first.pk, first.terms = uuid4(), "0" * 32
        first._state.adding = True
        first.save()
    assert Notice.objects.filter(person=soldier, channel="sms").count() == 1


def test_an_official_of_elsewhere_or_without_the_right_offers_nothing(soldier: Person) -> None:
    with pytest.raises(errors.LeadGone):
        offer(soldier, actor=official(people.NEIGHBOUR))
    with pytest.raises(Denied):
        offer(soldier, actor=official(may=frozenset({policy.READ_LEADS})))
    assert not Offer.objects.exists()


def test_a_line_of_an_older_list_is_gone(soldier: Person) -> None:
    old = Decision.objects.get(person=soldier, policy=people.POLICY).pk
    sweeps.decide_everybody(people.DAY + timedelta(days=1))
    with pytest.raises(errors.LeadGone):
        offer(soldier, decision_id=old)


@pytest.mark.parametrize(("how", "fact"), [("accepted", events.OfferAccepted), ("human", events.HumanWanted)])
def test_what_an_answer_asks_of_the_office_is_done_once(soldier: Person, how: str, fact: Any) -> None:
    made = offer(soldier)
    answer(made, how, soldier)
    assert kinds()[-1] == f"entitlements.{fact.__name__}"
    (line,) = leads.offers(official(), state="to_do", now=people.NOW)
    assert (line.offer.pk, line.is_to_do) == (made.pk, True)
    assert leads.to_do(official(people.NEIGHBOUR)) == 0
    services.settle_offer(offer_id=made.pk, actor=official(), now=people.NOW)
    assert leads.to_do(official()) == 0
    with pytest.raises(errors.NothingToSettle):
        services.settle_offer(offer_id=made.pk, actor=official(), now=people.NOW)


def test_the_same_answer_again_changes_nothing_and_another_is_refused(soldier: Person) -> None:
    made = offer(soldier)
    answer(made, "accepted", soldier)
    told = kinds()
    answer(made, "accepted", soldier, now=people.NOW + timedelta(minutes=1))
    assert kinds() == told
    assert Offer.objects.get().answered_at == people.NOW
    with pytest.raises(errors.OfferAnswered):
        answer(made, "declined", soldier)


def test_nobody_else_answers_and_nobody_answers_late(soldier: Person) -> None:
    made = offer(soldier)
    other = people.person(serial=2)
    for stranger in (citizen(other), official()):
        with pytest.raises((errors.OfferNotFound, Denied)):
            services.answer_offer(offer_id=made.pk, answer="accepted", actor=stranger, now=people.NOW)
    last = people.NOW + timedelta(days=60)
    with pytest.raises(errors.OfferLapsed):
        answer(made, "accepted", soldier, now=last + timedelta(days=1))
    with pytest.raises(errors.AnswerUnknown):
        answer(made, "open", soldier)
    assert answer(made, "accepted", soldier, now=last).state == "accepted"


def test_a_no_is_respected_until_what_is_offered_changes(soldier: Person) -> None:
    answer(offer(soldier), "declined", soldier)
    sweeps.decide_everybody(people.DAY + timedelta(days=40))
    assert lead(soldier) is None
    with pytest.raises(errors.AlreadyOffered):
        offer(soldier)
    better = copy.deepcopy(people.content())
    better["policies"][people.POLICY]["words"]["zh"] = "说得更清楚的一句话。"
    people.publish(6, better)
    sweeps.decide_everybody(people.DAY + timedelta(days=41))
    assert lead(soldier) is None  # better words are no new offer
    people.publish(7, raised())
    sweeps.decide_everybody(people.DAY + timedelta(days=42))
    assert lead(soldier) is not None
    assert offer(soldier).amount == 4 * 7000


def raised() -> dict[str, Any]:
    content = copy.deepcopy(people.content())
    figures = content["standards"]["rural_veteran_monthly"]["values"]
    newest = max((one for one in figures if not one.get("region")), key=lambda one: str(one["from"]))
    newest["value"] = 7000
    return content


def test_who_has_applied_is_not_asked(soldier: Person) -> None:
    open_offer = offer(soldier)
    given = {"case_id": uuid4(), "region": people.COUNTY, "matters": [people.POLICY, "report_in"], "now": people.NOW}
    services.record_applications(person_id=soldier.pk, **given)
    services.record_applications(person_id=soldier.pk, **given)
    assert list(Application.objects.values_list("policy", flat=True)) == [people.POLICY]
    assert Offer.objects.get(pk=open_offer.pk).state == "accepted"
    assert leads.to_do(official()) == 0
    other = people.person(serial=2)
    sweeps.decide_everybody(people.DAY)
    assert lead(other) is not None
    services.record_applications(person_id=other.pk, **given)
    assert lead(other) is None
    with pytest.raises(errors.AppliedAlready):
        offer(other)
