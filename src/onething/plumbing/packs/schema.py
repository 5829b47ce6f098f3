"""The shape of everything that may stand in a pack. The JSON Schemas for editors are generated from here.

Shapes only: whether a name that is referred to exists, is found by `catalogue.check`. Every model refuses unknown keys.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema


def _is_day(text: str) -> str:
    date.fromisoformat(text)
    return text


Id = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="Small letters, digits and _; begins with a letter")
]
PackId = Annotated[
    str, Field(pattern=r"^[a-z0-9_-]+(/[a-z0-9_-]+)+$", description="level/name, as the folder under packs/")
]
SourceId = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
SourceRef = Annotated[
    str,
    Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*(:[^:\s][^:]*)?$", description="id in sources.yaml, then : and the article"),
]
Region = Annotated[str, Field(pattern=r"^[0-9]{12}$", description="12 digits, in quotes")]
Expression = Annotated[str, Field(min_length=1, max_length=2000, description="A condition, e.g. service_months >= 144")]
Text = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"\S")]
Day = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    AfterValidator(_is_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
Year = Annotated[int, Field(ge=1900, le=2200)]
RoughDay = (
    Year
    | Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", description="2024, 2024-07 or 2024-07-29")]
)
Count = Annotated[int, Field(ge=0, le=10_000)]
FieldType = Literal[
    "text", "long_text", "boolean", "integer", "money", "date",
    "choice", "choices", "region", "id_number", "phone", "bank_card",
]  # fmt: skip
BasisName = Literal["published", "law", "reconstructed"]
UnitName = Literal["working_days", "calendar_days"]


class Shape(BaseModel):
    """A mapping with known keys only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


class W(Shape):
    """A text in both languages."""

    zh: Text = Field(description="中文")
    en: Text = Field(description="English")


Label = W | Text


class Figure(Shape):
    """One number with how well it is founded and where it stands."""

    value: Count
    basis: BasisName = Field(description="published: stated in a report; law: in a statute; reconstructed: ours")
    source: SourceRef
    unit: UnitName = "working_days"


# pack.yaml, sources.yaml, departments.yaml, stations.yaml, events.yaml, terms.yaml, objections.yaml


class Effective(Shape):
    """The days on which the pack holds: from the first, up to and without the second."""

    from_: Day = Field(alias="from")
    to: Day | None = None


class Remove(Shape):
    """What is taken away from the base, by id."""

    sources: list[SourceId] = []
    departments: list[Id] = []
    stations: list[Id] = []
    events: list[Id] = []
    terms: list[Id] = []
    objections: list[Id] = []
    fields: list[Id] = []
    matters: list[Id] = []
    materials: list[Id] = []
    derived: list[Id] = []
    parameters: list[Id] = []
    notices: list[Id] = []
    facts: list[Id] = Field(default=[], exclude_if=lambda ids: not ids)
    standards: list[Id] = Field(default=[], exclude_if=lambda ids: not ids)
    tables: list[Id] = Field(default=[], exclude_if=lambda ids: not ids)
    policies: list[Id] = Field(default=[], exclude_if=lambda ids: not ids)


class LeapDay(Shape):
    """When somebody born on 29 February completes a year in which the month has no 29th."""

    rule: Literal["last_day", "next_day"] = Field(description="last_day: on 28 February; next_day: on 1 March")
    source: SourceRef


class Header(Shape):
    """pack.yaml: what the pack is."""

    id: PackId
    kind: Literal["matters", "entitlements", "grants"] = Field(
        default="matters", exclude_if=lambda kind: kind == "matters"
    )
    title: W
    version: Text = Field(description='In quotes: "2026.1"')
    level: Literal["national", "province", "city", "county"]
    region: Region
    extends: PackId | None = Field(default=None, description="The pack whose content this one only changes")
    effective: Effective
    calendar: Id = "national"
    marks: list[W] = Field(default=[], description="Sentences that plan, page, slip and README repeat")
    leap_day: LeapDay | None = Field(default=None, exclude_if=lambda rule: rule is None)
    granted_by: PackId | None = Field(
        default=None,
        exclude_if=lambda pack: pack is None,
        description="Of entitlements: the pack whose matters, named like the policies, are what one applies for",
    )
    remove: Remove = Remove()


