"""A division gets another code: open work goes with it, closed work keeps the code of its time."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from onething.cases import jobs
from onething.cases.models import Case
from onething.cases.states import CaseState
from onething.cases.tests import factories
from onething.kernel.access import SYSTEM
from onething.plumbing.journal.models import Entry
from onething.registry import services as registry
from onething.registry.events import RegionChanged
from onething.registry.models import RegionChange
from onething.registry.regions import ChangeRow

pytestmark = pytest.mark.django_db
NEW = "990187000000"


def test_running_cases_follow_and_closed_ones_stay() -> None:
    running = factories.case()
    old = running.region
    closed = Case.objects.get(pk=running.pk)
    closed.pk, closed.number = None, "CLOSED-1"  # a copy, settled long ago
    closed.id = uuid4()
    closed.state, closed.settled_at = CaseState.WITHDRAWN, factories.NOW
    closed.save(force_insert=True)
    change = ChangeRow(kind="recoded", year=2026, day=date(2026, 9, 1), old_code=old, new_code=NEW, new_name="望山市")
    registry.enter_changes(rows=[change], source="notice", actor=SYSTEM, now=factories.NOW)
    told = RegionChange.objects.get()
    fact = RegionChanged(change_id=told.pk, change="recoded", old=old, new=NEW)
    jobs.follow_division(fact)
    jobs.follow_division(fact)
    running.refresh_from_db()
    closed.refresh_from_db()
    assert (running.region, closed.region) == (NEW, old)
    assert Entry.objects.filter(kind="cases.OpenWorkMoved").count() == 1
