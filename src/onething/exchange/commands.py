"""Departments on the command line: try an endpoint, connect one, look at the ports, find what is stuck."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
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


def _set_django_up() -> None:
    import django

    django.setup()


@department.command()
@click.argument("code")
@click.option("--title", required=True, help="How it is called, in Chinese.")
@click.option("--title-en", default="", help="How it is called, in English.")
@click.option("--region", required=True, help="Division whose orders it takes, and those below: 12 digits.")
@click.option("--connector", required=True, help="http, poll, file or desk.")
@click.option("--address", default="", help="https://…, sftp://user@host/path or file:///path; none for a desk.")
@click.option("--public-key", default="", help="The department's own key (whpk_…): its answers are held to it.")
@click.option("--host-key", default="", help="Its SFTP server's key, as ssh-keyscan prints it, without the name.")
@click.option("--held", is_flag=True, help="Only what it signs with Ed25519 counts.")
@click.option("--at-once", default=8, show_default=True, help="So many calls it takes beside each other.")
@click.option("--bulk", default=1, show_default=True, help="So many orders it takes in one message.")
@click.option("--organisation", default="", help="Code of the office whose desk sees the orders.")
@click.option("--owner", default="", help="Who is told when it is silent; else the division's supervisors.")
def connect(code: str, held: bool, **given: Any) -> None:
    """Connect a department, or change how it is connected; prints once what it has to be given. Secret."""
    _set_django_up()
    from onething.exchange import queries, services
    from onething.exchange.connectors.file import public_key_line
    from onething.kernel.access import SYSTEM
    from onething.plumbing import clock

    made = services.connect_department(code=code, is_held=held, actor=SYSTEM, now=clock.now(), **given)
    words = queries.handover(made.department)
    if made.department.address.startswith("sftp:"):
        words["ssh_key"] = public_key_line(made.keyring.house)
    click.echo(json.dumps(words, indent=2, ensure_ascii=False))


@department.command()
def board() -> None:
    """Show every port: whether it answers, how fast, and what lies there."""
    _set_django_up()
    from onething.exchange import boards
    from onething.kernel.access import SYSTEM
    from onething.plumbing import clock

    for row in boards.port_board(SYSTEM, now=clock.now()):
        slow = f"{row.p95.total_seconds():.3f} s" if row.p95 else "-"
        click.echo(
            f"{row.port.source}  {row.circuit}  calls {row.calls}  failed {row.share_failed}%  p95 {slow}"
            f"  waiting {row.backlog}  unheard {row.unheard}  resting {row.stuck}  dead {row.dead + row.letters}"
        )


@department.command()
def stuck() -> None:
    """Find what rests although it should move, and say why. Exit codes: 0 nothing, 1 something."""
    _set_django_up()
    from onething.exchange import standing
    from onething.kernel.access import SYSTEM
    from onething.plumbing import clock

    found = standing.stuck_things(SYSTEM, now=clock.now())
    for one in found:
        click.echo(f"{one.since:%Y-%m-%d %H:%M}  {one.case_number or '-'}  {one.what}")
        click.echo(f"    {one.code}: {one.why}  → {one.owner}")
    sys.exit(1 if found else 0)
