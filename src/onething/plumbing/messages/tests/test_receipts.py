"""What a provider says later: it arrived, or it never will; signed, and the same again changes nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onething.kernel import signing
from onething.kernel.signing import SharedSecret
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.plumbing.messages import queries, services
from onething.plumbing.messages.api import KEYS
from onething.plumbing.messages.models import Message, State

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/messages/receipts"
NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
OLD, NEW = SharedSecret(b"o" * 32), SharedSecret(b"n" * 32)


@pytest.fixture(autouse=True)
def _keys() -> Iterator[None]:
    before = os.environ.get(KEYS)
    os.environ[KEYS] = f"{NEW.text} {OLD.text}"
    yield
    os.environ.pop(KEYS)
    if before is not None:
        os.environ[KEYS] = before


@pytest.fixture
def message() -> Message:
    """A message that a provider (the local outbox) took."""
    queued = services.queue_message(channel="sms", to="13800000014", subject="", body="办好了", now=NOW)
    services.send_message(message_id=queued.id, now=NOW)
    queued.refresh_from_db()
    assert queued.state == State.SENT
    return queued


def say(client: Client, key: SharedSecret = NEW, **told: Any) -> int:
    body = json.dumps(told, default=str).encode()
    headers = signing.sign([key], message_id=uuid4().hex, at=clock.now(), body=body)
    return int(client.post(ADDRESS, body, content_type="application/json", headers=headers).status_code)


@pytest.mark.parametrize("key", [NEW, OLD])
def test_what_arrived_is_known_once(client: Client, message: Message, key: SharedSecret) -> None:
    assert [say(client, key, reference=message.id, state="delivered") for _ in range(2)] == [204, 204]
    message.refresh_from_db()
    assert (message.state, message.delivered_at is not None) == (State.SENT, True)
    assert Entry.objects.filter(kind__endswith="MessageDelivered").count() == 1


def test_what_never_arrives_has_failed_and_can_be_sent_again(client: Client, message: Message) -> None:
    assert say(client, reference=message.id, state="undelivered", reason="absent") == 204
    assert say(client, reference=message.id, state="undelivered", reason="absent") == 204
    assert queries.failures(since=NOW) == [("sms", "undelivered_absent", 1)]
    assert Entry.objects.filter(kind__endswith="MessageFailed").count() == 1
    assert services.send_failed_again(since=NOW, now=clock.now(), reason="undelivered_absent") == 1
    message.refresh_from_db()
    assert message.state == State.WAITING


def test_what_has_arrived_has_arrived(client: Client, message: Message) -> None:
    say(client, reference=message.id, state="delivered")
    assert say(client, reference=message.id, state="undelivered") == 204
    message.refresh_from_db()
    assert message.state == State.SENT


def test_nobody_without_the_key_is_believed(client: Client, message: Message) -> None:
    assert say(client, SharedSecret(b"x" * 32), reference=message.id, state="undelivered") == 401
    assert (
        client.post(ADDRESS, {"reference": str(message.id), "state": "delivered"}, "application/json").status_code
        == 401
    )
    message.refresh_from_db()
    assert (message.state, message.delivered_at) == (State.SENT, None)


def test_without_a_key_no_receipts_are_taken(client: Client, message: Message) -> None:
    os.environ[KEYS] = ""
    assert say(client, reference=message.id, state="delivered") == 404


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"reference": uuid4(), "state": "delivered"}, 404),
        ({"reference": "x", "state": "delivered"}, 422),
        ({"reference": uuid4(), "state": "lost"}, 422),
        ({"reference": uuid4(), "state": "undelivered", "reason": "何青松不在"}, 422),
    ],
)
def test_what_cannot_be_is_refused(client: Client, told: dict[str, Any], status: int) -> None:
    assert say(client, **told) == status
