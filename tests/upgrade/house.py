"""Run as a program, one step each: `begin` a case in the first release's tables, `upgrade`, `answer` everything."""

from __future__ import annotations

import sys
from datetime import timedelta

from onething.site import installing

FIRST = (("cases", "0001_initial"), ("exchange", "0001_initial"))


def begin() -> None:
    """Submit a case and take the tables back to those of the first release, with its rows in them."""
    installing.migrate_database()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from onething.cases.tests import factories

    factories.case()
    for target in FIRST:
        MigrationExecutor(connection).migrate([target])


def upgrade() -> None:
    """Bring the tables to this version."""
    assert installing.migrate_database()


def answer() -> None:
    """Let the outside event happen, and every department accept and approve."""
    from onething.cases import services as cases
    from onething.cases.models import Case, Task
    from onething.cases.tests import factories
    from onething.exchange import services as exchange
    from onething.exchange.models import Order
    from onething.kernel.access import SYSTEM

    case = Case.objects.get()
    cases.record_event(case=case, event="army_remittance", actor=SYSTEM, now=factories.NOW)
    later = factories.NOW + timedelta(days=1)
    while waiting := Order.objects.filter(case_id=case.pk).exclude(state="answered").values_list("pk", flat=True):
        for order_id in list(waiting):
            for kind in ("accepted", "approved"):
                exchange.receive_reply(
                    order_id=order_id, message_id=factories.message_id(), kind=kind, actor=SYSTEM, now=later
                )
    assert set(Task.objects.values_list("state", flat=True)) == {"done"}
    assert Case.objects.get().state == "settled"


if __name__ == "__main__":
    installing.set_django_up()
    {"begin": begin, "upgrade": upgrade, "answer": answer}[sys.argv[1]]()
