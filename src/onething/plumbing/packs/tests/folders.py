"""Small packs in folders, to be bent by tests."""

from __future__ import annotations

from pathlib import Path

HEADER = """\
id: test/small
title: {zh: 小, en: Small}
version: "1"
level: county
region: "990100000000"
effective: {from: 2026-01-01}
"""

SMALL = {
    "pack.yaml": HEADER,
    "sources.yaml": "L1: {title: 办法, issuer: 某局, grade: law}\n",
    "departments.yaml": "office: {title: {zh: 局, en: Office}}\n",
    "fields.yaml": "name: {label: {zh: 姓名, en: Name}, type: text}\n",
    "matters/one.yaml": """\
id: one
title: {zh: 一, en: One}
department: office
result: {zh: 结果, en: Result}
working_days:
  alone: {value: 3, basis: reconstructed, source: "L1:1"}
  joined: {value: 1, basis: reconstructed, source: "L1:1"}
alone:
  steps: {value: 1, basis: reconstructed, source: "L1:1"}
  trips: {value: 1, basis: reconstructed, source: "L1:1"}
fields:
  - {field: name, because: {zh: 要, en: Needed}, source: "L1:1"}
materials:
  - {any_of: [paper], because: {zh: 要, en: Needed}, source: "L1:1"}
""",
    "materials/papers.yaml": """\
paper:
  title: {zh: 纸, en: Paper}
  supplies:
    - {by: applicant, because: {zh: 有, en: Yours}, source: "L1:1"}
""",
}


def lay_out(folder: Path, files: dict[str, str] | None = None, **changed: str) -> Path:
    """Write a pack; `changed` maps "matters/one.yaml" to other content."""
    for name, text in {**(SMALL if files is None else files), **changed}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def small_but(folder: Path, name: str, old: str, new: str) -> Path:
    """Write the small pack with one piece of text exchanged, which must be there."""
    assert old in SMALL[name]
    return lay_out(folder, {**SMALL, name: SMALL[name].replace(old, new)})
