"""Programs are told that a case moved on: by a real receiver, which checks with Standard Webhooks' own library."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_http
from django.test import Client
from standardwebhooks import Webhook

from onething.cases import services as cases
from onething.cases.models import Case
from onething.cases.tests import factories
from onething.desks.webhooks import jobs, kinds, services
from onething.desks.webhooks.errors import NoSuchSubscription, ReceiverNotListed
from onething.desks.webhooks.events import WebhookGivenUp
from onething.desks.webhooks.models import Delivery, Subscription
from onething.exchange.errors import AddressNotAllowed
from onething.identity import queries as accounts
from onething.identity import services as identity
from onething.identity.models import ApiKey, Consent
from onething.kernel.access import SYSTEM, Actor
from onething.plumbing import clock
from onething.plumbing.messages import queries as outgoing
from onething.registry import services as registry
from onething.registry.models import Person

pytestmark = pytest.mark.django_db


class Receiver(ThreadingHTTPServer):
    """Somebody's program: keeps what it heard, answers as it was told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hears)
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Hears(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.heard.append((dict(self.headers), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_HOSTS = frozenset({"127.0.0.1"})
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def case() -> Case:
    return factories.case()


def key_of(role: str, scopes: list[str], region: str = factories.REGION) -> ApiKey:
    """Issue a key to a program of an office of that division."""
    factories.regions()
    now, name = clock.now(), f"{role}.{region[:6]}"
    office = registry.open_organisation(
        code=f"office-{name}", name="云川门户", kind="station", region=region, actor=SYSTEM, now=now
    )
    account = identity.open_account(username=name, work_email=f"{name}@example.test", actor=SYSTEM, now=now)
    post = identity.give_post(
        account=account, role=role, organisation=office, region=region, actor=SYSTEM, now=now,
        valid_from=now - timedelta(days=1),
    )  # fmt: skip
    identity.issue_api_key(account=account, post=post, label="云川事", scopes=scopes, actor=SYSTEM, now=now)
    return ApiKey.objects.get(account=account)


def actor_of(key: ApiKey) -> Actor:
    hat = accounts.hat_of_key(key)
    assert hat is not None
    return hat.actor(frozenset(key.scopes), by_program=True)


def subscribed(key: ApiKey, receiver: Receiver, *wanted: str) -> tuple[Subscription, str]:
    return services.subscribe(
        key=key, address=receiver.address, wanted=wanted or ["withdrawn"], actor=actor_of(key), now=clock.now()
    )


@pytest.fixture
def clerk() -> ApiKey:
    return key_of("clerk", ["cases.read_case", "webhooks.subscribe"])


def sent(now: Any = None) -> None:
    for delivery_id in services.due(now or clock.now()):
        services.deliver(delivery_id=delivery_id, now=now or clock.now())


def test_a_change_arrives_once_signed_with_number_and_state_only(case: Case, clerk: ApiKey, receiver: Receiver) -> None:
    _, secret = subscribed(clerk, receiver)
    cases.withdraw_case(case=case, actor=factories.citizen(Person.objects.get(pk=case.person_id)), now=clock.now())
    jobs.tell_withdrawn(jobs.CaseWithdrawn(case_id=case.pk))
    sent()
    sent()
    [(headers, body)] = receiver.heard
    assert Webhook(secret).verify(body, headers)
    told = from_http_json(body)
    assert told["type"] == "cn.onething.case.withdrawn"
    assert told["data"] == {"number": case.number, "state": "withdrawn"}
    assert "何青松" not in body.decode() and "99012319990521" not in body.decode()


def from_http_json(body: bytes) -> dict[str, Any]:
    """Read it strictly, as CloudEvents' own library does."""
    event = from_http(HTTPMessage({"content-type": "application/cloudevents+json"}, body), _format())
    assert event.get_specversion() == "1.0"
    told: dict[str, Any] = json.loads(body)
    return told


def _format() -> Any:
    from cloudevents.core.formats.json import JSONFormat

    return JSONFormat()


def test_only_cases_that_the_key_may_read_are_told(case: Case, clerk: ApiKey, receiver: Receiver) -> None:
    portal = key_of("channel", ["identity.act_with_consent", "webhooks.subscribe"], "990000000000")
    for key in (clerk, portal):
        subscribed(key, receiver)
    assert services.note(kind="withdrawn", case_id=case.pk, now=clock.now()) == 1  # the clerk's, not the portal's
    let_in(portal, case)
    assert services.note(kind="withdrawn", case_id=case.pk, now=clock.now()) == 2
    Consent.objects.update(revoked_at=clock.now())
    identity.revoke_api_key(key_id=clerk.pk, actor=SYSTEM, now=clock.now())
    assert services.note(kind="withdrawn", case_id=case.pk, now=clock.now()) == 0


def let_in(portal: ApiKey, case: Case) -> None:
    now = clock.now()
    Consent.objects.create(
        key=portal, person_id=case.person_id, hashed=b"x" * 32, given_at=now, session_until=now + timedelta(hours=2),
        valid_until=now + timedelta(days=90),
    )  # fmt: skip


def test_what_fails_is_tried_again_later_under_the_same_id(case: Case, clerk: ApiKey, receiver: Receiver) -> None:
    row, _ = subscribed(clerk, receiver)
    receiver.answers = [500, 503]
    services.note(kind="withdrawn", case_id=case.pk, now=clock.now())
    begun = clock.now()
    for later in (timedelta(0), timedelta(seconds=4), timedelta(seconds=6), timedelta(minutes=6)):
        sent(begun + later)
    assert len(receiver.heard) == 3  # not at four seconds: it was not due
    ids = {headers["webhook-id"] for headers, _ in receiver.heard}
    assert len(ids) == 1
    one = Delivery.objects.get()
    assert (one.state, one.tries, one.answer) == ("taken", 3, "204")
    row.refresh_from_db()
    assert row.failing_since is None


def test_who_never_answers_is_given_up_and_a_person_told(case: Case, clerk: ApiKey, receiver: Receiver) -> None:
    row, _ = subscribed(clerk, receiver)
    receiver.answers = [500] * 50
    services.note(kind="withdrawn", case_id=case.pk, now=clock.now())
    at = clock.now()
    for pause in (timedelta(0), *kinds.PAUSES):
        at += pause + timedelta(seconds=1)
        sent(at)
    row.refresh_from_db()
    assert row.off_because == "silent"
    jobs.tell_owner(WebhookGivenUp(subscription_id=row.pk, why="silent"))
    [letter] = outgoing.outbox(channel="email", to="clerk.990123@example.test", limit=5)
    assert receiver.address in letter.body
    assert services.due(at + timedelta(days=9)) == []
    assert services.note(kind="withdrawn", case_id=case.pk, now=at) == 0


def test_what_failed_is_listed_and_sent_again(case: Case, clerk: ApiKey, receiver: Receiver) -> None:
    row, _ = subscribed(clerk, receiver)
    services.note(kind="withdrawn", case_id=case.pk, now=clock.now())
    Delivery.objects.update(state="failed", answer="500", tries=10)
    one = Delivery.objects.get()
    services.send_again(subscription_id=row.pk, delivery_id=one.pk, actor=actor_of(clerk), now=clock.now())
    sent()
    assert [headers["webhook-id"] for headers, _ in receiver.heard] == [str(one.pk)]


def test_gone_switches_off_at_once(case: Case, clerk: ApiKey, receiver: Receiver) -> None:
    row, _ = subscribed(clerk, receiver)
    receiver.answers = [410]
    services.note(kind="withdrawn", case_id=case.pk, now=clock.now())
    sent()
    row.refresh_from_db()
    assert row.off_because == "gone"
    services.switch(subscription_id=row.pk, is_on=True, actor=actor_of(clerk), now=clock.now())
    sent(clock.now() + timedelta(seconds=6))
    assert len(receiver.heard) == 2


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://example.test/hook", ReceiverNotListed),
        ("http://example.test/hook", AddressNotAllowed),
        ("https://127.0.0.1@example.test/", AddressNotAllowed),
        ("file:///etc/passwd", AddressNotAllowed),
    ],
)
def test_only_listed_addresses_are_called(
    clerk: ApiKey, receiver: Receiver, address: str, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        services.subscribe(key=clerk, address=address, wanted=["settled"], actor=actor_of(clerk), now=clock.now())


def test_a_host_taken_from_the_list_is_not_called_any_more(
    case: Case, clerk: ApiKey, receiver: Receiver, settings: Any
) -> None:
    subscribed(clerk, receiver)
    services.note(kind="withdrawn", case_id=case.pk, now=clock.now())
    settings.WEBHOOK_HOSTS = frozenset()
    sent()
    assert not receiver.heard
    assert Delivery.objects.get().answer == "AddressNotAllowed"


def test_nobody_reaches_the_subscription_of_another_program(clerk: ApiKey, receiver: Receiver) -> None:
    row, _ = subscribed(clerk, receiver)
    other = key_of("supervisor", ["webhooks.subscribe"])
    with pytest.raises(NoSuchSubscription):
        services.remove(subscription_id=row.pk, actor=actor_of(other), now=clock.now())


def test_without_a_subscription_nothing_is_queued(case: Case) -> None:
    services._Seen.until = 0.0
    assert not services.anybody_listens()


def test_the_api_subscribes_lists_and_shows_the_secret_once(clerk: ApiKey, receiver: Receiver) -> None:
    token = identity.issue_api_key(
        account=clerk.account, post=clerk.post, label="t", scopes=clerk.scopes, actor=SYSTEM, now=clock.now()
    )
    client = Client(headers={"Authorization": f"Bearer {token}"})
    body = json.dumps({"address": receiver.address, "kinds": ["settled", "moved"]})
    made = client.post("/api/v1/webhooks", body, content_type="application/json", headers={"Idempotency-Key": "a"})
    assert made.status_code == 201, made.content
    again = client.post("/api/v1/webhooks", body, content_type="application/json", headers={"Idempotency-Key": "a"})
    assert again.json() == made.json()
    assert made.json()["secret"].startswith("whsec_")
    listed = client.get("/api/v1/webhooks").json()["items"]
    assert [one["id"] for one in listed] == [made.json()["id"]]
    assert "secret" not in listed[0]
    told = Client().get("/api/v1/openapi.json").json()["webhooks"]
    assert set(told) == {kinds.type_of(kind) for kind in kinds.KINDS}
    assert client.delete(f"/api/v1/webhooks/{made.json()['id']}").status_code == 204
    assert not Subscription.objects.exists()
