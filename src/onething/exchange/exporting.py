"""What the exchange hands to a person of their own data: what departments were given, and what they said."""

from __future__ import annotations

from uuid import UUID

from onething.exchange.models import PAYLOAD, SEALED_AS, WORDS, Amendment, Attempt, Order, Reply, Sharing, Urging
from onething.registry import exports, sealing
from onething.registry.exports import Part, rows


@exports.part(
    "exchange",
    tables=(
        "exchange.Order",
        "exchange.Attempt",
        "exchange.Reply",
        "exchange.Amendment",
        "exchange.Urging",
        "exchange.Sharing",
    ),
)
def mine(person_id: UUID) -> Part:
    """Hand out every order about somebody, with what it told the department and what came back."""
    key = sealing.key_of(person_id)
    of = {"order__person_id": person_id}
    return Part(
        {
            "orders": rows(
                Order.objects.filter(person_id=person_id), told=lambda row: key.unseal(PAYLOAD, bytes(row.sealed))
            ),
            "tries": rows(Attempt.objects.filter(**of)),
            "replies": rows(
                Reply.objects.filter(**of),
                said=lambda row: key.unseal(WORDS, bytes(row.sealed)) if row.sealed else {},
            ),
            "sent_after": rows(
                Amendment.objects.filter(**of),
                told=lambda row: key.unseal(SEALED_AS, bytes(row.sealed)) if row.sealed else {},
            ),
            "urged": rows(Urging.objects.filter(**of)),
            "asked_about_me": rows(Sharing.objects.filter(person_id=person_id)),
        }
    )


exports.left_out(
    {
        "exchange.Escalation": "which post was told that a department is late: about the department, not the person",
        "exchange.Supervision": "which post follows a department's answer: about the department, not the person",
    }
)
