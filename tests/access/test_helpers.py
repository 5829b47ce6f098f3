"""Whoever acts for somebody sees the one thing that was allowed, while it is allowed: every route is tried."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from onething.cases.models import Case
from onething.cases.states import CaseState
from onething.identity import queries as door
from onething.identity import services as identity
from onething.identity.hats import FOR
from onething.identity.models import Account, Mandate
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry.tests.factories import id_number
from tests.access import world
from tests.access.paths import routes_for
from tests.access.test_matrix import LEAVING, is_sent_to_sign_in, knock, text_of
from tests.access.world import World

pytestmark = pytest.mark.django_db

OPEN = {"cases:matters", "cases:case", "cases:receipt"}
"""Pages on which a helper reads the case that they were allowed to file."""


@pytest.fixture
def made() -> World:
    return world.build()


def allow(made: World, *, pack: str = "", ago: timedelta = world.LONG_AGO) -> Mandate:
    """Let the person allow a neighbour to file, some time ago."""
    now = clock.now()
    neighbour = world.registry.register_person(
        name="魏长河", id_number=id_number(7), phone="19900000077", region=world.THERE, known={}, source="invented",
        actor=SYSTEM, now=now,
    )  # fmt: skip
    account = identity.open_account(person=neighbour, actor=SYSTEM, now=now)
    return Mandate.objects.create(
        person=made.person, account=account, kin="other", pack=pack or made.case.release.pack, way="code",
        recorded_by="test", given_at=now - ago, valid_until=now + timedelta(days=30),
    )  # fmt: skip


def wearing(mandate: Mandate) -> Client:
    account = Account.objects.get(pk=mandate.account_id)
    return enter(Client(headers={"accept-language": "en"}), account, f"{FOR}{mandate.pk}")


def reads(answer: Any, made: World) -> list[str]:
    return [mark for mark in made.marks if mark and mark in text_of(answer)]


def test_a_helper_reads_the_case_and_no_other_page_of_the_person(made: World) -> None:
    client = wearing(allow(made))
    for name, address, view in routes_for(made):
        if name in LEAVING:
            continue
        is_barred = bool(view.may) and view.may not in door.permissions_of("helper")
        answer = knock(client, address) if is_barred else client.get(address)
        assert answer.status_code < 500 or name == "readyz", name
        if is_barred:
            assert answer.status_code == 403, f"a helper came through {name}"
        elif name in OPEN:
            assert made.case.number in text_of(answer), name
        for secret in (made.person.phone, made.person.id_number, made.person.name):
            assert secret not in text_of(answer), f"a helper reads {secret} at {name}"


@pytest.mark.parametrize("wrong", ["pack", "ended before", "revoked", "over"])
def test_beyond_what_was_allowed_nothing_is_read(made: World, wrong: str) -> None:
    mandate = allow(made, pack="national/enlistment") if wrong == "pack" else allow(made, ago=timedelta(hours=1))
    if wrong == "ended before":
        Case.objects.update(state=CaseState.SETTLED, settled_at=clock.now() - timedelta(days=2))
    for name, address, view in routes_for(made):
        if name in LEAVING:
            continue
        client = wearing(mandate)
        if wrong == "revoked":
            Mandate.objects.update(revoked_at=clock.now(), revoked_by="test")
        if wrong == "over":
            Mandate.objects.update(valid_until=clock.now() - timedelta(seconds=1))
        answer = client.get(address)
        shown = set(reads(answer, made)) - {made.person.masked_name}
        assert shown <= set(address.split("/")), f"{wrong}: reads {shown} at {name}"
        if wrong in ("revoked", "over") and view.may:
            assert is_sent_to_sign_in(answer) or answer.status_code == 405, name


def test_another_ones_mandate_is_no_hat(made: World) -> None:
    mandate = allow(made)
    stranger = identity.open_account(username="a.stranger", actor=SYSTEM, now=clock.now())
    client = enter(Client(), stranger, f"{FOR}{mandate.pk}")
    assert is_sent_to_sign_in(client.get(f"/matters/{made.case.number}/"))
    assert is_sent_to_sign_in(enter(Client(), stranger, f"{FOR}no-id").get("/matters/"))


def test_staff_wear_a_mandate_only_after_the_second_factor_and_while_their_post_lasts(made: World) -> None:
    seat = world.seat("clerk", "there")
    now = clock.now()
    mandate = Mandate.objects.create(
        person=made.person, account=seat.account, post=seat.post, kin="staff", pack=made.case.release.pack, way="code",
        recorded_by="test", given_at=now, valid_until=now + timedelta(days=30),
    )  # fmt: skip
    page = f"/matters/{made.case.number}/"
    assert seat.client().get(page).status_code == 403
    client = wearing(mandate)
    assert client.get(page).status_code == 200
    weak = wearing(mandate)
    session = weak.session
    session["means"] = "password"
    session.save()
    assert is_sent_to_sign_in(weak.get(page))
    world.end(seat)
    assert is_sent_to_sign_in(client.get(page))


def test_every_page_a_helper_opens_is_a_look_that_the_person_reads(made: World) -> None:
    from onething.plumbing.looks.models import Look

    before = Look.objects.filter(person_ids__contains=[made.person.pk]).count()
    mandate = allow(made)
    wearing(mandate).get("/matters/")
    look = Look.objects.filter(person_ids__contains=[made.person.pk]).latest("id")
    assert Look.objects.filter(person_ids__contains=[made.person.pk]).count() == before + 1
    assert (look.purpose, look.actor) == ("errand", f"helper:{mandate.pk}")
