"""The whole way over real HTTP: house → department's process → house, with every bad behaviour."""

from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import httpx
import pytest
from django.db import connection

from onething.exchange import connectors, jobs, queries, services
from onething.exchange.delivery import Delivery, order_envelope
from onething.exchange.models import Amendment, Attempt, Circuit, Department, Order, Reply
from onething.exchange.simulators.behaviour import Saying
from onething.exchange.simulators.memory import Memory
from onething.exchange.tests.conftest import Town, until, work
from onething.exchange.tests.factories import draft, order, place
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("onething.exchange.tests.urls"),
]


def send(*orders: Order) -> None:
    for one in orders:
        jobs.deliver(one.pk)


def state(one: Order) -> str:
    one.refresh_from_db()
    return one.state


def said(one: Order) -> list[tuple[str, str]]:
    return list(Reply.objects.filter(order=one).order_by("received_at").values_list("kind", "disposition"))


def replies(one: Order, count: int) -> None:
    until(lambda: Reply.objects.filter(order=one).count() == count)


def heard(town: Town, one: Order, kind: str, times: int = 1) -> None:
    until(lambda: town.ledger["orders"][str(one.pk)]["said"].get(kind) == times)


def executed(town: Town, one: Order) -> int:
    return town.ledger["orders"][str(one.pk)]["executed"]


def try_again() -> None:
    """Let the time of the next attempt come, and the sweep with it."""
    Order.objects.filter(next_attempt_at__isnull=False).update(next_attempt_at=clock.now())
    Order.objects.filter(claimed_at__isnull=False).update(claimed_at=clock.now() - timedelta(hours=1))
    jobs.sweep_due()
    for order_id in Order.objects.filter(state="waiting").values_list("pk", flat=True):
        jobs.deliver(order_id)


def test_a_fact_becomes_an_order_becomes_an_answer(town: Town) -> None:
    one = order()
    work()
    until(lambda: state(one) == "answered")
    assert said(one) == [("accepted", "applied"), ("approved", "applied")]
    assert (one.attempts, one.receipt, executed(town, one)) == (1, f"R-{one.event_id}", 1)


def test_many_orders_at_once(town: Town) -> None:
    place(*(draft(department=code, matter=f"m{n}") for n in range(8) for code in ("police", "banks")))
    work()
    until(lambda: Order.objects.filter(state="answered").count() == 16)
    until(lambda: town.ledger["executed"] == 16)
    assert town.ledger["received"] == 16


