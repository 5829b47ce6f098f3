"""Reading for the office: people who seem entitled and never asked, facts that cannot be, and what became of offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onething.catalogue.sources import Sources
from onething.engine.bundle.model import Words
from onething.engine.policies.deciding import Outcome
from onething.engine.policies.facts import readable_facts
from onething.engine.policies.model import PolicyDef, PolicyPack
from onething.entitlements import queries
from onething.entitlements.errors import LeadGone, NoLineChosen, OfferNotFound
from onething.entitlements.lines import Line, result_of
from onething.entitlements.models import Basis, Decision, Offer, Sweep
from onething.entitlements.rulebooks import FACTS
from onething.identity import queries as accounts
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.registry import queries as registry
from onething.registry import regions, sealing

ROWS = 50
MOST_COUNTED = 999
MOST_CHOSEN = 200
TABS: Mapping[str, Promise | str] = {
    Outcome.ELIGIBLE: _("Entitled"),
    Outcome.AMOUNT_UNKNOWN: _("Entitled, amount open"),
    Outcome.UNKNOWN: _("One thing is open"),
}
GRADES: Mapping[int, Promise | str] = {
    4: _("The responsible register says so"),
    3: _("Papers were seen"),
    2: _("Another system holds it"),
    1: _("Only stated"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """Where a row stands: the greatest amount first, then by id."""

    worth: int
    pk: int

    def __str__(self) -> str:
        return f"{self.worth}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read a key from an address; None for one that is none."""
        worth, _dot, pk = text.partition(".")
        if not (worth.isascii() and worth.isdigit() and pk.isascii() and pk.isdigit() and len(text) < 36):
            return None
        return cls(int(worth), int(pk))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked of the list; all of it stands in the address."""

    outcome: str = Outcome.ELIGIBLE
    policy: str = ""
    grade: int = 0
    place: str = ""
    after: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: who, where, what by which clause, what is open, how sure it is."""

    decision: Decision
    person: str
    place: Mapping[str, str]
    policy: PolicyDef
    clause: str
    sources: Sources
    missing: tuple[Words, ...]

    @property
    def per(self) -> str:
        """How often it is paid; empty in kind."""
        paid = self.policy.amount or next((way.amount for way in self.policy.rules if way.amount), None)
        return paid.per if paid else ""

    @property
    def grade(self) -> Promise | str:
        """Say what the weakest fact rests on."""
        return GRADES.get(self.decision.grade or 0, "–")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the list: its rows, where the next begins, how many lie in each tab, and the policies to choose."""

    rows: list[Row]
    after: Key | None
    counts: Mapping[str, int]
    policies: Mapping[str, Words]
    sweep: Sweep | None


def latest() -> Sweep | None:
    """Find the sweep that is shown."""
    return Sweep.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()


def page_of(actor: Actor, ask: Ask, *, rows: int = ROWS) -> Page:
    """Read one page of leads, with the counts of its tabs. A constant number of queries."""
    whole = _asked(actor, ask)
    found = whole.filter(outcome=ask.outcome).annotate(worth=Coalesce("amount", 0))
    if ask.after:
        found = found.filter(Q(worth__lt=ask.after.worth) | Q(worth=ask.after.worth, pk__gt=ask.after.pk))
    read = list(found.order_by("-worth", "pk")[: rows + 1])
    shown, last = read[:rows], read[rows - 1] if len(read) > rows else None
    sweep = latest()
    return Page(
        rows=rows_of(shown),
        after=Key(last.amount or 0, last.pk) if last else None,
        counts={tab: whole.filter(outcome=tab).values("pk")[: MOST_COUNTED + 1].count() for tab in TABS},
        policies=_policies(sweep),
        sweep=sweep,
    )


def _asked(actor: Actor, ask: Ask) -> QuerySet[Decision]:
    found: QuerySet[Decision] = Decision.objects.visible_to(actor).shown().leads()
    if ask.policy:
        found = found.filter(policy=ask.policy)
    if ask.grade:
        found = found.filter(grade__gte=ask.grade)
    if ask.place:
        found = found.filter(region__startswith=regions.prefix(ask.place))
    return found


def rows_of(decisions: Sequence[Decision]) -> list[Row]:
    """Read what the lines show. Two queries."""
    names = registry.masked_names(one.person_id for one in decisions)
    places = registry.region_names(one.region for one in decisions)
    return [
        _row(one, names.get(one.person_id, ""), places.get(one.region, {"zh": one.region, "en": one.region}))
        for one in decisions
    ]


def _row(decision: Decision, person: str, place: Mapping[str, str]) -> Row:
    pack = queries.parsed_release(decision.release_id)[1].pack
    policy = pack.policies[decision.policy]
    return Row(
        decision=decision,
        person=person,
        place=place,
        policy=policy,
        clause=policy.when[0].source if policy.when else "",
        sources=queries.sources_of(decision.release_id),
        missing=missing_names(decision.missing, pack),
    )


def missing_names(missing: Iterable[str], pack: PolicyPack) -> tuple[Words, ...]:
    """Name facts and figures that are not known, as the pack calls them."""
    titled: dict[str, Words] = {name: one.title for name, one in pack.tables.items()}
    titled |= {name: one.title for name, one in pack.standards.items()}
    names = [(name, name.partition(":")[2]) for name in missing]
    return tuple(pack.facts[name].label if name in pack.facts else titled[figure] for name, figure in names)


def _policies(sweep: Sweep | None) -> dict[str, Words]:
    releases = [UUID(pk) for pk in sweep.releases.values()] if sweep else []
    return {name: title for found in queries.titles(releases).values() for name, title in found.items()}


def chosen(actor: Actor, ids: Iterable[int]) -> list[Row]:
    """
    Read the lines that were marked, as they stand now; those that went are left out.

    Refuses NoLineChosen, LeadGone.
    """
    wanted = list(dict.fromkeys(ids))[:MOST_CHOSEN]
    if not wanted:
        raise NoLineChosen
    found = Decision.objects.visible_to(actor).shown().leads().filter(pk__in=wanted)
    rows = rows_of(list(found.order_by("pk")))
    if not rows:
        raise LeadGone
    return rows


@dataclass(frozen=True, slots=True)
class Odd:
    """Somebody whose facts cannot be true together, with the names of those facts."""

    person_id: UUID
    person: str
    place: Mapping[str, str]
    facts: tuple[Words, ...]


def impossible(actor: Actor, *, after: int = 0, rows: int = ROWS) -> tuple[list[Odd], int]:
    """List people whose facts cannot be true together, and where the next page begins (0: nowhere)."""
    sweep = latest()
    found = Basis.objects.visible_to(actor).filter(sweep=sweep, pk__gt=after).exclude(impossible=[]).order_by("pk")
    read = list(found.defer("sealed")[: rows + 1]) if sweep else []
    shown = read[:rows]
    names = registry.masked_names(one.person_id for one in shown)
    places = registry.region_names(one.region for one in shown)
    odd = [
        Odd(
            one.person_id,
            names.get(one.person_id, ""),
            places.get(one.region, {}),
            missing_names(one.impossible, queries.parsed_release(one.release_id)[1].pack),
        )
        for one in shown
    ]
    return odd, shown[-1].pk if len(read) > rows else 0


# offers


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer as lists show it."""

    offer: Offer
    person: str
    title: Words
    is_late: bool
    owner: str = ""
    has_form: bool = False
    """Whether the person can apply by themselves; then a yes waits for them first."""

    @property
    def is_to_do(self) -> bool:
        """Whether the answer asks something of the office that is not done."""
        return self.offer.state in Offer.TO_DO and self.offer.settled_at is None


