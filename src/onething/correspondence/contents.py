"""What the documents say, as plain values. The caller fills them; the layout knows nothing else.

Texts are ready sentences in the content's `language`; days are dates, money stands in the texts already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from onething.kernel.language import Language

Basis = Literal["published", "law", "reconstructed"]
OutcomeKind = Literal["done", "refused", "ended", "withdrawn"]
OUTCOMES: tuple[OutcomeKind, ...] = ("done", "refused", "ended", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number before and after, and what it rests on. `after` holds "at most" where `at_most` says so."""

    name: Literal["working_days", "materials", "steps", "trips"]
    before: int
    after: int
    basis: Basis
    at_most: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who issues a document and where a person asks: name, telephone, address and hours as they are printed."""

    name: str
    phone: str = ""
    address: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One way to object: how, where, in which term (as words), until which day, on which ground, what else to know."""

    where: str
    term: str = ""
    how: str = ""
    until: date | None = None
    basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """How to object to the outcomes of these matters (titles); without any it holds for every outcome."""

    ways: tuple[Objection, ...]
    matters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """
    One thing that a matter brought: a certificate, an account, a payment. `details` are label and value.

    `enclosure` is the document that the department sent as a file (`services.keep_enclosure`); it travels in the slip.
    """

    title: str
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    details: tuple[tuple[str, str], ...] = ()
    enclosure: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    How one matter ended.

    refused: `reason`, `remedy`, `objections`. ended: `because_of` (the title of the other matter), `reason`, `remedy`.
    `is_quoted`: reason and remedy are the department's own words, in whatever language it wrote.
    """

    title: str
    department: str
    outcome: OutcomeKind
    on: date
    reason: str = ""
    remedy: str = ""
    because_of: str = ""
    results: tuple[Result, ...] = ()
    objections: tuple[Objection, ...] = ()
    is_quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """Something that is still to come after the slip: what, who does it, by when."""

    what: str
    who: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promised day with its proof in one line (first day, skipped days, stops, calendar version)."""

    due: date
    proof: str
    working_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    title: str  # the one thing, e.g. "退役军人服务“一件事”"
    person_name: str
    issuer: Contact
    release: str  # pack and version, e.g. "hlj/retirement 1.0"
    language: Language = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipContent(_Document):
    """The result slip (一单反馈): every matter's outcome on one paper."""

    case_number: str
    submitted_on: date
    finished_on: date
    outcomes: tuple[Outcome, ...]
    promise: Promise
    open_points: tuple[OpenPoint, ...] = ()
    figures: tuple[Figure, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    replaces: str = ""  # number of the slip in whose place this one stands
    replaces_of: date | None = None  # the day of that one

    @property
    def counts(self) -> Mapping[OutcomeKind, int]:
        """Count the matters by outcome; only those that occur, in the order of OUTCOMES."""
        found = Counter(outcome.outcome for outcome in self.outcomes)
        return {kind: found[kind] for kind in OUTCOMES if found[kind]}

    @property
    def results(self) -> tuple[Result, ...]:
        """All results, in the order of the matters."""
        return tuple(result for outcome in self.outcomes for result in outcome.results)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeMatter:
    """One matter of the notice: who does it, in how many working days."""

    title: str
    department: str
    working_days: int | None = None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper to hand in, and what it is for."""

    title: str
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spared:
    """Something a person need not do or bring, and why."""

    title: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One trip to a station: where, what happens there, what to bring, why it must be in person."""

    where: str
    acts: tuple[str, ...]
    because: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutoryDay:
    """A day of the law, and what happens if it passes. `only_if`: whom it binds, where that is not known yet."""

    what: str
    until: date
    only_if: str = ""
    otherwise: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeContent(_Document):
    """The personal one-time notice (一次告知): everything a person should know before applying."""

    made_on: date
    promise: Promise
    matters: tuple[NoticeMatter, ...]
    materials: tuple[Paper, ...]
    visits: tuple[Visit, ...] = ()
    not_needed_matters: tuple[Spared, ...] = ()
    not_needed_materials: tuple[Spared, ...] = ()
    open_questions: tuple[str, ...] = ()
    statutory_days: tuple[StatutoryDay, ...] = ()
    outside: tuple[str, ...] = ()  # what the promised days do not hold, e.g. the army's remittance
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A paper that was handed in, or (`until`) may still come."""

    title: str
    pages: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptContent(_Document):
    """The receipt: what was handed in, when, and by when all is done."""

    case_number: str
    received_at: datetime
    promise: Promise
    matters: tuple[NoticeMatter, ...]
    handed_in: tuple[HandedIn, ...]
    still_to_come: tuple[HandedIn, ...] = ()
    follow: str = ""  # how to follow the case, one sentence


Content = SlipContent | NoticeContent | ReceiptContent