class Source(Shape):
    """Where something is written."""

    title: Text
    title_en: Text | None = Field(
        default=None, exclude_if=lambda title: title is None, description="Its title in English documents"
    )
    issuer: Text
    number: Text | None = None
    date: RoughDay | None = None
    address: Text | None = Field(default=None, description="Where it can be read")
    grade: Literal["law", "government", "press", "hint"]


class Department(Shape):
    """Who answers, and through what."""

    title: W
    short: W | None = None
    connector: Literal["http", "desk"] = "desk"
    source: SourceRef | None = None


class Station(Shape):
    """A place a person can go to, and what can be done there."""

    title: W
    address: W | None = None
    can: list[Id] = Field(min_length=1)


class Event(Shape):
    """Something outside the departments' hands, waited for and never promised."""

    title: W
    actor: W
    source: SourceRef


class Term(Shape):
    """A day the person must keep, in calendar days from a date field."""

    title: W
    from_field: Id
    days: Annotated[int, Field(ge=1, le=10_000)]
    matter: Id | None = None
    when: Expression | None = Field(
        default=None, exclude_if=lambda rule: rule is None, description="Whom it binds; without it, everybody"
    )
    only_if: W | None = Field(
        default=None,
        exclude_if=lambda words: words is None,
        description="`when` in words, said while it is not known: 如果您自主就业 / if you go self-employed",
    )
    consequence: W
    source: SourceRef


class Objection(Shape):
    """A way to object to a decision: to which matters, where, and in which term from learning of it."""

    title: W
    where: W
    days: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None, exclude_if=lambda days: days is None, description="Calendar days"
    )
    months: Annotated[int, Field(ge=1, le=120)] | None = Field(default=None, exclude_if=lambda months: months is None)
    matters: list[Id] = Field(default=[], exclude_if=lambda ids: not ids, description="Only for these matters")
    departments: list[Id] = Field(
        default=[], exclude_if=lambda ids: not ids, description="Only for decisions of these departments"
    )
    note: W | None = Field(default=None, exclude_if=lambda words: words is None)
    unverified: bool = Field(
        default=False, exclude_if=lambda mark: not mark, description="No written rule was found; the slip says so"
    )
    source: SourceRef


# fields.yaml


class KnownFrom(Shape):
    """Which share of which department (or `registry`) can tell the value, so that nobody need be asked."""

    department: Id
    share: Id


class AgreesWith(Shape):
    """Where the same value stands once more: a part of the ID number in another field."""

    field: Id
    part: Literal["birth_date", "sex"] = Field(
        description="birth_date: for a date field; sex: for a choice of male, female"
    )


class FieldEntry(Shape):
    """One entry of the data dictionary."""

    label: W
    type: FieldType
    question: W | None = None
    hint: W | None = None
    absent: Literal["unknown", "none", "running"] = "unknown"
    options: dict[Id, W] = {}
    known_from: KnownFrom | None = None
    sensitive: bool = False
    check: Expression | None = None
    source: SourceRef | None = None
    help_to_find: W | None = Field(
        default=None, exclude_if=lambda words: words is None, description="Where a person finds the answer"
    )
    agrees_with: AgreesWith | None = Field(default=None, exclude_if=lambda other: other is None)


# matters/*.yaml


class Applies(Shape):
    """One condition for a matter to be needed; `otherwise` is the reason given when it is not."""

    when: Expression
    because: W
    otherwise: W
    source: SourceRef


class WorkingDays(Shape):
    """How long a matter takes: alone, as part of the one thing, and by statute."""

    alone: Figure
    joined: Figure
    law: Figure | None = None


class AloneCost(Shape):
    """What the matter costs a person who has it done by itself."""

    steps: Figure
    trips: Figure


class FieldNeed(Shape):
    """A field on the matter's own form."""

    field: Id
    because: W
    source: SourceRef
    when: Expression | None = None
    optional: bool = False


class MaterialAsked(Shape):
    """A paper the matter asks for; one of `any_of` will do."""

    any_of: list[Id] = Field(min_length=1)
    because: W
    source: SourceRef
    when: Expression | None = None


class NeedEntry(Shape):
    """What must have happened well before the matter starts: another matter, or an outside event."""

    matter: Id | None = None
    event: Id | None = None
    because: W
    source: SourceRef
    when: Expression | None = None


