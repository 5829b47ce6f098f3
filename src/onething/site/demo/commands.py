"""`onething demo`: carry another invented retirement through, or show the code that was sent to a phone."""

from __future__ import annotations

import os

import click

from onething.kernel.errors import NotFound
from onething.plumbing.messages import queries as messages
from onething.site.demo import carry, county


class NoCodeSent(NotFound):
    """No message was sent to {name} lately."""

    remedy = "Ask for a sign-in code on the sign-in page first, then call this again."


@click.group(invoke_without_command=True)
@click.option("--port", type=int, envvar="PORT", default=8000, show_default=True, help="Port of the running pages.")
@click.pass_context
def demo(context: click.Context, port: int) -> None:
    """Carry another invented retirement through (`onething up` must be running)."""
    if context.invoked_subcommand is None:
        os.environ.setdefault("ONETHING_PUBLIC_URL", f"http://127.0.0.1:{port}")
        carry.carry_one_through(f"http://127.0.0.1:{port}")


@demo.command()
@click.argument("name")
def code(name: str) -> None:
    """Show the newest message to a phone number of the demonstration (the sign-in code)."""
    found = messages.outbox(channel="sms", to=name, limit=1)
    if not found:
        raise NoCodeSent(name=name)
    click.echo(found[0].body)


@demo.command()
def accounts() -> None:
    """Show the demonstration's sign-ins again."""
    for line in county.invitation(int(os.environ.get("PORT", "8000"))):
        click.echo(line)
