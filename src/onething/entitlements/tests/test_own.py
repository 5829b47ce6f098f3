"""What I get, what is under way, what is due and was never asked for: one's own page says what the list says."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from onething.entitlements import own, services, sweeps
from onething.entitlements.models import Decision
from onething.entitlements.tests import people
from onething.entitlements.tests.test_doors import _home
from onething.entitlements.tests.test_offers import citizen, offer
from onething.registry.models import Person
from onething.registry.tests import factories

pytestmark = pytest.mark.django_db
MINE = "/entitlements/mine/"


@pytest.fixture(autouse=True)
def published() -> None:
    factories.load_regions()
    people.publish()


def page_of(person: Person) -> own.Own:
    return own.own_page(citizen(person), person.pk, now=people.NOW)


def test_what_is_due_is_what_the_night_finds() -> None:
    soldier = people.person(serial=1)
    sweeps.decide_everybody(people.DAY)
    found = page_of(soldier)
    leads = Decision.objects.shown().leads().filter(person=soldier)
    said = {(line.policy.id, line.decision.amount, line.decision.start) for line in found.due}
    assert said == {(one.policy, one.amount, one.start) for one in leads if one.outcome != "unknown"}
    assert people.POLICY in {name for name, _amount, _start in said}
    assert not found.received and not found.under_way


def test_what_one_gets_stands_first_with_its_amount_and_since_when() -> None:
    soldier = people.person(serial=1, benefits_received=[people.POLICY, "merit_bonus", "honour_plaque"])
    found = page_of(soldier)
    mine = {one.title.en: one for one in found.received}
    allowance = mine["Living allowance for rural ex-soldiers of 60"]
    assert allowance.line is not None and allowance.line.decision.amount == 4 * 6000
    assert str(allowance.since) == "2026-04-01"
    assert allowance.is_paid_on
    plaque = mine["The household has its plaque"]
    assert plaque.line is not None and not plaque.is_paid_on  # that one hangs already speaks for it, not against it
    assert mine["Bonus for merit"].line is None  # by the rules it would not be due: said aloud
    assert people.POLICY not in {line.policy.id for line in (*found.due, *found.not_now)}


def test_who_applied_sees_it_under_way_and_whose_offer_waits_is_led_to_it() -> None:
    soldier = people.person(serial=1)
    sweeps.decide_everybody(people.DAY)
    made = offer(soldier)
    assert page_of(soldier).offers == {people.POLICY: made.pk}
    given = {"case_id": uuid4(), "region": people.COUNTY, "matters": [people.POLICY], "now": people.NOW}
    services.record_applications(person_id=soldier.pk, **given)
    found = page_of(soldier)
    assert [one.application.policy for one in found.under_way] == [people.POLICY]
    assert people.POLICY not in {line.policy.id for line in found.due}


def test_why_not_and_from_when() -> None:
    younger = people.person("1967-01-15", serial=1)
    (line,) = [one for one in page_of(younger).not_now if one.policy.id == people.POLICY]
    assert str(line.later) == "2027-01-15" and line.is_certain
    assert [one.condition.id for one in line.reasons if one.stands_against] == ["age_60"]


def test_facts_that_cannot_be_decide_nothing() -> None:
    odd = people.person(serial=1, discharge_date="1980-01-01")
    found = page_of(odd)
    assert found.impossible and not found.due


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_in_both_languages(language: str) -> None:
    soldier = people.person(serial=1, benefits_received=["honour_plaque", people.POLICY])
    home = _home(soldier)
    home.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    read = home.get(MINE)
    assert read.status_code == 200
    words = {
        "zh-hans": ("我领的待遇", "年满60周岁", "还没有记录发放"),
        "en": ("What I get", "rural ex-soldiers", "next"),
    }
    text = read.content.decode()
    assert all(word.lower() in text.lower() for word in words[language])


def test_nobody_sees_it_without_signing_in() -> None:
    assert Client().get(MINE).status_code in (302, 401, 403)
