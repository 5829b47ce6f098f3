"""A plan as a page in the terminal: the promised day first, then effort, what to do, what to bring, and why. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from onething.catalogue import words
from onething.catalogue.lines import Sentence
from onething.catalogue.sources import cited
from onething.catalogue.words import BASES, PAGE, REMOVALS
from onething.engine.bundle.model import Basis, Words
from onething.engine.bundle.plan import Action, Ask, MaterialLine, MatterLine, NotNeeded, Plan, Removal, Undecided
from onething.kernel.language import Language
from onething.kernel.money import format_yuan
from onething.plumbing.packs import Pack, schema

Lines = Iterator[RenderableType]
WORD = 12
"""Columns that the longest English word of a table needs."""

SHORT = 72
"""Columns that an entry and its aside may share."""


def plan_page(plan: Plan, pack: Pack, language: Language) -> RenderableType:
    """Lay out a plan for one person; `pack` is the one it was computed from."""
    return _Page(plan, pack, language).whole()


@dataclass(frozen=True)
class _Page:
    plan: Plan
    pack: Pack
    language: Language

    def whole(self) -> RenderableType:
        parts = (
            self._promise, self._costs, self._steps, self._terms, self._open, self._hand_in, self._spared,
            self._matters, self._left_out, self._decided, self._figures,
        )  # fmt: skip
        return Group(*(line for part in parts for line in part()))

    def _say(self, key: str, **facts: object) -> str:
        return words.say(PAGE[key], self.language, **facts)

    def _in(self, text: Words) -> str:
        return text.in_(self.language)

    def _cited(self, ref: str) -> str:
        return cited(ref, self.pack.of(schema.Source), self.language)

    def _with(self, title: Words, text: str) -> str:
        return self._in(title) + self._say("colon") + text

    def _joined(self, texts: Iterable[str]) -> str:
        return self._say("comma").join(texts)

    @cached_property
    def _titles(self) -> dict[str, str]:
        plan = self.plan
        lines: tuple[MatterLine | NotNeeded | Undecided, ...] = (*plan.matters, *plan.not_needed, *plan.undecided)
        return {line.id: self._in(line.title) for line in lines}

    def _named(self, ids: Iterable[str]) -> str:
        return self._joined(self._titles.get(name, name) for name in ids)

    # the promise

    def _promise(self) -> Lines:
        submitted = self._say("due_on", date=words.day(self.plan.on, self.language))
        lines = [Text(day, style="bold green") for day in self._days()]
        head = Text("\n").join([*lines, Text(self._length_of_all()), Text(submitted, style="dim")])
        head.justify = "center"
        yield Panel(head, title=Text(self._in(self.plan.title)), box=box.ROUNDED, padding=(1, 2))
        yield from self._reservations()

    def _days(self) -> Iterator[str]:
        """The day, or the two between which it lies while answers are missing; none where that cannot be told."""
        promise = self.plan.promise
        least, most = promise.at_least.due, promise.at_most.due if promise.at_most else None
        if promise.lower_bound and least is not None:
            yield self._say("due_earliest", date=words.day(least, self.language))
        elif least is not None and least == most:
            yield self._say("due", date=words.day(least, self.language))
        elif least is not None and most is not None:
            days = (words.day(day, self.language) for day in (least, most))
            yield self._say("due_between", **dict(zip(("least", "most"), days, strict=True)))

    def _length_of_all(self) -> str:
        promise = self.plan.promise
        least, most, count = promise.at_least.working_days, promise.at_most, len(self.plan.open_questions)
        if promise.lower_bound or (self.plan.basis and not promise.partial):
            return self._say("due_at_least", days=least)
        if most is None:
            return self._say("days_untold", count=count)
        if least < most.working_days:
            return self._say("days_between", least=least, most=most.working_days, count=count)
        return self._say("due_days", days=least)

    def _reservations(self) -> Lines:
        promise = self.plan.promise
        if self.plan.open_questions:
            yield _note(self._say("open_note", count=len(self.plan.open_questions)))
        if self.plan.basis is not None:
            yield _note(self._say("law_only"))
        if promise.lower_bound:
            yield _note(self._say("no_law", matters=self._named(promise.lower_bound)))
        if promise.proof.provisional:
            yield _note(self._say("provisional"))
        for event in self.plan.external:
            matters = self._named(waiting.matter for waiting in event.needed_by)
            said = self._say("outside", event=self._in(event.title), actor=self._in(event.actor), matters=matters)
            yield _note(said)

    def _costs(self) -> Lines:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column("")
        compared = self.plan.basis is None and not self.plan.undecided
        heads = ("alone", "joined") if self.plan.basis is None else ("alone_reconstructed", "joined_by_law")
        for key in (*heads, "saved") if compared else heads:
            table.add_column(self._say(key), justify="right")
        for key in ("working_days", "materials", "steps", "trips"):
            before, after = getattr(self.plan.before, key), getattr(self.plan.after, key)
            saved = [f"{(before - after) / before:.0%}" if before else ""] if compared else []
            table.add_row(self._say(key), str(before), Text(self._now(key, after), style="bold green"), *saved)
        yield _under(table)
        if self.plan.undecided:
            yield _note(self._say("so_far"))

    def _now(self, key: str, figure: int) -> str:
        if key != "working_days":
            return str(figure)
        promise = self.plan.promise
        least, most = promise.at_least.working_days, promise.at_most
        if promise.lower_bound or most is None:
            return self._say("at_least", figure=least)
        return self._say("from_to", least=least, most=most.working_days) if least < most.working_days else str(least)

    # what the person does

    def _steps(self) -> Lines:
        yield _heading(self._say("you_do", steps=self.plan.after.steps))
        number = 0
        if self.plan.form.fields or self.plan.hand_in:
            number += 1
            yield _item(f"{number}.", self._submission())
        for visit in self.plan.visits:
            number += 1
            address = f" · {self._in(visit.address)}" if visit.address else ""
            yield _item(f"{number}.", self._say("step_visit", station=self._in(visit.title)) + address)
            for act in visit.acts:
                yield _item("–", self._with(act.title, self._in(act.because)), self._cited(act.source), indent=5)
        for act in self.plan.online:
            number += 1
            yield _item(f"{number}.", self._say("step_online", act=self._in(act.title)), self._in(act.because))

    def _submission(self) -> str:
        fields = [field for field in self.plan.form.fields if field.ask is not Ask.DERIVED]
        asked = sum(field.ask is Ask.ASK for field in fields)
        said = self._say("step_form", ask=asked, known=len(fields) - asked)
        papers = len(self.plan.hand_in)
        comma = "，" if self.language == "zh" else ", "
        return said + comma + self._say("step_papers", papers=papers) if papers else said

    def _terms(self) -> Lines:
        if self.plan.terms:
            yield _heading(self._say("keep"))
        for term in self.plan.terms:
            due = words.day(term.due, self.language) if term.due else self._say("keep_unknown")
            due += self._say("keep_only", whom=self._in(term.only_if)) if term.only_if else ""
            yield _item("•", self._with(term.title, due), f"{self._in(term.consequence)} {self._cited(term.source)}")

    def _open(self) -> Lines:
        questions = self.plan.open_questions
        if questions:
            yield _heading(self._say("open", count=len(questions)))
        for question in questions:
            changes = self._joined(dict.fromkeys(self._in(change.title) for change in question.would_change))
            yield _item("?", self._question(question.field), self._say("open_line", changes=changes))

    # papers

    def _hand_in(self) -> Lines:
        papers = [line for line in self.plan.materials if line.action is Action.HAND_IN]
        if not papers:
            yield _heading(self._say("hand_in_none"))
            return
        yield _heading(self._say("hand_in", count=len(papers)))
        for number, line in enumerate(papers, 1):
            yield _item(f"{number}.", self._paper(line), self._say("used_by", matters=self._named(line.used_by)))

    def _paper(self, line: MaterialLine) -> str:
        if line.may_follow is None:
            return self._in(line.title)
        length = self._say(f"length_{line.may_follow.unit.value}", days=line.may_follow.days)
        return f"{self._in(line.title)} ({self._say('follow', length=length)})"

    def _spared(self) -> Lines:
        removed = self.plan.removed
        if not removed:
            return
        yield _heading(self._say("spared", count=len(removed)))
        titles = {line.id: self._in(line.title) for line in self.plan.materials}
        for reason in Removal:
            papers = Counter(line.material for line in removed if line.reason is reason)
            if papers:
                yield _item("•", words.say(REMOVALS[reason], self.language) + self._say("colon") + str(papers.total()))
            for name, times in papers.items():
                because = next(line for line in removed if line.material == name and line.reason is reason)
                count = f" ×{times}" if times > 1 else ""
                yield _item("–", titles.get(name, name) + count, self._in(because.because), indent=5)

    # matters

    def _matters(self) -> Lines:
        yield _heading(self._say("matters", count=len(self.plan.matters)))
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
        table.add_column("", width=1)
        for key, ratio in (("matter", 6), ("department", 5)):
            table.add_column(self._say(key), ratio=ratio, min_width=WORD, overflow="fold")
        table.add_column(self._say("days"), justify="right", no_wrap=True)
        table.add_column(self._say("when"), justify="right", no_wrap=True)
        if self._bases_differ:
            table.add_column(self._say("basis"), no_wrap=True)
        table.add_column(self._say("waits"), ratio=5, min_width=WORD, overflow="fold")
        by_id = {line.id: line for line in self.plan.matters}
        for number, layer in enumerate(self.plan.layers):
            for name in layer:
                table.add_row(*self._row(by_id[name]), end_section=False)
            if number < len(self.plan.layers) - 1:
                table.add_section()
        yield _under(table)
        if self.plan.critical_path:
            path = " → ".join(self._titles.get(name, name) for name in self.plan.critical_path)
            yield _note(self._say("critical", path=path))

    def _row(self, line: MatterLine) -> tuple[RenderableType, ...]:
        is_critical = line.id in self.plan.critical_path
        events = {event.id: self._in(event.title) for event in self.plan.external}
        waits = [self._titles.get(name, name) for name in line.needs]
        waits += [self._say("waits_event", event=events.get(name, name)) for name in line.waits_for]
        return (
            Text("*", style="bold green") if is_critical else "",
            Sentence(self._in(line.title), style="bold" if is_critical else ""),
            Sentence(self._department(line)),
            *self._length(line),
            Sentence(self._joined(waits) or self._say("at_once"), style="dim"),
        )

    @cached_property
    def _bases_differ(self) -> bool:
        """Whether matters are founded differently; where they are all alike it is said once, at the end."""
        return len({line.basis for line in self.plan.matters}) > 1

    def _length(self, line: MatterLine) -> tuple[str, ...]:
        """How long, on which days, and on what basis if that differs; a statute that sets no term gives none."""
        if line.working_days is None or line.basis is None:
            return ("–", "–", self._say("no_term")) if self._bases_differ else ("–", "–")
        days = f"{line.starts + 1}–{line.ends}" if line.ends > line.starts + 1 else str(line.ends)
        basis = [words.say(BASES[line.basis], self.language)] if self._bases_differ else []
        return (str(line.working_days), days, *basis)

    def _department(self, line: MatterLine) -> str:
        entry = self.pack.of(schema.Department)[line.department]
        short = entry.short or entry.title
        return short.zh if self.language == "zh" else short.en

    def _left_out(self) -> Lines:
        if self.plan.not_needed:
            yield _heading(self._say("not_needed", count=len(self.plan.not_needed)))
        for line in self.plan.not_needed:
            yield _item("•", self._with(line.title, self._in(line.because)), self._cited(line.source))
        if self.plan.undecided:
            yield _heading(self._say("undecided", count=len(self.plan.undecided)))
        for matter in self.plan.undecided:
            fields = self._joined(self._label(name) for name in matter.missing)
            yield _item("•", self._in(matter.title), self._say("undecided_line", fields=fields))

    def _question(self, field: str) -> str:
        """How the form asks it, and the name by which the answer is written into the file."""
        entry = self.pack.of(schema.FieldEntry)[field]
        words = entry.question or entry.label
        return f"{words.zh if self.language == 'zh' else words.en} [{field}]"

    def _label(self, field: str) -> str:
        entry = self.pack.of(schema.FieldEntry)[field]
        return entry.label.zh if self.language == "zh" else entry.label.en

    # where it comes from

    def _decided(self) -> Lines:
        if self.plan.derived:
            yield _heading(self._say("decided"))
        for line in self.plan.derived:
            value = self._value(line.id, line.value)
            yield _item("•", self._with(line.label, value), f"{self._in(line.because)} {self._cited(line.source)}")

    def _value(self, field: str, value: object) -> str:
        entry = self.pack.of(schema.FieldEntry)[field]
        title = entry.options.get(str(value))
        if title is not None:
            return title.zh if self.language == "zh" else title.en
        if isinstance(value, bool):
            return self._say("yes" if value else "no")
        if isinstance(value, int) and entry.type == "money":
            return self._say("amount", yuan=format_yuan(value))
        return words.day(value, self.language) if isinstance(value, date) else str(value)

    def _figures(self) -> Lines:
        yield _heading(self._say("marks"))
        counted = Counter(line.basis for line in self.plan.matters)
        bases = [f"{words.say(BASES[basis], self.language)} {counted[basis]}" for basis in Basis]
        bases += [f"{self._say('no_term')} {counted[None]}"] if counted[None] else []
        yield _item("•", self._say("bases", bases=self._joined(bases)))
        for mark in self.plan.marks:
            yield _item("•", self._in(mark))
        yield Text()
        yield _note(self._say("release", pack=self.plan.pack, release=self.plan.release[:12]))


def _heading(text: str) -> RenderableType:
    return Text("\n" + text, style="bold")


def _note(text: str) -> RenderableType:
    return Padding(Sentence(text, style="dim"), (0, 0, 0, 2))


def _under(renderable: RenderableType) -> RenderableType:
    return Padding(renderable, (0, 0, 0, 2))


def _item(mark: str, text: str, aside: str = "", indent: int = 2) -> RenderableType:
    """Lay out one entry of a list; its aside follows on the same line if that is short, else below it."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=max(2, len(mark)), justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    line = Sentence(text)
    if aside:
        line.append(("  " if cell_len(text + aside) <= SHORT else "\n") + aside, style="dim")
    grid.add_row(mark, line)
    return Padding(grid, (0, 0, 0, indent))
