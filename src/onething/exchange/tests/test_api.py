"""The door for departments' systems: what passes, and every way it is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from onething.exchange import messages
from onething.exchange.models import Department, Order, Reply
from onething.exchange.tests.factories import connect, envelope, load_regions, order, signed
from onething.kernel.envelopes import Envelope
from onething.kernel.signing import SigningKey
from onething.plumbing import clock

pytestmark = [pytest.mark.django_db, pytest.mark.urls("onething.exchange.tests.urls")]

ADDRESS = "/api/v1/exchange/replies"
STRANGER = SigningKey.from_seed(b"a key that nobody agreed to ....")


@pytest.fixture
def police() -> Department:
    load_regions()
    return connect("police", "http", address="https://gat.example.gov.cn/orders")


@pytest.fixture
def asked(police: Department) -> Order:
    return order()


def post(client: Client, message: Envelope, headers: dict[str, str], body: bytes | None = None):
    content = message.to_bytes() if body is None else body
    plain = {name: value for name, value in headers.items() if name != "content-type"}
    return client.post(ADDRESS, content, content_type=headers["content-type"], headers=plain)


def send(client: Client, message: Envelope, department: Department, **more):
    return post(client, message, signed(message, department, clock.now(), **more))


def test_a_signed_reply_is_taken(client: Client, police: Department, asked: Order) -> None:
    answer = send(client, envelope(asked, police), police)
    reply = Reply.objects.get()
    assert (answer.status_code, answer.json()) == (202, {"receipt": str(reply.pk), "disposition": "applied"})
    assert reply.actor == "department:police"


def test_a_duplicate_is_taken_too(client: Client, police: Department, asked: Order) -> None:
    message = envelope(asked, police)
    first, second = send(client, message, police), send(client, message, police)
    assert (second.status_code, second.json()) == (202, first.json())
    assert Reply.objects.get().deliveries == 2


def test_an_unknown_signature_is_refused(client: Client, police: Department, asked: Order) -> None:
    answer = send(client, envelope(asked, police), police, key=STRANGER)
    assert (answer.status_code, answer["content-type"]) == (401, "application/problem+json")
    assert answer.json()["type"] == "urn:onething:problem:signature_wrong"
    assert not Reply.objects.exists()


def test_a_signed_message_cannot_be_changed(client: Client, police: Department, asked: Order) -> None:
    message = envelope(asked, police, kind="refused")
    headers = signed(message, police, clock.now())
    answer = post(client, message, headers, message.to_bytes().replace(b"refused", b"approved"))
    assert answer.status_code == 401


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_or_early_message_is_refused(client: Client, police: Department, asked: Order, minutes: int) -> None:
    message = envelope(asked, police)
    answer = post(client, message, signed(message, police, clock.now() + timedelta(minutes=minutes)))
    assert answer.json()["type"] == "urn:onething:problem:signature_stale"


def test_an_unsigned_message_is_refused(client: Client, police: Department, asked: Order) -> None:
    message = envelope(asked, police)
    answer = post(client, message, {"content-type": "application/cloudevents+json"})
    assert answer.status_code == 401


def test_another_departments_order_is_not_there(client: Client, police: Department, asked: Order) -> None:
    banks = connect("banks", "http", address="https://banks.example.gov.cn/orders")
    there = send(client, envelope(asked, banks), banks)
    nowhere = send(client, envelope(asked, banks, subject="00000000-0000-4000-8000-000000000000"), banks)
    assert (there.status_code, there.json()) == (404, nowhere.json())
    assert not Reply.objects.exists()


def test_one_department_cannot_speak_as_another(client: Client, police: Department, asked: Order) -> None:
    banks = connect("banks", "http", address="https://banks.example.gov.cn/orders")
    message = envelope(asked, police)
    assert post(client, message, signed(message, banks, clock.now())).status_code == 401


def test_a_department_with_its_own_key_is_held_to_it(client: Client, police: Department, asked: Order) -> None:
    connect("police", "http", address="https://gat.example.gov.cn/orders", public_key=STRANGER.public.text)
    assert send(client, envelope(asked, police), police).status_code == 401
    assert send(client, envelope(asked, police), police, key=STRANGER).status_code == 202


def test_an_unknown_department_is_refused(client: Client, police: Department, asked: Order) -> None:
    for source in ("urn:onething:department:banks:990000000000", "police", "urn:onething:department::"):
        assert send(client, envelope(asked, police, source=source), police).status_code == 401


def test_a_message_that_is_too_large_is_refused_before_it_is_read(client: Client, police: Department) -> None:
    answer = client.post(ADDRESS, b"x" * (messages.LARGEST_WITH_FILE + 1), content_type="application/cloudevents+json")
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:onething:problem:message_too_large")


@pytest.mark.parametrize(
    "more",
    [
        {"type": "org.onething.order.v1"},
        {"subject": "first"},
        {"id": "x" * 121},
        {"data": {}},
        {"data": {"kind": "perhaps"}},
        {"data": {"kind": ["approved"]}},
        {"data": {"kind": "approved", "round": 0}},
        {"data": {"kind": "approved", "round": True}},
        {"data": {"kind": "approved", "round": "1"}},
        {"data": {"kind": "approved", "result": []}},
        {"data": {"kind": "approved", "result": [1]}},
        {"data": {"kind": "refused", "reason": "no"}},
        {"data": {"kind": "refused", "reason": 1, "remedy": "x"}},
        {"data": {"kind": "refused", "reason": "x" * 4001, "remedy": "x"}},
        {"data": {"kind": "returned", "message": "m"}},
        {"data": {"kind": "returned", "message": "m", "correction": {"fields": "address"}}},
        {"data": {"kind": "returned", "message": "m", "correction": {"fields": [1]}}},
    ],
)
def test_what_the_page_does_not_allow_is_named(client: Client, police: Department, asked: Order, more: dict) -> None:
    answer = send(client, envelope(asked, police, **more), police)
    if more == {"data": {"kind": "approved", "result": []}}:  # nothing, written as a list: that is no harm
        assert answer.status_code == 202
    else:
        assert (answer.status_code, Reply.objects.count()) == (422, 0)
        assert answer.json()["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"[" * 100_000, b"\xff\xfe", b'{"specversion":"1.0"}'])
def test_no_body_breaks_the_door(client: Client, police: Department, body: bytes) -> None:
    assert client.post(ADDRESS, body, content_type="application/cloudevents+json").status_code == 422


def test_ids_differ(client: Client, police: Department, asked: Order) -> None:
    message = envelope(asked, police)
    other = envelope(asked, police, id="other")
    headers = {**signed(message, police, clock.now())}
    from onething.exchange import queries
    from onething.kernel import signing

    key = queries.keyring_of(police).department
    headers |= signing.sign([key], message_id="header", at=clock.now(), body=other.to_bytes())
    assert post(client, other, headers).status_code == 422
