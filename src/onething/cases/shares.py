"""What a department confirms in place of the person: asked for once in a case, with purpose and law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from onething.cases.models import Case
from onething.exchange import queries as order_book
from onething.exchange import services as exchange
from onething.exchange.services import DataQuestion
from onething.kernel.access import SYSTEM
from onething.registry import queries as registry


def ask_departments(case_id: UUID, *, now: datetime) -> None:
    """
    Ask for every paper of a case that a department shares, unless it has answered before. Network: only in jobs.

    Departments without a system are not asked: their desks look into their own books. What comes back is not kept:
    the ledgers say that it was confirmed. Refuses DataNotGiven; a later try asks only for what is still missing.
    """
    case = Case.objects.select_related("release").get(pk=case_id)
    asked = who_is_asked(case)
    for question in questions(case):
        (name,) = question.fields
        is_due = case.is_open and question.department in asked
        if is_due and not order_book.is_shared(case.number, question.department, name):
            exchange.ask_department(question=question, actor=SYSTEM, now=now)


def who_is_asked(case: Case) -> tuple[str, ...]:
    """Give the departments that share a paper of a case and have a system that can be asked for it."""
    return order_book.may_be_asked({department for department, _ in _shared(case.plan)}, case.region)


def questions(case: Case) -> Iterator[DataQuestion]:
    """Write one question for each piece of data that a plan has a department share, whatever papers need it."""
    known = registry.known_facts(case.person_id)
    identity = {name: str(known[name].value) for name in ("id_number", "full_name")}
    for (department, share), paper in _shared(case.plan).items():
        purpose = f"{case.plan['title']['zh']}：免交{paper['title']['zh']}"
        yield DataQuestion(
            department=department, region=case.region, person_id=case.person_id, identity=identity, fields=[share],
            matter=paper["used_by"][0], purpose=purpose, basis=paper["source"], case_number=case.number,
        )  # fmt: skip


def _shared(plan: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    ways = ((way, paper) for paper in plan["materials"] for way in paper["supplied_by"])
    return {(way["department"], way["share"]): paper for way, paper in ways if way["by"] == "share"}
