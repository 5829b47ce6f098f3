"""`onething plan`: the issue's contract, through the command itself."""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len
from rich.console import Console

from onething.catalogue import answers as answer_files
from onething.catalogue import check, page, words
from onething.catalogue.commands import plan
from onething.catalogue.errors import PackNotInForce
from onething.catalogue.tests.written import noodle_shop
from onething.engine.bundle import compute_plan
from onething.kernel.errors import Refusal
from onething.kernel.language import Language
from onething.plumbing import calendars
from onething.plumbing.packs import read_pack, schema
from onething.plumbing.places import PROJECT

PUBLISHED = PROJECT / "packs/hlj/retirement/examples/published.yaml"


def run(*args: object, given: str | None = None, env: dict[str, str] | None = None) -> Result:
    words = {"ONETHING_LANG": "zh", **(env or {})}
    return CliRunner().invoke(plan, [str(one) for one in args], input=given, env=words)


def as_json(*args: object, given: str | None = None) -> dict[str, Any]:
    result = run(*args, "--json", given=given)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def test_the_published_totals_come_out() -> None:
    found = as_json("hlj/retirement", "--answers", PUBLISHED)
    assert len(found["matters"]) == 13
    assert found["before"] == {"working_days": 61, "materials": 31, "steps": 13, "trips": 12}
    assert found["after"] == {"working_days": 15, "materials": 14, "steps": 2, "trips": 1}
    assert found["promise"]["due"] == "2026-09-30"


def test_the_json_has_what_the_issue_names() -> None:
    found = as_json("hlj/retirement", "--answers", PUBLISHED)
    assert {
        "pack", "release", "matters", "not_needed", "open_questions", "form", "materials", "critical_path", "promise",
        "visits", "before", "after",
    } <= set(found)  # fmt: skip
    assert {"id", "title", "department", "needs", "working_days", "visits", "because"} <= set(found["matters"][0])
    assert {"id", "label", "ask", "used_by", "because"} <= set(found["form"]["fields"][0])
    assert {"id", "title", "action", "used_by", "supplied_by", "because"} <= set(found["materials"][0])
    assert {line["action"] for line in found["materials"]} <= {"hand_in", "shared", "produced", "derived"}


def test_by_law_only_statutory_terms_count() -> None:
    found = as_json("hlj/retirement", "--answers", PUBLISHED, "--basis", "law")
    assert found["basis"] == "law"
    without = found["promise"]["lower_bound"]
    assert without
    for line in found["matters"]:
        figure = (line["working_days"], line["basis"])
        assert figure == (None, None) if line["id"] in without else line["working_days"] > 0 and figure[1] == "law"
    page = run("hlj/retirement", "--answers", PUBLISHED, "--basis", "law").stdout
    assert "最早" in page and "只算法律写明期限的" in page


def test_by_law_a_lower_bound_is_not_set_against_what_was_reconstructed() -> None:
    page = run("hlj/retirement", "--answers", PUBLISHED, "--basis", "law").stdout
    assert "%" not in page
    assert "一件一件办（推算）" in page and "至少 48" in page
    assert "法律 4、推算 0、无期限 9" in page
    assert "75%" in run("hlj/retirement", "--answers", PUBLISHED).stdout


def test_plain_answers_and_an_example_give_the_same(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path)
    answers = {"owner_name": "何青松", "shop_address": "柳湾街 3 号", "seats": 40, "has_sign": True}
    example = as_json(folder, "--answers", folder / "examples/with_sign.yaml")
    plain = as_json(folder, "--answers", "-", "--on", "2026-03-02", given=json.dumps(answers))
    yaml = as_json(folder, "--answers", "-", "--on", "2026-03-02", given="seats: 40\nhas_sign: true\n")
    assert plain == example
    assert (yaml["after"], yaml["promise"]) == (example["after"], example["promise"])


def test_on_beats_the_day_in_the_file(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path)
    found = as_json(folder, "--answers", folder / "examples/with_sign.yaml", "--on", "2026-03-03")
    assert (found["on"], found["promise"]["due"]) == ("2026-03-03", "2026-03-12")


def test_a_day_far_ahead_is_provisional_and_says_so(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path)
    page = run(folder, "--answers", folder / "examples/with_sign.yaml", "--on", "2029-09-28").stdout
    assert "放假安排尚未公布" in page


def test_the_page_reads_from_the_promise_down() -> None:
    page = run("hlj/retirement", "--answers", PUBLISHED).stdout
    order = [
        "2026年9月30日", "一件一件办", "您要做的：2 步", "要交的材料：14 份",
        "不用您交的：17 份", "办这 13 件事", "这些数字从哪里来",
    ]  # fmt: skip
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    for said in ("退役军人安置条例》第51条", "部队汇款到账", "推算 13", "按指纹", "黑龙江只公布总数"):
        assert said in page
    assert "\x1b" not in page, "no colours where there is no terminal"
    assert all(line == line.rstrip() for line in page.splitlines())


