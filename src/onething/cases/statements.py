"""The statements that run with every message of a department. The columns stand in the order of the models' fields."""

from __future__ import annotations

from functools import cache
from typing import LiteralString

DRAFT_COLUMNS = ("id", "person_id", "release_id", "region", "answers", "started_at", "saved_at", "case_id", "language")
LOCK_DRAFT = f"SELECT {', '.join(DRAFT_COLUMNS)} FROM cases_draft WHERE id = %s FOR UPDATE"  # noqa: S608  # of constants
PAPERS_AND_NUMBER = """
SELECT (SELECT coalesce(jsonb_agg(jsonb_build_array(material, digest) ORDER BY added_at), '[]') FROM cases_upload
        WHERE draft_id = %s), nextval('cases_number')
"""
CASE_FIELDS = (
    "id", "number", "person_id", "masked_name", "region", "intake_region", "release_id", "plan", "answers", "state",
    "happened", "submitted_at", "promised", "due", "language",
)  # fmt: skip
OPEN_CASE = f"INSERT INTO cases_case ({', '.join(CASE_FIELDS)}) VALUES ({', '.join(['%s'] * len(CASE_FIELDS))})"  # noqa: S608  # of constants
LAID_OUT = (
    "id", "matter", "department", "state", "needs", "events", "missing", "awaits", "days", "sheet", "round",
    "started_at", "due", "deadline",
)  # fmt: skip
LAY_OUT = """
INSERT INTO cases_task (id, case_id, matter, department, state, needs, events, missing, awaits, days, sheet, round,
                        started_at, due, deadline, cause, seen)
SELECT id, %s::uuid, matter, department, state, needs, events, missing, awaits, days, sheet, round,
       started_at, due, deadline, '', '{}'
FROM jsonb_to_recordset(%s::jsonb) AS t(id uuid, matter text, department text, state text, needs text[], events text[],
     missing text[], awaits text[], days int, sheet jsonb, round int, started_at timestamptz, due date, deadline jsonb)
"""
BECOME_CASE = "UPDATE cases_draft SET case_id = %s WHERE id = %s"
BRING_PAPERS = "UPDATE cases_upload SET case_id = %s WHERE draft_id = %s"
TASK_COLUMNS = (
    "id", "case_id", "matter", "department", "state", "days", "round", "started_at", "due", "seen",
)  # fmt: skip
CASE_COLUMNS = ("id", "number", "person_id", "region", "release_id", "state", "submitted_at", "due")
LOCK_WITH_CASE = """
SELECT t.id, t.case_id, t.matter, t.department, t.state, t.days, t.round, t.started_at, t.due, t.seen,
       c.id, c.number, c.person_id, c.region, c.release_id, c.state, c.submitted_at, c.due
FROM cases_task t JOIN cases_case c ON c.id = t.case_id WHERE t.id = %s AND c.id = %s FOR UPDATE OF c, t
"""
_FILES = "(SELECT coalesce(jsonb_agg(jsonb_build_array(material, digest) ORDER BY added_at), '[]') FROM cases_upload u"
_PROMISED = (
    "(SELECT coalesce(jsonb_agg(jsonb_build_array(material, promised_for, missed_at IS NOT NULL)), '[]')"
    " FROM cases_papertocome p"
)
HANDED_IN_COLUMNS = f"""
       c.answers, c.taken, {_FILES} WHERE u.case_id = c.id) AS files,
       {_PROMISED} WHERE p.case_id = c.id AND p.came_at IS NULL) AS promised
"""
HANDED_IN = f"SELECT {HANDED_IN_COLUMNS} FROM cases_case c WHERE c.id = %s"  # noqa: S608  # of constants
FREED_COLUMNS = ("id", "case_id", "matter", "department", "state", "missing", "awaits", "days", "sheet", "round")
LOCK_WITH_FREED = f"""
SELECT t.id, t.case_id, t.matter, t.department, t.state, t.days, t.round, t.started_at, t.due, t.seen,
       c.id, c.number, c.person_id, c.region, c.release_id, c.state, c.submitted_at, c.due,
       others.open, given.answers, given.taken, given.files, given.promised,
       f.id, f.case_id, f.matter, f.department, f.state, f.missing, f.awaits, f.days, f.sheet, f.round
FROM cases_task t JOIN cases_case c ON c.id = t.case_id
CROSS JOIN LATERAL (SELECT count(*) AS open FROM cases_task o
                    WHERE o.case_id = t.case_id AND o.id <> t.id AND o.state = ANY (%s::text[])) AS others
LEFT JOIN cases_task f ON f.case_id = t.case_id AND f.state = 'not_yet' AND t.matter = ANY (f.missing)
LEFT JOIN LATERAL (SELECT {HANDED_IN_COLUMNS}) AS given ON f.id IS NOT NULL
WHERE t.id = %s AND c.id = %s FOR UPDATE OF c, t
"""  # noqa: S608  # of constants
APPROVE = """
UPDATE cases_task SET state = 'done', ended_at = %s::timestamptz, result = %s::bytea, seen = %s::uuid[] WHERE id = %s
"""
MISS_NO_LONGER = "UPDATE cases_task SET missing = array_remove(missing, %s::text) WHERE id = ANY (%s::uuid[])"
TAKE_UP = "UPDATE cases_task SET state = %s, seen = %s::uuid[] WHERE id = %s"
_START = """
UPDATE cases_task t
SET state = 'at_department', missing = '{}', awaits = '{}', started_at = s.started_at, round = s.round, due = s.due,
    deadline = s.deadline
FROM (VALUES """
_STARTED = "(%s::uuid, %s::timestamptz, %s::int, %s::date, %s::jsonb)"
SETTLE = "UPDATE cases_case SET state = %s, settled_at = %s WHERE id = %s"


@cache
def start(count: int) -> LiteralString:
    """Write the statement that starts so many tasks: binding arrays costs more than naming every value."""
    return f"{_START}{', '.join([_STARTED] * count)}) AS s(id, started_at, round, due, deadline) WHERE t.id = s.id"
