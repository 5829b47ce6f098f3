"""`onething messages`: what could not be sent, and sending it again."""

from __future__ import annotations

import os
from datetime import timedelta

import click

from onething.kernel.language import language
from onething.plumbing import sentences

_HOURS = click.option("--hours", default=24.0, show_default=True, help="How far to look back.")


@click.group()
def messages() -> None:
    """Text messages and e-mails that could not be sent: count them, send them again."""


@messages.command()
@_HOURS
def failed(hours: float) -> None:
    """Count what was given up, by channel and reason."""
    _set_django_up()
    from onething.plumbing import clock
    from onething.plumbing.messages import queries

    say = sentences.speaking(language(os.environ), __package__)
    found = queries.failures(since=clock.now() - timedelta(hours=hours))
    for channel, reason, count in found:
        click.echo(f"{count}  {say(channel)}  {reason}")
    if not found:
        click.echo(say("No message was given up in the last {hours} hours.").format(hours=f"{hours:g}"))


@messages.command()
@_HOURS
@click.option("--channel", type=click.Choice(["sms", "email"]), help="Only these.")
@click.option("--reason", default="", help="Only what failed for this reason, as `failed` names it.")
def again(hours: float, channel: str | None, reason: str) -> None:
    """Queue what was given up once more, under the same ids; the worker sends it."""
    _set_django_up()
    from onething.plumbing import clock
    from onething.plumbing.messages import services

    now = clock.now()
    since = now - timedelta(hours=hours)
    count = services.send_failed_again(since=since, now=now, channel=channel or "", reason=reason)
    say = sentences.speaking(language(os.environ), __package__)
    click.echo(say("{count} messages queued once more.").format(count=count))


def _set_django_up() -> None:
    import django

    django.setup()
