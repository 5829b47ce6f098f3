"""Run as a program, one step each: `begin` a case in the tables of this release, `answer` everything."""

from __future__ import annotations

import sys
from datetime import timedelta

from onething.site import installing


def begin() -> None:
    """Submit a case, and seal the journal."""
    installing.migrate_database()
    from onething.cases.tests import factories
    from onething.plumbing import places
    from onething.plumbing.journal import sealing

    factories.case()
    sealing.seal_journal(folder=places.private("seals"), now=factories.NOW)


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
    {"begin": begin, "answer": answer}[sys.argv[1]]()
