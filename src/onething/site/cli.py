"""The `onething` command line. Commands are found by dotted name and loaded only when they are called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from onething.kernel.errors import Refusal, Unavailable
from onething.kernel.language import language
from onething.plumbing.sentences import refusal_in

COMMANDS = {
    "up": ("onething.site.up:up", "Start everything: database, web, worker, department simulators."),
    "demo": ("onething.site.demo.commands:demo", "Carry one invented retirement through; show sign-in codes."),
    "plan": ("onething.catalogue.commands:plan", "Compute the one thing for one person's answers (no database)."),
    "submit": ("onething.cases.commands:submit", "Submit a filled form as one case."),
    "case": ("onething.cases.commands:case", "Show a case: its matters, days, and what it waits for."),
    "pack": ("onething.catalogue.commands:pack", "Check, publish and explain packs of content."),
    "workdays": ("onething.plumbing.calendars.commands:workdays", "Count working days, with proof (no database)."),
    "journal": ("onething.plumbing.journal.commands:journal", "Verify that no recorded fact was changed."),
    "migrate": ("onething.site.installing:migrate", "Bring the database to this version."),
}
NEEDS_DJANGO = {"demo", "submit", "case", "journal", "migrate"}


class DatabaseNotRunning(Unavailable):
    """The database of this installation does not answer."""

    remedy = "Start it with `onething up`, or set DATABASE_URL (or ONETHING_HOME) to where it is."


class TablesMissing(Unavailable):
    """The database is there, but not of this version."""

    remedy = "Run `onething migrate`."


class AddressSilent(Unavailable):
    """The house does not answer at this address."""

    remedy = "Start it with `onething up`, or name the port on which it runs (PORT, --port or --url)."


class Commands(click.Group):
    """Loads a command only when it is called, so that `plan` and `workdays` need neither Django nor a database."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Name the commands in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Load one command by its dotted name."""
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name][0].split(":")
        if name in NEEDS_DJANGO:
            _set_django_up()
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the list from the table above, without loading anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


def _set_django_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onething.site.settings")
    django.setup()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onething", prog_name="onething")
def onething() -> None:
    """One Thing (一件事): a whole life event, done as one thing."""


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 refused (the message says what to do), 2 wrong usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onething.site.settings")  # only a name: nothing is loaded by it
    try:
        onething(standalone_mode=True)
    except Refusal as refusal:
        _refuse(refusal)
    except _silences() as silence:  # asked for only now: `plan` and `workdays` load neither database nor network
        _refuse(_of_silence(silence))


def _refuse(refusal: Refusal) -> NoReturn:
    sentence, remedy = refusal_in(language(os.environ), refusal)
    click.echo(f"onething: {sentence}", err=True)
    if remedy:
        click.echo(f"  → {remedy}", err=True)
    sys.exit(1)


def _silences() -> tuple[type[Exception], ...]:
    from django.db import InterfaceError, OperationalError, ProgrammingError
    from httpx import TransportError

    return (OperationalError, InterfaceError, ProgrammingError, TransportError)


def _of_silence(silence: Exception) -> Refusal:
    from django.db import ProgrammingError
    from httpx import TransportError

    if isinstance(silence, TransportError):
        return AddressSilent()
    if not isinstance(silence, ProgrammingError):
        return DatabaseNotRunning()
    if getattr(silence.__cause__, "sqlstate", "") not in NO_TABLE:
        raise silence
    return TablesMissing()


NO_TABLE = ("42P01", "42703")
"""PostgreSQL's words for a table or a column that is not there: the database is empty, or of an older version."""


if __name__ == "__main__":
    main()
