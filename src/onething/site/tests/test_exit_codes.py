"""Exit codes of the commands that programs call: 0 done, 1 refused with what to do next, 2 wrong usage; and --json."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from onething.plumbing import places

pytestmark = pytest.mark.slow

ANSWERS = str(places.PROJECT / "packs" / "hlj" / "retirement" / "examples" / "published.yaml")
NOBODY = "postgresql://nobody:x@127.0.0.1:1/none"


def call(line: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    """Call the command line as a program does, where neither a database nor a house answers."""
    environment = {**os.environ, "DATABASE_URL": NOBODY, "ONETHING_LANG": language, "PORT": "9"}
    command = [sys.executable, "-m", "onething.site.cli", *line.format(answers=ANSWERS).split()]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("plan hlj/retirement --answers {answers} --json", "matters"),
        ("pack check hlj/retirement --json", "good"),
        ("workdays add 2026-09-28 15 --json", "due"),
    ],
)
def test_what_needs_no_database_is_done_and_speaks_json(line: str, key: str) -> None:
    done = call(line)
    assert (done.returncode, done.stderr) == (0, "")
    assert key in json.loads(done.stdout)


@pytest.mark.parametrize(
    "line",
    [
        "plan nowhere/nothing --answers {answers} --json",
        "submit hlj/retirement --answers {answers} --key ot_x --json",
        "case TY20261122000001 --json",
        "pack check nowhere/nothing",
        "workdays add 1990-09-28 15",
        "workdays seed {answers}",
        "plan hlj/retirement --answers {answers} --on 2024-08-31",
        "pack new /proc/nothing/here",
        "pack schema {answers}",
        "decide nowhere/nothing --person {answers}",
        "looks --json",
        "journal verify --json",
    ],
)
def test_what_is_refused_says_what_to_do_and_leaves_stdout_empty(line: str) -> None:
    done = call(line)
    assert (done.returncode, done.stdout) == (1, ""), done
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) >= 2, done.stderr


@pytest.mark.parametrize(
    "line", ["plan hlj/retirement", "submit hlj/retirement --json", "case", "pack check", "workdays add x 15",
             "journal verify --no-such-option", "workdays add 2026-09-28 -3",
             "submit hlj/retirement --answers / --key x", "plan hlj/retirement --answers /"],
)  # fmt: skip
def test_wrong_usage_is_2(line: str) -> None:
    done = call(line)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")


def test_submit_looks_for_the_house_on_port() -> None:
    assert "http://127.0.0.1:9" in call("submit hlj/retirement --answers {answers} --key ot_x").stderr


def test_a_silent_database_is_named_by_where_its_address_came_from() -> None:
    assert "DATABASE_URL" in call("case TY20261122000001").stderr.splitlines()[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("plan hlj/retirement --answers /", "这是文件夹，不是文件"),
        ("submit hlj/retirement --answers /nothing --key x", "没有这个文件或文件夹"),
        ("decide nowhere/nothing --person {answers}", "这里没有事项包"),
        ("decide national/entitlements --person /nothing", "没有这个文件或文件夹"),
        ("scan --policies national/entitlements --people /nothing --out /nothing", "没有这个文件"),
        ("workdays add 2026-09-28 -3", "期限只往后数"),
        ("plan hlj/retirment --answers {answers}", "名称相近的有：hlj/retirement"),
        ("plan hlj/retirement --answers {answers} --on 2024-08-31", "2024-09-01 起才有效"),
        (
            "plan hlj/retirement --answers {answers} --on 2026-08-01",
            "批准退出现役日期 (discharge_date) 不晚于 提交这一天",
        ),
    ],
)
def test_a_chinese_terminal_reads_chinese(line: str, said: str) -> None:
    done = call(line, "zh")
    assert done.returncode in (1, 2)
    assert said in "".join(done.stderr.split("\n")), done.stderr
    assert "No such file" not in done.stderr
