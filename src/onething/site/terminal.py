"""What a terminal reads: each sentence in its language, and the commands' help as well."""

from __future__ import annotations

import copy
import gettext
import inspect
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

import click

from onething.kernel.language import Language, language
from onething.plumbing import places, sentences

WORDS = places.PROJECT / "src" / "onething" / "site" / "locale"
CLICK = "click"
"""The catalogue of the words that click itself writes: “Usage:”, “Missing option”."""


def translated(sentence: str) -> str:
    """Give a sentence of this module in the language of the terminal; imported as `_`."""
    return sentences.speaking(language(os.environ), __package__ or "")(sentence)


def program() -> str:
    """Tell how this program is called from here: by its name where the shell finds it, else by its path."""
    beside = Path(sys.executable).with_name("onething")
    if shutil.which("onething") or not beside.exists():
        return "onething"
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)


def listen(arguments: Sequence[str]) -> list[str]:
    """
    Follow `--lang X` wherever it stands on a line: help, refusals and children of the whole line speak it.

    Gives the line with it in front, where one that is neither zh nor en is refused.
    """
    line, asked = _in_front(list(arguments))
    if asked in get_args(Language):
        os.environ["ONETHING_LANG"] = asked
    os.environ["LANGUAGE"] = "zh_Hans" if language(os.environ) == "zh" else "en"  # gettext asks this one first
    gettext.bindtextdomain(CLICK, str(WORDS))
    gettext.textdomain(CLICK)
    return line


def _in_front(line: list[str]) -> tuple[list[str], str]:
    for at, word in enumerate(line):
        name, _, asked = word.partition("=")
        if name != "--lang":
            continue
        following = at + 1 if asked else at + 2
        asked = asked or (line[at + 1] if at + 1 < len(line) else "")
        return ["--lang", asked, *line[:at], *line[following:]], asked
    return line, ""


def in_language(command: click.Command, chosen: Language) -> click.Command:
    """Give a copy of a command, with all below it, whose help is in a language; English is the key."""
    package = command.callback.__module__.rpartition(".")[0] if command.callback else ""
    say = sentences.speaking(chosen, package)
    said = copy.copy(command)
    said.help, said.params = say(inspect.cleandoc(command.help or "")), in_language_all(command.params, say)
    if isinstance(said, click.Group) and isinstance(command, click.Group):
        said.commands = {name: in_language(one, chosen) for name, one in command.commands.items()}
    return said


def in_language_all(parameters: Sequence[click.Parameter], say: Callable[[str], str]) -> list[click.Parameter]:
    """Give copies of options whose help, and what they ask back, is said by `say`."""
    said = [copy.copy(one) for one in parameters]
    for one in said:
        if isinstance(one, click.Option):
            one.help, one.prompt = one.help and say(one.help), one.prompt and say(one.prompt)
    return said
