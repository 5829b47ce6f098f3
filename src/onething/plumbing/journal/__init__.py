"""Facts: one mechanism for audit, outbox, notification and counters.

    @writes
    def submit_case(*, draft, actor, now):
        ...
        publish(CaseSubmitted(case_id=case.pk), actor=actor, at=now)

    @on(CaseSubmitted, lock="case:{case_id}")
    def place_orders(fact: CaseSubmitted) -> None: ...

A fact and the jobs of its listeners are written in the transaction of the change they speak of, or not at all.
"""

from onething.plumbing.journal.book import joins, publish, writes
from onething.plumbing.journal.facts import Fact
from onething.plumbing.journal.listening import every, on

__all__ = ["Fact", "every", "joins", "on", "publish", "writes"]
