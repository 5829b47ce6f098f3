"""A division gets another code: open work goes with it, closed work keeps the code of its time."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from onething.cases import jobs, services
from onething.cases.models import Case, Question
from onething.cases.states import CaseState
from onething.cases.tests import factories
from onething.exchange.models import Order
from onething.identity.queries import permissions_of
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing.journal.models import Entry
from onething.registry import services as registry
from onething.registry.events import RegionChanged
from onething.registry.models import RegionChange
from onething.registry.regions import ChangeRow

pytestmark = pytest.mark.django_db
NEW = "990187000000"


def ask(case: Case) -> Question:
    """A desk asks the window about one of its orders."""
    Order.objects.filter(case_id=case.pk).update(organisation="police")
    desk = Actor(door=Door.STAFF, account_id=uuid4(), organisation="police", permissions=permissions_of("department"))
    order = Order.objects.filter(case_id=case.pk)[0]
    return services.ask_window(order_id=order.pk, words="几号？", actor=desk, now=factories.NOW)


def test_running_cases_follow_and_closed_ones_stay() -> None:
    running = factories.case()
    old = running.region
    closed = Case.objects.get(pk=running.pk)
    closed.pk, closed.number = None, "CLOSED-1"  # a copy, settled long ago
    closed.id = uuid4()
    closed.state, closed.settled_at = CaseState.WITHDRAWN, factories.NOW
    closed.save(force_insert=True)
    asked = ask(running)
    change = ChangeRow(kind="recoded", year=2026, day=date(2026, 9, 1), old_code=old, new_code=NEW, new_name="望山市")
    registry.enter_changes(rows=[change], source="notice", actor=SYSTEM, now=factories.NOW)
    told = RegionChange.objects.get()
    fact = RegionChanged(change_id=told.pk, change="recoded", old=old, new=NEW)
    jobs.follow_division(fact)
    jobs.follow_division(fact)
    running.refresh_from_db()
    closed.refresh_from_db()
    asked.refresh_from_db()
    assert (running.region, closed.region, asked.region) == (NEW, old, NEW)
    assert Entry.objects.filter(kind="cases.OpenWorkMoved").count() == 1
