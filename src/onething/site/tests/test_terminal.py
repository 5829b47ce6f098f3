"""The command line in one language at a time: help, click's own words, refusals, exit codes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from onething.site import setup, terminal
from onething.site.cli import COMMANDS, FOUND

CHINESE = re.compile(r"[\u3400-\u9fff]")


def call(*line: str, code: int, **environment: str) -> str:
    """Call the command line as a terminal does; give all that it wrote."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LANG", "LC_", "ONETHING_LANG"))}
    done = subprocess.run(
        [sys.executable, "-m", "onething.site.cli", *line],
        capture_output=True, text=True, encoding="utf-8", timeout=60, env={**kept, **environment},
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("--help",), 0),
        (("nothing",), 2),
        (("workdays", "add", "2026-13-01", "4"), 2),
        (("plan", "demo/retirement"), 2),
        (("pack", "check", "--help"), 0),
    ],
)
def test_a_terminal_reads_one_language(line: tuple[str, ...], code: int) -> None:
    setup.compile_messages()
    english = call(*line, code=code, LANG="en_US.UTF-8")
    chinese = call(*line, code=code, LANG="zh_CN.UTF-8")
    assert not CHINESE.search(english)
    assert CHINESE.search(chinese)
    assert not re.search(r"\b(the|of|and|is|for|Try|Error|Usage|Show)\b", chinese), chinese
    assert call(*line, "--lang", "en", code=code, LANG="en_US.UTF-8", LC_ALL="zh_CN.UTF-8") == english


def test_a_language_of_neither_kind_is_refused() -> None:
    assert "'de'" in call("plan", "--lang", "de", code=2, LANG="en_US.UTF-8")


def test_help_lists_every_command_in_one_line_under_its_group() -> None:
    lines = call("--help", code=0, LANG="en_US.UTF-8", COLUMNS="80").splitlines()
    for title, group in COMMANDS.items():
        start = lines.index(f"{title}:")
        names = [line.split()[0] for line in lines[start + 1 : start + 1 + len(group)]]
        assert names == list(group)


@pytest.mark.parametrize("name", FOUND)
def test_all_help_has_chinese_words(name: str) -> None:
    module, attribute = FOUND[name].split(":")
    told = terminal.in_language(getattr(import_module(module), attribute), "zh")
    for command in _all(told):
        assert CHINESE.search(command.help or ""), f"{command.name}: {command.help}"
        for option in command.params:
            if isinstance(option, click.Option) and option.help:
                assert CHINESE.search(option.help), f"{command.name} {option.name}: {option.help}"


def _all(command: click.Command) -> list[click.Command]:
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return [command, *(found for one in below for found in _all(one))]


def test_the_words_of_click_are_clicks() -> None:
    """A word that a new click writes otherwise would silently stay English."""
    sources = "".join(path.read_text() for path in Path(click.__file__).parent.glob("*.py"))
    with (terminal.WORDS / "zh_Hans" / "LC_MESSAGES" / "click.po").open("rb") as file:
        for message in read_po(file, locale="zh_Hans"):
            english = message.id[0] if isinstance(message.id, tuple | list) else message.id
            assert english.replace("\n", "\\n").replace("\t", "\\t") in sources, english


@pytest.mark.parametrize(
    "line", [["plan", "--lang", "en", "x"], ["--lang=en", "plan", "x"], ["plan", "x", "--lang=en"]]
)
def test_the_language_may_stand_anywhere(line: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONETHING_LANG", "zh")
    monkeypatch.setenv("LANGUAGE", "")
    assert terminal.listen(line) == ["--lang", "en", "plan", "x"]
    assert os.environ["ONETHING_LANG"] == "en"


def test_a_home_that_cannot_be_written_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file stands where the home should be")
    said = call("up", "--port", "8199", code=1, LANG="en_US.UTF-8", ONETHING_HOME=str(tmp_path / "taken" / "home"))
    first, remedy = said.strip().splitlines()
    assert str(tmp_path / "taken") in first
    assert "ONETHING_HOME" in remedy
