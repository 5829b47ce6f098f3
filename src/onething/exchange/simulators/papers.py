"""The paper that some simulated departments send with an approval: one page that says in large letters what it is."""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import manimgx_fonts_cjk
import typst

from onething.exchange.simulators.behaviour import Saying

SENT_BY = {"police"}
"""Departments that send their result as a file; the others send its number and day alone."""

_PAGE = """
#set document(date: none)
#set page(paper: "a5", margin: 16mm)
#set text(font: "Noto Sans CJK SC", size: 13pt, lang: "zh")
#let d = sys.inputs
#text(22pt, weight: 700, d.title)
#v(6mm)
编号 #d.number #linebreak() 日期 #d.issued
#v(10mm)
#text(15pt, fill: rgb("#a3281f"))[模拟部门发出的样张，不是真文书]
"""


def with_paper(saying: Saying) -> Saying:
    """Add the paper to an approval; everything else is said as it was."""
    if saying.kind != "approved":
        return saying
    result = saying.words["result"]
    file = {"type": "application/pdf", "content": base64.b64encode(drawn(result)).decode()}
    return dataclasses.replace(saying, words={**saying.words, "result": {**result, "file": file}})


def drawn(result: Mapping[str, Any]) -> bytes:
    """Draw the paper of a result: title, number and day."""
    said = {name: str(result.get(name, "")) for name in ("title", "number", "issued")}
    fonts = Path(manimgx_fonts_cjk.__file__).parent
    paper: bytes = typst.compile(  # type: ignore[misc]
        _PAGE.encode(), font_paths=[fonts], ignore_system_fonts=True, sys_inputs=said
    )
    return paper
