"""Departments that make no calls, and departments that have no system: lists, files in a folder, files over SFTP."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onething.exchange import connectors, jobs, queries, services
from onething.exchange.connectors.file import folders, tables
from onething.exchange.errors import FolderNotAllowed, MessageMalformed
from onething.exchange.events import RepliesDue
from onething.exchange.models import Amendment, Attempt, DeadLetter, Department, Inbox, Order, Reply
from onething.exchange.tests.conftest import Town, until
from onething.exchange.tests.factories import connect, draft, load_regions, order, place
from onething.exchange.tests.sftp import Server
from onething.kernel.access import SYSTEM
from onething.kernel.signing import SigningKey
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry

REAL = [pytest.mark.django_db(transaction=True), pytest.mark.urls("onething.exchange.tests.urls")]


def fetch(department: Department) -> Inbox:
    """Fetch what lies ready, as the job does."""
    jobs.collect_replies(RepliesDue(department_id=department.pk))
    return Inbox.objects.get(port=department)


def test_connectors_are_found_by_their_folders() -> None:
    assert connectors.known() == ("desk", "file", "http", "poll")
    assert connectors.collecting() == ["file", "poll"]


# ---- poll ------------------------------------------------------------------------------------------------------


@pytest.fixture
def quiet(town: Town) -> tuple[Town, Department]:
    """A department that takes calls and makes none."""
    department = connect("banks", "poll", address=town.address("banks"))
    town.kill()
    keys = json.loads(town.keys.read_text())
    keys["banks"]["calls"] = "no"
    town.keys.write_text(json.dumps(keys))
    town.start()
    return town, department


class TestPoll:
    pytestmark = REAL

    def test_its_replies_are_fetched_and_each_counts_once(self, quiet: tuple[Town, Department]) -> None:
        _, banks = quiet
        one = order(department="banks")
        jobs.deliver(one.pk)
        until(lambda: Order.objects.get(pk=one.pk).state == "answered", lambda: fetch(banks))
        inbox = fetch(banks)
        assert (inbox.cursor, inbox.problem, Reply.objects.count()) == ("2", "", 2)
        Inbox.objects.update(cursor="")  # a cursor that was lost: everything is read again, nothing counts twice
        fetch(banks)
        assert list(Reply.objects.values_list("disposition", "deliveries")) == [("applied", 2), ("applied", 2)]

    def test_a_list_that_is_signed_by_somebody_else_is_not_read(self, quiet: tuple[Town, Department]) -> None:
        town, banks = quiet
        one = order(department="banks")
        jobs.deliver(one.pk)
        heard = lambda: town.ledger["orders"].get(str(one.pk), {}).get("said", {}).get("approved")  # noqa: E731
        until(lambda: bool(heard()))
        town.behave(department="banks", bad_signature=True)
        inbox = fetch(banks)
        assert (inbox.problem, inbox.cursor, Reply.objects.count()) == ("200 signature_wrong", "", 0)
        assert inbox.next_at > clock.now()

    def test_a_department_that_is_down_is_asked_again_later_and_later(self, quiet: tuple[Town, Department]) -> None:
        town, banks = quiet
        town.behave(department="banks", down_for=60)
        assert [fetch(banks).failures for _ in range(2)] == [1, 2]
        town.behave(department="banks")
        assert fetch(banks).failures == 0

    def test_a_worker_that_dies_while_reading_blocks_nobody(self, quiet: tuple[Town, Department]) -> None:
        _, banks = quiet
        assert services.claim_inbox(port_id=banks.pk, actor=SYSTEM, now=clock.now()) is not None
        assert services.claim_inbox(port_id=banks.pk, actor=SYSTEM, now=clock.now()) is None
        later = clock.now() + timedelta(minutes=2)
        assert services.call_for_replies(actor=SYSTEM, now=later) == 1
        assert services.claim_inbox(port_id=banks.pk, actor=SYSTEM, now=later) is not None


class TestBulk:
    pytestmark = REAL

    def test_several_orders_go_out_in_one_message_and_each_is_executed_once(self, town: Town) -> None:
        connect("police", "http", address=town.address("police"), bulk=10)
        orders = place(*(draft() for _ in range(12)))
        for one in orders:
            jobs.deliver(one.pk)
        until(lambda: Order.objects.filter(state="answered").count() == 12)
        assert (town.ledger["received"], town.ledger["executed"], Attempt.objects.count()) == (12, 12, 12)
        calls = set(Attempt.objects.values_list("started_at", flat=True))
        assert len(calls) == 2
        assert Order.objects.get(pk=orders[0].pk).receipt == f"R-{orders[0].event_id}"

    def test_orders_that_are_not_among_the_receipts_are_sent_again(self, town: Town) -> None:
        connect("police", "http", address=town.address("police"), bulk=10)
        town.behave(department="police", status=503)
        orders = place(*(draft() for _ in range(3)))
        jobs.deliver(orders[0].pk)
        assert set(Attempt.objects.values_list("outcome", flat=True)) == {"retry"}
        town.behave(department="police")
        Order.objects.update(next_attempt_at=clock.now())
        for one in orders:
            jobs.deliver(one.pk)
        until(lambda: Order.objects.filter(state="answered").count() == 3)


# ---- files -----------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.EXCHANGE_FOLDERS = str(tmp_path)
    load_regions()
    return tmp_path / "banks"


def lay(folder: Path, name: str, rows: list[dict[str, str]], encoding: str = "utf-8-sig") -> None:
    """Lay a file of replies down, as a spreadsheet writes it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    (folder / "replies").mkdir(parents=True, exist_ok=True)
    (folder / "replies" / name).write_bytes(text.getvalue().encode(encoding))


