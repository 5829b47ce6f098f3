"""One's own file: what is known, who says so; a correction is asked for, followed, and overwrites nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from onething.cases.tests import factories
from onething.cases.tests.test_portal import sign_in
from onething.kernel.access import SYSTEM
from onething.registry import queries as registry
from onething.registry import services
from onething.registry.models import CorrectionRequest, Person

pytestmark = pytest.mark.django_db
PHONE = "19900000001"


@pytest.fixture
def soldier() -> Person:
    factories.regions()
    factories.release(factories.OFFERED)
    person = factories.person()
    services.record_statement(
        person_id=person.pk, section="service", values={"unit": "某部三连", "enlisted_on": "2016-09-01"},
        source="army:2026", actor=SYSTEM, now=factories.NOW,
    )  # fmt: skip
    services.learn_facts(
        person_id=person.pk, known={"bank_account": "6228480000000004321"}, source="bank", grade=2,
        checked_at=factories.NOW, actor=SYSTEM, now=factories.NOW,
    )  # fmt: skip
    return person


@pytest.fixture
def citizen(soldier: Person) -> Client:
    return sign_in(Client(), PHONE)


def words(answer: Any) -> str:
    return str(answer.content.decode())


def hidden(shown: str, field: str) -> dict[str, str]:
    """Read what the page would post for a field."""
    form = next(part for part in shown.split("<form") if f'name="field" value="{field}"' in part)
    return dict(re.findall(r'name="(section|match|field)" value="([^"]*)"', form))


def test_the_page_says_value_source_and_day(citizen: Client) -> None:
    shown = words(citizen.get("/registry/mine/"))
    assert "某部三连" in shown and "9月9日" in shown and "何青松" in shown
    assert "990123199905210150" not in shown and PHONE not in shown, "numbers are masked on screens"


def test_a_correction_is_taken_down_followed_and_overwrites_nothing(citizen: Client, soldier: Person) -> None:
    posted = hidden(words(citizen.get("/registry/mine/")), "unit")
    assert citizen.post("/registry/mine/", {**posted, "wanted": "某部𠮷连", "because": "证上写的"}).status_code == 302
    shown = words(citizen.get("/registry/mine/"))
    assert "某部𠮷连" in shown and "某部三连" in shown
    asked = CorrectionRequest.objects.get()
    services.answer_correction(
        correction_id=asked.pk, is_accepted=False, answer="证上是三连", actor=SYSTEM, now=factories.NOW
    )
    assert "证上是三连" in words(citizen.get("/registry/mine/"))
    assert registry.person_file(SYSTEM, soldier.pk).entries[0].fields[0].best.source == "army:2026"


def test_the_same_field_is_not_asked_for_twice_at_once(citizen: Client) -> None:
    posted = hidden(words(citizen.get("/registry/mine/")), "unit") | {"wanted": "甲"}
    citizen.post("/registry/mine/", posted)
    assert citizen.post("/registry/mine/", posted).status_code == 409


@pytest.mark.parametrize("changed", [{"section": "x"}, {"field": "x"}, {"wanted": ""}, {"wanted": "<b>\u202e🙂" * 99}])
def test_what_makes_no_sense_is_refused_in_words(citizen: Client, changed: dict[str, str]) -> None:
    posted = hidden(words(citizen.get("/registry/mine/")), "enlisted_on") | {"wanted": "2016-09-02"} | changed
    answer = citizen.post("/registry/mine/", posted)
    assert 400 <= answer.status_code < 500
    assert not CorrectionRequest.objects.exists()
