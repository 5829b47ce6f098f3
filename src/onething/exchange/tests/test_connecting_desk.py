"""A department is connected by two administrators; the second one is shown the keys, once."""

from __future__ import annotations

import pytest
from django.test import Client

from onething.exchange.models import Department
from onething.identity.models import Proposal
from onething.identity.tests.factories import clerk, enter, post, with_app
from onething.registry.tests.factories import load_regions

pytestmark = pytest.mark.django_db

GIVEN = {"code": "police", "title": "公安局", "region": "990110000000", "connector": "http", "reason": "新接入",
         "address": "https://police.example.test/orders"}  # fmt: skip


def administrator(name: str) -> Client:
    account = with_app(clerk(name))
    post(account, "administrator", region="990000000000")
    return enter(Client(headers={"accept-language": "en"}), account)


def test_two_connect_and_the_second_hands_the_keys_over() -> None:
    load_regions()
    one, other = administrator("wang.one"), administrator("wang.two")
    assert one.post("/exchange/ports/new/", GIVEN).status_code == 302
    assert not Department.objects.exists()
    waiting = Proposal.objects.get()
    assert GIVEN["address"] in other.get("/door/second-eyes/").content.decode()  # who agrees reads where orders will go
    shown = other.post(f"/door/second-eyes/{waiting.pk}/", {"answer": "yes"})
    assert "whsec_" in shown.content.decode()
    assert Department.objects.get().address == GIVEN["address"]
    assert "whsec_" not in other.get("/door/second-eyes/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"address": "http://example.test/"}, {"public_key": "whpk_x"}, {"region": "99"}, {"connector": "ftp"}]
)
def test_what_cannot_be_is_refused_before_anybody_is_asked(wrong: dict[str, str]) -> None:
    load_regions()
    assert administrator("wang.one").post("/exchange/ports/new/", GIVEN | wrong).status_code == 422
    assert not Proposal.objects.exists()
