"""The `onething` command line. Commands are found by dotted name and loaded only when they are called."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from onething.kernel.errors import Refusal
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
    try:
        onething(standalone_mode=True)
    except Refusal as refusal:
        sentence, remedy = refusal_in(language(os.environ), refusal)
        click.echo(f"onething: {sentence}", err=True)
        if remedy:
            click.echo(f"  → {remedy}", err=True)
        sys.exit(1)
