"""What is decided by the pack that holds for a division; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from onething.catalogue import queries as catalogue
from onething.catalogue import stored
from onething.catalogue.models import Kind, Release
from onething.catalogue.policies.resolving import policy_pack_of
from onething.catalogue.sources import Sources
from onething.engine.bundle.model import Words
from onething.engine.policies.asking import Asking, asking
from onething.engine.policies.facts import readable_facts
from onething.engine.policies.parsing import ParsedPack, parse_pack
from onething.entitlements.errors import OfferNotFound
from onething.entitlements.models import Application, Offer
from onething.entitlements.rulebooks import Rulebook
from onething.plumbing import prepared
from onething.plumbing.packs import Pack, entitlements, schema
from onething.registry import queries as registry
from onething.registry.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A published pack of entitlements as it is used on a day."""

    release: Release
    asking: Asking
    sources: Sources
    situations: Mapping[str, entitlements.Situation]

    @property
    def parsed(self) -> ParsedPack:
        """The pack itself, read."""
        return self.asking.program.parsed


def in_force(region: str, *, on: date) -> InForce:
    """Find what holds for a division on a day, ready to decide with. Refuses ReleaseNotFound."""
    release = catalogue.policies_for(region, on=on)
    pack = parsed_release(release.pk)[0]
    return InForce(
        release=release,
        asking=_asking(release.pk, on),
        sources=pack.of(schema.Source),
        situations=pack.of(entitlements.Situation),
    )


def known_facts(person_id: UUID, parsed: ParsedPack) -> dict[str, Any]:
    """Give what the registry knows of a person, as far as the pack asks for it and can read it."""
    known = registry.facts_for_rules(person_id)
    return readable_facts({name: fact.value for name, fact in known.items()}, parsed.pack.facts)


@lru_cache(maxsize=8)
def parsed_release(release_id: UUID) -> tuple[Pack, ParsedPack]:
    """Read a published release of entitlements; kept, because it never changes."""
    content = Release.objects.values_list("content", flat=True).get(pk=release_id)
    pack = stored.pack_from(content)
    parsed, _faults = parse_pack(policy_pack_of(pack))  # published: it has none
    return pack, parsed


@lru_cache(maxsize=32)
def _asking(release_id: UUID, day: date) -> Asking:
    return asking(rulebook(release_id, day).program)


def is_of_entitlements(release_id: UUID) -> bool:
    """Tell whether a release says who is entitled to what."""
    return catalogue.release(release_id).kind == Kind.ENTITLEMENTS


# sweeps


def releases_in_force(*, on: date) -> dict[str, UUID]:
    """Give the release that holds on a day in each division that has one of its own, by division."""
    places = Release.objects.in_force(on).filter(kind=Kind.ENTITLEMENTS).values_list("region", flat=True)
    return {place: catalogue.policies_for(place, on=on).pk for place in sorted(set(places))}


def policies_in_force(*, on: date) -> set[str]:
    """Give the ids of all policies that are in force anywhere on a day."""
    return {name for pk in set(releases_in_force(on=on).values()) for name in rulebook(pk, on).reads}


def are_policies(names: Iterable[str]) -> bool:
    """Tell whether one of some names is a policy of a pack that was ever published."""
    published = prepared.rows("SELECT id FROM catalogue_release WHERE kind = %s::text", [Kind.ENTITLEMENTS])
    return any(not _policies(pk).isdisjoint(names) for (pk,) in published)


@lru_cache(maxsize=256)
def _policies(release_id: UUID) -> frozenset[str]:
    """Name the policies of a release; kept, because it never changes."""
    content = Release.objects.filter(pk=release_id).values_list("content__policies", flat=True).get()
    return frozenset(content or ())


def rulebooks(releases: Mapping[str, str], on: date) -> dict[str, Rulebook]:
    """Compile the releases of a sweep, by division."""
    return {place: rulebook(UUID(pk), on) for place, pk in releases.items()}


@lru_cache(maxsize=16)
def rulebook(release_id: UUID, on: date) -> Rulebook:
    """Compile a release for a day; kept, because both never change."""
    return Rulebook.of(parsed_release(release_id)[1], on)


def offer(offer_id: UUID) -> Offer:
    """Find an offer for the house itself. Refuses OfferNotFound."""
    found: Offer | None = Offer.objects.filter(pk=offer_id).first()
    if found is None:
        raise OfferNotFound
    return found


def form_for(offer: Offer, *, on: date) -> Release | None:
    """Find the pack in which a person applies for what was offered; None where the office has to do it."""
    release = catalogue.grants_for(catalogue.release(offer.release_id), offer.region, on=on)
    return release if release is not None and offer.policy in release.content["matters"] else None


def application_for(offer: Offer) -> Application | None:
    """Find the newest application of the person for what was offered."""
    found = Application.objects.filter(person_id=offer.person_id, policy=offer.policy)
    return found.order_by("-at").first()


def persons_to_decide() -> int:
    """Count the persons of the registry who were not forgotten."""
    return Person.objects.filter(forgotten_at__isnull=True).count()


def titles(release_ids: Iterable[UUID]) -> dict[UUID, dict[str, Words]]:
    """Give the titles of the policies of releases."""
    return {
        pk: {name: one.title for name, one in parsed_release(pk)[1].pack.policies.items()} for pk in set(release_ids)
    }


def sources_of(release_id: UUID) -> Sources:
    """Give the sources of a release, by their ids."""
    return parsed_release(release_id)[0].of(schema.Source)
