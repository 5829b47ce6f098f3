"""YAML in, values with places out; nothing in a file can run or explode."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onething.plumbing.packs import nodes
from onething.plumbing.packs.nodes import read_file, read_yaml
from onething.plumbing.packs.problems import Problem

FILE = Path("/pack/file.yaml")

PRINTABLE = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"])
LEAVES = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(PRINTABLE, max_size=8)
KEYS = st.text("abcdefgh_", min_size=1, max_size=5)
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4))


def read(text: str) -> tuple[object, list[Problem]]:
    problems: list[Problem] = []
    node = read_yaml(text, FILE, problems)
    return node.plain() if node else None, problems


def refused(text: str) -> list[tuple[str, int]]:
    """The codes and lines of what is wrong."""
    return [(problem.code, problem.place.line) for problem in read(text)[1]]


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=5))
def test_what_pyyaml_writes_is_read_as_it_was(value: dict[str, object]) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    assert read(text) == (value, [])


@pytest.mark.parametrize(
    "word", ["yes", "no", "on", "off", "Y", "2026-09-09", "12:30", "0123", "1_000", "0x1F", ".5", "NaN"]
)
def test_words_that_yaml_would_turn_into_something_else_stay_words(word: str) -> None:
    assert read(f"key: {word}") == ({"key": word}, [])


def test_the_key_on_is_not_true() -> None:
    assert read("on: 2026-09-09") == ({"on": "2026-09-09"}, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("null", None),
        ("~", None),
        ("", None),
        ('"12"', "12"),
        ("'true'", "true"),
    ],
)
def test_plain_values(text: str, value: object) -> None:
    assert read(f"key: {text}") == ({"key": value}, [])


def test_everything_knows_its_line_and_column() -> None:
    problems: list[Problem] = []
    node = read_yaml("a: 1\nb:\n  - x\n  - {c: 2,\n     d: 3}\n", FILE, problems)
    assert node is not None
    assert (node.at("b", 1, "d").line, node.at("b", 1, "d").column) == (5, 6)
    assert (node.at("b", 0).line, node.at("a").line) == (3, 1)
    assert node.at("b", 1, "missing", "deeper").line == 4, "the nearest thing around it"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate_key", 3),
        ("a: !!python/object/apply:os.system ['true']\n", "tag", 1),
        ("ok: 1\na: !include /etc/passwd\n", "tag", 2),
        ("a: [1, 2\n", "broken_yaml", 2),
        ("a: b\n  c: d\n", "broken_yaml", 2),
        ("a:\n\t- b\n", "broken_yaml", 2),
        ("a: \x07\n", "broken_yaml", 1),
        ('ok: 1\na: "\\e[2J"\n', "control_character", 2),
        ('a: "x\\u202Ey"\n', "control_character", 1),
        ('"k\\0": x\n', "control_character", 1),
        ("a: 1\n---\nb: 2\n", "several_documents", 2),
        ("# nothing\n", "empty_file", 1),
        ("a: *nowhere\n", "unknown_alias", 1),
        ("a: &me\n  b: *me\n", "unknown_alias", 2),
        ("? [a, b]\n: c\n", "key_not_text", 1),
        ("a: " + "[" * 40 + "]" * 40, "too_deep", 1),
        ("a: " + "[" * 100_000, "too_deep", 1),
    ],
)  # fmt: skip
def test_what_is_refused_names_its_line(text: str, code: str, line: int) -> None:
    assert refused(text) == [(code, line)]


def test_several_wrong_things_are_all_named() -> None:
    assert refused("a: 1\na: 2\nb: !x 3\nb: 4\n") == [("duplicate_key", 2), ("tag", 3), ("duplicate_key", 4)]


def laughs(levels: int, width: int = 10) -> str:
    lines = ["l0: &l0 [" + ", ".join(["ha"] * width) + "]"]
    lines += [f"l{n}: &l{n} [" + ", ".join([f"*l{n - 1}"] * width) + "]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


def test_a_billion_laughs_are_refused_quickly_and_in_little_memory() -> None:
    tracemalloc.start()
    began = time.perf_counter()
    found = refused(laughs(9))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [("yaml_bomb", 5)]
    assert time.perf_counter() - began < 1
    assert peak < 5_000_000


def test_aliases_that_do_not_explode_are_read() -> None:
    assert read("a: &a {x: 1}\nb: *a\n") == ({"a": {"x": 1}, "b": {"x": 1}}, [])


def test_very_many_aliases_are_refused() -> None:
    text = "a: &a 1\nb: [" + ", ".join(["*a"] * (nodes.MAX_ALIASES + 1)) + "]\n"
    assert refused(text) == [("too_many_aliases", 2)]


def test_a_chain_of_aliases_cannot_get_deeper_than_the_limit() -> None:
    text = "l0: &l0 [x]\n" + "".join(f"l{n}: &l{n} [*l{n - 1}]\n" for n in range(1, 60))
    assert [code for code, _ in refused(text)] == ["too_deep"]


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"a: 1\n" + "b: 姓名\n".encode("gb18030"))
    problems: list[Problem] = []
    assert read_file(file, problems) is None
    assert [(problem.code, problem.place.line) for problem in problems] == [("not_utf8", 2)]


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\n")
    node = read_file(file, [])
    assert node is not None
    assert node.plain() == {"a": 1}


def test_line_ends_of_other_systems_are_read() -> None:
    assert read("a: 1\r\nb: x\r\n") == ({"a": 1, "b": "x"}, [])


def test_a_file_that_is_too_big(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: " + "x" * nodes.MAX_BYTES)
    problems: list[Problem] = []
    assert read_file(file, problems) is None
    assert [problem.code for problem in problems] == ["file_too_big"]


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    value, problems = read(text)
    assert problems or value is not None
