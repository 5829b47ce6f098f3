"""The sheet: one draft's form as it stands. Which question comes next, which stand together on a page.

First the questions that decide which matters there are, one a page, those that decide most first; then what is known,
to be checked; then the rest, a few to a page, in the order of the data dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from onething.cases import queries
from onething.cases.forms.questions import Question, Use
from onething.cases.models import Draft
from onething.catalogue import planning
from onething.catalogue import queries as releases
from onething.catalogue.models import Release
from onething.engine.bundle.compiled import Compiled
from onething.engine.bundle.model import Catalogue, FieldDef, Words
from onething.kernel.language import Language
from onething.plumbing import clock
from onething.registry import queries as registry
from onething.registry.models import Person, Region
from onething.registry.queries import Known

TOGETHER = 4
"""How many questions stand on one page of the form."""

COUNTY = 3
REGISTER = Words("本平台的登记", "this platform's register")
Plan = Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """One draft's form, read once: the release's questions, the plan, what is known and what was answered."""

    draft: Draft
    compiled: Compiled
    plan: Plan
    known: Mapping[str, Known]
    answers: Mapping[str, Any]
    today: date
    for_helper: bool = False

    def next_question(self, after: str = "") -> Question | None:
        """Find the next undecided question, the one that decides most first; `after` one that was passed over."""
        waiting = self.undecided
        behind = waiting[waiting.index(after) + 1 :] if after in waiting else waiting
        return self.question(behind[0]) if behind else None

    @cached_property
    def undecided(self) -> list[str]:
        """Name the questions that decide something and have no answer yet, in the order of the plan."""
        opened = [q["field"] for q in self.plan["open_questions"]]
        needed = [f["id"] for f in self._asked() if f["required"] and f["id"] in deciding(self.draft.release_id)]
        return [name for name in dict.fromkeys(opened + needed) if name not in self.answers and name not in self.known]

    @cached_property
    def decided(self) -> list[Question]:
        """The deciding questions that have the person's answer."""
        deciders = deciding(self.draft.release_id)
        return [self.question(n) for n in self.compiled.catalogue.fields if n in deciders and n in self.answers]

    @property
    def opens_on(self) -> date | None:
        """The day from which this form may be submitted, if that is still ahead."""
        day = date.fromisoformat(self.plan["on"])
        return day if day > self.today else None

    @property
    def has_begun(self) -> bool:
        """Tell whether anything beyond the deciding questions has been filled in."""
        return bool(self.answers.keys() - deciding(self.draft.release_id)) or self.draft.uploads.exists()

    def may_ask(self, name: str) -> bool:
        """Tell whether a name from an address is a question of this form."""
        return name in self.compiled.catalogue.fields and name not in self.compiled.derived_fields

    def changes_of(self, name: str) -> list[Mapping[str, str]]:
        """List what of the plan hangs on a question, each thing once."""
        found: list[Any] = next((q["would_change"] for q in self.plan["open_questions"] if q["field"] == name), [])
        return list({change["title"]["en"]: change["title"] for change in found}.values())

    @cached_property
    def known_questions(self) -> list[Question]:
        """The part of the form that is filled in already, to be checked."""
        found = [self.question(f["id"]) for f in self.plan["form"]["fields"] if f["id"] in self.known]
        sources = list(dict.fromkeys(question.source_line for question in found))
        return sorted(found, key=lambda question: sources.index(question.source_line))

    @cached_property
    def steps(self) -> list[list[str]]:
        """The rest of the form, a few questions a page."""
        rest = [f["id"] for f in self._asked() if f["id"] not in deciding(self.draft.release_id)]
        return [rest[start : start + TOGETHER] for start in range(0, len(rest), TOGETHER)]

    def step(self, number: int) -> list[Question]:
        """The questions of one page; `number` counts from 1."""
        return [self.question(name) for name in self.steps[number - 1]]

    @cached_property
    def missing(self) -> list[Question]:
        """The required questions of the form that nobody has answered."""
        return [
            self.question(f["id"])
            for f in self._asked()
            if f["required"] and f["id"] not in self.answers and f["id"] not in self.known
        ]

    @cached_property
    def first_open_step(self) -> int:
        """Find the page on which one left off: the first with a required question unanswered, 0 if there is none."""
        missing = {question.field.id for question in self.missing}
        return next((n for n, step in enumerate(self.steps, 1) if missing & set(step)), 0)

    def step_of(self, name: str) -> int:
        """Find the page a question stands on; 0 for one that has a page of its own."""
        return next((n for n, step in enumerate(self.steps, 1) if name in step), 0)

    @cached_property
    def given(self) -> list[Question]:
        """Everything the person has said, in order, for the last check."""
        in_form = {f["id"] for f in self.plan["form"]["fields"]}
        deciders = deciding(self.draft.release_id)
        names = [n for n in self.compiled.catalogue.fields if n in self.answers]
        return [self.question(n) for n in names if n in in_form or n in deciders]

    def question(self, name: str) -> Question:
        """Make one question as a page shows it."""
        known = self.known.get(name)
        return question_of(
            self.draft.release,
            self.plan,
            name,
            known=known,
            value=self.answers.get(name, known.value if known else None),
            is_own=name in self.answers,
            region=self.draft.region,
            is_masked=self.for_helper,
        )

    def _asked(self) -> Iterator[Mapping[str, Any]]:
        for field in self.plan["form"]["fields"]:
            if field["ask"] != "derived" and field["id"] not in self.known:
                yield field


