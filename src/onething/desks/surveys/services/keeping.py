"""What happens to surveys when a person is forgotten, or a division gets another code."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from onething.desks.surveys.models import Invitation
from onething.plumbing.journal import writes
from onething.registry import queries as registry


@writes
def forget(*, person_id: UUID) -> None:
    """Remove what a person was asked and answered; what was counted names nobody and stays. Safe to run twice."""
    Invitation.objects.filter(person_id=person_id).delete()


@writes
def follow_division(*, change_id: int) -> None:
    """Let surveys, questionnaires, answers, counts and open work follow divisions to new codes. Safe to run twice."""
    moves = registry.moves_of(change_id)
    with connection.cursor() as cursor:
        for table in ("survey", "invitation", "answer", "followup"):
            cursor.execute(_MOVE.format(table), [list(moves), list(moves.values())])
        for old, new in moves.items():
            cursor.execute(_ADD, [new, old])
        cursor.execute("DELETE FROM surveys_tally WHERE region = ANY(%s::text[])", [list(moves)])


_MOVE = """
UPDATE surveys_{} t SET region = m.new FROM unnest(%s::text[], %s::text[]) AS m(old, new) WHERE t.region = m.old
"""
_ADD = """
INSERT INTO surveys_tally AS t (survey_id, region, question, option, people)
SELECT survey_id, %s, question, option, people FROM surveys_tally WHERE region = %s
ON CONFLICT (survey_id, region, question, option) DO UPDATE SET people = t.people + EXCLUDED.people
"""
"""Two divisions may have become one: then their counts are one, too."""
