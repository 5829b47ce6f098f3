"""The desk, through the browser's door."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from onething.exchange.models import Order, Reply
from onething.exchange.tests.factories import COUNTY, NOW, connect, load_regions, order
from onething.identity import services as identity
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM
from onething.registry.tests.factories import organisation

pytestmark = pytest.mark.django_db


def officer(client: Client, code: str = "police-desk", role: str = "department") -> Client:
    """Sign an officer in at the desk of an organisation."""
    account = identity.open_account(username=f"{role}-{code}", actor=SYSTEM, now=NOW)
    identity.give_post(
        account=account,
        role=role,
        organisation=organisation(code),
        region=COUNTY,
        valid_from=NOW,
        actor=SYSTEM,
        now=NOW,
    )
    return enter(client, account)


@pytest.fixture
def asked() -> Order:
    load_regions()
    connect()
    return order()


def token(client: Client, one: Order) -> str:
    page = client.get(reverse("exchange:order", args=[one.pk]))
    found = re.search(r'name="token" value="([0-9a-f-]{36})"', page.content.decode())
    assert found
    return found[1]


def answer(client: Client, one: Order, **words):
    return client.post(reverse("exchange:order", args=[one.pk]), {"token": token(client, one), **words})


def test_the_desk_lists_what_waits_for_it(client: Client, asked: Order) -> None:
    text = officer(client).get(reverse("exchange:desk")).content.decode()
    assert "恢复户口" in text
    assert reverse("exchange:order", args=[asked.pk]) in text


def test_an_order_shows_what_the_matter_needs(client: Client, asked: Order) -> None:
    text = officer(client).get(reverse("exchange:order", args=[asked.pk])).content.decode()
    assert all(words in text for words in ("地址", "柳湾村 7 号", "照片", "YC2026-000014"))


def test_a_strange_desk_sees_nothing(client: Client, asked: Order) -> None:
    officer(client, "banks-desk")
    assert "恢复户口" not in client.get(reverse("exchange:desk")).content.decode()
    assert client.get(reverse("exchange:order", args=[asked.pk])).status_code == 404
    assert client.post(reverse("exchange:order", args=[asked.pk]), {"kind": "accepted"}).status_code == 404


def test_nobody_is_sent_to_sign_in(client: Client, asked: Order) -> None:
    assert client.get(reverse("exchange:desk")).status_code == 302


def test_accept_then_approve(client: Client, asked: Order) -> None:
    officer(client)
    assert answer(client, asked, kind="accepted").status_code == 302
    assert answer(client, asked, kind="approved", number="H-7", text="准予恢复").status_code == 302
    asked.refresh_from_db()
    assert (asked.state, Reply.objects.count()) == ("answered", 2)
    shown = client.get(reverse("exchange:order", args=[asked.pk])).content.decode()
    assert 'value="approved"' not in shown


def test_a_double_click_counts_once(client: Client, asked: Order) -> None:
    officer(client)
    words = {"token": token(client, asked), "kind": "approved", "text": "准予恢复"}
    codes = [client.post(reverse("exchange:order", args=[asked.pk]), words).status_code for _ in range(2)]
    assert (codes, Reply.objects.count()) == ([302, 302], 1)


def test_a_colleague_was_faster(client: Client, asked: Order) -> None:
    officer(client)
    mine = token(client, asked)
    answer(client, asked, kind="approved", text="准予恢复")
    late = client.post(
        reverse("exchange:order", args=[asked.pk]), {"token": mine, "kind": "refused", "reason": "a", "remedy": "b"}
    )
    assert late.status_code == 409


@pytest.mark.parametrize(
    "words",
    [
        {"kind": "approved"},
        {"kind": "refused", "reason": "材料不符"},
        {"kind": "refused", "remedy": "换发"},
        {"kind": "returned", "message": "照片不清"},
        {"kind": "returned", "materials": ["photo"]},
        {"kind": "returned", "message": "m", "materials": ["passport"]},
        {"kind": "progress"},
        {},
    ],
)
def test_half_an_answer_is_asked_for_again_and_nothing_is_sent(client: Client, asked: Order, words: dict) -> None:
    page = answer(officer(client), asked, **words)
    assert (page.status_code, Reply.objects.count()) == (422, 0)
    assert 'role="alert"' in page.content.decode()


def test_return_for_correction(client: Client, asked: Order) -> None:
    answer(officer(client), asked, kind="returned", message="照片不清", materials=["photo"], fields_=["address"])
    asked.refresh_from_db()
    assert asked.state == "returned"


def test_a_supervisor_sends_a_stuck_order_again(client: Client) -> None:
    load_regions()
    one = order(department="banks")
    officer(client, role="supervisor")
    assert "恢复户口" in client.get(reverse("exchange:stuck")).content.decode()
    connect("banks")
    assert client.post(reverse("exchange:send_again", args=[one.pk])).status_code == 302
    one.refresh_from_db()
    assert one.state == "waiting"


def test_an_officer_may_not_watch(client: Client, asked: Order) -> None:
    assert officer(client).get(reverse("exchange:stuck")).status_code == 403
