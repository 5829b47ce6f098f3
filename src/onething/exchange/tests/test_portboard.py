"""The port board, through the browser's door; and the standing check that finds what rests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from onething.exchange import boards, owners, services, standing
from onething.exchange.circuits import TRIPS_AT
from onething.exchange.delivery import Outcome, Verdict
from onething.exchange.models import Circuit, DeadLetter, Order, Supervision, Urging
from onething.exchange.tests.factories import (
    COUNTY,
    NEIGHBOUR,
    NOW,
    PROVINCE,
    answer,
    clerk,
    connect,
    draft,
    load_regions,
    order,
    place,
    supervisor,
)
from onething.exchange.tests.test_workbench import officer
from onething.identity.models import Post
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing import clock
from onething.registry.models import Region

pytestmark = pytest.mark.django_db

DOWN = Outcome(verdict=Verdict.RETRY, words="ConnectError")
WRONG = Outcome(verdict=Verdict.FINAL, status=400, words="bad request")
TAKEN = Outcome(verdict=Verdict.DELIVERED, status=202, receipt="R-1")


@pytest.fixture(autouse=True)
def _place() -> None:
    load_regions()


def attempt(one: Order, outcome: Outcome, took: timedelta = timedelta(milliseconds=100)) -> None:
    delivery = services.claim_order(order_id=one.pk, actor=SYSTEM, now=NOW)
    assert delivery is not None
    services.record_attempt(delivery=delivery, outcome=outcome, actor=SYSTEM, now=NOW + took)
    one.refresh_from_db()


def row(code: str = "police") -> boards.PortRow:
    return next(one for one in boards.port_board(SYSTEM, now=NOW + timedelta(seconds=1)) if one.port.code == code)


def test_the_board_says_how_a_port_does() -> None:
    connect()
    taken, dead, waiting = place(*(draft() for _ in range(3)))
    attempt(taken, TAKEN)
    attempt(dead, WRONG, timedelta(seconds=3))
    read = row()
    assert (read.circuit, read.calls, read.share_failed, read.backlog, read.unheard) == ("closed", 2, 50, 1, 1)
    assert (read.stuck, read.dead, read.oldest, read.is_ill) == (1, 1, waiting.created_at, True)
    assert timedelta(seconds=3) <= read.p95 <= timedelta(seconds=6)
    assert read.last_success_at == NOW + timedelta(seconds=3)  # it answered, if only to refuse


def test_an_open_circuit_is_seen_and_stands_first() -> None:
    connect("banks")
    connect()
    for one in place(*(draft() for _ in range(TRIPS_AT))):
        attempt(one, DOWN, timedelta(0))
    assert row().circuit == "open"
    assert boards.port_board(SYSTEM, now=NOW)[0].port.code == "police"


def test_who_sees_which_ports() -> None:
    connect(region=PROVINCE)
    connect("banks", region=NEIGHBOUR)
    assert [one.port.code for one in boards.port_board(supervisor(NEIGHBOUR), now=NOW)] == ["banks"]
    assert len(boards.port_board(supervisor(PROVINCE), now=NOW)) == 2
    assert boards.port_board(clerk(), now=NOW) == []


def test_many_ports_need_no_more_statements_than_one(django_assert_num_queries: Any) -> None:
    for number in range(12):
        connect(f"office-{number}")
    with django_assert_num_queries(3):
        assert len(boards.port_board(SYSTEM, now=NOW)) == 12


# ---- the standing check ----------------------------------------------------------------------------------------


def codes(later: timedelta) -> list[str]:
    return [one.code for one in standing.stuck_things(SYSTEM, now=NOW + later)]


def test_nothing_is_found_where_everything_moves() -> None:
    connect()
    attempt(order(), TAKEN)
    assert codes(timedelta(minutes=1)) == []


def test_every_way_of_resting_is_named() -> None:
    port = connect()
    silent, late, dead = order(), order(), order()
    attempt(silent, TAKEN)
    assert codes(timedelta(days=2)) == ["not_sent", "not_sent", "not_told", "not_told", "not_told"]
    answer(late, "accepted")
    attempt(dead, WRONG)
    services.tell_owners(actor=SYSTEM, now=late.tell_by)
    assert sorted(codes(timedelta(days=40))) == ["dead", "overdue", "unacknowledged"]
    Circuit.objects.filter(port=port).update(opened_at=NOW, open_until=NOW)
    order()
    assert {"waits_for_circuit", "not_tried"} <= set(codes(timedelta(days=40)))


def test_every_reason_has_a_sentence_in_chinese_too() -> None:
    for words in standing.WHY.values():
        with override("zh-hans"):
            chinese = str(words)
        with override("en"):
            assert str(words) != chinese


# ---- pages -----------------------------------------------------------------------------------------------------


def test_a_supervisor_sees_the_board(client: Client) -> None:
    connect(region=COUNTY)
    text = officer(client, role="supervisor").get(reverse("exchange:ports")).content.decode()
    assert "公安局" in text
    assert "接口看板" in text


def test_a_departments_officer_does_not(client: Client) -> None:
    assert officer(client).get(reverse("exchange:ports")).status_code == 403


def test_an_order_shows_every_attempt_and_is_urged_and_supervised(client: Client) -> None:
    connect()
    one = order()
    attempt(one, DOWN)
    officer(client, role="supervisor")
    text = client.get(reverse("exchange:trail", args=[one.pk])).content.decode()
    assert "ConnectError" in text
    assert client.post(reverse("exchange:urge", args=[one.pk]), {"words": ""}).status_code == 422
    assert client.post(reverse("exchange:urge", args=[one.pk]), {"words": "请尽快办理"}).status_code == 302
    day = clock.day_of(clock.now()) + timedelta(days=3)
    words = {"words": "请于三日内办结", "answer_by": day.isoformat()}
    assert client.post(reverse("exchange:supervise", args=[one.pk]), words).status_code == 302
    assert (Urging.objects.get().words, Supervision.objects.get().words) == ("请尽快办理", "请于三日内办结")


def test_dead_letters_are_sent_again_and_messages_put_aside(client: Client) -> None:
    port = connect(region=COUNTY)
    one = order()
    attempt(one, WRONG)
    letter = DeadLetter.objects.create(
        port=port, place="a.csv 2", digest=b"x", problem="kind", owner=port.owner, told_at=NOW
    )
    officer(client, role="supervisor")
    text = client.get(reverse("exchange:port", args=[port.pk])).content.decode()
    assert "a.csv 2" in text
    assert reverse("exchange:trail", args=[one.pk]) in text
    assert client.post(reverse("exchange:settle", args=[port.pk]), {"letter": [letter.pk, "x"]}).status_code == 302
    assert client.post(reverse("exchange:replay", args=[port.pk])).status_code == 302
    letter.refresh_from_db()
    one.refresh_from_db()
    assert (letter.settled_at is not None, one.state) == (True, "waiting")


def test_owners_are_named_by_role_and_division_and_a_post_by_its_holder(client: Client) -> None:
    officer(client, "county-hall", role="supervisor")
    post = Post.objects.get()
    told = owners.in_words([f"supervisor:{COUNTY}", f"staff:{post.pk}", "administrator", "支队值班室"], "zh")
    place = Region.objects.get(code=COUNTY).name
    assert list(told.values()) == [f"督办 · {place}", "supervisor-county-hall", "系统管理员", "支队值班室"]
    one = order(department="nobody")
    for page in (reverse("exchange:ports"), reverse("exchange:trail", args=[one.pk])):
        text = client.get(page).content.decode()
        assert f"督办 · {place}" in text and f"supervisor:{COUNTY}" not in text


_GIVEN_UP = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, attempts)
VALUES (%s, %s, 0, '{}', 'doing', 1) RETURNING id
"""


@pytest.mark.parametrize(("queue", "later", "is_found"), [
    ("sweeps", timedelta(0), True), ("sweeps", timedelta(hours=1), False), ("letters", timedelta(days=30), True),
])  # fmt: skip
def test_a_job_that_was_given_up_is_found_a_sweep_only_while_no_later_one_made_it_good(
    queue: str, later: timedelta, is_found: bool
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_GIVEN_UP, [queue, f"tests.{queue}"])
        (job,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job])
        cursor.execute("SELECT max(at) FROM procrastinate_events WHERE job_id = %s AND type = 'failed'", [job])
        (at,) = cursor.fetchone()
    keeper = Actor(door=Door.STAFF, region=COUNTY, permissions=frozenset({"exchange.connect_department"}))
    found = [one.what for one in standing.stuck_things(keeper, now=at + later) if one.code == "job_failed"]
    assert (f"tests.{queue}" in found) is is_found
