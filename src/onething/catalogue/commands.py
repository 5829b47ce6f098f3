"""`onething plan` and `onething pack`. Neither needs Django or a database (only `pack publish` does)."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console, RenderableType

from onething.catalogue import answers as answer_files
from onething.catalogue import check, explain, page, resolve, scaffold
from onething.catalogue import explain_page as pages
from onething.catalogue.answers import Answers
from onething.catalogue.errors import FolderNotEmpty, PackNotInForce
from onething.catalogue.policies import comparison_page
from onething.catalogue.policies.checking import read_policies
from onething.catalogue.publishing import releasing
from onething.engine.bundle import Compiled, Plan, compute_plan, to_json
from onething.engine.bundle.errors import AnswersNotUsable
from onething.engine.bundle.model import Words
from onething.engine.policies.parsing import ParsedPack
from onething.kernel.language import Language, language
from onething.plumbing import calendars, clock, places
from onething.plumbing.packs import Pack, PackInvalid, Problem, read_pack
from onething.plumbing.packs.schemas import write_schemas
from onething.plumbing.sentences import reason_in, refusal_in, speaking

WIDEST = 100
"""Columns of a page: longer lines are tiring to read."""

AS_WRITTEN: dict[str, Any] = {"markup": False, "emoji": False, "highlight": False}
"""Words of a pack are printed as they stand: “[when x]” is no markup, “:house:” no picture."""

with_language = click.option("--lang", type=click.Choice(["zh", "en"]), help="zh or en; otherwise as the terminal.")
with_json = click.option("--json", "as_json", is_flag=True, help="Plain JSON for programs.")


@click.command()
@click.argument("pack", metavar="PACK")
@click.option(
    "--answers", "file", required=True, metavar="FILE", help="Answers as YAML or JSON; - reads them from stdin."
)
@click.option("--on", metavar="DAY", help="The day of submission, e.g. 2026-09-09; otherwise the file's, or today.")
@click.option("--basis", type=click.Choice(["law"]), help="law: count statutory terms only.")
@click.option("--bpmn", is_flag=True, help="Write the plan as a BPMN 2.0 process.")
@with_language
@with_json
def plan(
    pack: str, file: str, on: str | None, basis: str | None, bpmn: bool, lang: Language | None, as_json: bool
) -> None:
    """Compute the one thing for one person: PACK is a folder, or an id under packs/ such as hlj/retirement."""
    tongue = _tongue(lang)
    content, compiled = _pack(pack, tongue)
    given = _answers(file)
    day = answer_files.as_day(on) or given.on or _today()
    require_in_force(content, day)
    computed = _computed(compiled, given, day, basis, tongue)
    if bpmn:
        click.echo(_bpmn(computed, tongue))
    elif as_json:
        _write(to_json(computed))
    else:
        _show(page.plan_page(computed, content, tongue))


def require_in_force(content: Pack, day: date) -> None:
    """Refuse a day on which a pack does not hold: PackNotInForce."""
    first, end = content.header.effective.from_, content.header.effective.to  # days as they are written: 2024-09-01
    if day.isoformat() < first:
        raise PackNotInForce(pack=content.id, day=day, span=Words(f"{first} 起才有效", f"it holds from {first}"))
    if end is not None and day.isoformat() >= end:
        span = Words(f"有效期从 {first} 起，到 {end} 前止", f"it held from {first} until before {end}")
        raise PackNotInForce(pack=content.id, day=day, span=span)


def _computed(compiled: Compiled, given: Answers, on: date, basis: str | None, tongue: Language) -> Plan:
    calendar = calendars.national_calendar()
    try:
        return calendars.reaching(calendar, lambda calendar: compute_plan(compiled, given.values, on, calendar, basis))
    except AnswersNotUsable as refused:
        for problem in refused.problems:
            wrong, remedy = refusal_in(tongue, problem.refusal)
            click.echo(f"{given.place(problem.field)}: {problem.field}: {wrong} {remedy}", err=True)
        sys.exit(1)


def _bpmn(computed: Plan, tongue: Language) -> str:
    from onething.engine.bundle.bpmn import to_bpmn

    return to_bpmn(computed, tongue)


@click.group()
def pack() -> None:
    """Check, publish, explain and begin packs of content."""


@pack.command("check")
@click.argument("path")
@with_language
@with_json
def check_command(path: str, lang: Language | None, as_json: bool) -> None:
    """Check a pack: its shape, every name and source, the conditions, cycles, and its examples."""
    report = check.check_pack(path, calendars.national_calendar())
    if as_json:
        _write(_report_json(report))
    else:
        _show(pages.report_page(report, _tongue(lang)), err=not report.is_good)
    sys.exit(0 if report.is_good else 1)


@pack.command("explain")
@click.argument("path")
@click.argument("name", required=False)
@with_language
@with_json
def explain_command(path: str, name: str | None, lang: Language | None, as_json: bool) -> None:
    """Explain a pack, or one matter, field, material, source … of it: what, why with its source, where used."""
    tongue = _tongue(lang)
    content, _ = _pack(path, tongue)
    if name is None:
        rows = explain.reasons(content, tongue)
        _write([asdict(row) for row in rows]) if as_json else _show(pages.overview_page(content, tongue))
    else:
        found = explain.explanations(content, name, tongue)
        _write([asdict(one) for one in found]) if as_json else _show(pages.explanation_page(found, tongue))


@pack.command("schema")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
def schema_command(folder: Path | None) -> None:
    """Write the JSON Schemas for editors into FOLDER (otherwise packs/schema)."""
    for path in write_schemas(folder or places.packs_root() / "schema"):
        click.echo(path)


@pack.command("new")
@click.argument("path", type=click.Path(path_type=Path))
def new_command(path: Path) -> None:
    """Begin a new pack in the folder PATH: the smallest one that works, with comments."""
    folder = path.absolute()
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty(folder=path)
    for name, text in scaffold.new_pack(_id_for(folder)).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        click.echo(file)
    click.echo(f"onething pack check {path}")


def _id_for(folder: Path) -> str:
    """Make an id of a folder: its path under the packs root, or else its last two parts."""
    root = places.packs_root()
    parts = folder.relative_to(root).parts if folder.is_relative_to(root) else folder.parts[-2:]
    return "/".join(re.sub(r"[^a-z0-9_-]+", "-", part.lower()).strip("-") or "pack" for part in ("county", *parts)[-2:])


@pack.command("publish")
@click.argument("path")
@with_language
@with_json
def publish_command(path: str, lang: Language | None, as_json: bool) -> None:
    """Publish a pack that passes its check as a release; open cases keep the release they began with."""
    releasing.publish(path, now=clock.now(), tongue=_tongue(lang), as_json=as_json)


@pack.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--people", required=True, type=click.Path(path_type=Path), metavar="FILE", help="Parquet, or a folder.")
@click.option("--as-of", "on", metavar="DATE", help="The day that counts, e.g. 2026-11-01; otherwise today.")
@click.option("--memory", default="2GB", metavar="SIZE", help="At most so much, e.g. 500MB.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Parquet of everybody who differs.")
@with_language
@with_json
def diff_command(
    old: str, new: str, people: Path, on: str | None, memory: str, out: Path | None, lang: Language | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Say who gains, who loses and how much if the entitlement pack NEW replaces OLD, over everybody in FILE."""
    from onething.engine.scan.comparing import Comparing, compare  # brings DuckDB, which no other command here needs

    tongue = _tongue(lang)
    day = answer_files.as_day(on) or clock.day_of(clock.now())
    work = Comparing(_policies(old, tongue), _policies(new, tongue), day, people, out, memory)
    found = compare(work)
    if as_json:
        _write(comparison_page.as_json(found))
        return
    for line in comparison_page.lines_of(found, tongue):
        click.echo(line)


