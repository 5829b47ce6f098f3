"""Rows of the first release, carried over. The schema goes back and forth inside the test's own transaction."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from onething.cases.models import Case, Correction, Task
from onething.cases.tests import factories
from onething.registry import services as registry

pytestmark = pytest.mark.django_db

FIRST = ("cases", "0001_initial")
LAST = ("cases", "0010_talks_and_intake")
INDEX = "0011_intake_index"  # built beside a running worker, so not in a transaction: these tests do without it


def migrate(target: tuple[str, str] = LAST) -> Any:
    """Change the schema to that of one migration, or of the last that runs in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger may be pending when a table changes
        cursor.execute("DROP INDEX IF EXISTS case_open_by_intake")
    MigrationRecorder(connection).record_unapplied("cases", INDEX)
    return MigrationExecutor(connection).migrate([target]).apps


def all_rows() -> str:
    """Everything that lies in the two tables, as a thief would read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM cases_task t UNION ALL SELECT c::text FROM cases_correction c")
        return "\n".join(row for (row,) in cursor.fetchall())


def old_rows(case: Case) -> None:
    """Write a refusal, what it cut off, and a correction, as the first release did."""
    old = migrate(FIRST)
    tasks = old.get_model("cases", "Task").objects.filter(case_id=case.pk)
    tasks.filter(matter="household_registration").update(
        state="refused", ended_at=factories.NOW, reason="户主何守田不同意", remedy="请何守田签字"
    )
    tasks.filter(matter="id_card").update(state="cut_off", ended_at=factories.NOW, reason="household_registration")
    report = tasks.get(matter="report_in")
    old.get_model("cases", "Correction").objects.create(
        case_id=case.pk, task=report, fields=["host_name"], materials=[], words="何守田的名字看不清",
        asked_at=factories.NOW, answer_by=factories.NOW.date(),
    )  # fmt: skip


def test_open_words_are_sealed_and_can_still_be_read():
    case = factories.case()
    old_rows(case)
    assert "何守田" in all_rows()
    migrate()
    assert "何守田" not in all_rows()
    refused = Task.objects.get(case=case, matter="household_registration")
    corrected = Correction.objects.get(case=case)
    refused.case = corrected.case = case  # its table lacks columns of later migrations
    assert (refused.reason, refused.remedy) == ("户主何守田不同意", "请何守田签字")
    assert Task.objects.get(case=case, matter="id_card").cause == "household_registration"
    assert corrected.words == "何守田的名字看不清"


def test_words_about_somebody_forgotten_are_let_go():
    case = factories.case()
    old_rows(case)
    registry.forget_person(person_id=case.person_id, actor=factories.SYSTEM, now=factories.NOW)
    migrate()
    assert "何守田" not in all_rows()
    assert Task.objects.get(case=case, matter="household_registration").reason == ""
    assert Correction.objects.get(case=case).words == ""
