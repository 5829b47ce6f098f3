"""`onething demo`: carry another invented retirement through, or show the code that was sent to a phone."""

from __future__ import annotations

import re

import click

from onething.kernel.errors import NotFound
from onething.plumbing.messages import queries as messages
from onething.site import running
from onething.site.demo import carry, county

CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


class NoCodeSent(NotFound):
    """No sign-in code was sent to {name} lately."""

    remedy = "Ask for a sign-in code on the sign-in page first, then call this again."


@click.group(invoke_without_command=True)
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", help="Port of the pages, if not the last one.")
@click.pass_context
def demo(context: click.Context, port: int | None) -> None:
    """Carry another invented retirement through (`onething up` must be running)."""
    if context.invoked_subcommand is None:
        carry.carry_one_through(f"http://127.0.0.1:{port}" if port else running.address())


@demo.command()
@click.argument("name")
def code(name: str) -> None:
    """Show the newest code sent to a phone number of the demonstration, or what the app of a member of staff shows."""
    shown = county.app_code(name)
    if shown is not None:
        click.echo(shown)
        return
    found = [sent.body for sent in messages.outbox(channel="sms", to=name) if CODE.search(sent.body)]
    if not found:
        raise NoCodeSent(name=name)
    click.echo(found[0])


@demo.command()
@click.argument("name")
def key(name: str) -> None:
    """Issue a key of the API for an invented soldier (phone number) or for the clerk; it is valid for a day."""
    click.echo(county.key_for(name))


@demo.command()
def accounts() -> None:
    """Show the demonstration's sign-ins again."""
    for line in county.invitation(running.address()):
        click.echo(line)
