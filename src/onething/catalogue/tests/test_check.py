"""What a check refuses, each with the file and line to correct."""

from __future__ import annotations

from pathlib import Path

import pytest

from onething.catalogue import check
from onething.catalogue.tests.written import files_in_the_document, noodle_shop
from onething.plumbing import calendars

EVENT = "army: {title: {zh: 汇款, en: Money}, actor: {zh: 部队, en: Army}, source: L1}\n"
BECAUSE = "because: {zh: 要, en: Needed}, source: L1"


def problems_of(folder: Path) -> list[tuple[str, str, str]]:
    """What is wrong: code, file, and the text of the line it points to."""
    report = check.check_pack(str(folder), calendars.national_calendar())
    found = []
    for problem in report.problems:
        lines = [*problem.place.file.read_text().splitlines(), ""]  # a broken file may break at its very end
        line = lines[problem.place.line - 1]
        found.append((problem.code, problem.place.file.relative_to(folder).as_posix(), line))
    return found


def one_problem(folder: Path) -> tuple[str, str, str]:
    found = problems_of(folder)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("matters/licence.yaml", "department: market_office", "department: market", "unknown_name"),
        ("matters/licence.yaml", "{field: owner_name,", "{field: owner,", "unknown_name"),
        ("matters/licence.yaml", "any_of: [lease]", "any_of: [lease, leese]", "unknown_name"),
        ("matters/sign_permit.yaml", "{matter: licence,", "{matter: license,", "unknown_name"),
        ("matters/sign_permit.yaml", "{matter: licence,", "{event: licence,", "unknown_name"),
        ("matters/food_permit.yaml", "capability: market_desk", "capability: desk", "unknown_name"),
        ("materials/papers.yaml", "by: matter, matter: licence", "by: matter, matter: licens", "unknown_name"),
        ("materials/papers.yaml", "department: registry, share", "department: nobody, share", "unknown_name"),
        ("materials/papers.yaml", "fields: [owner_name,", "fields: [owner,", "unknown_name"),
        ("fields.yaml", "{department: registry,", "{department: nobody,", "unknown_name"),
        ("rules/size.yaml", "shop_size:", "shop_sise:", "unknown_name"),
        ("examples/with_sign.yaml", "seats: 40", "seets: 40", "unknown_name"),
        ("examples/with_sign.yaml", "hand_in: [lease,", "hand_in: [leese,", "unknown_name"),
        ("matters/food_permit.yaml", 'source: "L1:7"', 'source: "L7:7"', "unknown_source"),
        ("matters/sign_permit.yaml", 'when: "has_sign"', 'when: "has_sign = "', "bad_expression"),
        ("matters/sign_permit.yaml", 'when: "has_sign"', 'when: "has_sine"', "bad_expression"),
        ("matters/sign_permit.yaml", "shop_size = 'large'", "shop_size = 'huge'", "bad_expression"),
        ("matters/sign_permit.yaml", "shop_size = 'large'", "seats = 'large'", "bad_expression"),
        ("fields.yaml", "seats BETWEEN 1 AND 500", "seats / 2 > 1", "bad_expression"),
        ("rules/size.yaml", "seats <= 20", "__import__('os')", "bad_expression"),
        ("matters/sign_permit.yaml", "{matter: licence,", "{matter: licence, event: army,", "one_of"),
        ("matters/food_permit.yaml", "presence: station", "presence: online", "goes_with"),
        ("pack.yaml", "{from: 2026-01-01}", "{from: 2026-01-01, to: 2026-01-01}", "goes_with"),
    ],
)  # fmt: skip
def test_one_thing_wrong_points_to_its_line(tmp_path: Path, file: str, old: str, new: str, code: str) -> None:
    folder = noodle_shop(tmp_path, (file, old, new), **{"events.yaml": EVENT})
    found = [problem for problem in problems_of(folder) if problem[1] == file]
    assert [(found_code, where) for found_code, where, _ in found] == [(code, file)]
    changed = {line for line in (folder / file).read_text().splitlines() if new.split("\n")[0] in line}
    around = {"goes_with", "one_of"}
    assert code in around or found[0][2] in changed


def test_a_cycle_names_its_chain_with_the_files(tmp_path: Path) -> None:
    needs = f"needs:\n  - {{matter: sign_permit, {BECAUSE}}}\n"
    licence = (noodle_shop(tmp_path) / "matters/licence.yaml").read_text()
    folder = noodle_shop(tmp_path, **{"matters/licence.yaml": licence + needs})
    report = check.check_pack(str(folder), calendars.national_calendar())
    (problem,) = report.problems
    assert problem.code == "refused"
    said = str(problem)
    assert "licence" in said and "sign_permit" in said
    assert "licence.yaml:1" in said and "sign_permit.yaml:1" in said


