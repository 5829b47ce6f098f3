"""Deciding for everybody, and offering people what is due to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from onething.catalogue import planning
from onething.correspondence import services as correspondence
from onething.engine.policies.deciding import Outcome
from onething.entitlements import events, keeping_up, policy, portions, queries, tallies
from onething.entitlements.errors import (
    AlreadyOffered,
    AnswerUnknown,
    AppliedAlready,
    LeadGone,
    NothingToSettle,
    OfferAnswered,
    OfferLapsed,
    OfferNotFound,
    SweepDoesNotAddUp,
)
from onething.entitlements.models import Application, Basis, Decision, Offer, Sweep
from onething.entitlements.rulebooks import FACTS, Rulebook
from onething.entitlements.tallies import Tally
from onething.kernel import workdays
from onething.kernel.access import Actor
from onething.kernel.errors import Refusal
from onething.plumbing import clock, turns
from onething.plumbing.journal import counting, publish, writes
from onething.registry import batches, regions, sealing
from onething.registry.models import Person

BATCH = 40_000
"""Persons per transaction of a sweep: fewer are planned longer than they are scanned, more need more memory."""
OFFERS = 500


# everybody


@writes
def begin_sweep(*, as_of: date, actor: Actor, now: datetime) -> Sweep:
    """
    Begin to decide for everybody on a day, or go on with the sweep that was begun for it by the same releases.

    One that was begun for another day, or before a release was published, is dropped with its rows.
    """
    turns.take("entitlements:sweep")
    releases = {place: str(pk) for place, pk in queries.releases_in_force(on=as_of).items()}
    begun = Sweep.objects.filter(finished_at__isnull=True).first()
    if begun is not None and (begun.as_of, begun.releases) == (as_of, releases):
        return begun
    if begun is not None:
        begun.delete()
    return Sweep.objects.create(
        as_of=as_of, releases=releases, started_at=now, expected=queries.persons_to_decide(),
        known_until=counting.finished(),
    )  # fmt: skip


@writes
def sweep_on(*, sweep_id: UUID, most: int = BATCH, few: int = tallies.FEW) -> Sweep:
    """
    Decide for the next persons of a sweep and keep the rows, all or nothing; at the end it has no next.

    Whoever else works on the same sweep waits, and takes the batch after this one. Refuses SweepDoesNotAddUp.
    """
    sweep = Sweep.objects.select_for_update().get(pk=sweep_id)
    if sweep.finished_at is not None:
        return sweep
    books = queries.rulebooks(sweep.releases, sweep.as_of)
    fields = {name for book in books.values() for name in book.parsed.pack.facts}
    last = batches.last_of(sweep.after, most)
    persons = batches.persons_between(sweep.after, last, fields=fields)
    tally = Tally(sweep.pk, books, sweep.releases)
    tally.read(persons, most=most, few=few)
    tally.decide(first=portions.numbers(len(tally.bases)))
    portions.keep(tally)
    sweep.add(
        persons=tally.persons, impossible=tally.impossible, unreadable=tally.unreadable, rows=tally.rows,
        counts=tally.counts,
    )  # fmt: skip
    sweep.after = last or (batches.LAST if tally.persons else sweep.after)
    sweep.save()
    return sweep


@writes
def finish_sweep(*, sweep_id: UUID, actor: Actor, now: datetime) -> Sweep:
    """Show what a sweep found, if its rows are those that were counted. Refuses SweepDoesNotAddUp."""
    sweep = Sweep.objects.select_for_update().get(pk=sweep_id)
    if sweep.finished_at is not None:
        return sweep
    kept, counted = Decision.objects.filter(sweep=sweep).count(), sum(sweep.counts.values())
    said = kept + sweep.counts.get(Outcome.NOT_ELIGIBLE, 0)
    if kept != sweep.rows or said != counted:
        raise SweepDoesNotAddUp(kept=kept, counted=sweep.rows)
    sweep.finished_at, sweep.differing = now, keeping_up.differing_from(sweep)
    sweep.save()
    publish(
        events.SweepFinished(sweep_id=sweep.pk, as_of=sweep.as_of, persons=sweep.persons, rows=kept),
        actor=actor,
        at=now,
    )
    return sweep


@writes
def clear_sweeps(*, most: int = 5_000) -> int:
    """Remove rows of sweeps that are no longer shown, so many persons at once; give how many went."""
    newest = Sweep.objects.filter(finished_at__isnull=False).order_by("-finished_at").values_list("pk", flat=True)[:1]
    old = Sweep.objects.filter(finished_at__isnull=False).exclude(pk__in=list(newest))
    bases = list(Basis.objects.filter(sweep__in=old).values_list("pk", flat=True)[:most])
    Decision.objects.filter(basis_id__in=bases).delete()
    Basis.objects.filter(pk__in=bases).delete()
    return len(bases)


@writes
def forget(*, person_id: UUID) -> None:
    """Remove all that was found about a person who was forgotten. Safe to run twice."""
    for kept in (Decision, Basis, Application, Offer):
        kept.objects.filter(person_id=person_id).delete()


@writes
def drop_gone() -> None:
    """
    Remove what sweeps found about persons who are no longer in the registry. Safe to run twice.

    No foreign key holds them there: it would lock every person of a portion against the portal until the commit.
    """
    there = Person.objects.filter(pk=OuterRef("person_id"))
    Decision.objects.filter(~Exists(there)).delete()
    Basis.objects.filter(~Exists(there)).delete()


@writes
def record_applications(*, person_id: UUID, case_id: UUID, region: str, matters: Iterable[str], now: datetime) -> None:
    """
    Record what a case applies for: a matter that bears a policy's id is the application for it. Safe to run twice.

    Matters of other names are left out. An offer of it that stands open is answered by that.
    """
    known = queries.policies_in_force(on=clock.day_of(now))
    given = {"person_id": person_id, "region": region, "case_id": case_id, "at": now}
    named = [Application(policy=matter, **given) for matter in matters if matter in known]
    Application.objects.bulk_create(named, ignore_conflicts=True)
    begun = Offer.objects.filter(person_id=person_id, policy__in=[one.policy for one in named])
    begun.filter(state=Offer.State.OPEN).update(state=Offer.State.ACCEPTED, answered_at=now)
    begun.filter(state__in=Offer.TO_DO, settled_at__isnull=True).update(settled_at=now, settled_by=f"case:{case_id}")


# offers


@writes
def make_offer(*, decision_id: int, actor: Actor, now: datetime) -> Offer:
    """
    Offer a person what a line of the list says, and write to them. Once for the same terms.

    Refuses Denied, LeadGone, AlreadyOffered, AppliedAlready, PersonErased.
    """
    actor.must(policy.MAKE_OFFER)
    found = Decision.objects.visible_to(actor).shown().select_related("sweep", "basis").filter(pk=decision_id)
    decision: Decision | None = found.filter(is_lead=True).first()
    if decision is None:
        raise LeadGone
    turns.take(f"offer:{decision.person_id}:{decision.policy}")
    _require_free(decision)
    facts = sealing.unseal(decision.person_id, bytes(decision.basis.sealed), field=FACTS)
    sealed = sealing.seal(decision.person_id, facts, field=FACTS)
    offer = Offer.of(decision, day=clock.day_of(now), made_at=now, made_by=actor.reference, sealed=sealed)
    offer.owner = actor.account_id
    offer.save(force_insert=True)
    _write_to(offer, actor, now)
    publish(events.OfferMade(offer_id=offer.pk, person_id=offer.person_id, policy=offer.policy), actor=actor, at=now)
    return offer


def _require_free(decision: Decision) -> None:
    same = {"person_id": decision.person_id, "policy": decision.policy}
    if Application.objects.filter(**same).exists():
        raise AppliedAlready
    if Offer.objects.filter(Q(state__in=Offer.STANDING) | Q(terms=decision.terms), **same).exists():
        raise AlreadyOffered


def _write_to(offer: Offer, actor: Actor, now: datetime) -> None:
    """Write to the person; the text message says nothing about them, for others may read it."""
    with translation.override("zh-hans"):  # the language of letters to somebody who has chosen none
        title = queries.titles([offer.release_id])[offer.release_id][offer.policy].zh
        body = gettext(
            "By what we know, this seems to be due to you, and you have not asked for it: %(title)s. Say yes, no, or "
            "that you would like to talk with somebody. If you do not answer, nothing happens. Please answer by "
            "%(day)s. Your answer: %(address)s"
        ) % {"title": title, "day": offer.answer_by.isoformat(), "address": _address(offer)}
        texts = {
            "in_app": (gettext("Something seems to be due to you"), body),
            "sms": (
                "",
                gettext("There is a letter for you. Sign in to One Thing and open “Letters”, or ask your station."),
            ),
        }
    correspondence.send_notice(
        person_id=offer.person_id, case_id=None, kind="offer", texts=texts, actor=actor, now=now,
        once=f"offer:{offer.pk}",
    )  # fmt: skip


def _address(offer: Offer) -> str:
    return reverse("entitlements:offer", args=[offer.pk])


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one line of a selection: the offer, or why there is none."""

    decision_id: int
    offer: Offer | None
    refusal: Refusal | None


