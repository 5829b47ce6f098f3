"""
Bringing tables to this version under a running worker, in steps that a killed one can be made again from.

A migration waits for a table only for moments: behind a waiting ALTER TABLE everybody else would wait, too. One that
builds indexes beside the work (`atomic = False`) may have been killed between two of its steps; what it left half
built is taken away, and what it had finished is not begun again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from django.db import connection
from django.db.utils import OperationalError, ProgrammingError

from onething.kernel.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.migrations import Migration
    from django.db.migrations.executor import MigrationExecutor

PATIENCE: Final = "3s"
TRIES: Final = 40
HELD: Final = "55P03"
"""PostgreSQL: a lock was not to be had in time."""
THERE_ALREADY: Final = {"42P07", "42701", "42710", "42704"}
"""PostgreSQL: table or index, column, constraint are there already; a constraint to be dropped is gone."""


class TablesHeld(Unavailable):
    """A table is held by somebody else, and {migration} did not get it for two minutes."""

    remedy = "End what holds it (a long report, a session left open), and start again: it goes on where it was."


@dataclass(frozen=True, slots=True)
class Step:
    """One migration that was made ("module.0001_name") and how many seconds it took."""

    migration: str
    seconds: float


Told = Callable[[Step], None]


def bring_up(told: Told = lambda step: None) -> list[Step]:
    """Make every migration that is pending, in its order. Gives them. Refuses TablesHeld."""
    made: list[Step] = []
    for left in reversed(range(TRIES)):
        progress = _Progress(made, told)
        try:
            with _impatient():
                _make(progress)
            return made
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != HELD:
                raise
            if not left:
                raise TablesHeld(migration=progress.current) from error
    return made


def pending() -> list[str]:
    """Name the migrations that this database lacks, in the order in which they will be made."""
    executor = _executor(None)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _executor(progress: _Progress | None) -> MigrationExecutor:
    from django.db.migrations.executor import MigrationExecutor

    return MigrationExecutor(connection, cast(Any, progress))


class _Progress:
    """Listens to the executor: which migration is being made, and how long it took."""

    def __init__(self, made: list[Step], told: Told) -> None:
        self.made, self.told, self.current, self.began = made, told, "", 0.0

    def __call__(self, action: str, migration: Migration | None = None, fake: bool = False) -> None:
        if migration is None:
            return
        self.current = f"{migration.app_label}.{migration.name}"
        if action == "apply_start":
            self.began = time.monotonic()
        elif action == "apply_success":
            step = Step(self.current, time.monotonic() - self.began)
            self.made.append(step)
            self.told(step)


@contextmanager
def _impatient() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [PATIENCE])
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")


def _make(progress: _Progress) -> None:
    from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal

    executor = _executor(progress)
    executor.loader.check_consistent_history(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _drop_half_built()
    for migration, _backwards in plan:
        if not migration.atomic:
            cast(Any, migration).operations = [_repeatable(operation) for operation in migration.operations]
    emit_pre_migrate_signal(0, False, connection.alias, plan=plan)
    state = executor.migrate(executor.loader.graph.leaf_nodes(), plan=plan)
    emit_post_migrate_signal(0, False, connection.alias, apps=state.apps, plan=plan)


def _drop_half_built() -> None:
    """Drop indexes whose building was killed: PostgreSQL keeps them, invalid, under the name that is wanted again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(c.relname) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.relnamespace = 'public'::regnamespace"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")


def _repeatable(operation: Any) -> Any:
    """Let a step of a migration that is no transaction pass if it was made before the one before was killed."""
    forwards: Callable[..., None] = operation.database_forwards

    def forwards_again(*given: Any) -> None:
        try:
            forwards(*given)
        except ProgrammingError as error:
            if getattr(error.__cause__, "sqlstate", None) not in THERE_ALREADY:
                raise

    operation.database_forwards = forwards_again
    return operation
