"""What docs/how-to/write-a-pack.md says is done here as a reader would do it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner, Result

from onething.catalogue.commands import pack, plan
from onething.catalogue.occasions import OCCASIONS
from onething.catalogue.tests.written import DOCUMENT, files_in_the_document, noodle_shop
from onething.engine.rules.language import FUNCTIONS
from onething.plumbing.packs import schema
from onething.plumbing.packs.sections import sections_of


def run_check(folder: Path) -> Result:
    return CliRunner().invoke(pack, ["check", str(folder), "--json"])


def test_the_pack_of_the_document_is_good_and_its_examples_pass(tmp_path: Path) -> None:
    result = run_check(noodle_shop(tmp_path))
    report = json.loads(result.stdout)
    assert (result.exit_code, report["good"], report["problems"], report["advice"]) == (0, True, [], [])
    assert [(example["id"], example["passed"]) for example in report["examples"]] == [
        ("with_sign", True),
        ("without_sign", True),
    ]


def test_its_plan_is_printed(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path)
    result = CliRunner().invoke(plan, [str(folder), "--answers", str(folder / "examples/with_sign.yaml")])
    assert result.exit_code == 0
    assert "2026年3月11日" in result.stdout


def test_without_the_way_by_matter_there_is_one_more_paper(tmp_path: Path) -> None:
    papers = files_in_the_document()["materials/papers.yaml"]
    line = next(line for line in papers.splitlines(keepends=True) if "by: matter" in line)
    folder = noodle_shop(tmp_path, ("materials/papers.yaml", line, ""))
    differences = [problem["what"] for problem in json.loads(run_check(folder).stdout)["problems"]]
    assert any("after.materials: expected 3, got 4" in difference for difference in differences)


def test_without_the_desk_in_the_hall_it_is_refused(tmp_path: Path) -> None:
    result = run_check(noodle_shop(tmp_path, ("stations.yaml", "[market_desk, city_desk]", "[city_desk]")))
    found = json.loads(result.stdout)["problems"]
    assert [(problem["code"], Path(problem["file"]).name) for problem in found] == [
        ("unknown_name", "food_permit.yaml")
    ]


def test_a_misspelt_name_gives_its_line(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path, ("matters/licence.yaml", "any_of: [lease]", "any_of: [leese]"))
    problem = json.loads(run_check(folder).stdout)["problems"][0]
    line = (folder / "matters/licence.yaml").read_text().splitlines()[problem["line"] - 1]
    assert "leese" in line
    assert "lease" in problem["remedy"]


def test_every_key_and_every_function_is_in_the_document() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    shapes = [schema.Header, *(section.entry for section in sections_of("matters"))]
    keys = {info.alias or name for shape in shapes for name, info in shape.model_fields.items()}
    words = set(re.findall(r"\w+", text))
    assert keys - words == set()
    assert set(FUNCTIONS) - words == set()


def test_every_occasion_to_write_on_is_in_the_document_with_what_is_filled_there() -> None:
    rows = re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \| [^|]+ \| ([^|]+) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    told = {
        occasion: frozenset(re.findall(r"`\{([a-z_]+)\}`", filled))
        for occasions, filled in rows
        for occasion in re.findall(r"`([a-z_]+)`", occasions)
        if "{" in filled
    }
    assert told == OCCASIONS
