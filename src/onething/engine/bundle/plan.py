"""What comes out of the computation: a plan for one person, as frozen values, and their plain JSON form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from operator import attrgetter
from typing import Any

from onething.engine.bundle.model import Basis, Option, Unit, Words
from onething.kernel.workdays import Deadline


class Ask(StrEnum):
    """How the form treats a field."""

    ASK = "ask"
    PREFILL = "prefill"
    DERIVED = "derived"


class Action(StrEnum):
    """How a material comes about for this person."""

    HAND_IN = "hand_in"
    SHARED = "shared"
    PRODUCED = "produced"
    DERIVED = "derived"


class Removal(StrEnum):
    """Why a paper that a matter asks for when handled alone need not be handed in for it."""

    REPEATED = "repeated"
    SHARED = "shared"
    PRODUCED = "produced"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence with its source."""

    because: Words
    source: str


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act that is left to the applicant. `station` is None for an online one."""

    id: str
    title: Words
    matter: str
    presence: str
    station: str | None
    because: Words
    source: str


@dataclass(frozen=True, slots=True)
class MatterLine:
    """
    One matter in the plan.

    `needs`: settled before it; `waits_for`: outside events. `working_days` is its own length (joined, or by law),
    with `basis`; both are None where only statutes count and none sets a term. `starts` and `ends` count working
    days after submission, not counting the wait for an event.
    `because` joins all `reasons`.
    """

    id: str
    title: Words
    department: str
    department_title: Words
    result: Words
    needs: tuple[str, ...]
    waits_for: tuple[str, ...]
    working_days: int | None
    basis: Basis | None
    visits: tuple[ActLine, ...]
    because: Words
    source: str
    reasons: tuple[Reason, ...]
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """A matter left out, with the first condition that is not met."""

    id: str
    title: Words
    because: Words
    source: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """A matter that may or may not apply; it is in none of the plan's numbers until `missing` is answered."""

    id: str
    title: Words
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What an answer decides. `kind`: matter, material, act, need, event, field, derived, term."""

    kind: str
    id: str
    title: Words
    matter: str | None = None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question whose answer changes the plan, with all that is needed to ask it."""

    field: str
    label: Words
    type: str
    options: tuple[Option, ...]
    question: Words | None
    hint: Words | None
    would_change: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class FieldUser:
    """A matter that reads a field of the form, and why."""

    matter: str
    because: Words
    source: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the merged form: asked once, whoever needs it."""

    id: str
    label: Words
    type: str
    options: tuple[Option, ...]
    ask: Ask
    required: bool
    sensitive: bool
    hint: Words | None
    help_to_find: Words | None
    question: Words | None
    used_by: tuple[FieldUser, ...]
    because: Words


@dataclass(frozen=True, slots=True)
class Form:
    """The one form."""

    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class Supplier:
    """Where a material comes from: a `department` with its share, a `matter`, the form's `fields`, or the applicant."""

    by: str
    department: str | None
    share: str | None
    matter: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MayFollow:
    """The material may be handed in later, within so many days of acceptance (容缺受理)."""

    days: int
    unit: Unit
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One material of the plan and how it comes about. Only `hand_in` is asked of the applicant."""

    id: str
    title: Words
    hint: Words | None
    action: Action
    used_by: tuple[str, ...]
    supplied_by: tuple[Supplier, ...]
    because: Words
    source: str
    may_follow: MayFollow | None


@dataclass(frozen=True, slots=True)
class Removed:
    """One paper of the way before that is gone: `matter` asked for `material`, `reason` is why it no longer does."""

    material: str
    matter: str
    reason: Removal
    because: Words
    source: str


@dataclass(frozen=True, slots=True)
class Edge:
    """`then` waits for `first`: because of a need, or because `first` produces `material` for it."""

    first: str
    then: str
    kind: str
    material: str | None
    because: Words
    source: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A matter that waits for an outside event."""

    matter: str
    because: Words
    source: str


