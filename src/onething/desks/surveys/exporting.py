"""What surveys hand to a person of their own data: what they were asked, and what they answered."""

from __future__ import annotations

from uuid import UUID

from onething.desks.surveys.models import Answer, FollowUp, Invitation
from onething.registry import exports
from onething.registry.exports import Part, rows


@exports.part("surveys", tables=("surveys.Invitation", "surveys.Answer", "surveys.FollowUp"))
def mine(person_id: UUID) -> Part:
    """Hand out what somebody was asked, what they answered, and what was done about it."""
    own = {"person_id": person_id}
    return Part(
        {
            "invitations": rows(Invitation.objects.filter(**own), without=("code",)),
            "answers": rows(Answer.objects.filter(**own), without=("typed_by",), given=lambda row: row.given),
            "followups": rows(FollowUp.objects.filter(**own), without=("owner",), outcome=lambda row: row.outcome),
        }
    )
