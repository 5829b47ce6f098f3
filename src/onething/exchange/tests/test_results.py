"""A result document that comes with an approval: taken, bounded, kept once, and never believed by its name."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.test import Client

from onething.correspondence import services as correspondence
from onething.correspondence.enclosing import LARGEST
from onething.correspondence.models import Enclosure
from onething.exchange import messages
from onething.exchange.models import Department, Order, Reply
from onething.exchange.simulators import papers
from onething.exchange.simulators.behaviour import Saying
from onething.exchange.tests.factories import connect, envelope, load_regions, order
from onething.exchange.tests.test_api import send
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry import sealing

pytestmark = [pytest.mark.django_db, pytest.mark.urls("onething.exchange.tests.urls")]

PAPER = papers.drawn({"title": "居民户口簿", "number": "HK-2026-118", "issued": "2026-09-29"})


@pytest.fixture
def police() -> Department:
    load_regions()
    return connect("police", "http", address="https://gat.example.gov.cn/orders")


@pytest.fixture
def asked(police: Department) -> Order:
    return order()


def _approved(asked: Order, police: Department, content: bytes | str = PAPER, **more: Any):
    text = content if isinstance(content, str) else base64.b64encode(content).decode()
    file = {"type": "application/pdf", "content": text}
    data = {"kind": "approved", "round": 1, "result": {"number": "HK-2026-118", "file": file}}
    return envelope(asked, police, data=data | more)


def _problem(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def test_the_file_is_kept_and_the_reply_names_it(client: Client, police: Department, asked: Order) -> None:
    assert send(client, _approved(asked, police), police).status_code == 202
    kept = Enclosure.objects.get()
    said = sealing.unseal(asked.person_id, bytes(Reply.objects.get().sealed), field="exchange.reply")
    assert said["result"] == {"number": "HK-2026-118", "file": {"enclosure": str(kept.pk), "size": len(PAPER)}}
    assert (kept.case_id, kept.person_id, kept.title) == (asked.case_id, asked.person_id, asked.title)
    assert correspondence.open_enclosure(enclosure=kept, actor=SYSTEM, now=clock.now()) == PAPER


def test_the_same_file_again_is_one_document_and_a_repeat(client: Client, police: Department, asked: Order) -> None:
    first = send(client, _approved(asked, police), police)
    again = send(client, _approved(asked, police, id="another"), police)
    assert (first.json()["disposition"], again.json()["disposition"]) == ("applied", "repeated")
    assert Enclosure.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PK\x03\x04 a spreadsheet called result.pdf", "enclosure_no_pdf"),
        (PAPER[:-2000], "enclosure_no_pdf"),
        (b"", "enclosure_no_pdf"),
        (PAPER.replace(b"/Root", b"/Encrypt 1 0 R /Root"), "enclosure_locked"),
        (b"%PDF-1.7" + bytes(LARGEST) + b"%%EOF", "enclosure_too_big"),
        ("not base64!", "message_malformed"),
    ],
    ids=["another kind", "cut off", "empty", "locked", "too big", "no base64"],
)
def test_what_is_no_whole_open_pdf_is_refused_and_nothing_is_kept(
    client: Client, police: Department, asked: Order, content: bytes | str, problem: str
) -> None:
    assert _problem(send(client, _approved(asked, police, content), police)) == (422, problem)
    assert not Reply.objects.exists()
    assert not Enclosure.objects.exists()


@pytest.mark.parametrize("data", [{"kind": "accepted"}, {"result": {"file": "scan.pdf"}}, {"result": {"file": {}}}])
def test_a_file_in_another_shape_or_place_is_refused(client: Client, police: Department, asked: Order, data) -> None:
    assert _problem(send(client, _approved(asked, police, **data), police)) == (422, "message_malformed")


def test_the_room_for_a_file_is_no_room_for_words(client: Client, police: Department, asked: Order) -> None:
    wordy = _approved(asked, police, result={"number": "x" * messages.LARGEST})
    assert _problem(send(client, wordy, police)) == (413, "message_too_large")
    assert not Reply.objects.exists()


def test_a_file_of_the_greatest_size_comes_through(client: Client, police: Department, asked: Order) -> None:
    padded = PAPER + b"\n%" + bytes(LARGEST - len(PAPER) - 8) + b"%%EOF\n"
    assert len(padded) == LARGEST
    assert send(client, _approved(asked, police, padded), police).status_code == 202
    assert Enclosure.objects.get().size == LARGEST


def test_another_department_cannot_leave_a_file_here(client: Client, police: Department, asked: Order) -> None:
    stranger = connect("finance", "http", address="https://czt.example.gov.cn/orders")
    answer = send(client, _approved(asked, stranger), stranger)
    assert _problem(answer) == (404, "order_not_found")
    assert not Enclosure.objects.exists()


def test_a_simulated_paper_is_the_same_whenever_it_is_drawn_and_the_house_takes_it() -> None:
    said = Saying(1.0, "approved", {"result": {"title": "居民户口簿", "number": "HK-2026-118", "issued": "2026-09-29"}})
    file = papers.with_paper(said).words["result"]["file"]
    assert base64.b64decode(file["content"]) == PAPER
    assert papers.with_paper(Saying(1.0, "accepted")) == Saying(1.0, "accepted")