def test_two_claims_at_once_send_once(town: Town) -> None:
    one = order()
    gate = threading.Barrier(6)

    def race() -> None:
        gate.wait()
        jobs.deliver(one.pk)
        connection.close()

    runners = [threading.Thread(target=race) for _ in range(6)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    until(lambda: state(one) == "answered")
    assert town.ledger["received"] == Attempt.objects.count() == 1


def test_answers_twice(town: Town) -> None:
    town.behave(department="police", answer_twice=True)
    one = order()
    send(one)
    heard(town, one, "approved", 3)
    heard(town, one, "accepted", 3)
    assert sorted(said(one)) == [
        ("accepted", "applied"), ("accepted", "repeated"), ("approved", "applied"), ("approved", "repeated")
    ]  # fmt: skip
    assert sorted(Reply.objects.values_list("kind", "deliveries")) == [
        ("accepted", 1), ("accepted", 2), ("approved", 1), ("approved", 2)
    ]  # fmt: skip
    assert Entry.objects.filter(kind="exchange.ReplyReceived").count() == 2


def test_out_of_order(town: Town) -> None:
    town.behave(department="police", out_of_order=True)
    one = order()
    send(one)
    replies(one, 2)
    assert said(one) == [("approved", "applied"), ("accepted", "late")]
    assert state(one) == "answered"


def test_a_bad_signature_counts_for_nothing(town: Town) -> None:
    town.behave(department="police", bad_signature=True)
    one = order()
    send(one)
    heard(town, one, "approved:401")
    assert (state(one), Reply.objects.count()) == ("sent", 0)


def test_returned_and_corrected(town: Town) -> None:
    town.behave(department="police", **{"return": {"materials": ["photo"], "words": "照片不清"}})
    wish = draft()
    (one,) = place(wish)
    send(one)
    until(lambda: state(one) == "returned")
    assert executed(town, one) == 0
    place(draft(wish.person_id, task_id=wish.task_id, case_id=wish.case_id, round=2))
    send(one)
    until(lambda: state(one) == "answered")
    assert (one.round, executed(town, one)) == (2, 1)


def test_refused(town: Town) -> None:
    town.behave(department="police", matter="hukou", refuse={"reason": "未注销", "remedy": "先办理注销"})
    no, yes = order(), order(matter="id-card")
    send(no, yes)
    until(lambda: state(no) == state(yes) == "answered")
    assert said(no)[-1] == ("refused", "applied")
    assert said(yes)[-1] == ("approved", "applied")


def test_waits_for_something_outside(town: Town) -> None:
    town.behave(department="police", external={"wait": 0.2, "words": "等待部队拨款"})
    one = order()
    send(one)
    until(lambda: state(one) == "answered")
    assert [kind for kind, _ in said(one)] == ["accepted", "progress", "approved"]


def test_accepts_and_then_says_nothing(town: Town) -> None:
    town.behave(department="police", silent=True)
    one = order()
    send(one)
    until(lambda: state(one) == "acknowledged")
    services.tell_owners(actor=SYSTEM, now=one.tell_by)
    stuck = Entry.objects.get(kind="exchange.OrderStuck").payload
    assert (stuck["order_id"], stuck["reason"], stuck["owner"]) == (str(one.pk), "silent", one.owner)


def test_down_and_up_again(town: Town) -> None:
    town.behave(department="police", down_for=3600)
    one, other = order(), order(department="banks")
    send(one, other)
    until(lambda: state(other) == "answered")
    assert (state(one), Attempt.objects.get(order=one).status) == ("waiting", 503)
    assert one.next_attempt_at > clock.now()
    town.behave(department="police")
    until(lambda: state(one) == "answered", try_again)
    assert executed(town, one) == 1


def test_slower_than_we_wait(town: Town, settings) -> None:
    settings.EXCHANGE_READ_SECONDS = 0.2
    town.behave(department="police", slow=1.0)
    one = order()
    send(one)  # it took the order; we were gone before the receipt
    assert (Attempt.objects.get().outcome, Attempt.objects.get().words) == ("retry", "ReadTimeout")
    until(lambda: state(one) == "answered")
    town.behave(department="police")
    assert executed(town, one) == 1


def test_a_department_that_says_no_to_every_order(town: Town) -> None:
    town.behave(department="police", status=403)
    one = order()
    send(one)
    assert (state(one), one.told_at is not None) == ("dead", True)


@pytest.mark.parametrize("status", [400, 401, 422])
def test_an_order_that_was_garbled_on_the_way_goes_again(town: Town, status: int) -> None:
    town.behave(department="police", status=status)  # so a receiver speaks of one wrong byte
    one = order()
    send(one)
    assert (state(one), Circuit.objects.get(port=one.port_id).failures) == ("waiting", 0)
    town.behave(department="police")
    try_again()
    until(lambda: state(one) == "answered")
    assert executed(town, one) == 1


def test_a_key_that_does_not_fit_is_told_after_the_fourth_no(town: Town) -> None:
    town.behave(department="police", status=401)
    one = order()
    send(one)
    for _ in range(2):
        try_again()
        assert state(one) == "waiting"
    try_again()
    assert (state(one), one.attempts, one.told_at is not None) == ("dead", 4, True)


class Deaf(BaseHTTPRequestHandler):
    """A house that finds the first two messages garbled."""

    heard: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.heard.append(self.headers["webhook-id"])
        self.send_response(401 if len(self.heard) <= 2 else 202)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


def test_a_reply_that_was_garbled_on_the_way_is_said_again(town: Town, tmp_path: Path) -> None:
    Deaf.heard.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Deaf) as ears:
        threading.Thread(target=ears.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        town.stop()
        town.callback = f"http://127.0.0.1:{ears.server_port}/replies"
        town.start()
        one = order()
        send(one)
        heard(town, one, "approved")
        ears.shutdown()
    first, second, third, decision = Deaf.heard
    assert first == second == third != decision
    assert town.ledger["orders"][str(one.pk)]["said"] == {"accepted": 1, "approved": 1}


def test_killed_before_the_receipt_and_started_again(town: Town) -> None:
    town.kill()
    one = order()
    send(one)
    assert (state(one), Attempt.objects.get().words) == ("waiting", "ConnectError")
    town.start()
    until(lambda: state(one) == "answered", try_again)
    assert (executed(town, one), Entry.objects.filter(kind="exchange.ReplyReceived").count()) == (1, 2)


def test_killed_in_the_middle_of_the_work_and_started_again(town: Town) -> None:
    town.behave(department="police", external={"wait": 3600})
    one = order()
    send(one)
    assert state(one) in ("sent", "acknowledged")
    town.kill()
    Department.objects.update(repeat_after=timedelta(0))
    town.start()
    services.retry_order(order=one, actor=SYSTEM, now=clock.now())  # what a supervisor does about silence
    until(lambda: state(one) == "answered", try_again)
    applied = [kind for kind, what in said(one) if what == "applied"]
    assert (applied.count("approved"), executed(town, one)) == (1, 1)


def test_the_house_asks_again_and_hears_the_same_answer(town: Town) -> None:
    one = order()
    send(one)
    heard(town, one, "approved")
    Order.objects.filter(pk=one.pk).update(state="waiting", answered_at=None, next_attempt_at=clock.now())
    send(one)
    heard(town, one, "approved", 2)
    assert (executed(town, one), Reply.objects.get(kind="approved").deliveries) == (1, 2)


def test_a_forged_order_is_not_taken(town: Town) -> None:
    body = (
        b'{"specversion":"1.0","id":"x","source":"s","type":"t","subject":"u","time":"2026-09-28T00:00:00Z","data":{}}'
    )
    assert httpx.post(town.address("police"), content=body, trust_env=False).status_code == 401
    assert town.ledger["count"] == 0


def test_it_leaves_when_asked(town: Town) -> None:
    assert town.stop() == 0


def test_it_needs_no_django_and_no_database() -> None:
    import subprocess
    import sys

    check = (
        "import onething.exchange.simulators.__main__, sys; print([m for m in sys.modules if m.startswith('django')])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_what_the_matter_needs_goes_out(town: Town) -> None:
    one = order()
    delivery = services.claim_order(order_id=one.pk, actor=SYSTEM, now=clock.now())
    assert delivery is not None
    assert set(delivery.envelope.data) == {"order", "round", "case_number", "matter", "due", "fields", "materials"}
    assert UUID(delivery.envelope.data["order"]) == one.pk


def test_a_withdrawal_reaches_the_department_which_stops_and_what_was_done_stays_done(town: Town) -> None:
    one, done = order(), order()
    send(done)
    until(lambda: state(done) == "answered")
    town.behave(department="police", silent=True)
    send(one)
    until(lambda: state(one) == "acknowledged")
    services.cancel_orders(task_ids=[one.task_id, done.task_id], actor=SYSTEM, now=clock.now())
    for _ in range(2):
        for amendment in Amendment.objects.filter(kind="withdrawal"):
            jobs.deliver_amendment(amendment.pk)
    told = Amendment.objects.get()
    assert (told.order_id, told.state, told.receipt) == (one.pk, "sent", f"R-{one.pk}-w")
    lines = town.ledger["orders"]
    assert (lines[str(one.pk)]["withdrawn"], lines[str(one.pk)]["executed"]) == (1, 0)
    assert (lines[str(done.pk)]["withdrawn"], lines[str(done.pk)]["executed"]) == (0, 1)


def test_a_withdrawal_that_overtakes_its_order_is_remembered(town: Town) -> None:
    town.behave(department="police", down_for=60)
    one = order()
    send(one)  # the call failed, as far as we know: it may have arrived
    services.cancel_orders(task_ids=[one.task_id], actor=SYSTEM, now=clock.now())
    town.behave(department="police")
    withdrawal = Amendment.objects.get()
    Circuit.objects.update(open_until=None, opened_at=None)
    jobs.deliver_amendment(withdrawal.pk)
    late = Delivery(**{**late_order(one), "claimed_at": clock.now()})
    assert connectors.send([late], now=clock.now())[0].verdict == "delivered"
    line = town.ledger["orders"][str(one.pk)]
    assert (line["withdrawn"], line["received"], line["executed"]) == (1, 1, 0)


def late_order(one: Order) -> dict[str, object]:
    """Write an order as it went out before it was withdrawn."""
    port = one.port
    envelope = order_envelope(
        event_id=one.event_id, placed_at=one.created_at, order_id=one.pk, round=one.round,
        case_number=one.case_number, matter=one.matter, title=one.title, due=one.due, **payload(one),
    )  # fmt: skip
    return {
        "order_id": one.pk, "port_id": port.pk, "round": one.round, "number": 1, "connector": port.connector,
        "address": port.address, "host_key": "", "envelope": envelope, "keyring": queries.keyring_of(port),
    }  # fmt: skip


def payload(one: Order) -> dict[str, object]:
    return {name: one.payload[name] for name in ("fields", "materials")}


def test_after_a_power_cut_every_order_is_answered_once(town: Town, tmp_path: Path) -> None:
    town.stop()
    kept = ("--memory", str(tmp_path / "memory.sqlite3"))
    town.start(*kept)
    town.behave(department="banks", external={"wait": 3600})
    early, waiting, late = order(), order(department="banks"), order()
    send(early, waiting)
    heard(town, early, "approved")
    heard(town, waiting, "progress")
    town.behave(department="police", silent=True)
    send(late)  # it has the receipt, and no more
    town.kill()
    town.start(*kept)
    heard(town, late, "accepted")
    assert said(early) == [("accepted", "applied"), ("approved", "applied")]
    assert said(waiting) == [("accepted", "applied"), ("progress", "applied")]
    assert said(late) == [("accepted", "applied")]
    services.cancel_orders(task_ids=[waiting.task_id], actor=SYSTEM, now=clock.now())
    jobs.deliver_amendment(Amendment.objects.get().pk)
    town.kill()
    town.start(*kept)
    assert town.ledger["orders"][str(waiting.pk)]["withdrawn"] == 1


def test_an_answer_that_was_on_its_way_at_the_power_cut_counts_once(town: Town, tmp_path: Path) -> None:
    one = order()
    Order.objects.filter(pk=one.pk).update(state="sent")
    seen = {"order": str(one.pk), "round": 1, "matter": {"id": "id_card", "title": "…"}}
    memory = Memory(str(tmp_path / "before"))
    memory.learn("police", seen, [Saying(0.0, "approved", {"result": {"number": "7"}})])
    shutil.copy(tmp_path / "before", tmp_path / "after")  # as it is when the light goes out before it is noted
    for path in (tmp_path / "before", tmp_path / "after"):
        town.kill()
        town.start("--memory", str(path))
        until(lambda path=path: Memory(str(path)).rounds()[0].heard == 1)
    assert list(Reply.objects.filter(order=one).values_list("deliveries", "disposition")) == [(2, "applied")]
