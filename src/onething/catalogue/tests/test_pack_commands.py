"""`onething pack check | explain | new | schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onething.catalogue.commands import pack
from onething.catalogue.tests.written import noodle_shop
from onething.kernel.errors import Refusal
from onething.plumbing.packs.schemas import json_schemas


def run(*args: object) -> Result:
    return CliRunner().invoke(pack, [str(one) for one in args], env={"ONETHING_LANG": "en"})


def test_a_new_pack_works_at_once(tmp_path: Path) -> None:
    made = run("new", tmp_path / "Town" / "My thing")
    assert made.exit_code == 0
    checked = run("check", tmp_path / "Town" / "My thing", "--json")
    report = json.loads(checked.stdout)
    assert (checked.exit_code, report["pack"], report["problems"], report["advice"]) == (0, "town/my-thing", [], [])
    assert all(example["passed"] for example in report["examples"])


def test_a_new_pack_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    refused = run("new", tmp_path)
    assert isinstance(refused.exception, Refusal)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_check_says_what_is_wrong_in_both_languages(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path, ("fields.yaml", "type: integer", "type: intger"))
    english, chinese = run("check", folder), run("check", folder, "--lang", "zh")
    assert (english.exit_code, english.stdout) == (1, "")
    assert "fields.yaml:11" in english.stderr and "Did you mean “integer”?" in english.stderr
    assert "是否想写“integer”？" in chinese.stderr


def test_check_as_json_is_for_programs(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path, ("fields.yaml", "type: integer", "type: intger"))
    (problem,) = json.loads(run("check", folder, "--json").stdout)["problems"]
    assert (problem["code"], Path(problem["file"]).name, problem["line"]) == ("wrong_value", "fields.yaml", 11)


def test_explain_a_field_gives_matters_and_clauses(tmp_path: Path) -> None:
    said = run("explain", noodle_shop(tmp_path), "shop_address").stdout
    for words in ("Address of the shop", "Business licence (licence)", "Food permit", "Sign permit"):
        assert words in said
    for words in ("（虚构） (no English title)", "article 4", "https://example.org/noodles", "望山县人民政府"):
        assert words in said


def test_explain_a_matter_gives_its_conditions_figures_and_papers(tmp_path: Path) -> None:
    said = run("explain", noodle_shop(tmp_path), "sign_permit").stdout
    for words in ("has_sign", "No sign, no permit.", "6 working days (reconstructed)", "Drawing of the sign"):
        assert words in said
    assert "when shop_size = 'large'" in " ".join(said.split())
    assert "matters/sign_permit.yaml:1" in said


def test_explain_a_material_gives_its_ways_and_who_asks(tmp_path: Path) -> None:
    found = json.loads(run("explain", noodle_shop(tmp_path), "licence_copy", "--json").stdout)
    by_heading = {part["heading"]: part["lines"] for part in found[0]["parts"]}
    assert [line["source"] for line in by_heading["How it comes about"]] == ["L1:6", "L1:6"]
    assert len(by_heading["Who asks for it, and why"]) == 2


@pytest.mark.parametrize("name", ["L1", "market_office", "service_hall", "seats", "shop_size", "lease", "licence"])
def test_everything_can_be_explained(tmp_path: Path, name: str) -> None:
    result = run("explain", noodle_shop(tmp_path), name)
    assert result.exit_code == 0
    assert name in result.stdout


def test_every_asked_field_is_traced_to_a_clause() -> None:
    rows = json.loads(run("explain", "hlj/retirement", "--json").stdout)
    assert {row["matter"] for row in rows} <= set(json.dumps(rows).split('"'))
    assert all(row["because"] and row["source"] and row["cited"] for row in rows)
    assert len({row["field"] for row in rows}) > 30


def test_the_overview_lists_fields_with_matter_and_clause(tmp_path: Path) -> None:
    said = run("explain", noodle_shop(tmp_path)).stdout
    assert "seats" in said and "Food permit" in said and "article 6" in said


def test_what_is_not_in_the_pack_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    refused = run("explain", noodle_shop(tmp_path), "licens")
    assert isinstance(refused.exception, Refusal)
    assert "licence" in str(refused.exception)


def test_schemas_are_written(tmp_path: Path) -> None:
    assert run("schema", tmp_path).exit_code == 0
    assert {file.name for file in tmp_path.iterdir()} == set(json_schemas())


def test_words_are_printed_as_they_stand(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path, ("fields.yaml", "Address of the shop", "[red]Address[/red] :house:"))
    assert "[red]Address[/red] :house:" in run("explain", folder, "shop_address").stdout
    assert "[red]" in run("explain", folder).stdout


def test_a_long_path_is_never_broken_in_two(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path / ("long" * 30), ("fields.yaml", "type: integer", "type: intger"))
    assert f"{folder}/fields.yaml:11" in run("check", folder).stderr.splitlines()