def test_the_page_in_english_has_no_chinese_but_names_of_sources() -> None:
    page = run("hlj/retirement", "--answers", PUBLISHED, "--lang", "en").stdout
    assert "Done by 30 September 2026" in page
    assert run("hlj/retirement", "--answers", PUBLISHED, env={"ONETHING_LANG": "en"}).stdout == page


@pytest.mark.parametrize("basis", [None, "law"])
@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_a_terminal_of_eighty_columns_is_enough_and_breaks_no_word(tongue: Language, basis: str | None) -> None:
    content = read_pack("hlj/retirement")
    given = answer_files.read_answers(PUBLISHED.read_bytes(), PUBLISHED)
    assert given.on is not None
    plan = compute_plan(check.compile_pack(content), given.values, given.on, calendars.national_calendar(), basis)
    console = Console(file=io.StringIO(), width=80, color_system=None, markup=False, emoji=False, highlight=False)
    with console.capture() as captured:
        console.print(page.plan_page(plan, content, tongue), crop=False)
    text = captured.get()
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    offices = content.of(schema.Department)
    names = [name for line in plan.matters for name in (line.title.en, _short(offices[line.department]))]
    assert tongue == "zh" or _words_of(" ".join(names)) <= _words_of(text)


def _short(office: schema.Department) -> str:
    return (office.short or office.title).en


def _words_of(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{2,}", text))


def test_sources_without_an_english_title_say_so() -> None:
    page = run("hlj/retirement", "--answers", PUBLISHED, "--lang", "en").stdout
    chinese = [line.strip() for line in page.splitlines() if re.search(r"[\u4e00-\u9fff]", line)]
    assert chinese
    assert all(line.endswith("(no English title)") for line in chinese)


def test_what_is_not_known_is_asked(tmp_path: Path) -> None:
    page = run(noodle_shop(tmp_path), "--answers", "-", "--on", "2026-03-02", given="seats: 12\n").stdout
    assert "还没回答、会改变结果的问题：1 个" in page
    assert "还说不定的：1 件" in page


def test_a_matter_not_needed_says_why(tmp_path: Path) -> None:
    page = run(
        noodle_shop(tmp_path), "--answers", "-", "--on", "2026-03-02", given="has_sign: false\nseats: 3\n"
    ).stdout
    assert "您不挂招牌，不用办。" in page


def test_wrong_answers_are_all_named_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("seats: many\nhas_sign: 3\nowner: x\n")
    result = run(noodle_shop(tmp_path), "--answers", file)
    assert result.exit_code == 1
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["seats", "has_sign", "owner"]
    assert "answers.yaml:3" in result.stderr
    assert result.stdout == ""


DERIVED = """
{name}:
  label: {{zh: "某项", en: "Thing"}}
  type: {type}
"""
CASE = """
derived:
  {name}:
    cases: [{{when: "TRUE", value: {value}, because: {{zh: "照章。", en: "By rule."}}, source: "L1:2"}}]
"""


@pytest.mark.parametrize(
    ("kind", "value", "chinese", "english"),
    [
        ("money", "40000", "某项：400.00 元", "Thing: 400.00 yuan"),
        ("money", "123456700", "某项：1,234,567.00 元", "Thing: 1,234,567.00 yuan"),
        ("integer", "40000", "某项：40000", "Thing: 40000"),
        ("boolean", "true", "某项：是", "Thing: yes"),
        ("date", '"2026-09-01"', "某项：2026年9月1日", "Thing: 1 September 2026"),
    ],
)
def test_what_follows_is_written_as_people_write_it(
    tmp_path: Path, kind: str, value: str, chinese: str, english: str
) -> None:
    folder = noodle_shop(tmp_path)
    with (folder / "fields.yaml").open("a") as fields:
        fields.write(DERIVED.format(name="thing", type=kind))
    (folder / "rules/thing.yaml").write_text(CASE.format(name="thing", value=value))
    arguments = (folder, "--answers", folder / "examples/with_sign.yaml")
    assert chinese in run(*arguments).stdout
    assert english in run(*arguments, "--lang", "en").stdout


def test_one_of_a_kind_is_not_told_as_many(tmp_path: Path) -> None:
    folder = noodle_shop(
        tmp_path,
        ("matters/licence.yaml", "joined: {value: 2,", "joined: {value: 1,"),
    )
    page = run(
        folder, "--answers", "-", "--on", "2026-03-02", "--lang", "en", given="seats: 3\nhas_sign: false\n"
    ).stdout
    assert not re.search(r"\b1 (working days|matters|papers|steps|questions|answers)\b", page)
    assert not re.search(r"\b([02-9]|[1-9]\d+) (working day|matter|paper|step|question|answer)\b", page)
    assert re.search(r"\d working days?, counted", page)


@pytest.mark.parametrize(("count", "said"), [(1, "1 working day,"), (0, "0 working days,"), (15, "15 working days,")])
def test_a_count_names_what_it_counts(count: int, said: str) -> None:
    assert words.say(words.PAGE["due_days"], "en", days=count).startswith(said)
    assert f"{count} 个工作日" in words.say(words.PAGE["due_days"], "zh", days=count)


def test_wrong_answers_are_told_in_the_readers_language() -> None:
    given = "service_months: many\nsoldier_kind: pilot\nid_number: '123'\nplacement_region: x\nphone: 3\n"
    chinese = run("hlj/retirement", "--answers", "-", given=given).stderr
    assert "service_months: 这里要填整数。 请只写数字" in chinese
    for line in chinese.splitlines():
        assert not re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", line), "an English sentence"
    english = run("hlj/retirement", "--answers", "-", "--lang", "en", given=given).stderr
    assert "service_months: A whole number is needed here." in english


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("a: [", "answers_unreadable"),
        ("- a\n- b\n", "answers_unreadable"),
        ("", "answers_unreadable"),
        ("seats: 1\nseats: 2\n", "answers_unreadable"),
        ('{"seats": 1, "seats": 2}', "answers_unreadable"),
        ("a: !!python/name:os.system x\n", "answers_unreadable"),
        ("x: " + "y" * 1_000_001, "answers_too_big"),
        ("on: soon\nanswers: {seats: 3}\n", "day_unreadable"),
        ("answers: 3\n", "answers_not_mapped"),
        ("on: 2026-03-02\nanswers: [seats]\n", "answers_not_mapped"),
    ],
)
def test_answers_that_cannot_be_read(tmp_path: Path, given: str, code: str) -> None:
    result = run(noodle_shop(tmp_path), "--answers", "-", given=given)
    assert isinstance(result.exception, Refusal)
    assert result.exception.code == code
    assert result.exception.remedy


