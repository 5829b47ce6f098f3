"""Generated: every route × every role × own and other county × post in force and ended.

What is right is computed from the table of roles and from the view's own permission; nothing is listed by hand.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onething.cases.models import Draft
from onething.cases.tests.test_portal import sign_in
from onething.identity import queries as door
from onething.identity.policy import NO_POSTS
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry import services as registry
from onething.site.roles import ROLES
from tests.access import world
from tests.access.paths import API, routes_for
from tests.access.world import World, bearer
from tests.api.test_openapi import OPERATIONS

pytestmark = pytest.mark.django_db

STAFF = [role for role in ROLES if role not in NO_POSTS]
LEAVING = {"identity:sign_out", "identity:sign_out_everywhere", "identity:change_factor"}
"""Doors that end what is being tried."""


def knock(client: Client, address: str) -> Any:
    """Read the page, or press its button where it can only be pressed."""
    answer = client.get(address)
    return client.post(address) if answer.status_code == 405 else answer


def text_of(answer: Any) -> str:
    content = b"".join(answer) if getattr(answer, "streaming", False) else answer.content
    return str(content.decode(errors="ignore"))


def is_sent_to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and "/door/sign-in/" in answer["Location"]


@pytest.mark.parametrize("where", ["here", "there"])
@pytest.mark.parametrize("role", STAFF)
def test_a_post_opens_what_its_role_may_and_shows_its_own_county(role: str, where: str) -> None:
    made = world.build()
    client, may = world.seat(role, where).client(), door.permissions_of(role)
    before = _state(made)
    tried = 0
    for name, address, view in routes_for(made):
        if name in LEAVING:
            continue
        answer = knock(client, address) if where == "there" or view.may not in may else client.get(address)
        tried += 1
        assert answer.status_code < 500, f"{role} {where} {name}: {answer.status_code}"
        assert not is_sent_to_sign_in(answer) or name.startswith("identity:"), f"{name}: the session is lost"
        if view.may and view.may not in may:
            assert answer.status_code == 403, f"{role} came through {name} without {view.may}"
        if where == "there":
            shown = [mark for mark in made.marks if mark and mark in text_of(answer)]
            assert not shown or set(shown) <= set(address.split("/")), f"{role} elsewhere reads {shown} at {name}"
    assert tried > 40
    if where == "there":
        assert _state(made) == before


@pytest.mark.parametrize("role", STAFF)
def test_a_post_that_ended_opens_nothing(role: str) -> None:
    made = world.build()
    sitting = world.seat(role, "here")
    clients = {name: sitting.client() for name, _, _ in routes_for(made)}
    world.end(sitting)
    for name, address, view in routes_for(made):
        answer = knock(clients[name], address)
        if view.may:
            assert is_sent_to_sign_in(answer), f"{role} after the end at {name}: {answer.status_code}"
        shown = [mark for mark in made.marks if mark and mark in text_of(answer)]
        assert not shown or set(shown) <= set(address.split("/")), f"{role} after the end reads {shown} at {name}"
    for address in API:
        answer = Client().get(address.format(number=made.case.number), **bearer(sitting.token))
        assert answer.status_code == 401, f"{role} after the end: {address}"


@pytest.mark.parametrize("where", ["here", "there"])
@pytest.mark.parametrize("role", STAFF)
def test_a_program_reads_what_its_post_may_and_its_own_county(role: str, where: str) -> None:
    made = world.build()
    token, may = world.seat(role, where).token, door.permissions_of(role)
    for address in API:
        answer = Client().get(address.format(number=made.case.number), **bearer(token))
        about_case = "{number}" in address
        if about_case and (where == "there" or "cases.read_case" not in may):
            assert answer.status_code in (403, 404), f"{role} {where} read {address}"
            assert made.person.masked_name not in text_of(answer)
        elif about_case and not address.endswith("/slip"):
            assert answer.status_code == 200


def test_the_matrix_tries_every_permission_that_guards_a_door() -> None:
    held = frozenset().union(*(permissions for _, permissions in ROLES.values()))
    guarded = {view.may for _, _, view in routes_named() if view.may}
    assert guarded <= held, "a door that no role opens"


def routes_named() -> Any:
    from tests.house.test_doors import ROUTES

    return ROUTES


def _state(made: World) -> tuple[Any, ...]:
    case = type(made.case).objects.get(pk=made.case.pk)
    person = type(made.person).objects.get(pk=made.person.pk)
    return case.state, case.happened, person.region_id, person.source, person.checked_at, case.tasks.count()


def test_a_stranger_changes_nothing_of_another_persons_case() -> None:
    """Another citizen of the same county presses every button there is, at the other's addresses."""
    made = world.build()
    stranger = sign_in(Client(headers={"accept-language": "en"}), _another_person())
    before, tried = _whole(made), 0
    for name, address, _view in routes_for(made):
        if name in LEAVING or not any(mark in address for mark in _ids(made)):
            continue
        answer = stranger.post(address, {"sure": "yes", "words": "x", "level": "5"})
        tried += 1
        assert answer.status_code in (302, 403, 404, 405), f"{name}: {answer.status_code}"
        assert answer.status_code != 302 or "/door/" in answer["Location"], f"{name} lets a stranger through"
    for verb, path in OPERATIONS:
        if verb == "POST" and "{number}" in path:
            address = path.format(number=made.case.number, correction=uuid4())
            body = {"material": "photo", "content": "eA==", "event": "army_remittance"}
            assert stranger.post(address, body, content_type="application/json").status_code in (403, 404, 422), path
    assert tried > 15
    assert _whole(made) == before


def _another_person() -> str:
    registry.register_person(
        name="田望舒", id_number="990123199905210177", phone="19900000077", region=world.HERE, known={},
        source="invented", actor=SYSTEM, now=clock.now(),
    )  # fmt: skip
    return "19900000077"


def _ids(made: World) -> set[str]:
    papers = Draft.objects.filter(case=made.case).values_list("pk", flat=True)
    return {made.case.number, *(str(pk) for pk in papers)}


def _whole(made: World) -> tuple[Any, ...]:
    case = type(made.case).objects.get(pk=made.case.pk)
    facts = Entry.objects.filter(subject=case.pk).count()
    return _state(made), facts, case.uploads.count(), list(case.tasks.order_by("matter").values_list("state", "round"))
