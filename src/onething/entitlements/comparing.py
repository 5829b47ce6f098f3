"""Before a draft is published: who gains, who loses and how much, over the whole registry. Killed, it goes on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from onething.catalogue import policy as drafts_policy
from onething.catalogue import queries as catalogue
from onething.catalogue import resolve
from onething.catalogue.drafts import checking
from onething.catalogue.drafts.conditions import before_publishing
from onething.catalogue.models import Kind, PackDraft
from onething.catalogue.policies.resolving import policy_pack_of
from onething.engine.policies.comparing import BETTER, WORSE, kind_of, more_of
from onething.engine.policies.deciding import Decision, Outcome
from onething.engine.policies.parsing import parse_pack
from onething.entitlements import events, queries
from onething.entitlements.errors import NotCompared, NothingToCompare
from onething.entitlements.models import FRESH, Comparison
from onething.entitlements.rulebooks import Rulebook
from onething.kernel.access import Actor
from onething.plumbing import clock
from onething.plumbing.journal import publish, writes
from onething.plumbing.packs import Pack
from onething.registry import batches, regions

BATCH = 500
YES = (Outcome.ELIGIBLE, Outcome.AMOUNT_UNKNOWN)
Decided = dict[str, Decision]


@writes
def begin_comparison(*, draft_id: UUID, actor: Actor, now: datetime) -> Comparison:
    """
    Begin to compare a draft, as it stands, with what is in force; once for the same content, unless that is long ago.

    Refuses Denied, DraftNotFound, NothingToCompare: it has faults, is no pack of entitlements, or is the first release.
    """
    actor.must(drafts_policy.EDIT_PACK)
    draft = catalogue.draft(actor, draft_id)
    pack = _pack_of(draft)
    if pack is None or draft.based_on is None:
        raise NothingToCompare
    Comparison.objects.filter(draft=draft, finished_at__lt=now - FRESH).delete()
    made, is_new = Comparison.objects.get_or_create(
        draft=draft, digest=resolve.release_digest(pack),
        defaults={
            "as_of": max(clock.day_of(now), date.fromisoformat(pack.header.effective.from_)), "started_at": now,
            "expected": queries.persons_to_decide(),
        },
    )  # fmt: skip
    if is_new:
        publish(events.ComparisonAsked(comparison_id=made.pk, draft_id=draft.pk), actor=actor, at=now)
    return made


@writes
def compare_on(*, comparison_id: UUID, now: datetime, most: int = BATCH) -> bool:
    """Compare for the next persons, and count; tell whether there may be more. A draft that moved on is left."""
    found = Comparison.objects.select_for_update().filter(pk=comparison_id, finished_at__isnull=True).first()
    books = _books(found) if found else None
    if found is None or books is None:
        return False
    last = batches.last_of(found.after, most)
    persons = list(batches.persons_between(found.after, last, fields=_fields(books)))
    places = _places(found)
    for read in persons:
        if read.key is not None and places.get(_place(read.region, places)):
            found.persons += 1
            _count(found, *(_decided(book, read) for book in books))
    found.seen += len(persons)
    found.after = persons[-1].person_id if persons else found.after
    found.finished_at = None if persons else now
    found.save()
    return bool(persons)


@before_publishing
def require_fresh(draft: PackDraft, now: datetime) -> None:
    """Refuse to publish a changed pack of entitlements of which nobody knows who gains and who loses."""
    if draft.based_on is None or draft.based_on.kind != Kind.ENTITLEMENTS:
        return
    if not Comparison.objects.filter(draft=draft, digest=draft.digest, finished_at__gte=now - FRESH).exists():
        raise NotCompared(days=FRESH.days)


def _pack_of(draft: PackDraft) -> Pack | None:
    """Read a draft of entitlements that has no faults."""
    report = checking.check_files(draft.pack, draft.files).report
    is_ours = report.is_good and report.pack is not None and Kind(report.pack.header.kind) is Kind.ENTITLEMENTS
    return report.pack if is_ours else None


def _books(comparison: Comparison) -> tuple[Rulebook, Rulebook] | None:
    """Compile what is in force and the draft; None if the draft no longer reads as it did."""
    draft = comparison.draft
    pack = _pack_of(draft)
    if pack is None or resolve.release_digest(pack) != comparison.digest:
        return None
    old = queries.rulebook(draft.based_on_id, comparison.as_of)
    return old, Rulebook.of(parse_pack(policy_pack_of(pack))[0], comparison.as_of)


def _fields(books: Iterable[Rulebook]) -> set[str]:
    return {name for book in books for name in book.parsed.pack.facts}


def _places(comparison: Comparison) -> dict[str, bool]:
    """Give the divisions that have entitlements of their own, and whether those are the pack of the draft."""
    holds = queries.releases_in_force(on=comparison.as_of)
    return {place: catalogue.release(pk).pack == comparison.draft.pack for place, pk in holds.items()}


def _place(region: str, places: Iterable[str]) -> str:
    return next((one for one in regions.upwards(region) if one in places), "")


def _decided(book: Rulebook, read: batches.Read) -> Decided:
    person = book.read(read.told)
    return {one.policy.id: one for one in book.program.decide(person.facts)}


def _count(comparison: Comparison, old: Decided, new: Decided) -> None:
    kinds = set()
    for name in dict.fromkeys([*old, *new]):
        was, now = old.get(name), new.get(name)
        sums = comparison.entitled.setdefault(name, [0, 0])
        sums[0] += was is not None and was.outcome in YES
        sums[1] += now is not None and now.outcome in YES
        kind = kind_of(was, now)
        if kind is not None:
            kinds.add(kind)
            _add(comparison.moved.setdefault(name, {}).setdefault(kind, [0, 0, 0]), kind, was, now)
    comparison.better += bool(kinds & set(BETTER))
    comparison.worse += bool(kinds & set(WORSE))


def _add(counted: list[Any], kind: str, was: Decision | None, now: Decision | None) -> None:
    """Count one more person, what they get more, and whether no amount of it is known."""
    entitled = now if kind == "gain" else was if kind in ("lose", "doubt") else None
    counted[0] += 1
    counted[1] += more_of(kind, was, now)
    counted[2] += entitled is not None and entitled.outcome is Outcome.AMOUNT_UNKNOWN
