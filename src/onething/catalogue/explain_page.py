"""Explanations of a pack and reports of a check as pages in the terminal. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onething.catalogue.check import Report
from onething.catalogue.explain import Explanation, Why, reasons
from onething.catalogue.words import KINDS, PAGE, say
from onething.kernel.language import Language
from onething.plumbing.packs import Pack, Problem, schema
from onething.plumbing.packs.sections import ENTITLEMENTS, SECTIONS

_WORDS = {
    "good": ("可以使用：{pack} {version}，{matters} 个事项，{examples} 个例子都算对了。",
             "Good: {pack} {version}, {matters:matter|matters}, {examples:example comes|examples come} out as said."),
    "good_policies": ("可以使用：{pack} {version}，{policies} 项政策，{examples} 个情形都算对了。",
             "Good: {pack} {version}, {policies:policy|policies}, {examples:situation comes|situations come} out"
             " as said."),
    "bad": ("有 {count} 处要改：", "{count} to correct:"),
    "advice": ("有 {count} 处建议看一看（不改也能用）：", "{count} worth a look (it works as it is):"),
    "passed": ("通过", "passed"),
    "failed": ("不符", "differs"),
    "examples": ("例子", "Examples"),
    "overview": ("事项", "Matters"),
    "fields": ("每个字段：哪个事项要它，依据哪一条", "Every field: which matter asks it, by which clause"),
    "materials": ("材料", "Papers"),
    "more": ("`onething pack explain {pack} 名称` 细看其中一项。", "`onething pack explain {pack} NAME` explains one."),
    "field": ("字段", "Field"),
    "because": ("为什么", "Why"),
    "source": ("来源", "Source"),
    "asked": ("{count} 个事项要", "asked by {count}"),
}  # fmt: skip


def problems_page(problems: Sequence[Problem], language: Language, heading: str = "bad") -> RenderableType:
    """List problems by place: what is wrong, and how to correct it."""
    lines: list[RenderableType] = [Text(say(_WORDS[heading], language, count=len(problems)), style="bold")]
    for problem in problems:
        lines.append(_place(str(problem.place), "cyan"))
        lines.append(Padding(Text(problem.what(language)), (0, 0, 0, 4)))
        if problem.remedy(language):
            lines.append(Padding(Text("→ " + problem.remedy(language), style="green"), (0, 0, 0, 4)))
    return Group(*lines)


def _place(place: str, style: str) -> RenderableType:
    """A file and line is never broken in two, so that it can be clicked or copied."""
    return Text(place, style=style, no_wrap=True, overflow="ignore")


def report_page(report: Report, language: Language) -> RenderableType:
    """Lay out what a check found: problems first, then advice, then the examples."""
    parts: list[RenderableType] = []
    if report.problems:
        parts.append(problems_page(report.problems, language))
    if report.advice:
        parts.append(problems_page(report.advice, language, "advice"))
    if report.runs:
        parts.append(_examples(report, language))
    if report.is_good and report.pack is not None:
        facts = {
            "pack": report.pack.id,
            "version": report.pack.header.version,
            "matters": len(report.pack.known["matters"]),
            "policies": len(report.pack.known["policies"]),
            "examples": len(report.runs),
        }
        parts.append(
            Text(
                say(_WORDS["good_policies" if report.pack.header.kind == ENTITLEMENTS else "good"], language, **facts),
                style="bold green",
            )
        )
    return Group(*parts)


def _examples(report: Report, language: Language) -> RenderableType:
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    for run in report.runs:
        mark = say(_WORDS["passed" if run.passed else "failed"], language)
        title = run.title if isinstance(run.title, str) else run.title.zh if language == "zh" else run.title.en
        table.add_row(Text(mark, style="green" if run.passed else "red"), run.example, title)
    return Group(Text(say(_WORDS["examples"], language), style="bold"), table)


def explanation_page(explanations: Sequence[Explanation], language: Language) -> RenderableType:
    """Lay out explanations: heading, statements with their clauses, and the sources with their addresses."""
    return Group(*(line for one in explanations for line in _explanation(one, language)))


def _explanation(one: Explanation, language: Language) -> Iterator[RenderableType]:
    yield Text.assemble((f"{one.kind}: {one.title}", "bold"), f"  {one.id}")
    yield _place(one.place, "dim")
    for part in one.parts:
        yield Text("\n" + part.heading, style="bold")
        for line in part.lines:
            yield _bullet(line.text)
            if line.cited:
                yield Padding(Text(line.cited, style="dim"), (0, 0, 0, 4))
    if one.sources:
        yield Text("\n" + say(_WORDS["source"], language), style="bold")
    for source in one.sources:
        yield _bullet(source)
    yield Text()


def _bullet(text: str) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    grid.add_row("•", text)
    return Padding(grid, (0, 0, 0, 2))


def overview_page(pack: Pack, language: Language) -> RenderableType:
    """Lay out everything a pack has, and for every field of the form who asks it and by which clause."""
    title = pack.header.title.zh if language == "zh" else pack.header.title.en
    return Group(
        Text.assemble((title, "bold"), f"  {pack.id} {pack.header.version}"),
        Text(_counts(pack, language), style="dim"),
        Text("\n" + say(_WORDS["overview"], language), style="bold"),
        _matters(pack, language),
        Text(say(_WORDS["fields"], language), style="bold"),
        _fields(reasons(pack, language), pack, language),
        Text(say(_WORDS["materials"], language), style="bold"),
        _materials(pack, language),
        Text(say(_WORDS["more"], language, pack=pack.id), style="dim"),
    )


def _counts(pack: Pack, language: Language) -> str:
    found = {section.name: len(pack.known[section.name]) for section in SECTIONS}
    return " · ".join(f"{say(KINDS[name], language)} {count}" for name, count in found.items() if count)


def _matters(pack: Pack, language: Language) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("id", no_wrap=True)
    for key in ("matter", "department", "days"):
        table.add_column(say(PAGE[key], language), overflow="fold")
    departments = pack.of(schema.Department)
    for name, matter in pack.of(schema.Matter).items():
        days = f"{matter.working_days.alone.value} → {matter.working_days.joined.value}"
        table.add_row(name, _in(matter.title, language), _in(departments[matter.department].title, language), days)
    return table


def _fields(rows: Sequence[Why], pack: Pack, language: Language) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(say(_WORDS["field"], language), overflow="fold")
    table.add_column(say(PAGE["matter"], language), overflow="fold")
    table.add_column(say(_WORDS["because"], language), overflow="fold")
    table.add_column(say(_WORDS["source"], language), overflow="fold")
    matters = pack.of(schema.Matter)
    before = ""
    for row in rows:
        label = f"{row.label} ({row.field})" if row.field != before else ""
        table.add_row(label, _in(matters[row.matter].title, language), row.because, row.cited)
        before = row.field
    return table


def _materials(pack: Pack, language: Language) -> RenderableType:
    asked = Counter(
        name for matter in pack.of(schema.Matter).values() for need in matter.materials for name in need.any_of
    )
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    for name, material in pack.of(schema.Material).items():
        table.add_row(name, _in(material.title, language), say(_WORDS["asked"], language, count=asked[name]))
    return table


def _in(words: schema.W, language: Language) -> str:
    return words.zh if language == "zh" else words.en
