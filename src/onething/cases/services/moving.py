"""Open work follows its division when that gets another code; what is closed keeps the code of its time."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from onething.cases.events import OpenWorkMoved
from onething.kernel.access import Actor
from onething.plumbing.journal import publish, writes
from onething.registry import queries as registry


@writes
def move_open_work(*, change_id: int, actor: Actor, now: datetime) -> int:
    """
    Move running cases and drafts to the divisions that took the place of theirs; gives how many cases moved.

    Safe to run twice. Settled and withdrawn cases stay where they were decided.
    """
    moves = registry.moves_of(change_id)
    given = [list(moves), list(moves.values())]
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_DRAFTS, given)
        cursor.execute(_MOVE_INTAKES, given)
        cursor.execute(_MOVE_THREADS, given)
        cursor.execute(_MOVE_QUESTIONS, given)
        cursor.execute(_MOVE_CASES, given)
        count: int = cursor.rowcount
    if count:
        publish(OpenWorkMoved(change_id=change_id, cases=count), actor=actor, at=now)
    return count


_MOVE_CASES = """
UPDATE cases_case c SET region = m.new FROM unnest(%s::text[], %s::text[]) AS m(old, new)
WHERE c.region = m.old AND c.state = 'running'
"""
_MOVE_INTAKES = """
UPDATE cases_case c SET intake_region = m.new FROM unnest(%s::text[], %s::text[]) AS m(old, new)
WHERE c.intake_region = m.old AND c.state = 'running'
"""
_MOVE_THREADS = """
UPDATE cases_thread t SET region = m.new FROM unnest(%s::text[], %s::text[]) AS m(old, new) WHERE t.region = m.old
"""
_MOVE_QUESTIONS = """
UPDATE cases_question q SET region = m.new FROM unnest(%s::text[], %s::text[]) AS m(old, new) WHERE q.region = m.old
"""
_MOVE_DRAFTS = """
UPDATE cases_draft d SET region = m.new FROM unnest(%s::text[], %s::text[]) AS m(old, new)
WHERE d.region = m.old AND d.case_id IS NULL
"""
