"""Rules of the house that a linter cannot see: facts, migrations, logs, rooms, sizes."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from django.db.migrations.loader import MigrationLoader

from onething.plumbing.journal.facts import PLAIN, Fact
from tests.house.words import SOURCE, refusals

PERSONAL = re.compile(
    r"(^|_)(name|full_name|id_number|phone|address|password|secret|code_sent|answers|body|content|email|bank)($|_)"
)
"""Names that hold personal or secret data. "number" alone is a case's number, which everybody may know."""


def facts() -> list[type[Fact]]:
    """Find every kind of fact."""
    refusals()  # loads every module
    found, waiting = set(), [Fact]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind is not Fact and kind.__module__.startswith("onething.") and ".tests." not in kind.__module__:
            found.add(kind)
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


@pytest.mark.parametrize("kind", facts(), ids=lambda kind: kind.__name__)
def test_a_fact_holds_ids_and_plain_values(kind: type[Fact]) -> None:
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen, f"{kind.__name__} can be changed after it happened"  # type: ignore[attr-defined]
    for name, hint in get_type_hints(kind).items():
        assert set(_plain(hint)) <= {*PLAIN, NoneType}, f"{kind.__name__}.{name} is no plain value"
        assert not PERSONAL.search(name), f"{kind.__name__}.{name}: facts carry ids and codes, never personal data"


def _plain(hint: Any) -> Iterator[Any]:
    if get_origin(hint) in (tuple, Union) or isinstance(hint, UnionType):
        for arm in get_args(hint):
            if arm is not Ellipsis:
                yield from _plain(arm)
    else:
        yield hint


def test_no_app_has_two_newest_migrations() -> None:
    loader = MigrationLoader(None)
    assert not loader.detect_conflicts()


LOGGING = {"debug", "info", "warning", "error", "exception", "critical", "log"}


def test_logs_hold_no_personal_data() -> None:
    """A log call may name ids, codes and counts; nothing whose name says that it is about a person."""
    found = [
        f"{path}:{call.lineno} {name}" for path, call in _log_calls() for name in _names(call) if _is_personal(name)
    ]
    assert not found


def _is_personal(name: str) -> bool:
    """A bare `name` is mostly a task's or a file's; everything else counts."""
    return name != "name" and bool(PERSONAL.search(name))


def _log_calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOGGING:
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id in ("log", "logger", "logging", "LOG"):
                    yield path, node


def _names(call: ast.Call) -> Iterator[str]:
    for argument in [*call.args, *(k.value for k in call.keywords)]:
        for node in ast.walk(argument):
            if isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.Name):
                yield node.id


CLOCK_ROOMS = {"portal", "workbench", "api", "jobs", "sweeps", "commands", "panels", "middleware", "clock"}


def test_only_doors_and_jobs_read_the_clock() -> None:
    """Below the doors time comes in as `now`; so a test can say what day it is."""
    found = []
    for path in _sources():
        rooms = {*path.relative_to(SOURCE).with_suffix("").parts}
        domain = rooms & {"registry", "identity", "catalogue", "correspondence", "exchange", "entitlements", "cases"}
        if domain and not rooms & CLOCK_ROOMS and "clock.now()" in path.read_text():
            found.append(str(path))
    assert not found


def test_there_is_no_drawer_for_everything() -> None:
    assert not [path for path in _sources() if path.stem in ("utils", "helpers", "common", "misc")]


def test_nobody_catches_everything_in_silence() -> None:
    """`except Exception: pass` hides the bug that somebody else then looks for."""
    found = []
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in node.body):
                wide = node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
                found += [f"{path}:{node.lineno}"] if wide else []
    assert not found


def _sources() -> list[Path]:
    return [p for p in sorted(SOURCE.rglob("*.py")) if not {"tests", "migrations"} & set(p.parts)]
