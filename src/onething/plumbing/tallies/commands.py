"""`onething tallies`: do the numbers on the tabs say what the rows say?"""

from __future__ import annotations

import os
import sys

import click

from onething.kernel.language import language
from onething.plumbing import sentences


@click.group()
def tallies() -> None:
    """Kept counters (the numbers on the tabs): compare them with the rows, write them anew."""


@tallies.command()
def check() -> None:
    """Count every open row and name the counters that say something else. Exit code 1 if any does."""
    from onething.plumbing.tallies import truths

    say = sentences.speaking(language(os.environ), __package__ or "")
    found = truths.differences()
    for one in found:
        line = "{board}, at {place}, {cell}, due {day}: kept {kept}, counted {counted}"
        facts = {"board": one.board, "place": one.place or "-", "cell": one.cell or "-", "day": one.day}
        click.echo(say(line).format(**facts, kept=one.kept, counted=one.counted))
    click.echo(say("{count} counters differ.").format(count=len(found)) if found else say("All counters agree."))
    sys.exit(1 if found else 0)


@tallies.command()
def mend() -> None:
    """Write all counters anew from the rows; whoever moves a row waits meanwhile."""
    from onething.plumbing.tallies import truths

    for board in truths.boards():
        truths.mend(board)
    say = sentences.speaking(language(os.environ), __package__ or "")
    click.echo(say("{count} boards written anew.").format(count=len(truths.boards())))