def test_a_bad_pack_is_told_on_stderr(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path, ("matters/licence.yaml", "any_of: [lease]", "any_of: [leese]"))
    result = run(folder, "--answers", folder / "examples/with_sign.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "licence.yaml:" in result.stderr and "lease" in result.stderr


def test_wrong_usage_is_exit_code_2(tmp_path: Path) -> None:
    assert run("hlj/retirement").exit_code == 2
    assert run("hlj/retirement", "--answers", tmp_path / "none.yaml").exit_code == 2


PROBE = """
import sys
from onething.site.cli import onething
try:
    onething(sys.argv[1:])
except SystemExit as done:
    assert not done.code, done.code
heavy = {"django", "psycopg", "procrastinate", "ninja", "holidays"} & set(sys.modules)
print(sorted(heavy), file=sys.stderr)
"""


def test_neither_django_nor_a_database_is_loaded_and_it_is_quick() -> None:
    command = [sys.executable, "-c", PROBE, "plan", "hlj/retirement", "--answers", str(PUBLISHED)]
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert done.stderr.strip() == "[]"
    assert min(spent) < 1.5, "seconds of processor time, so that a busy machine does not matter"


def test_the_plan_as_bpmn_has_every_matter(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path)
    result = run(folder, "--answers", folder / "examples/with_sign.yaml", "--bpmn", "--lang", "en")
    tasks = ElementTree.fromstring(result.stdout).findall(".//{*}serviceTask")
    assert {task.get("name") for task in tasks} == {"Business licence", "Food permit", "Sign permit"}


def test_with_nothing_answered_no_day_is_promised() -> None:
    found = as_json("hlj/retirement", "--answers", "-", "--on", "2026-09-09", given="{}")
    promise = found["promise"]
    assert promise["partial"] is True
    assert promise["at_least"]["working_days"] == promise["working_days"] == 1
    assert promise["at_most"] == {"working_days": 15, "due": "2026-09-30"}
    page = run("hlj/retirement", "--answers", "-", "--on", "2026-09-09", given="{}").stdout
    count = len(found["open_questions"])
    assert "2026年9月10日 到 2026年9月30日 之间办完" in page
    assert f"1 到 15 个工作日，看还没回答的 {count} 个问题怎么答" in page
    assert re.search(r"工作日 +2 +1–15$", page, re.MULTILINE), "nothing is said to be saved before it is known"
    by_law = run("hlj/retirement", "--answers", "-", "--on", "2026-09-09", "--basis", "law", given="{}").stdout
    assert "到 2026年" not in by_law and "至少 0 个工作日" in by_law


def test_with_everything_answered_the_promise_is_one() -> None:
    promise = as_json("hlj/retirement", "--answers", PUBLISHED)["promise"]
    assert promise["partial"] is False
    assert promise["at_least"] == promise["at_most"] == {"working_days": 15, "due": promise["due"]}


def test_a_day_outside_the_packs_validity_is_refused_with_what_is_valid_when(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path)
    header = folder / "pack.yaml"
    text = re.sub(r"effective:.*", "effective: {from: 2026-01-01, to: 2027-01-01}", header.read_text())
    header.write_text(text)
    answers = tmp_path / "answers.yaml"
    answers.write_text("{}")
    for day, span in (
        ("2025-12-31", "it holds from 2026-01-01"),
        ("2027-01-01", "from 2026-01-01 until before 2027-01-01"),
    ):
        refused = run(folder, "--answers", answers, "--on", day).exception
        assert isinstance(refused, PackNotInForce)
        assert span in str(refused)
    for day in ("2026-01-01", "2026-12-31"):
        assert not isinstance(run(folder, "--answers", answers, "--on", day).exception, PackNotInForce)
