"""The standing check finds what no order, no start and no end will ever move."""

from __future__ import annotations

from datetime import timedelta

import pytest

from onething.cases import standing
from onething.cases.models import Case, Task
from onething.cases.tests import factories
from onething.exchange.models import Order
from onething.exchange.standing import LATE, stuck_things
from onething.kernel.access import SYSTEM

pytestmark = pytest.mark.django_db

LATER = factories.NOW + LATE + timedelta(seconds=1)


@pytest.fixture
def case() -> Case:
    return factories.case()


def found(at=LATER) -> set[tuple[str, str]]:
    known = {*standing.tasks_without_order(SYSTEM, at), *standing.cases_without_end(SYSTEM, at)}
    assert known <= set(stuck_things(SYSTEM, now=at))
    return {(one.code, one.what) for one in known}


def test_a_case_that_goes_its_way_is_not_found(case: Case) -> None:
    assert found() == set()


def test_a_matter_at_work_without_an_order_is_found_with_its_case(case: Case) -> None:
    Order.objects.filter(case_id=case.pk).delete()
    tasks = Task.objects.filter(case=case, state="at_department")
    assert found() == {("no_order", task.sheet["title"]) for task in tasks}
    assert found(factories.NOW) == set()  # its order may be on its way


def test_a_matter_that_waits_for_nothing_and_was_not_set_going_is_found(case: Case) -> None:
    task = Task.objects.filter(case=case, state="not_yet").first()
    assert task is not None
    Task.objects.filter(pk=task.pk).update(missing=[], awaits=[])
    assert found() == {("not_started", task.sheet["title"])}


def test_a_case_whose_matters_have_all_ended_is_found(case: Case) -> None:
    Task.objects.filter(case=case).update(state="withdrawn", ended_at=factories.NOW)
    assert found() == {("not_settled", case.number)}
