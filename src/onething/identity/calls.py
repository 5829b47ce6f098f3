"""
Calls that may be repeated: a program sends an Idempotency-Key, and the same call sent again is answered as the first.

Answers are kept a day, locked. A call that failed on our side is not kept: it may be tried again. One whose process
was killed leaves its row without an answer: after the longest time that a call may take, the next one takes its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from onething.identity import vault
from onething.identity.errors import CallStillRunning, IdempotencyKeyReused, IdempotencyKeyWrong
from onething.identity.models import RepeatableCall
from onething.kernel.access import Actor
from onething.kernel.errors import Refusal
from onething.plumbing.ui.doors import Request
from onething.plumbing.ui.middleware import is_api, problem

HEADER = "Idempotency-Key"
LONGEST = 200
ABANDONED = timedelta(minutes=2)


class RepeatableCallsMiddleware:
    """Answer a repeated call of the API with the answer that the first one got."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        key = request.headers.get(HEADER)
        account = request.actor.account_id
        if key is None or request.method != "POST" or account is None or not is_api(request):
            return self.get_response(request)
        try:
            call, is_first = _claim(request.actor, key, _fingerprint(request), request.now)
        except Refusal as refusal:
            return problem(refusal)
        if not is_first:
            return _answer_again(call, account)
        return self._first(request, call, account)

    def _first(self, request: Request, call: RepeatableCall, account: UUID) -> HttpResponse:
        answer = None
        try:
            answer = self.get_response(request)
            return answer
        finally:
            _keep(call, account, answer)


def _claim(actor: Actor, key: str, fingerprint: bytes, now: datetime) -> tuple[RepeatableCall, bool]:
    """Take the key for this call, or find the first one's. Refuses what is no repetition of it."""
    if not 0 < len(key) <= LONGEST or not key.isprintable():
        raise IdempotencyKeyWrong
    number = hashlib.sha256(f"{actor.reference}:{key}".encode()).digest()
    try:
        with transaction.atomic():
            return RepeatableCall.objects.create(id=number, request=fingerprint, made_at=now), True
    except IntegrityError:
        first = RepeatableCall.objects.get(pk=number)
    if bytes(first.request) != fingerprint:
        raise IdempotencyKeyReused
    if first.status is not None:
        return first, False
    if not RepeatableCall.objects.filter(pk=number, status=None, made_at__lt=now - ABANDONED).update(made_at=now):
        raise CallStillRunning
    return first, True


def _fingerprint(request: HttpRequest) -> bytes:
    return hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode() + request.body).digest()


def _answer_again(call: RepeatableCall, account: UUID) -> HttpResponse:
    content = vault.unlock(account, bytes(call.locked or b""))
    answer = HttpResponse(content, status=call.status, content_type=call.kind)
    answer["Idempotent-Replayed"] = "true"
    return answer


def _keep(call: RepeatableCall, account: UUID, answer: HttpResponse | None) -> None:
    if answer is None or answer.status_code >= 500 or answer.streaming:
        call.delete()
        return
    call.status, call.kind = answer.status_code, answer.headers.get("Content-Type", "")
    call.locked = vault.lock(account, answer.content)
    call.save(update_fields=["status", "kind", "locked"])