def question_of(
    release: Release,
    plan: Plan,
    name: str,
    *,
    value: Any,
    region: str,
    known: Known | None = None,
    is_own: bool = True,
    is_masked: bool = False,
) -> Question:
    """Make one question of a release's form, with the matters of the plan that read its answer."""
    catalogue = planning.compiled(release).catalogue
    field = catalogue.fields[name]
    placed = next((f for f in plan["form"]["fields"] if f["id"] == name), None)
    return Question(
        field=field,
        required=placed["required"] if placed else True,
        uses=tuple(_uses(release, plan, placed["used_by"])) if placed else (),
        known=known,
        value=value,
        is_own=is_own,
        regions=counties(region) if field.type == "region" else (),
        source_title=_source_title(catalogue, field, known),
        is_masked=is_masked,
    )


def _uses(release: Release, plan: Plan, used_by: Iterable[Mapping[str, Any]]) -> Iterator[Use]:
    matters = {matter["id"]: matter for matter in plan["matters"]}
    for use in used_by:
        matter = matters[use["matter"]]
        yield Use(matter["title"], matter["department_title"], use["because"], cite(release, use["source"]))


def _source_title(catalogue: Catalogue, field: FieldDef, known: Known | None) -> Words:
    """Name who a known fact comes from: the department of its source, else the one the dictionary names."""
    holder = field.known_from[0] if field.known_from else ""
    source = known.source if known else ""
    return catalogue.departments.get(source) or catalogue.departments.get(holder) or REGISTER


def sheet_of(draft: Draft, *, on: date, for_helper: bool = False) -> Sheet:
    """Read a draft's sheet as it stands on a day; for a helper numbers and names are masked."""
    compiled = planning.compiled(draft.release)
    fields = compiled.catalogue.fields
    known = {name: k for name, k in registry.known_facts(draft.person_id).items() if name in fields}
    said = queries.answers_of(draft)
    plan = queries.plan_with(draft, {name: k.value for name, k in known.items()}, said, on=on)
    return Sheet(draft, compiled, plan, known, said, on, for_helper)


def known_in_words(person: Person, *, on: date) -> list[tuple[Words, str, Words | str, date]]:
    """Say what is known about a person for the packs they are offered: label, value with masks, who says so, when."""
    known = registry.known_facts(person.pk)
    told: dict[str, tuple[Words, str, Words | str, date]] = {}
    for release in releases.releases_for(person.region_id, on=on):
        catalogue = planning.compiled(release).catalogue
        for name in [name for name in known if name in catalogue.fields and name not in told]:
            field, fact = catalogue.fields[name], known[name]
            question = Question(field=field, required=False, known=fact, value=fact.value, is_masked=True)
            source = _source_title(catalogue, field, fact)
            told[name] = (field.label, question.shown, source, clock.day_of(fact.checked_at))
    return list(told.values())


@lru_cache(maxsize=64)
def deciding(release_id: UUID) -> frozenset[str]:
    """Name the fields that any condition of a release reads: their answers change what follows."""
    compiled = planning.compiled(Release.objects.get(pk=release_id))
    rules = [
        part.rule
        for matter in compiled.matters.values()
        for group in (matter.applies, matter.fields, matter.materials, matter.needs, matter.acts)
        for part in group
    ]
    rules += [way.rule for material in compiled.materials.values() for way in material.ways]
    rules += [case.rule for derived in compiled.derived for case in derived.cases]
    read = frozenset(name for rule in rules if rule is not None for name in rule.fields)
    consents = {m.matter.consent for m in compiled.matters.values() if m.matter.consent}
    return (read | consents) - compiled.derived_fields


def cite(release: Release, source: str | None, language: Language = "zh") -> str:
    """
    Say a source as people cite it: the document's title in 《》 and the article.

    In English by its English title; where the pack has none, it says so beside the Chinese one.
    """
    if not source:
        return ""
    name, _, article = source.partition(":")
    entry = planning.sources(release.pk).get(name, {})
    title = f"《{entry.get('title', name)}》"
    if language == "en":
        return (entry.get("title_en") or f"{title} (no English title)") + (f", article {article}" if article else "")
    return title + (f"第 {article} 条" if article else "")


def counties(region: str) -> tuple[tuple[str, str], ...]:
    """List the counties of a person's province, each with its city, for choosing one."""
    found = Region.objects.filter(level=COUNTY, code__startswith=region[:2], valid_to=None).select_related("parent")
    return tuple((county.code, f"{county.parent.name if county.parent else ''} {county.name}") for county in found)
