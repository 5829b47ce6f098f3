"""Rosters of invented people: as text, and as tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook

from onething.kernel.access import SYSTEM, Actor
from onething.registry import services
from onething.registry.models import Roster
from onething.registry.tests.factories import COUNTY, NOW, id_number

TITLES = ("姓名", "身份证号", "手机号", "安置地", "入伍时间", "退役时间", "安置方式")


def row(name: str = "贺长平", **wishes: str) -> list[str]:
    """One line of the usual roster."""
    given = {
        "姓名": name, "身份证号": id_number(), "手机号": "13800000014", "安置地": "", "入伍时间": "2024.9",
        "退役时间": "2026-09-01", "安置方式": "自主就业",
    }  # fmt: skip
    return list((given | wishes).values())


def text(*rows: Sequence[str], titles: Sequence[str] = TITLES) -> str:
    """Write lines as CSV."""
    return "".join(",".join(cells) + "\n" for cells in [titles, *rows])


def table(*rows: Sequence[Any], titles: Sequence[str] = TITLES, merged: str = "", heading: str = "") -> bytes:
    """Write lines as an Excel table."""
    book = Workbook()
    sheet = book.active
    for cells in [*([[heading]] if heading else []), titles, *rows]:
        sheet.append(list(cells))
    if merged:
        sheet.merge_cells(merged)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def take(content: bytes | str, *, actor: Actor = SYSTEM, now: datetime = NOW, **wishes: Any) -> Roster:
    """Hand a file in, for the county and as a discharge roster unless told otherwise."""
    given: dict[str, Any] = {"title": "秋季退役", "kind": "discharge", "authority": "army", "region": COUNTY}
    file = io.BytesIO(content.encode() if isinstance(content, str) else content)
    return services.take_roster(file=file, actor=actor, now=now, **given | wishes)


def check(roster: Roster) -> Roster:
    return services.check_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW)


def apply(roster: Roster) -> Roster:
    return services.apply_roster(roster_id=roster.pk, actor=SYSTEM, now=NOW)


def faults(roster: Roster) -> list[tuple[int, str, str]]:
    """What is wrong: line, title of the column, code of the refusal."""
    return [
        (line.number, "" if column is None else roster.titles[column], code)
        for line in roster.marked.filter(is_left_out=False).order_by("number")
        for column, code, _ in line.fault_rows
    ]
