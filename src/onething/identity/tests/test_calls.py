"""Programs: calls counted by the minute, and calls that may be repeated."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse, JsonResponse
from django.test import RequestFactory

from onething.identity import jobs, queries, services
from onething.identity.calls import ABANDONED, RepeatableCallsMiddleware
from onething.identity.errors import TooManyCalls
from onething.identity.models import Account, RepeatableCall
from onething.identity.tests.factories import clerk, post
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry.tests.factories import NOW

pytestmark = pytest.mark.django_db


class Counter:
    """A view that says how often it was called."""

    def __init__(self, status: int = 201) -> None:
        self.calls, self.status = 0, status

    def __call__(self, request: Any) -> HttpResponse:
        self.calls += 1
        return JsonResponse({"call": self.calls}, status=self.status)


def call(view: Any, account: Account, key: str | None = "one", body: str = "{}", path: str = "/api/v1/x") -> Any:
    headers = {"Idempotency-Key": key} if key is not None else {}
    request: Any = RequestFactory().post(path, body, content_type="application/json", headers=headers)
    request.actor, request.now = queries.hats_of(account.pk, clock.now())[0].actor(frozenset()), clock.now()
    return RepeatableCallsMiddleware(view)(request)


@pytest.fixture
def program() -> Account:
    account = clerk()
    post(account)
    return account


def test_a_repeated_call_is_done_once_and_answered_alike(program: Account) -> None:
    view = Counter()
    first, again = call(view, program), call(view, program)
    assert view.calls == 1
    assert (again.status_code, again.content, again["Content-Type"]) == (201, first.content, first["Content-Type"])
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert call(view, program, "two").content != first.content
    assert call(view, program, None).content != call(view, program, None).content


def test_a_key_belongs_to_one_request_and_to_one_program(program: Account) -> None:
    view = Counter()
    call(view, program)
    assert call(view, program, body='{"a": 1}').status_code == 422
    assert call(view, program, path="/api/v1/y").status_code == 422
    other = clerk("other.clerk")
    post(other)
    assert call(view, other).status_code == 201
    assert view.calls == 2


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb"])
def test_a_key_that_is_none_is_refused(program: Account, key: str) -> None:
    assert call(Counter(), program, key).status_code == 422


def test_while_the_first_still_runs_the_second_is_told_so(program: Account) -> None:
    seen = []

    def slow(request: Any) -> HttpResponse:
        seen.append(call(Counter(), program))
        return HttpResponse("done")

    assert call(slow, program).content == b"done"
    assert seen[0].status_code == 409


def test_what_failed_on_our_side_may_be_tried_again(program: Account) -> None:
    broken, view = Counter(503), Counter()
    assert call(broken, program).status_code == 503
    assert call(view, program).status_code == 201
    with pytest.raises(ZeroDivisionError):
        call(lambda request: 1 / 0, program, "three")
    assert call(view, program, "three").status_code == 201


def test_answers_are_kept_a_day_and_not_in_the_clear(program: Account) -> None:
    call(Counter(), program)
    kept = RepeatableCall.objects.get()
    assert b"call" not in bytes(kept.locked or b"")
    RepeatableCall.objects.update(made_at=clock.now() - timedelta(days=1))
    jobs.sweep_traces()
    assert not RepeatableCall.objects.exists()


def test_a_key_makes_so_many_calls_a_minute_and_then_waits(program: Account) -> None:
    token = services.issue_api_key(
        account=program, post=program.posts.get(), label="x", scopes=[], per_minute=3, actor=SYSTEM, now=NOW
    )
    for _ in range(3):
        services.actor_of_key(token=token, now=NOW)
    with pytest.raises(TooManyCalls):
        services.actor_of_key(token=token, now=NOW + timedelta(seconds=59))
    assert services.actor_of_key(token=token, now=NOW + timedelta(seconds=60))


def test_the_door_says_when_to_go_on(client: Any, program: Account) -> None:
    token = services.issue_api_key(
        account=program, post=program.posts.get(), label="x", scopes=[], per_minute=1, actor=SYSTEM, now=clock.now()
    )
    headers = {"authorization": f"Bearer {token}"}
    assert client.get("/", headers=headers).status_code == 200
    refused = client.get("/", headers=headers)
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 61


def test_a_call_whose_process_was_killed_may_be_made_again_after_its_longest_time(program: Account) -> None:
    """Found by fire, seed 3: a web server killed in the middle left the client with "still running" for a day."""
    view = Counter()
    assert call(view, program).status_code == 201
    RepeatableCall.objects.update(status=None, locked=None)  # killed before the answer was kept
    assert call(view, program).status_code == 409
    RepeatableCall.objects.update(made_at=clock.now() - ABANDONED - timedelta(seconds=1))
    again, replayed = call(view, program), call(view, program)
    assert (view.calls, again.status_code, replayed.content) == (2, 201, again.content)
