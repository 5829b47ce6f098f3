"""The `onething` command line. Commands are found by dotted name and loaded only when they are called."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from onething.kernel.errors import Refusal, Unavailable
from onething.kernel.language import language
from onething.plumbing import places
from onething.plumbing.sentences import reason_in, refusal_in
from onething.site import terminal

COMMANDS = {
    "To try and to run it": {
        "up": ("onething.site.up:up", "Start everything: database, web, worker, department simulators."),
        "demo": ("onething.site.demo.commands:demo", "Carry one invented retirement through; show sign-in codes."),
        "migrate": ("onething.site.installing:migrate", "Bring the database to this version."),
        "upgrade": ("onething.site.upgrade:upgrade", "Bring a working installation to this version, saved before."),
        "backup": ("onething.site.saving:backup", "Save everything while it works; the keys apart."),
        "archive": (
            "onething.site.saving:archive",
            "Save every change while it is written, to go back to any moment.",
        ),
        "restore": ("onething.site.saving:restore", "Bring a backup back into an empty place, with proof."),
        "admin": ("onething.identity.commands:admin", "Let the first administrator in, by a one-time link."),
    },
    "Cases": {
        "submit": ("onething.cases.commands:submit", "Submit a filled form as one case."),
        "case": ("onething.cases.commands:case", "Show a case: its matters, days, and what it waits for."),
    },
    "People and divisions": {
        "registry": ("onething.registry.commands:registry", "Divisions, rosters of persons, terms of keeping."),
        "keys": ("onething.registry.commands:keys", "Rotate keys, index anew, rehearse the loss of a key."),
    },
    "Content (no database)": {
        "plan": ("onething.catalogue.commands:plan", "Compute the one thing for one person's answers."),
        "pack": ("onething.catalogue.commands:pack", "Check, explain, begin and publish packs of content."),
    },
    "Entitlements (no database)": {
        "decide": ("onething.entitlements.commands:decide", "Decide who is entitled to what, with reasons."),
        "scan": ("onething.entitlements.commands:scan", "Decide every policy for everybody in a Parquet file."),
    },
    "Entitlements": {
        "find": ("onething.entitlements.commands:find", "Decide for everybody in the registry: who never asked?"),
    },
    "Departments": {
        "department": (
            "onething.exchange.commands:department",
            "Try a department's endpoint, connect it, look after it.",
        ),
    },
    "Text messages and e-mails": {
        "messages": (
            "onething.plumbing.messages.commands:messages",
            "Text messages and e-mails that could not be sent: count them, send them again.",
        ),
    },
    "Proof": {
        "workdays": ("onething.plumbing.calendars.commands:workdays", "Count working days, with proof (no database)."),
        "journal": ("onething.plumbing.journal.commands:journal", "Verify that no recorded fact was changed."),
        "looks": ("onething.plumbing.looks.commands:looks", "Verify the records of who looked into whose file."),
        "tallies": ("onething.plumbing.tallies.commands:tallies", "Compare the numbers on the tabs with the rows."),
    },
}
"""Every command by what it is for: where it is found, and what it does in one line."""

FOUND = {name: place for group in COMMANDS.values() for name, (place, _) in group.items()}
NEEDS_DJANGO = {
    "admin",
    "backup",
    "archive",
    "looks",
    "tallies",
    "demo",
    "submit",
    "case",
    "journal",
    "migrate",
    "registry",
    "keys",
    "find",
    "messages",
}


class DatabaseNotRunning(Unavailable):
    """The database of this installation does not answer."""

    remedy = "Start it with `onething up`, or set DATABASE_URL (or ONETHING_HOME) to where it is."


class DatabaseUrlSilent(Unavailable):
    """The database that DATABASE_URL names lets nobody in: {reason}"""

    remedy = "Mend DATABASE_URL, or start that server; without DATABASE_URL an embedded one is used."


class TablesMissing(Unavailable):
    """The database is there, but not of this version."""

    remedy = "Run `onething migrate`."


class AddressSilent(Unavailable):
    """The house does not answer at this address."""

    remedy = "Start it with `onething up`, or name the port on which it runs (PORT, --port or --url)."


class DatabaseFull(Unavailable):
    """The disk of the database is full."""

    remedy = "Make room on it and start again: nothing that was taken is lost."


class Commands(click.Group):
    """Loads a command only when it is called, so that `plan` and `workdays` need neither Django nor a database."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Name the commands in the order a newcomer meets them."""
        return list(FOUND)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Load one command by its dotted name; its help comes in the language of the terminal."""
        if name not in FOUND:
            return None
        module, attribute = FOUND[name].split(":")
        if name in NEEDS_DJANGO:
            _set_django_up()
        return terminal.in_language(getattr(import_module(module), attribute), language(os.environ))

    def get_params(self, context: click.Context) -> list[click.Parameter]:
        """Give the options of the line itself, their help in the language of the terminal."""
        return terminal.in_language_all(super().get_params(context), terminal.translated)

    def format_help_text(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Say in one line what this is."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(terminal.translated(self.help or ""))

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the list from the table above, without loading anything."""
        for title, group in COMMANDS.items():
            with formatter.section(terminal.translated(title)):
                formatter.write_dl([(name, terminal.translated(words)) for name, (_, words) in group.items()])


def _set_django_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onething.site.settings")
    django.setup()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    expose_value=False,
    help="Language of this call, anywhere on the line; otherwise as the terminal.",
)
@click.version_option(package_name="onething", prog_name="onething", help="Show the version and exit.")
def onething() -> None:
    """One Thing: a whole life event, done as one thing."""


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 refused (the message says what to do), 2 wrong usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onething.site.settings")  # only a name: nothing is loaded by it
    line = terminal.listen(sys.argv[1:])
    try:
        onething(args=line, standalone_mode=True)
    except Refusal as refusal:
        _refuse(refusal)
    except OSError as error:
        if error.errno not in WRITING_FAILED:
            raise
        reason = reason_in(language(os.environ), error)
        _refuse(places.PlaceUnusable(place=error.filename or places.home(), reason=reason))
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
    from httpx import TransportError

    if isinstance(silence, TransportError):
        return AddressSilent()
    state = getattr(silence.__cause__, "sqlstate", None)
    if state is not None and state not in BY_STATE:
        raise silence
    refusal = BY_STATE[state] if state else DatabaseNotRunning
    if refusal is DatabaseNotRunning and "DATABASE_URL" in os.environ:
        return DatabaseUrlSilent(reason=str(silence).partition("\n")[0].rpartition("FATAL:")[2].strip())
    return refusal()


WRITING_FAILED = (
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR, errno.EEXIST,
    errno.ENOENT, errno.ENAMETOOLONG,
)  # fmt: skip
BY_STATE: dict[str, type[Refusal]] = {
    "42P01": TablesMissing,  # no such table: the database is empty, or of an older version
    "42703": TablesMissing,  # no such column
    "53100": DatabaseFull,
    "57P03": DatabaseNotRunning,  # starting up or shutting down
    "57P01": DatabaseNotRunning,
    "28P01": DatabaseNotRunning,  # the password of DATABASE_URL
    "3D000": DatabaseNotRunning,  # the name in DATABASE_URL
}
"""What PostgreSQL's states mean for the person at the terminal. Source: PostgreSQL, appendix A."""


if __name__ == "__main__":
    main()
