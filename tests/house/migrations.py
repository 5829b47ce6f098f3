"""
What a migration must not do while workers of the release before are running: expand first, contract a release later.

    AddField             null, or with a default in the database: the old code writes rows without it
    RemoveField, RenameField, RenameModel, DeleteModel, AlterModelTable    the old code still reads it
    AlterField           the column gets another type or becomes not null: the whole table is locked and read
    AddIndex, RemoveIndex        on a table that stands already: concurrently, else writers wait for as long as it takes
    AddConstraint        on a table that stands already: not valid first, then validated; a unique one by index
    RunPython            a table filled in one transaction holds its rows: in its own migration, with atomic = False
    RunSQL               not CREATE INDEX without CONCURRENTLY, DROP or RENAME COLUMN, SET NOT NULL, ALTER … TYPE

What a migration makes itself it may change as it likes. Source: PostgreSQL 17, ALTER TABLE, notes on locks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from django.db import migrations
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_LOCKING_SQL = re.compile(
    r"CREATE\s+(UNIQUE\s+)?INDEX(?!\s+CONCURRENTLY)|DROP\s+COLUMN|RENAME\s+(COLUMN|TO)|SET\s+NOT\s+NULL|\sTYPE\s|DROP\s+TABLE"
    r"|ADD\s+COLUMN(?![^;]*DEFAULT)[^;]*NOT\s+NULL",
    re.IGNORECASE,
)
_ADDS_TABLE = re.compile(r"CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(\w+)", re.IGNORECASE)
_ON_TABLE = re.compile(r"\b(?:ON|TABLE)\s+(\w+)", re.IGNORECASE)

Rule = Callable[[Operation, str, ProjectState], str]


def unsafe(migration: Migration, before: ProjectState) -> list[str]:
    """Find what in a migration does not go with a running house. `before`: what stands when it begins; not changed."""
    made: set[str] = set()
    state = before.clone()
    found: list[str] = []
    for operation in _flat(migration.operations):
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        elif _model_of(operation) not in made:
            found += filter(None, [_fault(operation, migration, state)])
        operation.state_forwards(migration.app_label, state)
    return found


def _flat(operations: list[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)
        else:
            yield operation


def _model_of(operation: Operation) -> str:
    return str(getattr(operation, "model_name_lower", "") or getattr(operation, "old_name_lower", ""))


def _fault(operation: Operation, migration: Migration, state: ProjectState) -> str:
    for kind, rule in _RULES.items():
        if type(operation) is kind:
            return rule(operation, migration.app_label, state)
    if isinstance(operation, migrations.RunPython) and getattr(migration, "atomic", True):
        return "RunPython in one transaction: give it a migration of its own, with atomic = False"
    return ""


def _added(operation: migrations.AddField, app: str, state: ProjectState) -> str:
    field = operation.field
    if field.null or field.has_db_default() or field.many_to_many:
        return ""
    return f"{operation.model_name}.{operation.name} is added without null or db_default: the running code cannot write"


def _altered(operation: migrations.AlterField, app: str, state: ProjectState) -> str:
    old = state.models[app, operation.model_name_lower].fields[operation.name]
    new = operation.field
    place = f"{operation.model_name}.{operation.name}"
    if old.null and not new.null:
        return f"{place} becomes not null: add a check constraint, not valid, and validate it"
    if type(old) is not type(new) and old.get_internal_type() != new.get_internal_type():
        return f"{place} changes its type: add a second column, and leave this one"
    shorter = (new.max_length or 0) and (old.max_length or 0) > (new.max_length or 0)
    return f"{place} becomes shorter" if shorter else ""


def _contracts(operation: Operation, app: str, state: ProjectState) -> str:
    return f"{operation.describe()}: the running code still reads it; a release later, in SeparateDatabaseAndState"


def _not_concurrent(operation: Operation, app: str, state: ProjectState) -> str:
    return f"{operation.describe()}: use the concurrent operation, with atomic = False"


def _validates(operation: Operation, app: str, state: ProjectState) -> str:
    return f"{operation.describe()}: AddConstraintNotValid first, then ValidateConstraint"


def _sql(operation: migrations.RunSQL, app: str, state: ProjectState) -> str:
    text = operation.sql if isinstance(operation.sql, str) else " ".join(str(part) for part in operation.sql)
    own = set(_ADDS_TABLE.findall(text))
    for statement in text.split(";"):
        wrong = _LOCKING_SQL.search(statement)
        if wrong and not own & set(_ON_TABLE.findall(statement)):
            return f"RunSQL says “{' '.join(wrong[0].split())[:60]}”"
    return ""


_RULES: Mapping[type[Operation], Rule] = {
    migrations.AddField: _added,  # type: ignore[dict-item]
    migrations.AlterField: _altered,  # type: ignore[dict-item]
    migrations.RunSQL: _sql,  # type: ignore[dict-item]
    migrations.AddIndex: _not_concurrent,
    migrations.RemoveIndex: _not_concurrent,
    migrations.AddConstraint: _validates,
    **dict.fromkeys(
        (
            migrations.RemoveField, migrations.RenameField, migrations.RenameModel, migrations.DeleteModel,
            migrations.AlterModelTable,
        ),
        _contracts,
    ),
}  # fmt: skip
