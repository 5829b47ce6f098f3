"""The ledger of what is given to others, and taken from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from onething.kernel.access import Actor
from onething.plumbing.journal import publish, writes
from onething.registry import events
from onething.registry.errors import PurposeMissing
from onething.registry.models import Sharing


@writes
def note_sharing(
    *,
    direction: str,
    partner: str,
    purpose: str,
    basis: str,
    fields: Sequence[str],
    region: str,
    actor: Actor,
    now: datetime,
    person_id: UUID | None = None,
    persons: int = 1,
    reference: str = "",
) -> Sharing:
    """
    Write one line of the ledger of sharing: what was given to whom (or taken), why, on what basis.

    `fields` are names, never values. Refuses PurposeMissing. Source: 网络数据安全管理条例 article 12.
    """
    if not (purpose.strip() and basis.strip()):
        raise PurposeMissing
    line = Sharing.objects.create(
        at=now,
        direction=Sharing.Direction(direction),
        partner=partner,
        purpose=purpose,
        basis=basis,
        fields=list(fields),
        person_id=person_id,
        persons=persons,
        region=region,
        reference=reference,
        actor=actor.reference,
    )
    fact = events.DataShared(
        sharing_id=line.pk, person_id=person_id, direction=line.direction, partner=partner, purpose=purpose
    )
    publish(fact, actor=actor, at=now)
    return line
