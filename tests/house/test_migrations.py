"""Migrations go with a running house: what `migrations.py` forbids is found, and no new migration does it."""

from __future__ import annotations

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from tests.house.migrations import unsafe

STANDING = {
    ("cases", "0003_words_are_sealed"): "before the first installation: fills columns of the release before",
    ("cases", "0004_words_only_sealed"): "the same: contracts what 0002 expanded",
    ("cases", "0006_sheets_and_packed_plans"): "the same, in one step",
    ("cases", "0007_days_to_keep_and_language"): "an index on drafts, of which there are as many as people filling in",
    ("cases", "0009_ratings_and_objections"): "the kinds of concerns; one row per worried person",
    (
        "correspondence",
        "0003_documents_are_replaced",
    ): "a constraint over a column that it adds itself: null everywhere",
    ("exchange", "0002_ports_and_telling"): "one row per department",
    ("journal", "0002_nothing_waits"): "indexes of the queue, whose rows are gone in seconds",
}
"""Landed before the rules were; each with the reason why it could. Nothing is added here: mend the migration."""


def ours() -> list[tuple[str, str]]:
    loader = MigrationLoader(None)
    return sorted(
        key for key, migration in loader.disk_migrations.items() if migration.__module__.startswith("onething.")
    )


def faults(app: str, name: str) -> list[str]:
    loader = MigrationLoader(None)
    return unsafe(loader.disk_migrations[app, name], loader.project_state((app, name), at_end=False))


def test_no_migration_stops_a_running_house() -> None:
    loader = MigrationLoader(None)
    found = {}
    for app, name in ours():
        if (app, name) not in STANDING:
            before = loader.project_state((app, name), at_end=False)
            found[app, name] = unsafe(loader.disk_migrations[app, name], before)
    assert {key: words for key, words in found.items() if words} == {}


@pytest.mark.parametrize(("app", "name"), sorted(STANDING))
def test_what_may_stand_is_there_and_is_found(app: str, name: str) -> None:
    assert faults(app, name), "take it out of STANDING"


TABLE = ModelState(
    "desk", "Row",
    [("id", models.BigAutoField(primary_key=True)), ("words", models.CharField(max_length=80, null=True)),
     ("count", models.IntegerField(default=0))],
)  # fmt: skip
INDEX = models.Index(fields=["words"], name="row_words")
RULE = models.CheckConstraint(condition=models.Q(count__gte=0), name="row_count")
NEW = migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True)), ("n", models.IntegerField())])


def judged(*operations: Operation, atomic: bool = True) -> list[str]:
    state = ProjectState()
    state.add_model(TABLE.clone())
    migration = migrations.Migration("0002_try", "desk")
    migration.operations, migration.atomic = list(operations), atomic
    return unsafe(migration, state)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("row", "more", models.IntegerField(default=0)),
        migrations.RemoveField("row", "count"),
        migrations.RenameField("row", "count", "number"),
        migrations.RenameModel("Row", "Line"),
        migrations.DeleteModel("Row"),
        migrations.AlterModelTable("row", "lines"),
        migrations.AlterField("row", "words", models.CharField(max_length=80)),
        migrations.AlterField("row", "words", models.CharField(max_length=8, null=True)),
        migrations.AlterField("row", "count", models.TextField()),
        migrations.AddIndex("row", INDEX),
        migrations.AddConstraint("row", RULE),
        migrations.RunPython(lambda apps, editor: None),
        migrations.RunSQL("CREATE INDEX row_n ON desk_row (count)"),
        migrations.RunSQL("ALTER TABLE desk_row ALTER COLUMN words SET NOT NULL"),
        migrations.RunSQL("ALTER TABLE desk_row ADD COLUMN more int NOT NULL"),
        migrations.RunSQL("ALTER TABLE desk_row ALTER COLUMN count TYPE bigint"),
        migrations.SeparateDatabaseAndState(database_operations=[migrations.RemoveField("row", "count")]),
    ],
    ids=lambda operation: operation.describe()[:60],
)
def test_what_stops_a_running_house_is_found(operation: Operation) -> None:
    assert len(judged(operation)) == 1


@pytest.mark.parametrize(
    "operations",
    [
        [migrations.AddField("row", "more", models.IntegerField(null=True))],
        [migrations.AddField("row", "more", models.IntegerField(db_default=0))],
        [migrations.AlterField("row", "words", models.CharField(max_length=120, null=True))],
        [AddIndexConcurrently("row", INDEX)],
        [AddConstraintNotValid("row", RULE)],
        [NEW, migrations.AddIndex("other", models.Index(fields=["n"], name="other_n"))],
        [migrations.RunSQL("CREATE TABLE desk_new (n int NOT NULL); CREATE INDEX desk_new_n ON desk_new (n)")],
        [migrations.RunSQL("CREATE INDEX CONCURRENTLY row_n ON desk_row (count)")],
        [migrations.RunSQL("ALTER TABLE desk_row ADD COLUMN more int NOT NULL DEFAULT 0")],
        [migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("row", "count")])],
    ],
)
def test_what_goes_with_a_running_house_is_let_through(operations: list[Operation]) -> None:
    assert judged(*operations) == []


def test_filling_goes_in_steps_of_its_own() -> None:
    assert judged(migrations.RunPython(lambda apps, editor: None), atomic=False) == []