def make_offers(*, decision_ids: Iterable[int], actor: Actor, now: datetime) -> list[Done]:
    """Offer what each of the chosen lines says; one that is refused does not hold up the others. Refuses Denied."""
    actor.must(policy.MAKE_OFFER)
    return [_offered(one, actor, now) for one in decision_ids]


def _offered(decision_id: int, actor: Actor, now: datetime) -> Done:
    try:
        return Done(decision_id, make_offer(decision_id=decision_id, actor=actor, now=now), None)
    except Refusal as refused:
        return Done(decision_id, None, refused)


_FACTS_OF = {
    Offer.State.ACCEPTED: events.OfferAccepted,
    Offer.State.DECLINED: events.OfferDeclined,
    Offer.State.HUMAN: events.HumanWanted,
}


@writes
def answer_offer(*, offer_id: UUID, answer: str, actor: Actor, now: datetime) -> Offer:
    """
    Take a person's answer to an offer: accepted, declined or human. The same answer again changes nothing.

    Refuses OfferNotFound (also to everybody else), AnswerUnknown, OfferAnswered, OfferLapsed.
    """
    actor.must(policy.ANSWER_OFFER)
    offer = _locked(offer_id, actor)
    if not actor.is_person(offer.person_id):
        raise OfferNotFound
    if answer not in _FACTS_OF:
        raise AnswerUnknown
    if offer.state == answer:
        return offer
    if offer.state != Offer.State.OPEN:
        raise OfferAnswered
    if clock.day_of(now) > offer.answer_by:
        raise OfferLapsed
    offer.state, offer.answered_at, offer.due = answer, now, seen_to_by(answer, now)
    offer.save(update_fields=["state", "answered_at", "due"])
    fact = _FACTS_OF[Offer.State(answer)]
    publish(fact(offer_id=offer.pk, person_id=offer.person_id, policy=offer.policy), actor=actor, at=now)
    return offer


