"""`onething decide` and `onething scan`: who is entitled to what, for one person and for everybody. No database."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from onething.catalogue import answers as answer_files
from onething.catalogue.policies import telling
from onething.catalogue.policies.checking import read_policies
from onething.engine.policies.deciding import Outcome, compile_program
from onething.engine.policies.facts import typed_facts
from onething.engine.policies.parsing import ParsedPack
from onething.engine.scan.running import Result, Scan, Step, run_scan
from onething.kernel.language import Language, language
from onething.plumbing import clock
from onething.plumbing.packs import PackInvalid
from onething.plumbing.sentences import reason_in, speaking

if TYPE_CHECKING:
    from onething.entitlements.models import Sweep

with_language = click.option("--lang", type=click.Choice(["zh", "en"]), help="zh or en; otherwise as the terminal.")
with_json = click.option("--json", "as_json", is_flag=True, help="Plain JSON for programs.")
with_day = click.option("--as-of", "on", metavar="DATE", help="The day that counts, e.g. 2026-11-01; otherwise today.")


@click.command()
@click.argument("policies", metavar="POLICYDIR")
@click.option("--person", required=True, metavar="FILE", help="The person's facts as YAML or JSON; - reads stdin.")
@with_day
@with_language
@with_json
def decide(policies: str, person: str, on: str | None, lang: Language | None, as_json: bool) -> None:
    """Decide every policy for one person, with reasons: POLICYDIR is a pack's folder, or an id under packs/."""
    parsed = _policies(policies)
    day = answer_files.as_day(on) or clock.day_of(clock.now())
    raw = sys.stdin.buffer.read() if person == "-" else _bytes_of(person)
    facts = typed_facts(answer_files.read_answers(raw, Path(person).absolute()).values, parsed.pack.facts)
    decisions = compile_program(parsed, day).decide(facts)
    if as_json:
        listed = [telling.as_json(one, facts, day) for one in decisions]
        whole = {"pack": parsed.pack.id, "release": parsed.pack.release, "as_of": day.isoformat(), "decisions": listed}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    tongue = lang or language(os.environ)
    for decision in decisions:
        for line in telling.lines_of(decision, facts, day, parsed.pack, tongue):
            click.echo(line)


@click.command()
@click.option("--policies", required=True, metavar="DIR", help="A pack's folder, or an id under packs/.")
@click.option("--people", required=True, type=click.Path(path_type=Path), metavar="FILE", help="Parquet, or a folder.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Where the rows go.")
@click.option("--engine", default="duckdb", metavar="ENGINE", help="duckdb (default) or spark://host:port.")
@click.option("--workers", default=1, type=click.IntRange(1, 64), help="Processes; more than one divides by province.")
@click.option("--memory", default="2GB", metavar="SIZE", help="For all processes together, e.g. 2GB.")
@with_day
@with_json
def scan(
    policies: str, people: Path, out: Path, engine: str, workers: int, memory: str, on: str | None, as_json: bool
) -> None:
    """Decide every policy for everybody in a Parquet file; interrupted, the same command goes on."""
    day = answer_files.as_day(on) or clock.day_of(clock.now())
    job = Scan(_policies(policies), day, people, out, workers=workers, memory=memory)
    if engine == "duckdb":
        result = run_scan(job, _tell)
    else:
        from onething.engine.scan.cluster import run_on_spark

        result = run_on_spark(job, engine, _tell)
    _show(result, as_json)


@click.command()
@click.option("--changed", is_flag=True, help="Only who changed or whose time came since the last search.")
@with_day
@with_json
def find(on: str | None, changed: bool, as_json: bool) -> None:
    """Decide for everybody in the registry and list who never asked; interrupted, the same command goes on."""
    from onething.entitlements import sweeps  # needs a database; the other commands do not

    day = answer_files.as_day(on) or clock.day_of(clock.now())
    sweep = (sweeps.keep_up(day) if changed else None) or sweeps.decide_everybody(day, tell=_tell_of_batch)
    if as_json:
        click.echo(json.dumps(_plain(sweep), indent=2))
    else:
        _show_sweep(sweep)


def _plain(sweep: Sweep) -> dict[str, Any]:
    told = {"persons": sweep.persons, "impossible": sweep.impossible, "unreadable": sweep.unreadable}
    whole = {"as_of": sweep.as_of.isoformat(), **told, "rows": sweep.rows, "counts": sweep.counts}
    return whole if sweep.differing is None else {**whole, "differing_from_what_was_kept_up": sweep.differing}


def _show_sweep(sweep: Sweep) -> None:
    tongue = language(os.environ)
    say = speaking(tongue, __package__ or "")
    click.echo(say("As of {day}: {persons} persons, {rows} lines.").format(
        day=sweep.as_of, persons=f"{sweep.persons:,}", rows=f"{sweep.rows:,}"))  # fmt: skip
    for outcome, count in sweep.counts.items():
        click.echo(f"  {telling.OUTCOMES[Outcome(outcome)].in_(tongue)}: {count:,}")
    for sentence, count in (
        ("{count} persons whose data cannot be true are decided by nobody.", sweep.impossible),
        ("{count} persons could not be read.", sweep.unreadable),
        ("{count} lines differ from what was kept up since the last search.", sweep.differing),
    ):
        if count:
            click.echo(say(sentence).format(count=f"{count:,}"))


def _tell_of_batch(sweep: Sweep) -> None:
    click.echo(f"{sweep.persons:,}/{sweep.expected:,}  {sweep.rows:,}", err=True)


def _policies(where: str) -> ParsedPack:
    try:
        return read_policies(where)
    except PackInvalid as refused:
        tongue = language(os.environ)
        for problem in refused.problems:
            click.echo(f"{problem.place}: {problem.what(tongue)}\n  → {problem.remedy(tongue)}", err=True)
        _exit()


def _exit() -> NoReturn:
    sys.exit(1)


def _bytes_of(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        tongue = language(os.environ)
        said = speaking(tongue, __package__ or "")("the person cannot be read from {file}: {reason}")
        raise click.UsageError(said.format(file=file, reason=reason_in(tongue, error))) from error


def _tell(step: Step) -> None:
    click.echo(f"{step.done}/{step.total}  {step.shard}  {step.name}  {step.rows:,}", err=True)


def _show(result: Result, as_json: bool) -> None:
    if as_json:
        whole = {"persons": result.persons, "impossible": result.impossible, "rows": result.rows}
        click.echo(json.dumps({**whole, "counts": result.counts}, indent=2))
        return
    tongue = language(os.environ)
    for policy, verdicts in result.counts.items():
        counts = "  ".join(
            f"{telling.OUTCOMES[Outcome(said)].in_(tongue)} {count:,}" for said, count in verdicts.items()
        )
        click.echo(f"{policy}: {counts}")
    sentence = speaking(tongue, __package__ or "")(
        "{persons} persons, {rows} rows; {impossible} whose data cannot be true."
    )
    click.echo(
        sentence.format(persons=f"{result.persons:,}", rows=f"{result.rows:,}", impossible=f"{result.impossible:,}")
    )
