"""What the entitlements hand to a person of their own data: decisions, the facts they rest on, offers."""

from __future__ import annotations

from uuid import UUID

from onething.entitlements.models import Application, Basis, Decision, Offer
from onething.entitlements.rulebooks import FACTS
from onething.registry import exports, sealing
from onething.registry.exports import Part, rows


@exports.part(
    "entitlements",
    tables=("entitlements.Basis", "entitlements.Decision", "entitlements.Application", "entitlements.Offer"),
)
def mine(person_id: UUID) -> Part:
    """Hand out every decision about somebody with the facts it rests on, and what came of it."""
    key, of = sealing.key_of(person_id), {"person_id": person_id}
    return Part(
        {
            "bases": rows(Basis.objects.filter(**of), facts=lambda row: key.unseal(FACTS, bytes(row.sealed))),
            "decisions": rows(Decision.objects.filter(**of)),
            "applications": rows(Application.objects.filter(**of)),
            "offers": rows(Offer.objects.filter(**of), facts=lambda row: key.unseal(FACTS, bytes(row.sealed))),
        }
    )
