"""`onething looks`: verify that no recorded look was changed, added or removed."""

from __future__ import annotations

import sys

import click

from onething.plumbing.looks import sealing


@click.command()
def looks() -> None:
    """Verify the records of who looked into whose file. Exit code 1 if anything is wrong."""
    report = sealing.verify()
    for finding in report.findings[:1000]:
        click.echo(finding)
    state = "intact" if report.is_intact else f"{len(report.findings)} findings"
    click.echo(f"{report.rows} looks, {report.seals} seals, {report.unsealed} not sealed yet: {state}")
    if not report.is_intact:
        sys.exit(1)
