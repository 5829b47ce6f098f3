"""A department's system fetches the files that its orders name, and no other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onething.cases import orderpapers
from onething.cases.models import Upload
from onething.cases.tests import factories
from onething.exchange import queries
from onething.exchange.messages import PAPER_TYPE
from onething.exchange.models import Department, Order
from onething.exchange.states import State
from onething.kernel import signing
from onething.kernel.envelopes import MEDIA_TYPE, Envelope
from onething.kernel.signing import SigningKey
from onething.plumbing import clock
from onething.plumbing.looks.models import Look

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/exchange/papers"
STRANGER = SigningKey.from_seed(b"a key that nobody agreed to ....")


@pytest.fixture
def order() -> Order:
    factories.case()
    return next(order for order in Order.objects.order_by("matter") if orderpapers.uploads_of(order))


@pytest.fixture
def upload(order: Order) -> Upload:
    return orderpapers.uploads_of(order)[0]


def ask(
    client: Client,
    port: Department | None,
    order_id: object,
    digest: object,
    *,
    key: SigningKey | None = None,
    **more: Any,
) -> Any:
    assert port
    given: dict[str, Any] = {
        "id": uuid4().hex, "source": port.source, "type": PAPER_TYPE, "time": clock.now(), "subject": str(order_id),
        "data": {"digest": digest},
    }  # fmt: skip
    body = Envelope(**given | more).to_bytes()
    signer = key or queries.keyring_of(port).department
    headers: Mapping[str, str] = signing.sign([signer], message_id=given["id"], at=clock.now(), body=body)
    return client.post(ADDRESS, body, content_type=MEDIA_TYPE, headers=headers)


def test_a_department_gets_the_file_and_the_person_sees_that_it_looked(
    client: Client, order: Order, upload: Upload
) -> None:
    answer = ask(client, order.port, order.pk, upload.digest)
    assert (answer.status_code, answer["content-type"], answer["cache-control"]) == (200, upload.kind, "no-store")
    assert hashlib.sha256(answer.content).hexdigest() == upload.digest
    look = Look.objects.latest("id")
    assert (look.person_ids, look.organisation, look.way, look.purpose) == (
        [order.person_id], order.port.code, "api", "order",
    )  # fmt: skip


def test_a_file_that_the_order_does_not_name_is_not_there(client: Client, order: Order, upload: Upload) -> None:
    foreign = Order.objects.exclude(port=order.port).order_by("matter").first()
    assert foreign
    Upload.objects.create(
        case_id=order.case_id, person_id=order.person_id, material="another", kind=upload.kind, size=1,
        digest="a" * 64, key="nowhere", added_at=clock.now(),
    )  # fmt: skip
    assert ask(client, order.port, order.pk, "a" * 64).status_code == 404
    assert ask(client, order.port, uuid4(), upload.digest).status_code == 404
    assert ask(client, foreign.port, order.pk, upload.digest).status_code == 404, "another department's order"
    assert not Look.objects.exists()


def test_what_was_withdrawn_is_not_looked_at_any_more(client: Client, order: Order, upload: Upload) -> None:
    Order.objects.filter(pk=order.pk).update(state=State.CANCELLED)
    assert ask(client, order.port, order.pk, upload.digest).status_code == 404


def test_nobody_without_the_key_gets_anything(client: Client, order: Order, upload: Upload) -> None:
    answer = ask(client, order.port, order.pk, upload.digest, key=STRANGER)
    assert (answer.status_code, json.loads(answer.content)["type"]) == (401, "urn:onething:problem:signature_wrong")
    assert client.post(ADDRESS, b"{}", content_type=MEDIA_TYPE).status_code == 422
    assert not Look.objects.exists()


@pytest.mark.parametrize("digest", ["", "A" * 64, "a" * 63, None, 7, ["a" * 64]])
def test_what_is_no_digest_is_said(client: Client, order: Order, digest: object) -> None:
    assert ask(client, order.port, order.pk, digest).status_code == 422


def test_a_reply_is_no_question_for_a_file(client: Client, order: Order, upload: Upload) -> None:
    assert ask(client, order.port, order.pk, upload.digest, type="org.onething.reply.v1").status_code == 422