def _policies(where: str, tongue: Language) -> ParsedPack:
    try:
        return read_policies(where)
    except PackInvalid as refused:
        _refuse(refused.problems, tongue)


@pack.command("calendar")
def calendar_command() -> None:
    """Take up changed calendar files: open deadlines are counted again at once, those that ended never."""
    releasing.publish_calendar(now=clock.now(), tongue=_tongue(None))


# reading and writing


def _pack(where: str, tongue: Language) -> tuple[Pack, Compiled]:
    try:
        found = read_pack(where)
        return found, check.compile_pack(found)
    except PackInvalid as refused:
        _refuse(refused.problems, tongue)


def _answers(file: str) -> Answers:
    if file == "-":
        return answer_files.read_answers(sys.stdin.buffer.read(), Path("-"))
    try:
        return answer_files.read_answers(Path(file).read_bytes(), Path(file).absolute())
    except OSError as error:
        said = speaking(_tongue(None), __package__ or "")("the answers cannot be read from {file}: {reason}")
        raise click.UsageError(said.format(file=file, reason=reason_in(_tongue(None), error))) from error


def _tongue(lang: Language | None) -> Language:
    return lang or language(os.environ)


def _today() -> date:
    return clock.day_of(clock.now())


def _write(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _show(content: RenderableType, *, err: bool = False) -> None:
    """Print a page: as wide as the terminal but not too wide to read; plain lines where there is no terminal."""
    console = Console(stderr=err, **AS_WRITTEN)
    width = min(console.width, WIDEST) if console.is_terminal else WIDEST
    if console.is_terminal:
        console.print(content, width=width, crop=False)
        return
    plain = Console(file=io.StringIO(), width=width, color_system=None, **AS_WRITTEN)
    with plain.capture() as captured:
        plain.print(content, crop=False)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()), err=err)


def _refuse(problems: Sequence[Problem], tongue: Language) -> NoReturn:
    _show(pages.problems_page(problems, tongue), err=True)
    sys.exit(1)


def _report_json(report: check.Report) -> dict[str, Any]:
    found = report.pack
    return {
        "pack": found.id if found else None,
        "release": resolve.release_digest(found) if found and report.is_usable else None,
        "good": report.is_good,
        "problems": [problem.as_json() for problem in report.problems],
        "advice": [problem.as_json() for problem in report.advice],
        "examples": [{"id": run.example, "passed": run.passed} for run in report.runs],
    }