_DAYS = {Offer.State.HUMAN: 2, Offer.State.ACCEPTED: 10}
"""Working days in which the office sees to an answer; who said yes has so long to send the form by themselves."""


def seen_to_by(answer: str, now: datetime) -> date | None:
    """Give the day by which the office has seen to an answer; None where it asks for nothing."""
    today, days = clock.day_of(now), _DAYS.get(Offer.State(answer))
    return workdays.add_working_days(planning.calendar(), today, days).due if days else None


@writes
def take_offer(*, offer_id: UUID, actor: Actor, now: datetime) -> Offer:
    """Take what an answer asks for upon oneself. Refuses Denied, OfferNotFound, NothingToSettle."""
    actor.must(policy.MAKE_OFFER)
    offer = _locked(offer_id, actor)
    if offer.state not in Offer.TO_DO or offer.settled_at is not None:
        raise NothingToSettle
    if offer.owner != actor.account_id:
        offer.owner = actor.account_id
        offer.save(update_fields=["owner"])
        publish(events.OfferTaken(offer_id=offer.pk, person_id=offer.person_id), actor=actor, at=now)
    return offer


@writes
def settle_offer(*, offer_id: UUID, actor: Actor, now: datetime) -> Offer:
    """Record that the office has done what an answer asked of it. Refuses Denied, OfferNotFound, NothingToSettle."""
    actor.must(policy.MAKE_OFFER)
    offer = _locked(offer_id, actor)
    if offer.state not in Offer.TO_DO or offer.settled_at is not None:
        raise NothingToSettle
    offer.settled_at, offer.settled_by = now, actor.reference
    offer.save(update_fields=["settled_at", "settled_by"])
    publish(events.OfferSettled(offer_id=offer.pk, person_id=offer.person_id, policy=offer.policy), actor=actor, at=now)
    return offer


@writes
def recheck_offers(
    *, release_id: UUID, after: UUID | None, actor: Actor, now: datetime, most: int = OFFERS
) -> UUID | None:
    """
    Decide again, by what holds today, the open offers of the places of a release: so many behind an offer's id.

    What differs is written beside the offer, which stays as made. Gives the last offer looked at; None at the end.
    """
    open_ones = Offer.objects.filter(Q(state=Offer.State.OPEN) | Q(state__in=Offer.TO_DO, settled_at__isnull=True))
    behind = open_ones.filter(pk__gt=after) if after else open_ones
    found = list(behind.select_for_update().order_by("pk")[:most])
    today = clock.day_of(now)
    holds = queries.releases_in_force(on=today)
    for offer in found:
        place = next((one for one in regions.upwards(offer.region) if one in holds), None)
        if place is not None and holds[place] == release_id:
            _recheck(offer, queries.rulebook(release_id, today), actor, now)
    return found[-1].pk if found else None


def _recheck(offer: Offer, book: Rulebook, actor: Actor, now: datetime) -> None:
    facts = queries.known_facts(offer.person_id, book.parsed)
    decided = next((one for one in book.program.decide(facts) if one.policy.id == offer.policy), None)
    says = {
        "outcome": str(decided.outcome) if decided else str(Outcome.NOT_ELIGIBLE),
        "amount": decided.amount if decided else None,
        "start": decided.start.isoformat() if decided and decided.start else None,
    }
    was = {
        "outcome": offer.outcome, "amount": offer.amount, "start": offer.start.isoformat() if offer.start else None,
    }  # fmt: skip
    changed = None if says == was else says
    if changed != offer.changed:
        offer.changed = changed
        offer.save(update_fields=["changed"])
        fact = events.OfferOvertaken(offer_id=offer.pk, person_id=offer.person_id, policy=offer.policy)
        publish(fact, actor=actor, at=now)


def _locked(offer_id: UUID, actor: Actor) -> Offer:
    found: Offer | None = Offer.objects.select_for_update().visible_to(actor).filter(pk=offer_id).first()
    if found is None:
        raise OfferNotFound
    return found
