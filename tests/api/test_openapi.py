"""The whole API against its own description: generated requests, as a citizen, as a clerk and as nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from onething.cases.tests import factories
from onething.identity import services as identity
from onething.identity.models import Account
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry import services as registry
from onething.registry.models import Person
from onething.site.api import SCOPES
from onething.site.roles import ROLES
from onething.site.wsgi import application

pytestmark = pytest.mark.django_db

EXAMPLES = 12
"""Requests for each operation and caller: more finds the same, only later."""

OPERATIONS = (
    ("POST", "/api/v1/cases"),
    ("GET", "/api/v1/cases"),
    ("POST", "/api/v1/cases/drafts"),
    ("GET", "/api/v1/cases/{number}/corrections"),
    ("POST", "/api/v1/cases/{number}/corrections/{correction}"),
    ("POST", "/api/v1/cases/{number}/papers"),
    ("POST", "/api/v1/cases/{number}/withdrawal"),
    ("GET", "/api/v1/cases/{number}/messages"),
    ("GET", "/api/v1/cases/{number}"),
    ("GET", "/api/v1/cases/{number}/slip"),
    ("POST", "/api/v1/cases/{number}/events"),
    ("GET", "/api/v1/catalogue/releases"),
    ("POST", "/api/v1/catalogue/plan"),
    ("POST", "/api/v1/exchange/replies"),
    ("POST", "/api/v1/exchange/papers"),
    ("POST", "/api/v1/messages/receipts"),
    ("POST", "/api/v1/consents"),
    ("POST", "/api/v1/consents/{wish_id}"),
    ("POST", "/api/v1/webhooks"),
    ("GET", "/api/v1/webhooks"),
    ("DELETE", "/api/v1/webhooks/{subscription_id}"),
    ("POST", "/api/v1/webhooks/{subscription_id}/on"),
    ("GET", "/api/v1/webhooks/{subscription_id}/deliveries"),
    ("POST", "/api/v1/webhooks/{subscription_id}/deliveries/{delivery_id}/again"),
    ("POST", "/api/v1/me/exports"),
    ("GET", "/api/v1/me/exports"),
    ("GET", "/api/v1/me/exports/{export_id}"),
)
OWN = ["cases.file_own", "registry.read_own"]
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.fixture
def case(db: None) -> Iterator[Any]:
    """Submit a case; requests through WSGI leave the test's own connection and transaction alone."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield factories.case()
    for signal in signals:
        signal.connect(close_old_connections)


def citizen_key(case: Any, scopes: Iterable[str] = OWN) -> str:
    now = clock.now()
    person = Person.objects.get(pk=case.person_id)
    account = Account.objects.filter(person=person).first()
    account = account or identity.open_account(person=person, actor=SYSTEM, now=now)
    return identity.issue_api_key(account=account, label="t", scopes=scopes, actor=SYSTEM, now=now)


def clerk_key(case: Any) -> str:
    now = clock.now()
    hall = registry.open_organisation(
        code="hall", name="窗口", kind="station", region=case.region, actor=SYSTEM, now=now
    )
    account = identity.open_account(username="lin.clerk", actor=SYSTEM, now=now)
    post = identity.give_post(
        account=account, role="clerk", organisation=hall, region=case.region, valid_from=now - timedelta(days=1),
        actor=SYSTEM, now=now,
    )  # fmt: skip
    scopes = ["cases.read_case", "cases.record_event"]
    return identity.issue_api_key(account=account, post=post, label="t", scopes=scopes, actor=SYSTEM, now=now)


CALLERS = {"citizen": citizen_key, "clerk": clerk_key, "nobody": lambda case: ""}


def description() -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def test_the_description_is_openapi_3_1_and_tests_know_every_operation(case: Any) -> None:
    raw = Client().get("/api/v1/openapi.json").json()
    assert raw["openapi"].startswith("3.1")
    told = {(verb.upper(), path) for path, verbs in raw["paths"].items() for verb in verbs}
    assert told == set(OPERATIONS)


def test_what_a_key_may_is_said_and_every_other_scope_is_refused(case: Any) -> None:
    """A key with all scopes of its holder but those of the operation gets nowhere."""
    raw = Client().get("/api/v1/openapi.json").json()
    for verb, path in OPERATIONS:
        operation = raw["paths"][path][verb.lower()]
        needed = {scope for one in operation["security"] for scopes in one.values() for scope in scopes}
        assert needed == set(SCOPES.get((verb.lower(), path), ()))
        assert ("429" in operation["responses"]) == bool(needed)
        if not needed:
            continue
        without = {"Authorization": f"Bearer {citizen_key(case, set(every_own_scope()) - needed)}"}
        ids = ("correction", "export_id", "wish_id", "subscription_id", "delivery_id")
        address = path.format(number=case.number, **{name: uuid4() for name in ids})
        sent = Client().generic(verb, address, b"{}", content_type="application/json", headers=without)
        assert sent.status_code in (403, 404, 422), (verb, path, sent.status_code)
        if verb == "GET":
            assert sent.status_code in (403, 404), (verb, path, sent.status_code)


def every_own_scope() -> frozenset[str]:
    return ROLES["citizen"][1]


@pytest.mark.parametrize("who", CALLERS)
@pytest.mark.parametrize(("verb", "path"), OPERATIONS, ids=[f"{v} {p}" for v, p in OPERATIONS])
def test_an_operation_keeps_what_its_description_says(case: Any, who: str, verb: str, path: str) -> None:
    token = CALLERS[who](case)
    headers = {"Accept-Encoding": "identity"}  # over WSGI nobody unpacks what was compressed
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    operation = description()[path][verb]

    @given(request=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def holds(request: Any) -> None:
        if "number" in (request.path_parameters or {}) and len(request.path_parameters["number"]) % 2:
            request.path_parameters["number"] = case.number  # every other one asks for a case that is there
        answer = request.call(headers=headers)
        request.validate_response(answer, checks=CHECKS)
        if answer.status_code >= 400:
            assert_problem(answer)

    holds()


def assert_problem(answer: Any) -> None:
    assert answer.headers["content-type"] == ["application/problem+json"], answer.status_code
    said = answer.json()
    assert said["status"] == answer.status_code
    assert all(said[part] for part in ("type", "title", "detail")), said
