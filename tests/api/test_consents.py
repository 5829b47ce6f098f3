"""A portal acts for many citizens: for each only after their own code, only for hours, and never unseen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from onething.cases.models import Case
from onething.cases.tests import factories
from onething.identity import services as identity
from onething.identity.models import ApiKey, Consent
from onething.identity.tests.factories import code_sent_to, enter
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.plumbing.messages import queries as messages
from onething.registry import services as registry
from onething.registry.models import Person

pytestmark = pytest.mark.django_db

PHONE = "19900000001"


def portal_key(username: str = "portal.one") -> str:
    """Issue a key of a province's portal, as two administrators do."""
    now = clock.now()
    office = registry.open_organisation(
        code=f"office-{username}", name="云川政务门户", kind="station", region="990000000000", actor=SYSTEM, now=now
    )
    account = identity.open_account(username=username, actor=SYSTEM, now=now)
    post = identity.give_post(
        account=account, role="channel", organisation=office, region="990000000000", actor=SYSTEM, now=now,
        valid_from=now - timedelta(days=1),
    )  # fmt: skip
    return identity.issue_api_key(
        account=account, post=post, label="云川事", scopes=["identity.act_with_consent"], actor=SYSTEM, now=now
    )


def call(method: str, path: str, key: str, session: str | None = None, **body: Any) -> Any:
    headers = {"Authorization": f"Bearer {key}"} | ({"On-Behalf-Of": session} if session is not None else {})
    return Client().generic(method, f"/api/v1{path}", _json(body), content_type="application/json", headers=headers)


def _json(body: Any) -> str:
    import json

    return json.dumps(body, ensure_ascii=False) if body else ""


def let_in(key: str, person: Person) -> Any:
    wish = call("POST", "/consents", key, name=person.name, id_number=person.id_number).json()["id"]
    return call("POST", f"/consents/{wish}", key, code=code_sent_to(PHONE))


@pytest.fixture
def case() -> Case:
    return factories.case()


@pytest.fixture
def person(case: Case) -> Person:
    return Person.objects.get(pk=case.person_id)


def test_without_the_persons_code_a_portal_sees_nobody(case: Case, person: Person) -> None:
    key = portal_key()
    assert call("GET", "/cases", key).status_code == 403
    assert call("GET", f"/cases/{case.number}", key).status_code == 403
    wish = call("POST", "/consents", key, name=person.name, id_number=person.id_number).json()["id"]
    for _ in range(6):
        assert call("POST", f"/consents/{wish}", key, code="000000").status_code == 422
    assert call("POST", f"/consents/{wish}", key, code=code_sent_to(PHONE)).status_code == 422  # five tries, then none
    assert not Consent.objects.exists()


def test_with_it_the_call_is_the_persons_own_and_seen_by_them(case: Case, person: Person) -> None:
    key = portal_key()
    given = let_in(key, person)
    assert given.status_code == 201, given.content
    token = given.json()["token"]
    cases = call("GET", "/cases", key, token)
    assert [one["number"] for one in cases.json()["items"]] == [case.number]
    assert call("POST", "/me/exports", key, token).status_code == 403  # everything at once: only by the person alone
    assert call("POST", "/consents", key, token, name="何青松", id_number=person.id_number).status_code == 403
    mine = enter(Client(), person.account)
    page = mine.get("/door/looks/").content.decode()
    assert page.count("云川政务门户") >= 2  # who looked, and who was let in
    assert "通过您授权的门户" in page


def test_the_person_ends_it_and_it_ends_by_itself(case: Case, person: Person) -> None:
    key = portal_key()
    token = let_in(key, person).json()["token"]
    assert call("GET", "/cases", key, token).status_code == 200
    consent = Consent.objects.get()
    mine = enter(Client(), person.account)
    assert mine.post(f"/door/looks/consents/{consent.pk}/end/").status_code == 302
    assert call("GET", "/cases", key, token).status_code == 401
    again = let_in(key, person).json()["token"]
    Consent.objects.filter(revoked_at=None).update(
        given_at=clock.now() - timedelta(hours=3), session_until=clock.now() - timedelta(hours=1)
    )
    assert call("GET", "/cases", key, again).status_code == 401


def test_a_token_belongs_to_one_portal_and_a_portals_key_to_the_scope(case: Case, person: Person) -> None:
    one, other = portal_key(), portal_key("portal.two")
    token = let_in(one, person).json()["token"]
    assert call("GET", "/cases", other, token).status_code == 401
    assert call("GET", "/cases", one, token[:-1] + ("A" if token[-1] != "A" else "B")).status_code == 401
    assert call("GET", "/cases", one, "").status_code == 401
    ApiKey.objects.filter(account__username="portal.one").update(revoked_at=clock.now())
    assert call("GET", "/cases", one, token).status_code == 401


def test_whom_a_name_means_is_not_told_and_nothing_is_sent(case: Case, person: Person) -> None:
    key = portal_key()
    before = len(messages.outbox(channel="sms", to=PHONE, limit=50))
    told = [
        call("POST", "/consents", key, name=name, id_number=number)
        for name, number in (("何不青", person.id_number), (person.name, "990123199905210177"), ("x", "1" * 18))
    ]
    assert [one.status_code for one in told] == [202, 202, 202]
    assert len(messages.outbox(channel="sms", to=PHONE, limit=50)) == before


def test_what_was_done_through_a_portal_is_told_apart_in_the_journal(case: Case, person: Person) -> None:
    key = portal_key()
    token = let_in(key, person).json()["token"]
    assert call("POST", f"/cases/{case.number}/withdrawal", key, token, reason="不办了").status_code < 300
    done = Entry.objects.filter(kind="cases.CaseWithdrawn").get()
    assert done.actor == f"citizen:{Consent.objects.get().pk}"


def test_a_nul_in_a_name_or_an_address_is_refused_not_a_fault(case: Case, person: Person) -> None:
    """PostgreSQL keeps no NUL: whoever sends one is told so."""
    account = person.account if hasattr(person, "account") else identity.open_account(
        person=person, actor=SYSTEM, now=clock.now()
    )  # fmt: skip
    own = identity.issue_api_key(account=account, label="t", scopes=["cases.file_own"], actor=SYSTEM, now=clock.now())
    assert call("POST", "/cases/drafts", own, pack="demo\0", answers={}).status_code == 422
    assert call("POST", "/catalogue/plan", own, pack="demo\0", answers={}).status_code == 422
    assert call("GET", "/cases/%00", own).status_code == 400
