"""What is decided by the pack that holds for a division; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from onething.catalogue import queries as catalogue
from onething.catalogue import stored
from onething.catalogue.models import Release
from onething.catalogue.policies.resolving import policy_pack_of
from onething.catalogue.sources import Sources
from onething.engine.policies.asking import Asking, asking
from onething.engine.policies.deciding import compile_program
from onething.engine.policies.errors import FactUnreadable
from onething.engine.policies.facts import typed_fact
from onething.engine.policies.parsing import ParsedPack, parse_pack
from onething.plumbing.packs import Pack, entitlements, schema
from onething.registry import queries as registry

Facts = Mapping[str, Any]


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
    pack = _parsed(release.pk)[0]
    return InForce(
        release=release,
        asking=_asking(release.pk, on),
        sources=pack.of(schema.Source),
        situations=pack.of(entitlements.Situation),
    )


def known_facts(person_id: UUID, parsed: ParsedPack) -> dict[str, Any]:
    """Give what the registry knows of a person, as far as the pack asks for it and can read it."""
    known = registry.known_facts(person_id)
    readings = ((name, _read(parsed, name, fact.value)) for name, fact in known.items() if name in parsed.pack.facts)
    return {name: value for name, value in readings if value is not None}


def _read(parsed: ParsedPack, name: str, value: Any) -> Any:
    try:
        return typed_fact(parsed.pack.facts[name], value)
    except FactUnreadable:  # the register writes it in a way of its own: the person is asked
        return None


@lru_cache(maxsize=8)
def _parsed(release_id: UUID) -> tuple[Pack, ParsedPack]:
    content = Release.objects.values_list("content", flat=True).get(pk=release_id)
    pack = stored.pack_from(content)
    parsed, _faults = parse_pack(policy_pack_of(pack))  # published: it has none
    return pack, parsed


@lru_cache(maxsize=32)
def _asking(release_id: UUID, day: date) -> Asking:
    return asking(compile_program(_parsed(release_id)[1], day))