@dataclass(frozen=True, slots=True)
class External:
    """An outside event: waited for and chased, outside every promise."""

    id: str
    title: Words
    actor: Words
    source: str
    needed_by: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """The least or the most working days, with the day to which they lead."""

    working_days: int
    due: date | None


@dataclass(frozen=True, slots=True)
class Promise:
    """
    The promised length and day, counted by the working-day clock from the day of submission, with its proof.

    `lower_bound` names, by law only, the matters for which no statute sets a term: the sum is then at least this long.
    `partial`: answers are missing that could change it. Then it counts what is certain by now and is no promise yet;
    whatever is answered, the length lies from `at_least` to `at_most` (None where that cannot be told).
    """

    working_days: int
    due: date | None
    proof: Deadline
    lower_bound: tuple[str, ...]
    partial: bool
    at_least: Bound
    at_most: Bound | None


@dataclass(frozen=True, slots=True)
class Visit:
    """One trip to a station and all that is done there."""

    station: str
    title: Words
    address: Words | None
    acts: tuple[ActLine, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What the whole costs the applicant: working days, materials to bring, steps, trips."""

    working_days: int
    materials: int
    steps: int
    trips: int


@dataclass(frozen=True, slots=True)
class Term:
    """
    A day the person must keep. `due` is None while the day it counts from is not known.

    `only_if` stands where it is not known yet whether it binds this person, and says whom it binds.
    """

    id: str
    title: Words
    due: date | None
    consequence: Words
    source: str
    matter: str | None
    only_if: Words | None


@dataclass(frozen=True, slots=True)
class DerivedLine:
    """A value that followed from the answers, and why."""

    id: str
    label: Words
    value: str | int | bool | date
    because: Words
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The one thing, computed for one person on one day. `release` is the digest of the pack it was computed from."""

    pack: str
    release: str
    title: Words
    on: date
    basis: Basis | None
    matters: tuple[MatterLine, ...]
    not_needed: tuple[NotNeeded, ...]
    undecided: tuple[Undecided, ...]
    open_questions: tuple[OpenQuestion, ...]
    derived: tuple[DerivedLine, ...]
    form: Form
    materials: tuple[MaterialLine, ...]
    removed: tuple[Removed, ...]
    edges: tuple[Edge, ...]
    critical_path: tuple[str, ...]
    layers: tuple[tuple[str, ...], ...]
    external: tuple[External, ...]
    promise: Promise
    visits: tuple[Visit, ...]
    online: tuple[ActLine, ...]
    before: Cost
    after: Cost
    terms: tuple[Term, ...]
    marks: tuple[Words, ...]

    @property
    def hand_in(self) -> tuple[str, ...]:
        """The materials to hand in, in the order of the pack."""
        return tuple(material.id for material in self.materials if material.action is Action.HAND_IN)


def to_json(plan: Plan) -> dict[str, Any]:
    """Write a plan as plain values: words as {zh, en}, days as ISO dates, nothing left out."""
    return {slot.name: plain(getattr(plan, slot.name)) for slot in fields(plan)}


def plain(value: Any) -> Any:
    """Write any value of a plan as plain JSON values."""
    kind: type = type(value)
    if kind is str or value is None or kind is int or kind is bool:
        return value
    if kind is tuple:
        return [plain(one) for one in value]
    parts = _parts(kind)
    if parts is not None:
        names, read = parts
        return dict(zip(names, map(plain, read(value)), strict=True))
    return _special(value)


@cache
def _parts(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]] | None:
    """Name the fields of a kind of value that is written as they are, with what reads them all at once."""
    if not is_dataclass(kind) or issubclass(kind, Deadline):
        return None
    names = tuple(slot.name for slot in fields(kind))
    read = attrgetter(*names)
    return names, read if len(names) > 1 else lambda value: (read(value),)


def _special(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, Deadline):
        return value.to_json()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    return [plain(one) for one in value]
