"""Checks the files of a draft exactly as `onething pack check` does, and computes its examples."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from onething.catalogue import check, errors
from onething.catalogue.examples import Run
from onething.engine.bundle import Plan
from onething.kernel.language import Language
from onething.plumbing import calendars, places
from onething.plumbing.packs import Pack, Problem, schema
from onething.plumbing.packs.nodes import Node, read_yaml
from onething.plumbing.packs.problems import in_order
from onething.plumbing.packs.reader import find_folder
from onething.plumbing.packs.sections import HEADER
from onething.plumbing.packs.texts import lay_out, texts_in

_ID = re.compile(r"[a-z0-9_-]{1,40}(/[a-z0-9_-]{1,40}){1,3}")
_REGION = re.compile(r"[0-9]{12}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem for a page: file inside the pack's folder, line from 1, what is wrong, how to correct it."""

    file: str
    line: int
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of one state of a draft found. `root` is where its files lay meanwhile."""

    report: check.Report
    root: str = field(repr=False)

    @property
    def pack(self) -> Pack | None:
        """The pack, if it could be read."""
        return self.report.pack

    def problems(self, language: Language) -> list[Finding]:
        """Say what must be corrected."""
        return [self._finding(problem, language) for problem in self.report.problems]

    def advice(self, language: Language) -> list[Finding]:
        """Say what should be looked at."""
        return [self._finding(problem, language) for problem in self.report.advice]

    def plans(self) -> dict[str, Plan]:
        """Give the plan of each example that can be computed."""
        return {run.example: run.plan for run in self.report.runs if isinstance(run, Run) and run.plan is not None}

    def _finding(self, problem: Problem, language: Language) -> Finding:
        what, remedy = (self._relative(text) for text in (problem.what(language), problem.remedy(language)))
        return Finding(self._relative(str(problem.place.file)), problem.place.line, what, remedy)

    def _relative(self, text: str) -> str:
        return text.replace(f"{self.root}/", "")


def check_files(pack: str, files: Mapping[str, str]) -> Checked:
    """Check the pack among the files; the same files are checked once. Cases and people are not touched by it."""
    digest = hashlib.sha256(json.dumps([pack, *sorted(files.items())]).encode()).hexdigest()
    return _checked(digest, pack, _Files(files))


class _Files(dict[str, str]):
    """Files whose digest stands beside them; equal for the cache whatever they hold."""

    def __hash__(self) -> int:  # type: ignore[override]
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Files)


@lru_cache(maxsize=16)
def _checked(digest: str, pack: str, files: _Files) -> Checked:
    with tempfile.TemporaryDirectory(prefix="onething-pack-") as place:
        root = Path(place).resolve()
        lay_out(files, root)
        report = check.check_pack(str(root / pack), calendars.national_calendar())
        return Checked(report, str(root))


def name_of(own_files: Mapping[str, str]) -> tuple[str, str, str | None]:
    """Read which pack this is, for which division, and what it extends. Refuses PackNotNamed."""
    header = read_yaml(own_files.get(HEADER, ""), Path(HEADER), [])
    found = header.items if header else {}
    name, region, base = (_text(found.get(key)) for key in ("id", "region", "extends"))
    if not _ID.fullmatch(name) or not _REGION.fullmatch(region):
        raise errors.PackNotNamed
    return name, region, base if _ID.fullmatch(base) else None


def _text(node: Node | None) -> str:
    return node.value if node is not None and isinstance(node.value, str) else ""


def shipped_files(pack: str) -> dict[str, str]:
    """Read a pack that came with this version, and what it extends: what an upload may rest on. Empty if none did."""
    files: dict[str, str] = {}
    waiting: list[str] = [pack]
    while waiting:
        name = waiting.pop()
        folder = find_folder(places.packs_root() / name, [])
        if folder is None or not folder.is_relative_to(places.packs_root()) or f"{name}/{HEADER}" in files:
            continue
        own = texts_in(folder)
        files |= {f"{name}/{file}": text for file, text in own.items()}
        base = name_of(own)[2]
        waiting += [base] if base else []
    return files


def titles_of_examples(pack: Pack) -> Iterable[tuple[str, schema.Label]]:
    """List the examples of a pack with their titles, in order of name."""
    return [(name, example.title) for name, example in sorted(pack.of(schema.Example).items())]


__all__ = ["Checked", "Finding", "check_files", "in_order", "name_of", "shipped_files", "titles_of_examples"]