class ActEntry(Shape):
    """Something only the applicant can do: in person at a station, or online afterwards."""

    id: Id
    title: W
    presence: Literal["station", "online"]
    capability: Id | None = None
    because: W
    source: SourceRef
    when: Expression | None = None


class CosignEntry(Shape):
    """Somebody beside the applicant has to sign: by a code on their phone, after seeing what they sign."""

    name: Id = Field(description="The field with the second signer's name")
    phone: Id = Field(description="The field with their mobile number")
    shows: list[Id] = Field(min_length=1, description="The answers that they see and sign")
    because: W
    source: SourceRef
    when: Expression | None = None


class Matter(Shape):
    """One matter of one department."""

    id: Id
    title: W
    department: Id
    result: W
    applies: list[Applies] = []
    consent: Id | None = Field(default=None, description="A boolean field: the applicant may decline the matter")
    working_days: WorkingDays
    alone: AloneCost
    fields: list[FieldNeed] = []
    materials: list[MaterialAsked] = []
    needs: list[NeedEntry] = []
    acts: list[ActEntry] = []
    cosign: CosignEntry | None = None
    title_source: SourceRef | None = None


# materials/*.yaml


class ByMatter(Shape):
    """The paper is (part of) the result of another matter."""

    by: Literal["matter"]
    matter: Id
    because: W
    source: SourceRef
    when: Expression | None = None


class ByShare(Shape):
    """A department hands it over."""

    by: Literal["share"]
    department: Id
    share: Id
    because: W
    source: SourceRef
    when: Expression | None = None


class ByForm(Shape):
    """It follows from answers of the one form."""

    by: Literal["form"]
    fields: list[Id] = Field(min_length=1)
    because: W
    source: SourceRef
    when: Expression | None = None


class ByApplicant(Shape):
    """The applicant hands it in."""

    by: Literal["applicant"]
    because: W
    source: SourceRef
    when: Expression | None = None


SupplyEntry = Annotated[ByMatter | ByShare | ByForm | ByApplicant, Field(discriminator="by")]


class Material(Shape):
    """A paper (or its electronic twin) and every way it can come about."""

    title: W
    hint: W | None = None
    may_follow_within: Figure | None = None
    supplies: list[SupplyEntry] = Field(min_length=1)


# rules/*.yaml, parameters/*.yaml, notices/*.yaml


class Case(Shape):
    """One line of a derivation; the first whose `when` is true gives the value."""

    when: Expression
    value: str | int | bool
    because: W
    source: SourceRef


class Derived(Shape):
    """A field whose value follows from others."""

    cases: list[Case] = Field(min_length=1)


class DatedValue(Shape):
    """A figure that holds from a day on, in a region."""

    from_: Day = Field(alias="from")
    to: Day | None = None
    region: Region | None = None
    value: int
    source: SourceRef
    basis: BasisName


class Parameter(Shape):
    """A dated, regional figure."""

    title: W
    unit: Id
    values: list[DatedValue] = Field(min_length=1)


class Mail(Shape):
    """An e-mail."""

    subject: W
    body: W


class Notice(Shape):
    """What people are told, by channel."""

    sms: W | None = None
    in_app: W | None = None
    email: Mail | None = None


# examples/*.yaml

Scalar = str | int | float | bool | None


class Totals(Shape):
    """The four measures of effort; what is stated must hold exactly."""

    working_days: int | None = None
    materials: int | None = None
    steps: int | None = None
    trips: int | None = None


class Expected(Shape):
    """What the plan must be; every key may be left out."""

    matters: list[Id] | None = None
    not_needed: list[Id] | None = None
    open_questions: list[Id] | None = None
    hand_in: list[Id] | None = None
    before: Totals | None = None
    after: Totals | None = None
    critical_path: list[Id] | None = None
    due: Day | None = None
    terms: list[Id] | None = Field(default=None, description="Days that bind this person for certain")
    terms_in_doubt: list[Id] | None = Field(default=None, description="Days that may bind this person")


class Example(Shape):
    """A situation and the plan it must lead to: the pack's tests, and usable as `--answers`."""

    title: Label
    description: Label | None = None
    on: Day | None = None
    answers: dict[Id, Scalar | list[Scalar]]
    expect: Expected = Expected()
