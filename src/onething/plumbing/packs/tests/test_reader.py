"""From a folder to a pack, and everything that is refused on the way, with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from onething.plumbing.packs import PackInvalid, look_at, read_pack, schema
from onething.plumbing.packs.problems import WORDS
from onething.plumbing.packs.tests.folders import HEADER, SMALL, lay_out, small_but

NO_SOURCE = ("missing_key", "matters/one.yaml", 6)


def wrong(folder: Path) -> list[tuple[str, str, int]]:
    """What is wrong: code, file, line."""
    found = [(one.code, one.place.file.relative_to(folder).as_posix(), one.place.line) for one in look_at(folder)[1]]
    return sorted(found)


def test_a_small_pack_is_read(tmp_path: Path) -> None:
    pack = read_pack(lay_out(tmp_path))
    assert pack.id == "test/small"
    assert pack.of(schema.Matter)["one"].working_days.joined.value == 1
    assert pack.place("matters", "one", "working_days", "joined").line == 7


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("pack.yaml", 'version: "1"\n', "", ("missing_key", "pack.yaml", 1)),
        ("pack.yaml", '"1"', "1.5", ("wrong_value", "pack.yaml", 3)),
        ("pack.yaml", '"990100000000"', "990100000000", ("wrong_value", "pack.yaml", 5)),
        ("pack.yaml", "2026-01-01", "2026-02-30", ("wrong_value", "pack.yaml", 6)),
        ("pack.yaml", "level: county", "level: village", ("wrong_value", "pack.yaml", 4)),
        ("fields.yaml", "type: text", "type: txt", ("wrong_value", "fields.yaml", 1)),
        ("fields.yaml", ", en: Name", "", ("missing_key", "fields.yaml", 1)),
        ("fields.yaml", "type: text", "type: text, sensitive: yes", ("wrong_value", "fields.yaml", 1)),
        ("fields.yaml", "name:", "Name:", ("wrong_value", "fields.yaml", 1)),
        ("matters/one.yaml", "id: one\n", "", ("missing_key", "matters/one.yaml", 1)),
        ("matters/one.yaml", 'value: 3, basis: reconstructed, source: "L1:1"', "value: 3, basis: law", NO_SOURCE),
        ("matters/one.yaml", "value: 3", "value: -3", ("wrong_value", "matters/one.yaml", 6)),
        ("matters/one.yaml", "value: 3", "value: '3'", ("wrong_value", "matters/one.yaml", 6)),
        ("matters/one.yaml", "any_of: [paper]", "any_of: []", ("wrong_value", "matters/one.yaml", 14)),
        ("matters/one.yaml", "any_of: [paper]", "any_of: [paper], any: 1", ("unknown_key", "matters/one.yaml", 14)),
        ("materials/papers.yaml", "by: applicant", "by: aplicant", ("wrong_value", "materials/papers.yaml", 4)),
        ("materials/papers.yaml", "by: applicant, ", "", ("missing_key", "materials/papers.yaml", 4)),
        ("materials/papers.yaml", ', source: "L1:1"}', "}", ("missing_key", "materials/papers.yaml", 4)),
        ("materials/papers.yaml", "by: applicant", "by: matter", ("missing_key", "materials/papers.yaml", 4)),
    ],
)  # fmt: skip
def test_one_wrong_thing_is_named_with_its_line(
    tmp_path: Path, name: str, old: str, new: str, expected: tuple[str, str, int]
) -> None:
    assert wrong(small_but(tmp_path, name, old, new)) == [expected]


def test_the_nearest_name_is_proposed_in_both_languages(tmp_path: Path) -> None:
    _, problems = look_at(small_but(tmp_path, "matters/one.yaml", "department:", "departmant:"))
    unknown = next(problem for problem in problems if problem.code == "unknown_key")
    assert "department" in unknown.remedy("en")
    assert "department" in unknown.remedy("zh")


def test_every_problem_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    folder = lay_out(
        tmp_path,
        SMALL
        | {
            "sources.yaml": "L1: {title: 办法, issuer: 某局, grade: laww}\n",
            "fields.yaml": "name: {label: {zh: 姓名}, type: text}\nname: {}\n",
            "departments.yaml": "office: [\n",
        },
    )
    assert wrong(folder) == [
        ("broken_yaml", "departments.yaml", 2),
        ("duplicate_key", "fields.yaml", 2),
        ("missing_key", "fields.yaml", 1),
        ("wrong_value", "sources.yaml", 1),
    ]


@pytest.mark.parametrize(
    "missing", ["sources.yaml", "departments.yaml", "fields.yaml", "matters/one.yaml", "pack.yaml"]
)
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    files = {name: text for name, text in SMALL.items() if name != missing}
    assert [code for code, *_ in wrong(lay_out(tmp_path, files))] == ["file_missing"]


def test_there_is_no_pack_here(tmp_path: Path) -> None:
    with pytest.raises(PackInvalid) as refusal:
        read_pack(tmp_path / "nowhere")
    assert [problem.code for problem in refusal.value.problems] == ["no_pack"]


def test_a_misplaced_file_is_named_with_its_right_place(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, {**SMALL, "matter/two.yaml": "x: 1", "field.yaml": "x: 1", "notes.md": "free"})
    assert wrong(folder) == [("file_unknown", "field.yaml", 1), ("file_unknown", "matter/two.yaml", 1)]
    remedies = " ".join(problem.remedy() for problem in look_at(folder)[1])
    assert "fields.yaml" in remedies
    assert "matters/two.yaml" in remedies


def test_an_id_used_twice_names_both_places(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, {**SMALL, "materials/more.yaml": SMALL["materials/papers.yaml"]})
    assert wrong(folder) == [("id_twice", "materials/papers.yaml", 1)]
    assert "more.yaml:1" in look_at(folder)[1][0].what()


def test_matters_may_stand_in_one_list(tmp_path: Path) -> None:
    indented = SMALL["matters/one.yaml"].replace("\n", "\n    ").rstrip()
    folder = lay_out(tmp_path, {**SMALL, "matters/one.yaml": f"matters:\n  - {indented}\n"})
    assert list(read_pack(folder).of(schema.Matter)) == ["one"]


# nothing outside the folder is read


def test_a_link_is_refused_even_if_it_leads_to_a_good_file(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "pack")
    outside = tmp_path / "outside.yaml"
    outside.write_text((folder / "fields.yaml").read_text())
    (folder / "fields.yaml").unlink()
    (folder / "fields.yaml").symlink_to(outside)
    assert ("leaves_folder", "fields.yaml", 1) in wrong(folder)
    assert "fields" not in {name for name, *_ in wrong(folder)}


def test_a_link_to_a_folder_is_refused(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "pack")
    (folder / "notices").symlink_to("/etc", target_is_directory=True)
    assert wrong(folder) == [("leaves_folder", "notices", 1)]


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    folder = lay_out(tmp_path)
    os.mkfifo(folder / "events.yaml")
    assert wrong(folder) == [("not_a_file", "events.yaml", 1)]


@pytest.mark.parametrize("base", ["../../etc/passwd", "/etc/passwd", "test/../../etc", "test/.."])
def test_a_base_cannot_lead_out_of_the_packs_root(tmp_path: Path, base: str) -> None:
    folder = lay_out(tmp_path, {**SMALL, "pack.yaml": HEADER + f"extends: {base}\n"})
    assert wrong(folder) == [("wrong_value", "pack.yaml", 7)]


def test_a_base_behind_a_link_is_not_followed_out_of_the_root(tmp_path: Path) -> None:
    lay_out(tmp_path / "outside", {**SMALL, "pack.yaml": HEADER.replace("test/small", "test/base")})
    (tmp_path / "root" / "test").mkdir(parents=True)
    (tmp_path / "root" / "test" / "base").symlink_to(tmp_path / "outside", target_is_directory=True)
    folder = lay_out(tmp_path / "root" / "test" / "small", {**SMALL, "pack.yaml": HEADER + "extends: test/base\n"})
    assert wrong(folder) == [("base_missing", "pack.yaml", 7)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    folder = lay_out(tmp_path)
    (folder / "fields.yaml").chmod(0)
    assert ("unreadable", "fields.yaml", 1) in wrong(folder)


# bases


def two(tmp_path: Path, over: dict[str, str], head: str = "extends: test/base\n") -> Path:
    """A base and a pack that extends it, beside each other."""
    lay_out(tmp_path / "test" / "base", {**SMALL, "pack.yaml": HEADER.replace("test/small", "test/base")})
    return lay_out(tmp_path / "test" / "small", {"pack.yaml": HEADER + head, **over})


def test_only_the_differences_are_written(tmp_path: Path) -> None:
    change = "id: one\nworking_days: {joined: {value: 2}}\n"
    pack = read_pack(two(tmp_path, {"matters/change.yaml": change}))
    days = pack.of(schema.Matter)["one"].working_days
    assert (days.joined.value, days.alone.value) == (2, 3)
    assert pack.bases == ("test/base",)
    assert pack.place("matters", "one", "working_days", "joined", "value").file.name == "change.yaml"
    assert pack.place("matters", "one", "working_days", "alone", "value").file.name == "one.yaml"


def test_lists_are_replaced_whole(tmp_path: Path) -> None:
    pack = read_pack(two(tmp_path, {"matters/change.yaml": "id: one\nmaterials: []\n"}))
    assert pack.of(schema.Matter)["one"].materials == []


def test_a_problem_of_a_difference_is_named_where_the_difference_is(tmp_path: Path) -> None:
    folder = two(tmp_path, {"matters/change.yaml": "id: one\nworking_days: {joined: {value: two}}\n"})
    assert wrong(folder) == [("wrong_value", "matters/change.yaml", 2)]


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [("-1", "不能小于 0", "it must not be below 0"), ("10001", "不能大于 10000", "it must not be above 10000")],
)
def test_a_figure_out_of_bounds_names_the_bound(tmp_path: Path, value: str, chinese: str, english: str) -> None:
    _, problems = look_at(small_but(tmp_path, "matters/one.yaml", "joined: {value: 1,", f"joined: {{value: {value},"))
    (problem,) = problems
    assert chinese in problem.what("zh")
    assert english in problem.what("en")


def test_entries_are_taken_away(tmp_path: Path) -> None:
    pack = read_pack(two(tmp_path, {"matters/two.yaml": SMALL["matters/one.yaml"].replace("id: one", "id: two")},
                         "extends: test/base\nremove: {matters: [one]}\n"))  # fmt: skip
    assert list(pack.of(schema.Matter)) == ["two"]


def test_nothing_can_be_taken_away_that_is_not_there(tmp_path: Path) -> None:
    folder = two(tmp_path, {}, "extends: test/base\nremove: {materials: [papr]}\n")
    assert wrong(folder) == [("nothing_to_remove", "pack.yaml", 8)]


def test_remove_needs_a_base(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, {**SMALL, "pack.yaml": HEADER + "remove: {materials: [paper]}\n"})
    assert wrong(folder) == [("remove_without_base", "pack.yaml", 7)]


def test_marks_of_the_base_are_kept(tmp_path: Path) -> None:
    marks = "marks: [{{zh: {0}, en: {0}}}]\n"
    folder = two(tmp_path, {}, "extends: test/base\n" + marks.format("mine"))
    lay_out(
        tmp_path / "test" / "base",
        {"pack.yaml": HEADER.replace("test/small", "test/base") + marks.format("base")},
    )
    assert [mark.en for mark in read_pack(folder).header.marks] == ["base", "mine"]


def test_examples_are_not_inherited(tmp_path: Path) -> None:
    folder = two(tmp_path, {})
    lay_out(tmp_path / "test" / "base", {"examples/one.yaml": "title: one\nanswers: {name: 何青松}\n"})
    assert read_pack(folder).of(schema.Example) == {}


def test_packs_cannot_extend_each_other(tmp_path: Path) -> None:
    folder = two(tmp_path, {})
    base = HEADER.replace("test/small", "test/base") + "extends: test/small\n"
    lay_out(tmp_path / "test" / "base", {**SMALL, "pack.yaml": base})
    problems = look_at(folder)[1]
    assert [problem.code for problem in problems] == ["base_circle"]
    assert "test/small → test/base → test/small" in problems[0].what()


def test_a_shipped_base_is_found_from_any_folder(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, {"pack.yaml": HEADER + "extends: national/retirement\n"})
    pack, problems = look_at(folder)
    assert problems == []
    assert pack is not None
    assert len(pack.of(schema.Matter)) == 11


def test_a_missing_base_says_where_it_was_looked_for(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, {**SMALL, "pack.yaml": HEADER + "extends: test/nowhere\n"})
    assert wrong(folder) == [("base_missing", "pack.yaml", 7)]


def test_every_code_has_words_and_remedy_in_both_languages() -> None:
    for code, words in WORDS.items():
        assert all(words["zh"]) and all(words["en"]), code
