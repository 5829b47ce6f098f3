"""No page asks the database more often because more lies there: every page is counted, then counted among many rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from onething.cases.models import Case, Concern, Draft, Message, Question, Thread, Upload
from onething.correspondence.models import Document, Notice
from onething.exchange.models import Order
from onething.registry.models import Person, PersonKey
from tests.pages.conftest import House
from tests.pages.listing import PageSeen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

MOST = {True: 32, False: 48}
"""Queries of a page of the portal, of the workbench. Above it somebody has to look."""
MANY = 12
ASTRAY = ("ui:not_found", "ui:denied")


def counted(house: House) -> dict[str, int]:
    """Open every page, warm, and count its queries; what works out something once and keeps it is not counted."""
    found = {}
    for page in house.pages:
        if page.route in ASTRAY:
            continue
        with CaptureQueriesContext(connection) as seen:
            page.reader.client.get(page.address)
        found[_named(page)] = sum(not _is_of_session(query["sql"]) for query in seen)
    return found


def _is_of_session(sql: str) -> bool:
    """Once a minute a session is written because it was used: that is no query of the page."""
    return sql.startswith(("SAVEPOINT", "RELEASE")) or 'UPDATE "django_session"' in sql


def _named(page: PageSeen) -> str:
    return f"{page.route} {page.address} ({page.reader.name})"


def test_no_page_costs_more_queries_among_many_rows(house: House) -> None:
    few = counted(house)
    portal = {_named(page): page.is_portal for page in house.pages}
    heavy = [f"{name}: {count}" for name, count in few.items() if count > MOST[portal[name]]]
    assert not heavy, "\n".join(heavy)
    multiply()
    many = counted(house)
    grown = [f"{name}: {few[name]} → {count}" for name, count in many.items() if count > few[name]]
    assert not grown, "\n".join(grown)


def multiply() -> None:
    """Lay much more before everybody: cases with all that hangs on them, forms, letters, people of the county."""
    for case in list(Case.objects.all()):
        for number in range(MANY):
            twin = copied(case, number=f"X{case.number[-4:]}{number:03d}")
            tasks = {task.pk: copied(task, case=twin) for task in case.tasks.all()}
            for order in Order.objects.filter(case_id=case.pk):
                copied(order, task_id=tasks[order.task_id].pk, case_id=twin.pk, case_number=twin.number)
            if thread := Thread.objects.filter(case=case).first():
                copied(thread, case=twin, pk_is_case=True)
            once = {"once": "", "message_id": None, "case_id": twin.pk}
            each(Notice.objects.filter(case_id=case.pk), **once)
            each(Concern.objects.filter(case=case), case=twin)
            for document in Document.objects.filter(case_id=case.pk):
                copied(document, number=f"{document.number}-{number}", case_id=twin.pk)
    each(Message.objects.all(), times=MANY)
    each(Upload.objects.all(), times=2)
    for question in Question.objects.filter(closed_at=None).exclude(answered_at=None):
        for _ in range(MANY):
            copied(question)
    for draft in Draft.objects.filter(case=None):
        for _ in range(MANY):
            copied(draft)
    people(MANY)


def people(count: int) -> None:
    """Copy somebody with their key and list them among the people of the county."""
    first = Person.objects.all()[0]
    for number in range(count):
        key = PersonKey.objects.get(person=first)
        twin = copied(first, id_index=bytes([number]) * 32)
        key.pk = key.person_id = twin.pk
        key.save(force_insert=True)


def each(rows: Iterable[models.Model], times: int = 1, **changed: Any) -> None:
    """Copy every row so many times."""
    for row in list(rows):
        for _ in range(times):
            copied(row, **changed)


def copied(row: models.Model, *, pk_is_case: bool = False, **changed: Any) -> Any:
    """Write a row once more, under another key."""
    twin = type(row).objects.get(pk=row.pk)
    if not pk_is_case:
        twin.pk = uuid4() if isinstance(twin.pk, type(uuid4())) else None
    for name, value in changed.items():
        setattr(twin, name, value)
    twin.save(force_insert=True)
    return twin
