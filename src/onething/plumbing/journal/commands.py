"""`onething journal`: has anything that was recorded been changed?"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import click
from django.db import OperationalError, ProgrammingError

from onething.kernel.errors import Refusal
from onething.kernel.language import Language, language
from onething.plumbing import clock, places, sentences
from onething.plumbing.journal.errors import DatabaseSilent, JournalNotThere
from onething.plumbing.journal.findings import Finding, Report
from onething.plumbing.journal.models import Seal
from onething.plumbing.journal.verifying import verify as verify_journal

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Plain JSON for programs.")
_LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help="zh or en; otherwise as the terminal.")


class Journal(click.Group):
    """Says a refusal in the reader's language and leaves with 1."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; a refusal ends it with its sentence and its remedy."""
        try:
            return self._invoke(context)
        except Refusal as refusal:
            sentence, remedy = sentences.refusal_in(language(os.environ), refusal)
            click.echo(f"{sentence}\n  → {remedy}", err=True)
            context.exit(1)

    def _invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except OperationalError as silent:
            raise DatabaseSilent from silent
        except ProgrammingError as missing:
            raise JournalNotThere from missing


@click.group(cls=Journal)
def journal() -> None:
    """Verify that no recorded fact was changed."""


@journal.command()
@_AS_JSON
@_LANG
def verify(as_json: bool, lang: Language | None) -> None:
    """Verify every row and every seal. Leaves with 0 when all is intact, else with 1."""
    progress = _show_progress if sys.stderr.isatty() and not as_json else _show_nothing
    report = verify_journal(folder=places.private("seals"), now=clock.now(), progress=progress)
    if progress is _show_progress:
        click.echo("\r\033[K", err=True, nl=False)
    click.echo(_as_json(report) if as_json else _as_page(report, lang or language(os.environ)))
    if not report.is_intact:
        raise SystemExit(1)


@journal.command()
@_AS_JSON
@click.option("--last", type=click.IntRange(min=1), default=20, show_default=True, help="How many.")
def seals(as_json: bool, last: int) -> None:
    """List the last seals, the newest first."""
    rows = [_seal(row) for row in Seal.objects.defer("manifest").order_by("-number")[:last]]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo("{number:>8}  {sealed_at}  {rows:>8}  {root}".format_map(row))


def _seal(row: Seal) -> dict[str, Any]:
    told = row.signed.statement
    at = told.sealed_at.astimezone(clock.BEIJING).isoformat(timespec="seconds")
    return {"number": told.number, "sealed_at": at, "rows": told.rows, "root": told.root.hex(), "key": told.key}


def _show_progress(rows: int) -> None:
    click.echo(f"\r{rows:,} …", err=True, nl=False)


def _show_nothing(rows: int) -> None:
    pass


def _as_page(report: Report, lang: Language) -> str:
    say = sentences.speaking(lang, __package__ or "")
    lines = [say(finding.fault.value).format_map(finding.places) for finding in report.findings]
    if report.faults > len(lines):
        lines.append(say("And {count} more.").format(count=report.faults - len(lines)))
    verdict = "The journal is intact." if report.is_intact else "The journal is NOT intact: {faults} findings."
    lines.append(say(verdict).format(faults=report.faults))
    lines.append(
        say("{rows} rows, {seals} seals, {seconds} s.").format(
            rows=f"{report.rows:,}", seals=f"{report.seals:,}", seconds=f"{report.seconds:.1f}"
        )
    )
    window = "Not sealed yet: {count} rows, the oldest {age} s old." if report.unsealed else "Every row is sealed."
    age = f"{report.unsealed_age.total_seconds():.0f}"
    lines.append(say(window).format(count=f"{report.unsealed:,}", age=age))
    return "\n".join(lines)


def _as_json(report: Report) -> str:
    oldest = report.oldest_unsealed
    return json.dumps(
        {
            "intact": report.is_intact,
            "rows": report.rows,
            "seals": report.seals,
            "unsealed": {
                "rows": report.unsealed,
                "oldest": oldest.isoformat() if oldest else None,
                "age_seconds": round(report.unsealed_age.total_seconds(), 3),
            },
            "seconds": round(report.seconds, 3),
            "faults": report.faults,
            "findings": [_finding(finding) for finding in report.findings],
        },
        indent=2,
    )


def _finding(finding: Finding) -> dict[str, Any]:
    sentence = finding.fault.value.format_map(finding.places)
    return {"fault": finding.fault.name.lower(), **finding.places, "sentence": sentence}
