"""`onething workdays` as a person and a program use it: through a process of its own."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from onething.kernel.errors import Refusal
from onething.kernel.workdays import Deadline
from onething.plumbing import sentences

SOURCE = Path(__file__).resolve().parents[4]
RUN = "import sys; from onething.plumbing.calendars.commands import workdays; workdays(prog_name='onething workdays')"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def workdays(*arguments: str, code: int = 0, stdin: str = "", said_on: str = "", **environ: str) -> str:
    """Run the command; give what it printed, or for a refusal what it said; nothing may stand on the other stream."""
    kept = {name: value for name, value in os.environ.items() if name not in ("LANG", "ONETHING_LANG", "LC_ALL")}
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        env={**kept, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1", **environ},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == code, done.stderr
    is_printed = (said_on or ("stderr" if code else "stdout")) == "stdout"
    assert (done.stderr if is_printed else done.stdout) == ""
    return done.stdout if is_printed else done.stderr


def test_a_deadline_with_its_proof_as_json() -> None:
    plain = json.loads(workdays("add", "2026-09-28", "15", "--json"))
    assert (plain["due"], plain["working_days"], plain["provisional"]) == ("2026-10-23", 15, False)
    assert [line["number"] for line in plain["proof"] if line["number"]] == list(range(1, 16))
    assert plain["sources"][0]["notices"][0]["number"] == "国办发明电〔2025〕7号"
    plain.pop("sources")
    assert Deadline.from_json(plain).to_json() == plain


def test_it_needs_neither_django_nor_a_database() -> None:
    check = "import sys; import onething.plumbing.calendars.commands; sys.exit('django' in sys.modules)"
    subprocess.run([sys.executable, "-c", check], env={"PYTHONPATH": str(SOURCE)}, check=True, timeout=60)


def test_people_read_it_in_chinese_first() -> None:
    text = workdays("add", "2026-09-28", "15")
    assert text.startswith("2026-09-28 周一起 15 个工作日：截止日为 2026-10-23 周五。")
    assert "2026-10-10 周六   5  国庆节调休上班" in text
    assert "2026-10-11 周日   -  周末" in text
    assert "国办发明电〔2025〕7号" in text


def test_and_in_english_when_they_ask_or_their_terminal_is() -> None:
    asked = workdays("add", "2026-09-28", "15", "--lang", "en")
    assert asked.startswith("15 working days from 2026-09-28 Mo: due on 2026-10-23 Fr.")
    assert "worked to make up for National Day" in asked
    assert workdays("add", "2026-09-28", "15", LANG="en_GB.UTF-8") == asked
    assert workdays("add", "2026-09-28", "15", "--lang", "zh", LANG="en_GB.UTF-8") != asked


def test_stops_are_counted_and_named() -> None:
    text = workdays("add", "2026-09-28", "15", "--stop", "2026-10-12..2026-10-14=补正")
    assert "截止日为 2026-10-27" in text
    assert text.count("停止计时：补正") == 2


def test_an_open_stop_leaves_no_due_date() -> None:
    text = workdays("add", "2026-09-28", "15", "--stop", "2026-10-12..", "--lang", "en")
    assert "not due while the clock stands still; 10 days left" in text
    assert json.loads(workdays("add", "2026-09-28", "15", "--stop", "2026-10-12..", "--json"))["due"] is None


def test_a_deadline_into_an_unannounced_year_is_provisional() -> None:
    plain = json.loads(workdays("add", "2026-12-20", "15", "--json"))
    assert plain["provisional"] is True
    assert [year["status"] for year in plain["sources"]] == ["announced", "provisional"]
    assert "暂计" in workdays("add", "2026-12-20", "15")


def test_the_days_between_two_days() -> None:
    assert workdays("between", "2026-09-28", "2026-10-23") == "2026-09-28 至 2026-10-23：15 个工作日。\n"
    assert json.loads(workdays("between", "2026-09-28", "2026-10-23", "--json"))["working_days"] == 15


def test_a_printed_deadline_can_be_verified_and_a_changed_one_cannot() -> None:
    printed = workdays("add", "2026-09-28", "15", "--json")
    assert workdays("verify", "-", stdin=printed) == "证明成立：截止日为 2026-10-23。\n"
    assert "证明不成立" in workdays("verify", "-", stdin=printed.replace("2026-10-23", "2026-10-24"), code=1)
    assert "没有期限" in workdays("verify", "-", stdin="[]", code=1)
    assert "没有期限" in workdays("verify", "-", stdin="{", code=1)
    assert "不是附有证明的期限" in workdays("verify", "-", stdin="{}", code=1)


def test_a_year_is_drawn_with_its_months_in_line() -> None:
    text = workdays("year", "2026")
    assert "2026 年：248 个工作日，已公布" in text
    assert "  5*  6*  7*  8   9  10+ 11" in text
    assert "国庆节  放假 10-01 周四 至 10-07 周三；上班 09-20 周日、10-10 周六" in text
    assert "按推算" in workdays("year", "2027")


def columns(text: str) -> int:
    return sum(2 if CHINESE.match(character) or character in "（）" else 1 for character in text)


def test_chinese_characters_take_two_columns() -> None:
    text = workdays("year", "2027")
    assert (
        len({columns(line.partition("放假 ")[0]) for line in text.splitlines() if line[:2] == "  " and "放假" in line})
        == 1
    )
    heads = next(line for line in text.splitlines() if line.startswith(" 一"))
    weeks = next(line for line in text.splitlines() if line.startswith(" 11 "))
    assert columns(heads[: heads.rindex("日")]) == columns(weeks.rstrip()[:-2])


def test_the_files_are_checked(tmp_path: Path) -> None:
    assert "23 个年份（2004 至 2026）均无误" in workdays("check")
    (tmp_path / "2026.yaml").write_text("year: 2026\n")
    said = workdays("check", "--calendar", str(tmp_path), code=1)
    assert "缺少“source”" in said
    assert "→" in said


def test_the_check_as_json(tmp_path: Path) -> None:
    good = json.loads(workdays("check", "--json"))
    assert (good["good"], good["years"][0], good["years"][-1], good["problems"]) == (True, 2004, 2026, [])
    assert good["version"] in workdays("check")
    (tmp_path / "2026.yaml").write_text("year: 2026\nholidays: []\n")
    bad = json.loads(workdays("check", "--json", "--calendar", str(tmp_path), code=1, said_on="stdout"))
    assert (bad["good"], bad["version"], bad["years"]) == (False, None, [])
    assert [one["code"] for one in bad["problems"]] == ["field_missing"]
    assert "source" in bad["problems"][0]["what"]
    assert CHINESE.search(bad["problems"][0]["what_zh"])
    assert CHINESE.search(bad["problems"][0]["remedy_zh"])


def test_seeding_writes_files_that_pass_the_check(tmp_path: Path) -> None:
    assert workdays("seed", str(tmp_path)).count(".yaml") == 23
    assert "均无误" in workdays("check", "--calendar", str(tmp_path))
    assert "已有日历文件" in workdays("seed", str(tmp_path), code=1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("between", "2026-10-23", "2026-09-28"), "早于起始日"),
        (("add", "1999-01-01", "3"), "没有 1999 年"),
        (("add", "2026-01-01", "3", "--stop", "2026-02-02..2026-02-01"), "早于起始日"),
        (("add", "2026-01-01", "3", "--calendar", "/nowhere"), "没有工作日历"),
        (("year", "2150"), "无法推算"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_1_and_a_remedy(arguments: tuple[str, ...], said: str) -> None:
    answer = workdays(*arguments, code=1)
    assert said in answer
    assert "\n  → 请" in answer
    assert not CHINESE.search(workdays(*arguments, code=1, LANG="en_US.UTF-8"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "2026-13-01", "3"),
        ("add", "tomorrow", "3"),
        ("add", "2026-01-01", "-3"),
        ("add", "2026-01-01", "many"),
        ("add", "2026-01-01"),
        ("add", "2026-01-01", "3", "--stop", "2026-02-02"),
        ("add", "2026-01-01", "3", "--stop", "soon..later"),
        ("year", "26"),
        ("nothing",),
    ],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert "Usage: onething workdays" in workdays(*arguments, code=2)


# Every sentence has its Chinese.


def sentences_said() -> set[str]:
    """Collect the literals that the package hands to `say`."""
    found = set()
    for module in ("pictures", "commands"):
        tree = ast.parse((Path(__file__).parents[1] / f"{module}.py").read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        said = [call for call in calls if ast.unparse(call.func).endswith("say")]
        found |= {it.value for call in said for it in call.args if isinstance(it, ast.Constant)}
    return found


def test_every_sentence_on_the_screen_is_translated() -> None:
    say = sentences.speaking("zh", "onething.plumbing.calendars")
    said = sentences_said()
    assert len(said) > 12
    assert [sentence for sentence in said if say(sentence) == sentence] == []


MODULES = [
    "kernel.errors",
    "kernel.workdays",
    "kernel.codes",
    "kernel.money",
    "kernel.periods",
    "plumbing.calendars.errors",
]


@pytest.mark.parametrize("module", MODULES)
def test_every_refusal_is_translated_and_keeps_its_facts(module: str) -> None:
    found = vars(import_module(f"onething.{module}")).values()
    own = [it for it in found if isinstance(it, type) and issubclass(it, Refusal) and it.__module__.endswith(module)]
    say = sentences.speaking("zh", f"onething.{module.rpartition('.')[0]}")
    assert own
    for refusal in own:
        for english in filter(None, (refusal().sentence, refusal.remedy)):
            assert CHINESE.search(say(english)), english
            assert sorted(re.findall(r"\{\w+\}", say(english))) == sorted(re.findall(r"\{\w+\}", english))
