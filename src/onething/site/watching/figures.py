"""
What an operator watches, read from the database when it is asked for.

Each statement reads only what is open, by a partial index: its cost follows the work in hand, not the years behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from onething.plumbing import rows

PATIENCE: Final = "SET LOCAL statement_timeout = '3s'"
"""A database that is slow enough already is not made slower by being watched."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One gauge: its name, what it tells, its SQL (labels first, the number last), and the labels."""

    name: str
    tells: str
    sql: str
    labels: tuple[str, ...] = ()

    def read(self) -> Metric:
        """Read it now."""
        gauge = GaugeMetricFamily(self.name, self.tells, labels=self.labels)
        with connection.cursor() as cursor:
            cursor.execute(self.sql)
            for *labels, number in cursor.fetchall():
                gauge.add_metric([str(label) for label in labels], float(number or 0))
        return gauge


FIGURES: Final = (
    Figure("onething_cases_open", "Cases under way.", "SELECT count(*) FROM cases_case WHERE state = 'running'"),
    Figure(
        "onething_cases_overdue",
        "Cases under way whose promised day is over.",
        "SELECT count(*) FROM cases_case WHERE state = 'running' AND due < (now() AT TIME ZONE 'Asia/Shanghai')::date",
    ),
    Figure(
        "onething_concerns_open",
        "Things that need a clerk and that nobody has settled.",
        "SELECT count(*) FROM cases_concern WHERE done_at IS NULL",
    ),
    Figure(
        "onething_orders",
        "Orders to departments that have not ended, by state.",
        "SELECT state, count(*) FROM exchange_order "
        "WHERE state IN ('waiting', 'sent', 'acknowledged', 'dead', 'returned') GROUP BY state",
        ("state",),
    ),
    Figure(
        "onething_orders_told",
        "Open orders whose owner was told that they rest.",
        "SELECT count(*) FROM exchange_order WHERE told_at IS NOT NULL "
        "AND state IN ('waiting', 'sent', 'acknowledged', 'dead', 'returned')",
    ),
    Figure(
        "onething_orders_oldest_unsent_seconds",
        "Age of the oldest order that is still to be sent.",
        "SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0) FROM exchange_order "
        "WHERE state IN ('waiting', 'sent')",
    ),
    Figure(
        "onething_circuits_open",
        "Ports of departments that are not called at the moment.",
        "SELECT count(*) FROM exchange_circuit WHERE open_until IS NOT NULL",
    ),
    Figure(
        "onething_dead_letters",
        "Messages of departments that could not be taken and that nobody has settled.",
        "SELECT count(*) FROM exchange_deadletter WHERE settled_at IS NULL",
    ),
    Figure(
        "onething_messages",
        "SMS and e-mails that have not been sent, by channel and state.",
        "SELECT channel, state, count(*) FROM outgoing_message WHERE state <> 'sent' GROUP BY channel, state",
        ("channel", "state"),
    ),
    Figure(
        "onething_jobs",
        "Jobs by queue and status; those that were done are gone.",
        "SELECT queue_name, status, count(*) FROM procrastinate_jobs "
        "WHERE status IN ('todo', 'doing', 'failed') GROUP BY queue_name, status",
        ("queue", "status"),
    ),
    Figure(
        "onething_journal_unsealed_seconds",
        "Age of the oldest entry of the journal that no seal covers yet.",
        "SELECT coalesce(extract(epoch FROM now() - min(at)), 0) FROM journal_entry WHERE transaction >= "
        "(SELECT coalesce(max(until), 0) FROM journal_seal)::text::xid8",
    ),
)


class Figures(Collector):
    """Reads all figures in one short transaction."""

    def collect(self) -> Iterator[Metric]:
        """Give every figure as it is now."""
        with rows.as_house(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(PATIENCE)
            yield from [figure.read() for figure in FIGURES]
