"""The verdict finds what is broken: each sentence is made true once, and found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from chaos import verdict
from django.db import connection

from onething.cases.models import Case, Task
from onething.cases.tests import factories
from onething.cases.tests.test_services import finish
from onething.catalogue import planning
from onething.exchange.models import Order, Reply

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session() -> Iterator[verdict.Session]:
    given = connection.get_connection_params()
    known = {name: given[name] for name in ("dbname", "user", "password", "host", "port") if given.get(name)}
    with verdict.connect(" ".join(f"{name}='{value}'" for name, value in known.items())) as session:
        yield session


@pytest.fixture
def case() -> Case:
    """A case that has come to its end, by its departments' desks."""
    case = factories.case()
    from onething.cases import services
    from onething.kernel.access import SYSTEM

    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=factories.NOW)
    finish(case)
    case.refresh_from_db()
    assert case.state == "settled"
    return case


def ledger(**more: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {str(pk): {"executed": 1, "said": {}} for pk in Order.objects.values_list("pk", flat=True)} | more


def found(session: verdict.Session, case: Case, book: dict[str, Any] | None = None) -> set[str]:
    said = verdict.broken(session, ledger() if book is None else book, {case.number: 1})
    return set(said) - {"a settled case has no slip, or more than one"}  # no worker writes letters here


def test_a_case_that_went_well_is_not_blamed(session: verdict.Session, case: Case) -> None:
    assert found(session, case) == set()
    count, wrong = verdict.wrong_deadlines(session, planning.calendar())
    assert (count, wrong) == (case.tasks.count(), [])


def test_what_is_broken_in_the_database_is_named(session: verdict.Session, case: Case) -> None:
    Case.objects.update(state="running", settled_at=None)
    assert found(session, case) == {"a case has not come to its end"}
    Case.objects.update(state="settled", settled_at=factories.NOW)
    one, two, *_ = Order.objects.order_by("pk")
    Order.objects.filter(pk=one.pk).update(state="sent", answered_at=None)
    assert "a matter was decided and its order was not answered" in found(session, case)
    two.delete()
    broken = found(session, case, ledger())
    assert "a matter went out without an order" in broken


def test_what_departments_did_is_compared(session: verdict.Session, case: Case) -> None:
    one = str(Order.objects.first().pk)
    twice = found(session, case, ledger(**{one: {"executed": 2, "said": {}}}))
    assert twice == {"an order was executed more than once", "an answered order was not executed exactly once"}
    never = found(session, case, ledger(**{one: {"executed": 0, "said": {}}}))
    assert never == {"an answered order was not executed exactly once"}
    unknown = found(session, case, ledger(other={"executed": 0, "said": {}}))
    assert unknown == {"a department knows an order that we do not"}
    kept = Reply.objects.filter(order=one).count()
    assert found(session, case, ledger(**{one: {"executed": 1, "said": {"approved": kept}}})) == set()
    lost = found(session, case, ledger(**{one: {"executed": 1, "said": {"approved": kept + 1}}}))
    assert lost == {"a reply that we acknowledged is not there"}


def test_cases_are_compared_with_what_people_were_told(session: verdict.Session, case: Case) -> None:
    assert set(verdict.broken(session, ledger(), {})) >= {"a case is there that nobody was given"}
    assert set(verdict.broken(session, ledger(), {case.number: 1, "TY-lost": 2})) >= {
        "a case whose number was given to its person is not there"
    }


def test_a_deadline_that_was_moved_by_hand_is_found(session: verdict.Session, case: Case) -> None:
    task = Task.objects.exclude(due=None).first()
    Task.objects.filter(pk=task.pk).update(due="2030-01-01")
    _, wrong = verdict.wrong_deadlines(session, planning.calendar())
    assert wrong == [f"{task.pk} 2030-01-01"]
