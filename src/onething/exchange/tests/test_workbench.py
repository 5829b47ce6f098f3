"""The desk, through the browser's door."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from onething.correspondence.models import Enclosure
from onething.exchange import queries, services
from onething.exchange.models import Order, Reply
from onething.exchange.tests.factories import COUNTY, NOW, connect, load_regions, order
from onething.identity import services as identity
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM
from onething.registry.tests.factories import organisation

pytestmark = pytest.mark.django_db


def officer(client: Client, code: str = "police-desk", role: str = "department", department: str = "police") -> Client:
    """Sign an officer in at the desk of an organisation."""
    account = identity.open_account(username=f"{role}-{code}", actor=SYSTEM, now=NOW)
    identity.give_post(
        account=account,
        role=role,
        organisation=organisation(code, department=department),
        region=COUNTY,
        valid_from=NOW,
        actor=SYSTEM,
        now=NOW,
    )
    return enter(client, account)


@pytest.fixture
def asked() -> Order:
    load_regions()
    connect()
    return order()


def token(client: Client, one: Order) -> str:
    page = client.get(reverse("exchange:order", args=[one.pk]))
    found = re.search(r'name="token" value="([0-9a-f-]{36})"', page.content.decode())
    assert found
    return found[1]


def answer(client: Client, one: Order, **words):
    return client.post(reverse("exchange:order", args=[one.pk]), {"token": token(client, one), **words})


def test_the_desk_lists_what_waits_for_it(client: Client, asked: Order) -> None:
    text = officer(client).get(reverse("exchange:desk")).content.decode()
    assert "恢复户口" in text
    assert reverse("exchange:order", args=[asked.pk]) in text


def test_an_order_shows_what_the_matter_needs(client: Client, asked: Order) -> None:
    text = officer(client).get(reverse("exchange:order", args=[asked.pk])).content.decode()
    assert all(words in text for words in ("地址", "柳湾村 7 号", "照片", "YC2026-000014"))


def test_a_strange_desk_sees_nothing(client: Client, asked: Order) -> None:
    officer(client, "banks-desk")
    assert "恢复户口" not in client.get(reverse("exchange:desk")).content.decode()
    assert client.get(reverse("exchange:order", args=[asked.pk])).status_code == 404
    assert client.post(reverse("exchange:order", args=[asked.pk]), {"kind": "accepted"}).status_code == 404


def test_nobody_is_sent_to_sign_in(client: Client, asked: Order) -> None:
    assert client.get(reverse("exchange:desk")).status_code == 302


def test_accept_then_approve(client: Client, asked: Order) -> None:
    officer(client)
    assert answer(client, asked, kind="accepted").status_code == 302
    assert answer(client, asked, kind="approved", number="H-7", text="准予恢复").status_code == 302
    asked.refresh_from_db()
    assert (asked.state, Reply.objects.count()) == ("answered", 2)
    shown = client.get(reverse("exchange:order", args=[asked.pk])).content.decode()
    assert 'value="approved"' not in shown


def test_a_double_click_counts_once(client: Client, asked: Order) -> None:
    officer(client)
    words = {"token": token(client, asked), "kind": "approved", "text": "准予恢复"}
    codes = [client.post(reverse("exchange:order", args=[asked.pk]), words).status_code for _ in range(2)]
    assert (codes, Reply.objects.count()) == ([302, 302], 1)


def test_a_colleague_was_faster(client: Client, asked: Order) -> None:
    officer(client)
    mine = token(client, asked)
    answer(client, asked, kind="approved", text="准予恢复")
    late = client.post(
        reverse("exchange:order", args=[asked.pk]), {"token": mine, "kind": "refused", "reason": "a", "remedy": "b"}
    )
    assert late.status_code == 409


@pytest.mark.parametrize(
    "words",
    [
        {"kind": "approved"},
        {"kind": "refused", "reason": "材料不符"},
        {"kind": "refused", "remedy": "换发"},
        {"kind": "returned", "message": "照片不清"},
        {"kind": "returned", "materials": ["photo"]},
        {"kind": "returned", "message": "m", "materials": ["passport"]},
        {"kind": "progress"},
        {},
    ],
)
def test_half_an_answer_is_asked_for_again_and_nothing_is_sent(client: Client, asked: Order, words: dict) -> None:
    page = answer(officer(client), asked, **words)
    assert (page.status_code, Reply.objects.count()) == (422, 0)
    assert 'role="alert"' in page.content.decode()


def test_return_for_correction(client: Client, asked: Order) -> None:
    answer(officer(client), asked, kind="returned", message="照片不清", materials=["photo"], fields_=["address"])
    asked.refresh_from_db()
    assert asked.state == "returned"


def test_a_correction_is_asked_for_with_sentences_from_the_list_and_free_words(client: Client, asked: Order) -> None:
    answer(officer(client), asked, kind="returned", materials=["photo"], why=["blurred", "background"], message="谢谢")
    (reply,) = queries.replies_to(asked)
    assert reply.message.splitlines() == [
        "照片拍糊了。请在亮处重拍一张。", "照片要白色背景。别的不用重交。", "谢谢",
    ]  # fmt: skip


def test_a_supervisor_sends_a_stuck_order_again(client: Client) -> None:
    load_regions()
    one = order(department="banks")
    officer(client, role="supervisor")
    assert "恢复户口" in client.get(reverse("exchange:stuck")).content.decode()
    connect("banks")
    assert client.post(reverse("exchange:send_again", args=[one.pk])).status_code == 302
    one.refresh_from_db()
    assert one.state == "waiting"


def test_an_officer_may_not_watch(client: Client, asked: Order) -> None:
    assert officer(client).get(reverse("exchange:stuck")).status_code == 403


# ---- what was given back, what is no longer wanted, and the paper that comes with an approval


PAPER = b"%PDF-1.7 an invented paper %%EOF"


def test_what_was_given_back_stays_on_the_list_and_can_still_be_refused(client: Client, asked: Order) -> None:
    answer(officer(client), asked, kind="returned", message="照片不清", materials=["photo"])
    assert "已退回，等申请人补正" in client.get(reverse("exchange:desk")).content.decode()
    shown = client.get(reverse("exchange:order", args=[asked.pk])).content.decode()
    assert ('value="refused"' in shown, 'value="approved"' in shown) == (True, False)
    assert answer(client, asked, kind="refused", reason="逾期未补正", remedy="请重新申请").status_code == 302
    asked.refresh_from_db()
    assert asked.state == "answered"


def test_what_is_no_longer_wanted_says_so_until_it_is_noted(client: Client) -> None:
    load_regions()
    connect(connector="desk")
    asked = order()
    services.cancel_orders(task_ids=[asked.task_id], actor=SYSTEM, now=NOW)
    officer(client)
    assert "已撤回，请停办" in client.get(reverse("exchange:desk")).content.decode()
    assert "申请人已撤回" in client.get(reverse("exchange:order", args=[asked.pk])).content.decode()
    assert client.post(reverse("exchange:note_withdrawal", args=[asked.pk])).status_code == 302
    assert "已撤回，请停办" not in client.get(reverse("exchange:desk")).content.decode()
    stranger = officer(Client(), "banks-desk", department="banks")
    assert stranger.post(reverse("exchange:note_withdrawal", args=[asked.pk])).status_code == 404


def test_a_paper_comes_with_the_approval_and_lies_there_once(client: Client, asked: Order) -> None:
    officer(client)
    words = {"token": token(client, asked), "kind": "approved", "text": "准予恢复"}
    for _ in range(2):
        paper = SimpleUploadedFile("证.pdf", PAPER, content_type="application/pdf")
        assert client.post(reverse("exchange:order", args=[asked.pk]), {**words, "file": paper}).status_code == 302
    kept = Enclosure.objects.get()
    result = queries.replies_to(asked)[0].result
    assert result == {"text": "准予恢复", "file": {"enclosure": str(kept.pk), "size": len(PAPER)}}
    assert (kept.person_id, kept.case_id) == (asked.person_id, asked.case_id)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04 a table", "不是一个完整的 PDF"),
        (b"%PDF-1.7 " + b"x" * (2 * 1024 * 1024) + b"%%EOF", "超过 2 MB"),
        (b"%PDF-1.7 /Encrypt 1 0 R %%EOF", "加了密码"),
    ],
)
def test_a_file_that_is_no_paper_is_told_beside_its_field_and_nothing_is_sent(
    client: Client, asked: Order, content: bytes, says: str
) -> None:
    paper = SimpleUploadedFile("paper.pdf", content, content_type="application/pdf")
    page = answer(officer(client), asked, kind="approved", text="准予", file=paper)
    assert (page.status_code, Reply.objects.count(), Enclosure.objects.count()) == (422, 0, 0)
    assert says in page.content.decode()
