"""
Walls around rows: row-level security for the role under which web requests run.

A wall says by which columns a row belongs to somebody; a row is touched by whoever it belongs to (`rows.admit`), and by
the house. The worker's role passes every wall, the owner stands above them. Built after each migration, as the owner;
what stands already as it should is left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction

WALL, PASS = "onething_wall", "onething_pass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """
    By which columns a row belongs to somebody. `through` names other tables: (our column, their table, their column).

    Such a row is seen by whoever sees the other. Adding one is left to its foreign key: the other row may be written by
    the very same statement, and is not seen before that has ended.
    """

    person: str = ""
    account: str = ""
    organisation: str = ""
    region: str = ""
    also_region: str = ""  # a second division whose staff see the row
    through: tuple[tuple[str, str, str], ...] = ()
    seen_through: tuple[tuple[str, str, str], ...] = ()  # the same, for reading only

    def seen(self, table: str) -> str:
        """Write as SQL which rows are seen: those within the wall, and those that lie open through another table."""
        return " OR ".join([self.condition(table), *(f"({_exists(table, *way)})" for way in self.seen_through)])

    def condition(self, table: str) -> str:
        """Write the wall as SQL. What is told of the actor is read once a statement, not once a row."""
        arms = [_owned(table, column, owner) for owner, column in self._owners() if column]
        arms += [_between(table, column) for column in (self.region, self.also_region) if column]
        arms += [_exists(table, *way) for way in self.through]
        if not self.region:  # where there is one, the house has them all; one arm less lets an index be used
            arms.append("(SELECT current_setting('onething.house', true)) = 'yes'")
        return " OR ".join(f"({arm})" for arm in arms)

    def _owners(self) -> list[tuple[str, str]]:
        return [("person", self.person), ("account", self.account), ("organisation", self.organisation)]


def _named(table: str, column: str) -> str:
    return f'{table}."{column}"'


def _owned(table: str, column: str, owner: str) -> str:
    kind = "text" if owner == "organisation" else "uuid"
    return f"{_named(table, column)} = (SELECT nullif(current_setting('onething.{owner}', true), '')::{kind})"


def _between(table: str, column: str) -> str:
    low, high = (f"(SELECT current_setting('onething.{end}', true))" for end in ("low", "high"))
    return f"{_named(table, column)} >= {low} AND {_named(table, column)} < {high}"


def _exists(table: str, column: str, other: str, theirs: str) -> str:
    same = f"{_named(other, theirs)} = {_named(table, column)}"
    return f"EXISTS (SELECT 1 FROM {other} WHERE {same})"  # noqa: S608  # of names in site/walls.py


def build(walls: Mapping[str, Wall], *, web: str | None, working: str) -> None:
    """
    Build every wall of this installation's tables, for the roles under which web requests and the worker run.

    Without a web role of its own nothing is walled; a table that is not there (yet) is left out.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('onething walls'))")
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        there = {name for (name,) in cursor.fetchall()}
        for table, wall in walls.items():
            if table in there:
                _build(table, wall, web, working)


def _build(table: str, wall: Wall, web: str | None, working: str) -> None:
    statements = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"]
    statements += _policy(table, PASS, working, "true", "true") if working != web else []
    if web:
        condition = wall.condition(table)
        statements += _policy(table, WALL, web, wall.seen(table), "true" if wall.through else condition)
    mark = hashlib.sha256("\n".join(statements).encode()).hexdigest()[:16]
    if _mark_of(table) == mark:
        return
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)  # of names in code, and of roles quoted below
        cursor.execute(f"COMMENT ON TABLE {table} IS %s", [f"walls {mark}"])


def _policy(table: str, name: str, role: str, using: str, check: str) -> list[str]:
    quoted = '"' + role.replace('"', '""') + '"'
    name = f"{name}_{hashlib.sha256(role.encode()).hexdigest()[:8]}"
    return [
        f"DROP POLICY IF EXISTS {name} ON {table}",
        f"CREATE POLICY {name} ON {table} TO {quoted} USING ({using}) WITH CHECK ({check})",
    ]


def _mark_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(%s::regclass, 'pg_class')", [table])
        said: str = cursor.fetchone()[0] or ""
    return said.removeprefix("walls ")
