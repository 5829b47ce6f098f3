"""Departments on the command line: try an endpoint, connect one, look at the ports, find what is stuck."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from onething.exchange.conformance import clauses, trial
from onething.exchange.conformance.ear import Ear
from onething.exchange.conformance.findings import WRITERS, is_conformant

TRIAL_SOURCE = "urn:onething:department:trial:990101000000"


@click.group()
def department() -> None:
    """Departments: try an endpoint against the interface page; look after those that are connected."""


@department.command()
@click.argument("address")
@click.option("--key", "keys", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
              help="Keys of the trial, as `onething department keys` writes them.")  # fmt: skip
@click.option("--listen", default="127.0.0.1:9200", show_default=True, help="Where the endpoint sends its replies to.")
@click.option("--format", "kind", type=click.Choice(list(WRITERS)), default="text", show_default=True)
@click.option("--polls", is_flag=True, help="The endpoint makes no calls: fetch its replies (chapter 6).")
@click.option("--batch", is_flag=True, help="It was agreed that it takes several orders at once (3.8).")
@click.option("--query", is_flag=True, help="It was agreed that it answers questions for data (3.9).")
@click.option("--held", is_flag=True, help="It is held to its answers: only Ed25519 counts (2.4).")
@click.option("--wait", default=30.0, show_default=True, help="Seconds within which a trial order is decided.")
@click.option("--quiet", default=3.0, show_default=True, help="Seconds for which nothing more may come.")
def check(
    address: str, keys: Path, listen: str, kind: str, polls: bool, batch: bool, query: bool, held: bool, wait: float,
    quiet: float,
) -> None:  # fmt: skip
    """
    Try an endpoint against every clause of docs/department-interface.md. Exit codes: 0 kept, 1 not, 2 wrong usage.

    Invented orders are sent, rightly and wrongly signed, twice, too large; its replies are taken and sometimes not.
    """
    if urlsplit(address).scheme not in ("http", "https"):
        raise click.BadParameter("give the whole address for orders, with http:// or https://", param_hint="address")
    host, _, port = listen.rpartition(":")
    ear = Ear(host, int(port))
    options = trial.Options(wait=wait, quiet=quiet, polls=polls, batch=batch, query=query, held=held)
    try:
        done = trial.run(address, trial.Keys.read(json.loads(keys.read_text())), ear, options)
    finally:
        ear.close()
    findings = clauses.judged(done)
    click.echo(WRITERS[kind](findings))
    sys.exit(0 if is_conformant(findings) else 1)


@department.command()
@click.option("--source", default=TRIAL_SOURCE, show_default=True)
def keys(source: str) -> None:
    """Make keys for a trial and print them as JSON: both sides' halves, good for nothing else."""
    click.echo(json.dumps(trial.new_keys(source), indent=2))
