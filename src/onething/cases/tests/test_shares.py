"""A paper that a department shares is really asked for: once, with purpose and law; a desk is not asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from onething.cases import services, shares
from onething.cases.models import Case
from onething.cases.tests import factories
from onething.exchange import queries as order_book
from onething.exchange import services as exchange
from onething.exchange.errors import DataNotGiven
from onething.exchange.models import Sharing
from onething.exchange.tests.conftest import Town
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
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


def test_a_submission_says_whose_system_is_asked_and_only_then_is_there_a_job(town: Town) -> None:
    somebody = factories.person("990123199006150131")
    draft = factories.draft(somebody)
    later = services.submit_case(draft=draft, actor=factories.citizen(somebody), now=factories.NOW)
    fact = Entry.objects.get(kind="cases.CaseSubmitted", subject=later.pk).payload
    assert fact["asked"] == ["police"]
    assert {*fact["matters"], *fact["later"]} == set(later.tasks.values_list("matter", flat=True))
    assert jobs_for(later) == 1


def test_where_only_desks_share_there_is_no_job(case: Case) -> None:
    assert Entry.objects.get(kind="cases.CaseSubmitted", subject=case.pk).payload["asked"] == []
    assert jobs_for(case) == 0


def jobs_for(case: Case) -> int:
    asking = ProcrastinateJob.objects.filter(task_name="cases.jobs.ask_departments")
    return asking.filter(args__fact_values__case_id=str(case.pk)).count()