def offers(actor: Actor, *, state: str, now: datetime, rows: int = ROWS) -> list[Offered]:
    """List offers in one state: those to do the oldest answer first, the others the newest first."""
    found = Offer.objects.visible_to(actor).defer("sealed")
    if state == "to_do":
        found = found.to_do().order_by("due", "answered_at", "pk")
    elif state == "changed":
        found = found.filter(changed__isnull=False, settled_at__isnull=True).exclude(state=Offer.State.DECLINED)
        found = found.order_by("-made_at", "pk")
    else:
        found = found.filter(state=state).order_by("-made_at", "pk")
    return _offered(list(found[:rows]), now)


def to_do(actor: Actor) -> int:
    """Count the answers that ask something of the office."""
    found = Offer.objects.visible_to(actor).to_do()
    return int(found.values("pk")[: MOST_COUNTED + 1].count())


def _offered(found: list[Offer], now: datetime) -> list[Offered]:
    names = registry.masked_names(one.person_id for one in found)
    titled = queries.titles(one.release_id for one in found)
    owners = accounts.names_of(one.owner for one in found if one.owner)
    today = clock.day_of(now)
    forms = _forms(found, today)
    return [
        Offered(
            one,
            names.get(one.person_id, ""),
            titled[one.release_id][one.policy],
            _is_late(one, today),
            owners.get(one.owner, "") if one.owner else "",
            (one.release_id, one.region, one.policy) in forms,
        )
        for one in found
    ]


def _is_late(offer: Offer, today: date) -> bool:
    if offer.state == Offer.State.OPEN:
        return offer.answer_by < today
    return offer.settled_at is None and offer.due is not None and offer.due < today


def _forms(found: list[Offer], today: date) -> set[tuple[UUID, str, str]]:
    """Find for which of the offers there is a form; each place and policy is looked up once."""
    alike = {(one.release_id, one.region, one.policy): one for one in found}
    return {key for key, one in alike.items() if queries.form_for(one, on=today) is not None}


def own_offers(actor: Actor, *, now: datetime) -> list[Offered]:
    """List the offers that wait for the answer of the person who asks."""
    if actor.person_id is None:
        return []
    found = Offer.objects.visible_to(actor).filter(person_id=actor.person_id, state=Offer.State.OPEN)
    return _offered(list(found.filter(answer_by__gte=clock.day_of(now)).order_by("made_at", "pk")), now)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An offer as the person reads it, decided again by the facts that it was made by."""

    offer: Offer
    line: Line
    sources: Sources
    is_late: bool
    has_form: bool
    """Whether the person can apply for it by themselves."""


def sheet_of(actor: Actor, offer_id: UUID, *, now: datetime) -> Sheet:
    """Lay one's own offer out. Refuses OfferNotFound, PersonErased."""
    offer: Any = Offer.objects.visible_to(actor).filter(pk=offer_id).first()
    if offer is None or not actor.is_person(offer.person_id):
        raise OfferNotFound
    book = queries.rulebook(offer.release_id, offer.as_of)
    facts = readable_facts(sealing.unseal(offer.person_id, bytes(offer.sealed), field=FACTS), book.parsed.pack.facts)
    decision = book.program.decision(facts, offer.policy)
    result = result_of([decision], facts, day=offer.as_of, pack=book.parsed.pack, askable=())
    line = [*result.can, *result.one_more, *result.open, *result.not_now][0]
    today = clock.day_of(now)
    has_form = queries.form_for(offer, on=today) is not None
    return Sheet(offer, line, queries.sources_of(offer.release_id), offer.answer_by < today, has_form)
