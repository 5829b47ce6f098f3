"""What was typed is not lost when a session ends; odd characters come back as they were; stolen tokens fail."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from onething.cases import queries, services
from onething.cases.models import Draft
from onething.cases.tests import factories
from onething.cases.tests.test_portal import sign_in
from onething.identity import services as identity
from onething.identity import sessions
from onething.identity.tests.factories import enter
from onething.kernel import codes
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry import services as registry
from onething.registry.models import Person

pytestmark = pytest.mark.django_db
PHONE = "19900000001"
ODD = {
    "rare characters": "欧阳𬎆𠮷㼆",
    "right to left": "\u202eمحمد\u202c אבג",
    "script": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "template": "{{ 7*7 }}{% debug %}${7*7}",
    "emoji": "何🙂‍↔️青👨‍👩‍👧松",
    "combining": "n\u0303o\u0308 ＡＢＣ",
    "sql": "'; DROP TABLE cases_case; --",
}


@pytest.fixture
def soldier() -> Person:
    factories.regions()
    factories.connect()
    return factories.person()


@pytest.fixture
def draft(soldier: Person) -> Draft:
    return factories.draft(soldier, host_name=None)


@pytest.fixture
def citizen(soldier: Person) -> Client:
    return sign_in(Client(HTTP_REFERER="http://testserver/"), PHONE)


def page_of(draft: Draft, field: str) -> str:
    from onething.cases import forms

    return f"/matters/forms/{draft.pk}/steps/{forms.sheet_of(draft, on=factories.NOW.date()).step_of(field)}/"


def words(answer: Any) -> str:
    return str(answer.content.decode())


def rest(client: Client, hours: int) -> None:
    """Let so many hours pass over a session."""
    session = client.session
    for name in (sessions.SEEN, sessions.BEGAN):
        session[name] -= timedelta(hours=hours).total_seconds()
    session.save()


@pytest.mark.parametrize("hours", [3, 11])
def test_what_was_typed_is_there_after_signing_in_again(citizen: Client, draft: Draft, hours: int) -> None:
    there = page_of(draft, "host_name")
    rest(citizen, hours)
    sent = citizen.post(there, {"q_host_name": "欧阳𬎆", "on": "1"}, HTTP_REFERER=f"http://testserver{there}")
    assert sent.status_code == 302 and "/door/sign-in/" in sent["Location"]
    assert "host_name" not in queries.answers_of(Draft.objects.get(pk=draft.pk))
    back = sent["Location"]
    citizen.post(back, {"name": PHONE, "next": there})
    from onething.identity.tests.factories import code_sent_to

    landed = citizen.post("/door/sign-in/code/", {"code": code_sent_to(PHONE), "next": there})
    assert landed["Location"] == there
    shown = words(citizen.get(there))
    assert "欧阳𬎆" in shown and "您刚才填的还在" in shown
    assert "欧阳𬎆" not in words(citizen.get(there)), "given back once"


def test_whoever_signs_in_after_them_reads_nothing(citizen: Client, draft: Draft) -> None:
    there = page_of(draft, "host_name")
    rest(citizen, 3)
    citizen.post(there, {"q_host_name": "欧阳𬎆"})
    kept = citizen.session["typed"]
    assert "欧阳" not in str(dict(citizen.session)), "sealed in the session too"
    body = "99012319660101001"
    other = registry.register_person(
        name="魏长河", id_number=body + codes.id_check_digit(body), phone="19900000002", region=factories.REGION,
        known={}, source="invented", actor=SYSTEM, now=factories.NOW,
    )  # fmt: skip
    stranger = enter(Client(), identity.open_account(person=other, actor=SYSTEM, now=clock.now()))
    session = stranger.session
    session["typed"] = kept
    session.save()
    assert "欧阳" not in words(stranger.get(there))
    stranger.get("/matters/")
    theirs = services.start_draft(
        person_id=other.pk, release=draft.release, actor=factories.citizen(other), now=factories.NOW
    )
    assert "欧阳" not in words(stranger.get(f"/matters/forms/{theirs.pk}/questions/"))


@pytest.mark.parametrize("text", list(ODD.values()), ids=list(ODD))
def test_odd_characters_come_back_as_they_were_and_are_never_markup(citizen: Client, draft: Draft, text: str) -> None:
    there = page_of(draft, "host_name")
    citizen.post(there, {"q_host_name": text, "later": "1"})
    assert queries.answers_of(Draft.objects.get(pk=draft.pk))["host_name"] == text.strip()
    shown = words(citizen.get(there))
    assert "<script>alert" not in shown and "<img src=x" not in shown and "49" not in re.findall(r'value="(49)', shown)
    from django.utils.html import escape

    assert escape(text.strip()) in shown


WRONG = ["", " ", "x" * 5000, "\x00", "-1", "９９", "2026-02-30", "<b>", "🙂", "\u202e12", "null", "[]", "1e9", "none"]


@pytest.mark.parametrize("text", WRONG, ids=[repr(text)[:20] for text in WRONG])
def test_no_box_of_any_page_breaks_by_what_is_typed(citizen: Client, draft: Draft, text: str) -> None:
    from onething.cases import forms

    sheet = forms.sheet_of(draft, on=factories.NOW.date())
    pages = {f"/matters/forms/{draft.pk}/known/": sheet.known_questions}
    pages |= {f"/matters/forms/{draft.pk}/steps/{n}/": sheet.step(n) for n in range(1, len(sheet.steps) + 1)}
    for address, questions in pages.items():
        boxes = {f"q_{q.field.id}{part}": text for q in questions for part in ("", "_y", "_m", "_d")}
        assert citizen.post(address, {**boxes, "later": "1"}).status_code in (200, 302, 422), address
    for name in list(sheet.compiled.catalogue.fields)[:200]:
        if sheet.may_ask(name):
            posted = {"field": name, f"q_{name}": text, f"q_{name}_y": text, f"q_{name}_m": text, f"q_{name}_d": text}
            answer = citizen.post(f"/matters/forms/{draft.pk}/questions/", posted)
            assert answer.status_code in (200, 302, 422), name


def test_a_stolen_or_missing_token_saves_nothing(soldier: Person, draft: Draft) -> None:
    there = page_of(draft, "host_name")
    account = identity.open_account(person=soldier, actor=SYSTEM, now=clock.now())
    strict = enter(Client(enforce_csrf_checks=True), account)
    strict.get(there)
    for token in ("", "x" * 64, enter(Client(), account).get(there).context["csrf_token"]):
        answer = strict.post(there, {"q_host_name": "偷来的", "csrfmiddlewaretoken": str(token)})
        assert answer.status_code == 403
    assert "host_name" not in queries.answers_of(Draft.objects.get(pk=draft.pk))


def test_two_devices_go_on_from_each_other(citizen: Client, draft: Draft) -> None:
    there = page_of(draft, "host_name")
    citizen.post(there, {"q_host_name": "何守田", "later": "1"})
    assert "何守田" in words(sign_in(Client(), PHONE).get(there))


def test_saving_costs_as_many_queries_whatever_the_form_holds(
    citizen: Client, draft: Draft, django_assert_max_num_queries: Any
) -> None:
    """A bound that no number of fields moves: 95 fields are one sealed value, one row, one statement."""
    there = page_of(draft, "host_name")
    citizen.post(there, {"q_host_name": "甲", "later": "1"})
    with django_assert_max_num_queries(24):
        citizen.post(there, {"q_host_name": "乙", "later": "1"})
