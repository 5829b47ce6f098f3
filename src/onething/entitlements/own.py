"""A person's own page: what they get, what is under way, what is due and was never asked for, and why not the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from onething.catalogue.sources import Sources
from onething.engine.bundle.model import Option, Words
from onething.engine.policies.facts import readable_facts
from onething.engine.policies.parsing import BENEFITS
from onething.entitlements import queries
from onething.entitlements.lines import Line, Result, result_of
from onething.entitlements.models import Application, Offer
from onething.entitlements.rulebooks import Rulebook
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.registry import queries as registry
from onething.registry.queries import Known


@dataclass(frozen=True, slots=True)
class Received:
    """Something the registers say that the person gets: since when by the rules, who says so and when."""

    title: Words
    line: Line | None
    known: Known
    checked_on: date
    has_rules: bool

    @property
    def is_paid_on(self) -> bool:
        """Whether it is paid again and again."""
        return self.line is not None and self.line.decision.policy.payment in ("month", "quarter", "year")

    @property
    def since(self) -> date | None:
        """The first month by the rules, as far as they still give it."""
        return self.line.decision.start if self.line else None


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Something that was applied for and is not received yet."""

    title: Words
    application: Application
    line: Line | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Everything, in the order in which a person reads it. `offers` are the open ones, by policy."""

    day: date
    sources: Sources
    received: list[Received]
    under_way: list[UnderWay]
    due: list[Line]
    open: list[Line]
    not_now: list[Line]
    offers: Mapping[str, UUID]
    impossible: bool
    lacking: list[Words]


def own_page(actor: Actor, person_id: UUID, *, now: datetime) -> Own:
    """Read a person's own page by what the registers know today. Refuses NoSuchPerson, PersonErased."""
    day = clock.day_of(now)
    region = str(registry.person(actor, person_id).region_id)
    holds = queries.in_force(region, on=day)
    book, pack = queries.rulebook(holds.release.pk, day), holds.parsed.pack
    known = registry.facts_for_rules(person_id)
    facts = readable_facts({name: one.value for name, one in known.items()}, pack.facts)
    decisions = book.program.decide(facts)
    result = result_of(decisions, facts, day=day, pack=pack, askable=())
    lines = {line.policy.id: line for line in _all(result)}
    got = [name for name in pack.facts[BENEFITS].options if name.value in facts.get(BENEFITS, ())]
    received = [_received(one, book, facts, known[BENEFITS], day) for one in got]
    names = {one.value for one in got}
    applied = [one for one in _applications(person_id) if one.policy not in names]
    settled = names | {one.policy for one in applied}
    titles = {name: policy.title for name, policy in pack.policies.items()}
    return Own(
        day=day,
        sources=holds.sources,
        received=received,
        under_way=[UnderWay(titles[one.policy], one, lines.get(one.policy)) for one in applied if one.policy in titles],
        due=[line for line in result.can if line.policy.id not in settled],
        open=[line for line in (*result.one_more, *result.open) if line.policy.id not in settled],
        not_now=[line for line in result.not_now if line.policy.id not in settled],
        offers=dict(_open_offers(person_id, day)),
        impossible=bool(decisions) and all(not one.trace for one in decisions),
        lacking=_lacking(result),
    )


def _all(result: Result) -> list[Line]:
    return [*result.can, *result.one_more, *result.open, *result.not_now]


def _received(got: Option, book: Rulebook, facts: Mapping[str, Any], known: Known, day: date) -> Received:
    """Decide what somebody gets as if they did not get it yet: many a policy is not for those who have it already."""
    without = {**facts, BENEFITS: frozenset(facts[BENEFITS]) - {got.value}}
    line = None
    if got.value in book.reads:
        decision = book.program.decision(without, got.value)
        result = result_of([decision], without, day=day, pack=book.parsed.pack, askable=())
        line = next(iter(result.can), None)
    return Received(got.title, line, known, clock.day_of(known.checked_at), got.value in book.reads)


def _applications(person_id: UUID) -> list[Application]:
    """Read the newest application for each policy."""
    found = Application.objects.filter(person_id=person_id).order_by("policy", "-at").distinct("policy")
    return list(found)


def _open_offers(person_id: UUID, day: date) -> list[tuple[str, UUID]]:
    found = Offer.objects.filter(person_id=person_id, state=Offer.State.OPEN, answer_by__gte=day)
    return list(found.values_list("policy", "pk"))


def _lacking(result: Result) -> list[Words]:
    """Name what the registers lack to decide the rest, each once."""
    return list(dict.fromkeys(name for line in (*result.one_more, *result.open) for name in line.missing))
