"""What comes again at the real door: what is spoilt is refused, every byte of it; what is whole changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from chaos import echoes
from chaos.echoes import HARMLESS, Drawn, Echo
from chaos.wires import Message
from django.test import Client

from onething.exchange import queries
from onething.exchange.models import Department, Order, Reply
from onething.exchange.tests.factories import connect, envelope, load_regions, order, signed
from onething.kernel import signing
from onething.kernel.signing import SigningKey
from onething.plumbing import clock

pytestmark = [pytest.mark.django_db, pytest.mark.urls("onething.exchange.tests.urls")]

ADDRESS = "/api/v1/exchange/replies"
SPOILT = [kind for kind in Echo if kind not in HARMLESS]


@pytest.fixture
def police() -> Department:
    load_regions()
    return connect("police", "http", address="https://gat.example.gov.cn/orders")


def key_of(department: Department) -> SigningKey:
    return SigningKey.read(queries.handover(department)["signing_key"])


def said(department: Department, asked: Order, at: datetime, kind: str = "accepted", number: int = 1) -> Message:
    """Give a department's reply as it goes over a line."""
    words = {"kind": kind, "round": asked.round} | ({"reason": "缺页", "remedy": "补交"} if kind == "refused" else {})
    reply = envelope(asked, department, id=f"reply-{number}", data=words)
    return Message(ADDRESS, signed(reply, department, at), reply.to_bytes())


def post(client: Client, message: Message) -> int:
    headers = {name: value for name, value in message.headers.items() if name != "content-type"}
    kind = message.headers["content-type"]
    return int(client.post(message.path, message.body, content_type=kind, headers=headers).status_code)


@pytest.mark.parametrize("kind", SPOILT)
@pytest.mark.parametrize("reply", ["accepted", "refused"])
def test_nothing_spoilt_is_taken_whatever_was_taken_before(
    client: Client, police: Department, kind: Echo, reply: str
) -> None:
    asked, now = order(), clock.now()
    message = said(police, asked, now, reply)
    others = [said(police, order(), now - timedelta(seconds=n % 3), number=n + 2) for n in range(4)]
    for is_known in (False, True):
        for n, other in enumerate(others * 5):
            again = echoes.spoilt(Drawn(kind, 0, 0, n / 20), message, other, key_of(police), clock.now())
            assert post(client, again) in (401, 422), (n, is_known)
        if not is_known:
            assert not Reply.objects.exists()
            assert post(client, message) == 202
    assert Reply.objects.get().deliveries == 1


def test_no_byte_of_a_reply_can_be_another_one(client: Client, police: Department) -> None:
    message = said(police, order(), clock.now())
    for place in range(len(message.body)):
        body = message.body[:place] + bytes([message.body[place] ^ 1]) + message.body[place + 1 :]
        assert post(client, Message(message.path, message.headers, body)) in (401, 422), place
    assert not Reply.objects.exists()
    assert post(client, message) == 202


@pytest.mark.parametrize("kind", sorted(HARMLESS))
def test_what_comes_again_whole_is_taken_and_changes_nothing(client: Client, police: Department, kind: Echo) -> None:
    asked, now = order(), clock.now()
    message = said(police, asked, now)
    assert post(client, message) == 202
    before = Order.objects.values().get(pk=asked.pk)
    for _ in range(3):
        assert post(client, echoes.spoilt(Drawn(kind, 0, 0, 0), message, message, key_of(police), clock.now())) == 202
    assert (Reply.objects.get().deliveries, Order.objects.values().get(pk=asked.pk)) == (4, before)


def test_another_departments_signature_is_of_no_use(client: Client, police: Department) -> None:
    bank = connect("bank", "http", address="https://bank.example.gov.cn/orders")
    asked, now = order(), clock.now()
    message = said(police, asked, now)
    stranger = signing.sign([key_of(bank)], message_id=message.headers[signing.ID], at=now, body=message.body)
    assert post(client, Message(message.path, message.headers | stranger, message.body)) == 401


def test_the_one_foreign_signature_that_fits_is_that_of_the_same_message_said_again(
    client: Client, police: Department
) -> None:
    """
    What answered 202 in the fire of seed 43: the same reply, said twice within one second, wears one signature twice.

    The door cannot tell and need not: content, id and second are the same. The driver no longer takes it for foreign.
    """
    asked, now = order(), clock.now().replace(microsecond=0)
    first, second = said(police, asked, now), said(police, asked, now + timedelta(milliseconds=400))
    later = said(police, asked, now + timedelta(seconds=1))
    assert echoes.is_twin(first, second) and not echoes.is_twin(first, later)
    foreign = echoes.spoilt(Drawn(Echo.FOREIGN, 0, 0, 0), first, second, key_of(police), now)
    assert post(client, foreign) == 202
    assert post(client, echoes.spoilt(Drawn(Echo.FOREIGN, 0, 0, 0), first, later, key_of(police), now)) == 401