def test_a_paper_that_nobody_supplies(tmp_path: Path) -> None:
    papers = (noodle_shop(tmp_path) / "materials/papers.yaml").read_text()
    only = next(line for line in papers.splitlines(True) if "只有您有" in line)
    folder = noodle_shop(
        tmp_path, ("materials/papers.yaml", only, f"    - {{by: matter, matter: food_permit, {BECAUSE}}}\n")
    )
    assert "refused" in {code for code, *_ in problems_of(folder)}
    assert any("lease:" in line for _, _, line in problems_of(folder))


def test_a_matter_that_can_never_apply(tmp_path: Path) -> None:
    folder = noodle_shop(
        tmp_path, ("matters/sign_permit.yaml", 'when: "has_sign"', 'when: "has_sign AND NOT has_sign"')
    )
    assert one_problem(folder)[:2] == ("refused", "matters/sign_permit.yaml")


def test_an_example_that_comes_out_otherwise_says_both(tmp_path: Path) -> None:
    folder = noodle_shop(
        tmp_path,
        ("examples/with_sign.yaml", "working_days: 21", "working_days: 20"),
        ("examples/with_sign.yaml", "hand_in: [lease, health_certificate,", "hand_in: [lease, identity_proof,"),
    )
    said = [problem.what() for problem in check.check_pack(str(folder), calendars.national_calendar()).problems]
    assert said == [
        "Example “with_sign”, hand_in: expected 3 (+identity_proof), got 3 (+health_certificate).",
        "Example “with_sign”, before.working_days: expected 20, got 21.",
    ]


def test_an_example_with_an_impossible_answer(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path, ("examples/with_sign.yaml", "seats: 40", "seats: many"))
    assert one_problem(folder)[0] == "example_fails"


def test_choices_need_options(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path, ("fields.yaml", "  type: boolean", "  type: choice"))
    assert ("goes_with", "fields.yaml") in [problem[:2] for problem in problems_of(folder)]


def test_broken_shapes_and_unknown_names_are_told_together(tmp_path: Path) -> None:
    folder = noodle_shop(
        tmp_path,
        ("matters/licence.yaml", "any_of: [lease]", "any_of: [leese]"),
        ("matters/food_permit.yaml", "value: 10", "value: ten"),
    )
    assert sorted(code for code, *_ in problems_of(folder)) == ["unknown_name", "wrong_value"]


def test_a_broken_entry_does_not_make_its_users_wrong(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path, ("fields.yaml", "type: boolean", "type: bolean"))
    assert one_problem(folder)[:2] == ("wrong_value", "fields.yaml")