def receipts(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / "receipts" / f"{name}.receipt.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.django_db
class TestFile:
    def test_orders_go_out_as_a_table_and_replies_come_back_as_one(self, folder: Path) -> None:
        banks = connect("banks", "file", address=f"file://{folder}", bulk=50)
        wishes = place(*(draft(department="banks", fields={"address": "=1+1", "days": 3}) for _ in range(3)))
        jobs.deliver(wishes[0].pk)
        (written,) = (folder / "orders").iterdir()
        rows = list(csv.DictReader(io.StringIO(written.read_text("utf-8-sig"))))
        assert {row["order"] for row in rows} == {str(one.pk) for one in wishes}
        assert (rows[0]["field.address"], rows[0]["field.days"], rows[0]["materials"]) == ("'=1+1", "3", "photo")
        assert {one.state for one in Order.objects.all()} == {"sent"}
        lay(folder, "replies-1.csv", [
            {"id": "1", "order": str(wishes[0].pk), "round": "1", "kind": "approved", "result.number": "B-1"},
            {"id": "2", "order": str(wishes[1].pk), "kind": "refused", "reason": "账户不符", "remedy": "请更正账户"},
            {"id": "3", "order": str(wishes[2].pk), "kind": "returned", "message": "?", "correct_materials": "photo"},
        ], "gb18030")  # fmt: skip
        assert fetch(banks).problem == ""
        assert [Order.objects.get(pk=one.pk).state for one in wishes] == ["answered", "answered", "returned"]
        assert [row["disposition"] for row in receipts(folder, "replies-1.csv")] == ["applied"] * 3
        assert queries.reply(Reply.objects.get(message_id="3").pk).materials == ("photo",)
        assert not list((folder / "replies").iterdir())
        assert (folder / "taken" / "replies-1.csv").exists()

    def test_a_withdrawal_is_a_row_that_says_so(self, folder: Path) -> None:
        connect("banks", "file", address=f"file://{folder}")
        one = order(department="banks")
        jobs.deliver(one.pk)
        services.cancel_orders(task_ids=[one.task_id], actor=SYSTEM, now=clock.now())
        jobs.deliver_amendment(Amendment.objects.get().pk)
        (written,) = (folder / "orders").glob("*-w-*")
        (row,) = csv.DictReader(io.StringIO(written.read_text("utf-8-sig")))
        assert (row["id"], row["order"], row["withdrawn"]) == (f"{one.pk}-w", str(one.pk), "true")
        assert Amendment.objects.get().receipt == written.name

    def test_a_wrong_row_spoils_no_other_and_somebody_is_told_once(self, folder: Path) -> None:
        banks = connect("banks", "file", address=f"file://{folder}")
        one = order(department="banks")
        rows = [
            {"id": "1", "order": "nothing", "kind": "approved"},
            {"id": "2", "order": str(one.pk), "kind": "accepted"},
            {"id": "3", "order": str(one.pk), "kind": "perhaps"},
        ]
        lay(folder, "a.csv", rows)
        fetch(banks)
        lay(folder, "a.csv", rows)
        fetch(banks)
        assert [bool(row["problem"]) for row in receipts(folder, "a.csv")] == [True, False, True]
        assert list(DeadLetter.objects.values_list("times", "owner")) == [(2, banks.owner)] * 2
        assert Entry.objects.filter(kind="exchange.MessageBuried").count() == 2
        assert Reply.objects.get().deliveries == 2

    @pytest.mark.parametrize("content", [b"", b"\xff\xfe\xff", b"PK\x03\x04 no workbook", b'"a\n"b"c'])
    def test_a_file_that_is_no_table_is_put_aside_and_told(self, folder: Path, content: bytes) -> None:
        banks = connect("banks", "file", address=f"file://{folder}")
        lay(folder, "x.xlsx", [{"id": "1"}])
        (folder / "replies" / "x.xlsx").write_bytes(content)
        fetch(banks)
        assert (folder / "refused" / "x.xlsx").exists()
        assert DeadLetter.objects.get().place == "x.xlsx"

    def test_half_a_file_and_a_link_are_left_alone(self, folder: Path, tmp_path: Path) -> None:
        banks = connect("banks", "file", address=f"file://{folder}")
        one = order(department="banks")
        secret = tmp_path / "secret.csv"
        lay(folder, "b.csv.part", [{"id": "1", "order": str(one.pk), "kind": "approved"}])
        secret.write_text(f"id,order,kind\n1,{one.pk},approved\n")
        (folder / "replies" / "c.csv").symlink_to(secret)
        assert fetch(banks).problem == ""
        assert Reply.objects.count() == 0

    def test_whoever_is_held_to_its_answers_signs_its_files(self, folder: Path) -> None:
        key = SigningKey.from_seed(b"the banks' own key ............!")
        banks = connect("banks", "file", address=f"file://{folder}", public_key=key.public.text)
        one = order(department="banks")
        rows = [{"id": "1", "order": str(one.pk), "kind": "approved", "result.number": "B-1"}]
        lay(folder, "d.csv", rows)
        fetch(banks)
        assert "signature" in DeadLetter.objects.get().problem
        lay(folder, "e.csv", rows)
        content = (folder / "replies" / "e.csv").read_bytes()
        (folder / "replies" / "e.csv.sig").write_text(key.signature(b"e.csv." + content))
        fetch(banks)
        assert Reply.objects.get().kind == "approved"

    def test_excel_is_written_and_read(self, folder: Path) -> None:
        banks = connect("banks", "file", address=f"file://{folder}?format=xlsx")
        one = order(department="banks", fields={"address": "=1+1"})
        jobs.deliver(one.pk)
        (written,) = (folder / "orders").iterdir()
        head, row = openpyxl.load_workbook(written).active.iter_rows(values_only=True)
        assert dict(zip(head, row, strict=True))["field.address"] == "=1+1"
        book = openpyxl.Workbook()
        book.active.append(["id", "order", "round", "kind", "result.number"])
        book.active.append([7, str(one.pk), 1, "approved", 118])
        (folder / "replies").mkdir(exist_ok=True)
        book.save(folder / "replies" / "f.xlsx")
        fetch(banks)
        assert queries.reply(Reply.objects.get(message_id="7").pk).result == {"number": "118"}

    @pytest.mark.parametrize("address", [
        "file:///etc", "file:///", "file://host/x", "sftp://bank.cn/x", "sftp://u:p@bank.cn/x", "ftp://u@bank.cn/x",
        "file:///tmp/../etc", "sftp://u@bank.cn:x/", "",
    ])  # fmt: skip
    def test_no_folder_outside_the_installations_own(self, folder: Path, address: str) -> None:
        with pytest.raises(FolderNotAllowed):
            connect("banks", "file", address=address)

    def test_no_way_out_of_the_folder(self, folder: Path) -> None:
        with pytest.raises(FolderNotAllowed):
            connect("banks", "file", address=f"file://{folder}/../../etc")


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")))


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), TEXT, min_size=1), min_size=1, max_size=5))
def test_what_is_written_as_a_table_is_read_as_it_was(rows: list[dict[str, str]]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    expected = [{name: row.get(name, "") for name in columns} for row in rows]
    shown = [row if any(row.values()) else {} for row in expected]
    assert tables.read(tables.write(rows, "csv"), "x.csv") == shown


def test_a_table_without_end_is_refused() -> None:
    with pytest.raises(MessageMalformed):
        tables.read(b"a\n" + b"1\n" * (tables.MOST_ROWS + 1), "x.csv")
    with pytest.raises(MessageMalformed):
        tables.read(b"x" * (tables.MOST_BYTES + 1), "x.csv")


# ---- SFTP ------------------------------------------------------------------------------------------------------


@pytest.fixture
def server(tmp_path: Path, db: None) -> Iterator[Server]:
    load_regions()
    ring = queries.keyring_for("banks", "990000000000", 1)
    place_ = tmp_path / "server"
    (place_ / "yc").mkdir(parents=True)
    listening = Server(place_, folders.ssh_public(queries.keyring_of(connect("banks")).house))
    assert ring
    yield listening
    listening.close()


def test_orders_and_replies_over_sftp(server: Server, tmp_path: Path) -> None:
    address = f"sftp://house@127.0.0.1:{server.port}/yc"
    banks = connect("banks", "file", address=address, host_key=server.host_key)
    one = order(department="banks")
    jobs.deliver(one.pk)
    (written,) = (tmp_path / "server" / "yc" / "orders").iterdir()
    assert str(one.pk) in written.read_text("utf-8-sig")
    lay(tmp_path / "server" / "yc", "r.csv", [{"order": str(one.pk), "kind": "approved", "result.number": "1"}])
    assert fetch(banks).problem == ""
    assert Order.objects.get().state == "answered"
    assert (tmp_path / "server" / "yc" / "taken" / "r.csv").exists()


def test_a_server_that_shows_another_key_is_given_nothing(server: Server, tmp_path: Path) -> None:
    stranger = f"ssh-ed25519 {base64.b64encode(b'').decode()}"
    other = Server(tmp_path, "")
    connect("banks", "file", address=f"sftp://house@127.0.0.1:{server.port}/yc", host_key=other.host_key)
    one = order(department="banks")
    jobs.deliver(one.pk)
    other.close()
    assert (Attempt.objects.get().outcome, Attempt.objects.get().words) == ("retry", "SSHException")
    connect("banks", "file", address=f"sftp://house@127.0.0.1:{server.port}/yc", host_key=stranger)
    two = order(department="banks")
    jobs.deliver(two.pk)
    assert Attempt.objects.get(order=two).outcome == "final"
    assert not (tmp_path / "server" / "yc" / "orders").exists()
