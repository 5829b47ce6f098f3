"""Closing one's account: a code to the phone, nothing open, and two people before anything is destroyed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onething.cases import services as cases
from onething.cases.models import Case
from onething.cases.tests import factories
from onething.cases.tests.test_portal import code_sent_to, sign_in
from onething.identity import services
from onething.identity.errors import ClosingCodeRefused, NoSuchErasure, NotYourOwn, SameEyes, StillOpen, TooManyTries
from onething.identity.models import Account, ErasureRequest
from onething.identity.policy import ANSWER_ERASURE
from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.errors import Denied, Refusal
from onething.registry.models import Person, PersonKey
from onething.registry.policy import FORGET_PERSON

pytestmark = pytest.mark.django_db
NOW = factories.NOW
PHONE = "19900000001"
PAGE = "/door/me/close/"


@pytest.fixture
def account() -> Account:
    factories.regions()
    factories.release(factories.OFFERED)
    return services.open_account(person=factories.person(), actor=SYSTEM, now=NOW)


def owner(account: Account) -> Actor:
    return Actor(door=Door.CITIZEN, person_id=account.person_id, account_id=account.pk, region=factories.REGION)


def clerk(*permissions: str, region: str = factories.REGION) -> Actor:
    may = frozenset(permissions or (ANSWER_ERASURE,))
    return Actor(door=Door.STAFF, account_id=uuid4(), post_id=uuid4(), region=region, permissions=may)


def code_sent() -> str:
    return code_sent_to(PHONE)


def closed(account: Account) -> ErasureRequest:
    digest = services.send_closing_code(actor=owner(account), now=NOW)
    return services.close_own_account(code=code_sent(), digest=digest, sent_at=NOW, actor=owner(account), now=NOW)


def test_it_closes_and_asks_a_clerk(account: Account) -> None:
    asked = closed(account)
    assert not Account.objects.get(pk=account.pk).is_active
    assert asked.state == "asked" and PersonKey.objects.filter(person=account.person_id).exists()


def test_a_second_time_there_is_nothing_to_close(account: Account) -> None:
    closed(account)
    with pytest.raises(Refusal):
        closed(account)
    assert ErasureRequest.objects.count() == 1


def test_a_wrong_an_old_and_a_guessed_code_close_nothing(account: Account) -> None:
    mine = owner(account)
    digest = services.send_closing_code(actor=mine, now=NOW)
    late = {"code": code_sent(), "now": NOW + timedelta(minutes=5)}
    wrong = {"code": f"{(int(code_sent()) + 1) % 10**6:06d}", "now": NOW}
    for given in (late, wrong):
        with pytest.raises(ClosingCodeRefused):
            services.close_own_account(digest=digest, sent_at=NOW, actor=mine, **given)  # type: ignore[arg-type]
    for _ in range(3):
        with pytest.raises(ClosingCodeRefused):
            services.close_own_account(digest=digest, sent_at=NOW, actor=mine, **wrong)  # type: ignore[arg-type]
    with pytest.raises(TooManyTries):
        services.close_own_account(digest=digest, sent_at=NOW, actor=mine, code=code_sent(), now=NOW)
    assert Account.objects.get(pk=account.pk).is_active


@pytest.mark.parametrize("door", [Door.HELPER, Door.STAFF, Door.SYSTEM, Door.DEPARTMENT])
def test_nobody_closes_somebody_elses(account: Account, door: Door) -> None:
    with pytest.raises(NotYourOwn):
        services.send_closing_code(actor=Actor(door=door, person_id=account.person_id, account_id=uuid4()), now=NOW)


def test_an_open_case_comes_first() -> None:
    case: Case = factories.case()
    person = Person.objects.get(pk=case.person_id)
    account = services.open_account(person=person, actor=SYSTEM, now=NOW)
    with pytest.raises(StillOpen):
        services.send_closing_code(actor=owner(account), now=NOW)
    cases.withdraw_case(case=case, actor=factories.citizen(person), now=NOW)
    assert closed(account).state == "asked"


def test_the_page_leads_through_and_signs_out() -> None:
    factories.regions()
    factories.release(factories.OFFERED)
    factories.person()
    here, elsewhere = sign_in(Client(), "19900000001"), sign_in(Client(), "19900000001")
    shown: Any = here.get(PAGE)
    assert "不能再登录" in shown.content.decode() and "第四十七条" in shown.content.decode()
    assert here.post(PAGE, {"does": "close", "code": "000000"}).status_code == 422, "no code was sent yet"
    assert here.post(PAGE, {"does": "send"}).status_code == 302
    done = here.post(PAGE, {"does": "close", "code": code_sent()})
    assert "账号已经注销" in done.content.decode()
    assert ErasureRequest.objects.get().title in done.content.decode()
    assert here.get("/registry/mine/").status_code in (302, 403)
    assert elsewhere.get("/registry/mine/").status_code in (302, 403)
    again = Client()
    again.post("/door/sign-in/", {"name": "19900000001"})
    refused = again.post("/door/sign-in/code/", {"code": code_sent()})
    assert refused.status_code == 422, "who closed their account does not come in again"


def test_a_duty_to_keep_is_answered_in_words(account: Account) -> None:
    asked = closed(account)
    services.keep_data(erasure_id=asked.pk, because="档案法，保存三十年", actor=clerk(), now=NOW)
    asked.refresh_from_db()
    assert asked.state == "kept" and "三十年".encode() not in bytes(asked.sealed_answer or b"")
    with pytest.raises(NoSuchErasure):
        services.keep_data(erasure_id=asked.pk, because="再答一次", actor=clerk(), now=NOW)


def test_destroying_takes_two(account: Account) -> None:
    asked, first = closed(account), clerk(ANSWER_ERASURE, FORGET_PERSON)
    proposal = services.propose_erasure(erasure_id=asked.pk, reason="没有案卷", actor=first, now=NOW)
    with pytest.raises(SameEyes):
        services.approve(proposal_id=proposal.pk, actor=first, now=NOW)
    assert PersonKey.objects.filter(person=account.person_id).exists()
    services.approve(proposal_id=proposal.pk, actor=clerk(ANSWER_ERASURE, FORGET_PERSON), now=NOW)
    asked.refresh_from_db()
    assert asked.state == "erased" and not PersonKey.objects.filter(person=account.person_id).exists()


def test_another_county_and_another_role_decide_nothing(account: Account) -> None:
    asked = closed(account)
    with pytest.raises(NoSuchErasure):
        services.keep_data(erasure_id=asked.pk, because="x", actor=clerk(region="990124000000"), now=NOW)
    with pytest.raises(Denied):
        services.keep_data(erasure_id=asked.pk, because="x", actor=clerk("cases.read_case"), now=NOW)