@pytest.mark.parametrize(
    "name",
    [
        "sources.yaml", "departments.yaml", "stations.yaml", "fields.yaml", "matters/licence.yaml", "rules/size.yaml",
        "materials/papers.yaml", "examples/with_sign.yaml",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("broken", "code"), [("a: [\n", "broken_yaml"), ("", "empty_file"), ("a: *b\n", "unknown_alias")]
)
def test_what_only_follows_from_an_unreadable_file_is_not_told(
    tmp_path: Path, name: str, broken: str, code: str
) -> None:
    folder = noodle_shop(tmp_path, **{name: broken})
    assert one_problem(folder)[:2] == (code, name)


def test_an_unreadable_file_comes_first_and_hides_nothing_else(tmp_path: Path) -> None:
    folder = noodle_shop(
        tmp_path,
        ("fields.yaml", "type: boolean", "type: bolean"),
        ("matters/licence.yaml", "any_of: [lease]", "any_of: [leese]"),
        **{"rules/size.yaml": "derived: [\n"},
    )
    assert [problem[0] for problem in problems_of(folder)] == ["broken_yaml", "wrong_value", "unknown_name"]


def test_a_base_that_is_missing_is_the_only_problem(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path, ("matters/licence.yaml", "any_of: [lease]", "any_of: [from_the_base]"))
    with (folder / "pack.yaml").open("a") as header:
        header.write("extends: no/where\n")
    assert one_problem(folder)[0] == "base_missing"


def test_advice_does_not_refuse(tmp_path: Path) -> None:
    unused = "spare: {label: {zh: Spare, en: Spare}, type: text}\n"
    fields = (noodle_shop(tmp_path) / "fields.yaml").read_text()
    folder = noodle_shop(
        tmp_path,
        ("matters/licence.yaml", "value: 5, basis: reconstructed", "value: 5, basis: law"),
        **{"fields.yaml": fields + unused},
    )
    report = check.check_pack(str(folder), calendars.national_calendar())
    said = " ".join(advice.what() for advice in report.advice)
    assert report.is_good
    assert "“spare” among the fields is not used" in said
    assert "no Chinese character" in said
    assert "no article of a law" in said


@pytest.mark.parametrize("name", ["national/retirement", "hlj/retirement"])
def test_the_shipped_packs_are_good(name: str) -> None:
    report = check.check_pack(name, calendars.national_calendar())
    assert [str(problem) for problem in report.problems] == []
    assert report.runs


@pytest.mark.parametrize(
    ("born", "found"),
    [
        ("type: date, agrees_with: {field: id_number, part: birth_date}", None),
        ("type: text, agrees_with: {field: id_number, part: birth_date}", "goes_with"),
        ("type: date, agrees_with: {field: shop_address, part: birth_date}", "goes_with"),
        ("type: date, agrees_with: {field: id_nummer, part: birth_date}", "unknown_name"),
        ("type: choice, options: {m: {zh: 男, en: M}}, agrees_with: {field: id_number, part: sex}", "goes_with"),
        ("type: date, agrees_with: {field: id_number, part: age}", "wrong_value"),
    ],
)
def test_what_is_to_agree_with_an_id_number_can_be_compared(tmp_path: Path, born: str, found: str | None) -> None:
    number = "id_number: {label: {zh: 身份证号, en: ID number}, type: id_number}\n"
    fields = files_in_the_document()["fields.yaml"]
    one = f"born: {{label: {{zh: 生日, en: Born}}, {born}}}\n"
    problems = problems_of(noodle_shop(tmp_path, **{"fields.yaml": fields + number + one}))
    assert [code for code, _file, _line in problems] == ([found] if found else [])


TERM = (
    "opening: {title: {zh: 开业, en: Open}, from_field: %s, days: 30, "
    "consequence: {zh: 过期, en: Late}, source: L1%s}\n"
)
FOUNDED = "founded: {label: {zh: 成立, en: Founded}, type: date}\n"
WORDS = "only_if: {zh: 如果有招牌, en: if there is a sign}"


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (f', when: "has_sign", {WORDS}', []),
        (', when: "has_sign"', ["goes_with"]),
        (f", {WORDS}", ["goes_with"]),
        (f', when: "has_sine", {WORDS}', ["bad_expression"]),
        (f', matter: licens, when: "has_sign", {WORDS}', ["unknown_name"]),
    ],
)
def test_a_day_to_keep_has_a_condition_with_its_words_or_none(tmp_path: Path, more: str, found: list[str]) -> None:
    folder = noodle_shop(tmp_path)
    with (folder / "fields.yaml").open("a") as fields:
        fields.write(FOUNDED)
    (folder / "terms.yaml").write_text(TERM % ("founded", more))
    assert [code for code, file, _ in problems_of(folder) if file == "terms.yaml"] == found


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("days: 60", []),
        ("months: 6", []),
        ("departments: [market_office]", []),
        ("days: 60, months: 6", ["goes_with"]),
        ("departments: [nobody]", ["unknown_name"]),
        ("matters: [licence, nothing]", ["unknown_name"]),
    ],
)
def test_a_way_to_object_has_one_term_and_names_what_exists(tmp_path: Path, term: str, found: list[str]) -> None:
    folder = noodle_shop(tmp_path)
    way = f"way: {{title: {{zh: 复议, en: Object}}, where: {{zh: 政府, en: Government}}, source: L1, {term}}}\n"
    (folder / "objections.yaml").write_text(way)
    assert [code for code, file, _ in problems_of(folder) if file == "objections.yaml"] == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("settled: {sms: {zh: '{case_number}：{link}', en: '{case_number}: {link}'}}", []),
        ("settled: {sms: {zh: '{link}', en: '{case_number}'}}", ["goes_with"]),
        ("settled: {sms: {zh: '{lnik}', en: '{lnik}'}}", ["goes_with"]),
        ("settled: {in_app: {zh: '{due}', en: '{due}'}}", ["goes_with"]),
        ("paper_missed: {email: {subject: {zh: '{due}', en: '{due}'}, body: {zh: '{on}', en: '{on}'}}}", ["goes_with"]),
        ("setled: {sms: {zh: 好, en: Done}}", ["unknown_name"]),
    ],
)
def test_a_text_stands_for_an_occasion_and_asks_only_for_what_is_filled_there(
    tmp_path: Path, line: str, found: list[str]
) -> None:
    folder = noodle_shop(tmp_path, **{"notices/texts.yaml": line + "\n"})
    assert [code for code, file, _ in problems_of(folder) if file == "notices/texts.yaml"] == found


def test_a_law_that_nobody_can_look_up_and_a_way_that_is_not_verified_are_marked(tmp_path: Path) -> None:
    folder = noodle_shop(tmp_path, ("sources.yaml", '  address: "https://example.org/noodles"\n', ""))
    way = "way: {title: {zh: 提出, en: Object}, where: {zh: 局, en: Office}, source: L1, unverified: true}\n"
    (folder / "objections.yaml").write_text(way)
    report = check.check_pack(str(folder), calendars.national_calendar())
    assert report.is_good
    files = sorted(problem.place.file.name for problem in report.advice)
    assert files == ["objections.yaml", "sources.yaml"]
