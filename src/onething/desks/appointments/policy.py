"""What can be permitted here. Row access stands beside each table: `visible_to` in models."""

from __future__ import annotations

from onething.kernel.access import Permission

BOOK_OWN: Permission = "appointments.book_own"
"""Book, move and cancel the visits of one's own cases."""

BOOK_FOR: Permission = "appointments.book_for"
"""Book, move and cancel for somebody who stands or rings at the counter."""

SERVE_COUNTER: Permission = "appointments.serve_counter"
"""Give out tickets, call the next, and say who came."""

RUN_HALL: Permission = "appointments.run_hall"
"""Set hours and counters of a hall, close days, open more windows."""
