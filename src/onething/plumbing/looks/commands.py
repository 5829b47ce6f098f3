"""`onething looks`: verify that no recorded look was changed, added or removed."""

from __future__ import annotations

import json
import os
import sys

import click

from onething.kernel.language import Language, language
from onething.plumbing import sentences
from onething.plumbing.looks import sealing
from onething.plumbing.looks.sealing import LooksReport

MOST = 1000
"""Findings printed."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Plain JSON for programs.")
def looks(as_json: bool) -> None:
    """Verify the records of who looked into whose file. Exit code 1 if anything is wrong."""
    report = sealing.verify()
    click.echo(_as_json(report) if as_json else _as_page(report, language(os.environ)))
    if not report.is_intact:
        sys.exit(1)


def _as_page(report: LooksReport, tongue: Language) -> str:
    lines = [sentences.filled_in(tongue, __package__ or "", finding) for finding in report.findings[:MOST]]
    say = sentences.speaking(tongue, __package__ or "")
    state = say("intact") if report.is_intact else say("{count} findings").format(count=len(report.findings))
    whole = say("{rows} looks, {seals} seals, {unsealed} not sealed yet: {state}")
    lines.append(whole.format(rows=report.rows, seals=report.seals, unsealed=report.unsealed, state=state))
    return "\n".join(lines)


def _as_json(report: LooksReport) -> str:
    counts = {"rows": report.rows, "seals": report.seals, "unsealed": report.unsealed}
    return json.dumps({"intact": report.is_intact, **counts, "findings": report.findings[:MOST]}, indent=2)
