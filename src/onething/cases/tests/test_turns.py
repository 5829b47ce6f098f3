"""Whoever changes a case takes its turn first; so a reply and a paper that come together never wait for each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from onething.cases import papers, services, sweeps
from onething.cases.models import Case
from onething.cases.tests import factories
from onething.exchange import services as exchange
from onething.exchange.models import Order
from onething.kernel.access import SYSTEM

pytestmark = pytest.mark.django_db

NOW = factories.NOW
PAPER = "discharge_certificate"


@pytest.fixture
def case() -> Case:
    factories.regions()
    factories.connect()
    somebody = factories.person()
    draft = factories.draft(somebody)
    draft.uploads.filter(material=PAPER).delete()
    promised = {PAPER: NOW.date() + timedelta(days=2)}
    return services.submit_case(draft=draft, to_follow=promised, actor=factories.citizen(somebody), now=NOW)


@pytest.fixture
def taken(case: Case) -> Iterator[None]:
    """Somebody else has the case's turn, and we do not wait for long."""
    options = {name: connection.settings_dict[name.upper()] for name in ("host", "port", "user", "password")}
    with psycopg.connect(dbname=connection.settings_dict["NAME"], **options) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"case:{case.pk}"])
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
        yield


def answer(case: Case) -> None:
    order = Order.objects.filter(case_id=case.pk)[0]
    exchange.receive_reply(order_id=order.pk, message_id="m-1", kind="accepted", actor=SYSTEM, now=NOW)


CHANGES: dict[str, Callable[[Case], object]] = {
    "a reply": answer,
    "a paper": lambda case: papers.attach_to_case(
        case=case, material=PAPER, content=b"%PDF-1.4 invented", actor=SYSTEM, now=NOW
    ),
    "a withdrawal": lambda case: services.withdraw_case(case=case, actor=SYSTEM, now=NOW),
    "an outside event": lambda case: services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=NOW),
    "a newer calendar": lambda case: sweeps.recompute_deadlines(now=NOW),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_waits_for_the_turn(case: Case, taken: None, change: Callable[[Case], object]) -> None:
    with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
        change(case)
