"""A paper that a department shares is really asked for: once, with purpose and law; a desk is not asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onething.cases import shares
from onething.cases.models import Case
from onething.cases.tests import factories
from onething.exchange import queries as order_book
from onething.exchange import services as exchange
from onething.exchange.errors import DataNotGiven
from onething.exchange.models import Sharing
from onething.exchange.tests.conftest import Town
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry.models import Sharing as Ledger

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case() -> Case:
    return factories.case()


@pytest.fixture
def town(case: Case, tmp_path: Path) -> Iterator[Town]:
    """The police of the county, with a system of their own."""
    place = Town(tmp_path, "http://127.0.0.1:1/nowhere")
    police = exchange.connect_department(
        code="police", title="公安局", connector="http", address=place.address("police"), region=factories.REGION,
        actor=SYSTEM, now=factories.NOW,
    ).department  # fmt: skip
    place.settle(police)
    yield place
    place.stop()


def test_a_shared_paper_is_asked_for_once_and_both_ledgers_say_what_for(case: Case, town: Town) -> None:
    for _ in range(2):
        shares.ask_departments(case.pk, now=clock.now())
    asked, taken = Sharing.objects.get(), Ledger.objects.get(direction="taken", partner="police")
    assert (asked.case_number, asked.asked, asked.answered) == (case.number, ["identity"], ["identity"])
    assert "免交身份证明" in asked.purpose
    assert (taken.basis, taken.person_id, taken.reference) == ("L5:7", case.person_id, case.number)
    assert order_book.is_shared(case.number, "police", "identity")


def test_a_department_that_is_silent_is_asked_again(case: Case, town: Town) -> None:
    town.behave(department="police", down_for=60)
    with pytest.raises(DataNotGiven):
        shares.ask_departments(case.pk, now=clock.now())
    town.behave(department="police")
    shares.ask_departments(case.pk, now=clock.now())
    assert sorted(Sharing.objects.values_list("outcome", flat=True)) == ["answered", "failed"]


def test_a_department_without_a_system_is_not_asked(case: Case) -> None:
    shares.ask_departments(case.pk, now=clock.now())
    assert not Sharing.objects.exists()
