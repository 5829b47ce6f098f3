"""Reading surveys, questionnaires, results, and who asks for somebody. Who asks comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from onething.desks.surveys import policy, results
from onething.desks.surveys.errors import (
    AnswerNotFound,
    CodeNotKnown,
    FollowUpNotFound,
    ResultsNotYet,
    SurveyNotFound,
)
from onething.desks.surveys.models import Answer, FollowUp, Invitation, Survey, Tally
from onething.desks.surveys.results import Results
from onething.identity import policy as identity
from onething.identity import queries as accounts
from onething.identity.queries import Colleague
from onething.kernel import codes
from onething.kernel.access import Actor
from onething.registry import queries as registry
from onething.registry import regions, sealing

MOST_PRINTED = 100
MOST_WORDS = 200
ROWS = 50


def surveys(actor: Actor) -> QuerySet[Survey]:
    """Find the surveys that reach into the actor's division, the newest first."""
    return Survey.objects.visible_to(actor).order_by("-made_at", "id")


def survey_for(actor: Actor, survey_id: UUID) -> Survey:
    """Find one survey. Refuses SurveyNotFound."""
    found = Survey.objects.visible_to(actor).filter(pk=survey_id).first()
    if found is None:
        raise SurveyNotFound
    return found


def place_of(actor: Actor, survey: Survey) -> str:
    """
    Tell of which division somebody reads: their own, where the survey reaches beyond it; else the survey's.

    Refuses SurveyNotFound where neither holds the other.
    """
    if identity.may_reach(actor, survey.region):
        return survey.region
    if not actor.region.startswith(regions.prefix(survey.region)):
        raise SurveyNotFound
    return actor.region


def to_print(actor: Actor, survey: Survey, *, again: bool = False) -> list[Invitation]:
    """Find questionnaires of the actor's division to print: those not printed yet, or `again` all that are out."""
    found = Invitation.objects.visible_to(actor).to_print().filter(survey=survey).select_related("person__key")
    found = found if again else found.filter(printed_at=None)
    return list(found.order_by("region", "pk")[:MOST_PRINTED])


def paper_counts(actor: Actor, survey: Survey) -> tuple[int, int]:
    """Count, up to MOST_PRINTED and one, what is to be printed and what is out. Two queries."""
    out = Invitation.objects.visible_to(actor).to_print().filter(survey=survey)
    fresh, old = out.filter(printed_at=None), out.filter(printed_at__isnull=False)
    return fresh[: MOST_PRINTED + 1].count(), old[: MOST_PRINTED + 1].count()


def invitation_by(code: str, actor: Actor | None = None) -> Invitation:
    """Find a questionnaire by its code: whoever holds it, or staff typing it in. Refuses CodeNotKnown."""
    rows = Invitation.objects.visible_to(actor) if actor else Invitation.objects.all()
    found: Invitation | None = rows.select_related("survey").filter(code=read_code(code)).first()
    if found is None:
        raise CodeNotKnown
    return found


def read_code(text: str) -> str:
    """Read a code as people type it: in small letters, with gaps."""
    return "".join(character for character in text.upper() if character.isascii() and character.isalnum())[:10]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Results with the names of their groups."""

    results: Results
    names: tuple[Mapping[str, str], ...]


def results_for(actor: Actor, survey: Survey) -> Named:
    """
    Read what may be shown of a survey in the actor's division, by the divisions right below it.

    Refuses ResultsNotYet while it runs: two looks, one answer apart, would tell what that one was.
    """
    if survey.state != Survey.State.CLOSED:
        raise ResultsNotYet
    counts = _counts(survey, place_of(actor, survey))
    found = results.results_of(survey.asks, counts)
    named = registry.region_names(found.groups)
    return Named(
        results=found, names=tuple(named.get(code, {"zh": code, "en": code}) for code in found.groups)
    )  # fmt: skip


def _counts(survey: Survey, place: str) -> dict[str, dict[tuple[str, str], int]]:
    rows = Tally.objects.filter(survey=survey, region__startswith=regions.prefix(place)).order_by("region")
    counts: defaultdict[str, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        counts[_right_below(row.region, place)][row.question, row.option] += row.people
    return dict(counts)


def _right_below(code: str, place: str) -> str:
    """Give the division right below `place` in which a code lies; the place itself for its own people."""
    return next(
        (one for one in reversed(regions.upwards(code)) if codes.region_level(one) > codes.region_level(place)), place
    )


def words_of(actor: Actor, survey: Survey) -> dict[str, list[str]]:
    """
    Read what people wrote, question → words, in the order of the words and without any name or place.

    Only where at least FEWEST people of the division answered; at most MOST_WORDS of the newest. Refuses ResultsNotYet.
    """
    named = results_for(actor, survey)
    found: defaultdict[str, list[str]] = defaultdict(list)
    if not named.results.is_shown:
        return found
    place = place_of(actor, survey)
    rows = Answer.objects.filter(survey=survey, region__startswith=regions.prefix(place), has_words=True)
    written = list(rows.order_by("-given_at")[:MOST_WORDS])
    keys = sealing.keys_of(row.person_id for row in written)
    for row in written:
        if row.person_id in keys:
            for question, said in row.given["words"].items():
                found[question].append(said)
    return {question: sorted(said) for question, said in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Somebody who asks for somebody: their answer, their name as lists show it, and who is on it."""

    answer: Answer
    person: str
    followup: FollowUp | None
    owner: str


def wishes(actor: Actor, survey: Survey, *, is_open: bool = True) -> list[Wish]:
    """List who asks for somebody, the longest waiting first: those nobody has done yet, or the done ones. 4 queries."""
    rows = Answer.objects.visible_to(actor).filter(survey=survey, wants_contact=True).select_related("followup")
    is_done = Q(followup__done_at__isnull=False)
    found = list(rows.filter(~is_done if is_open else is_done).order_by("given_at")[:ROWS])
    names = registry.masked_names(row.person_id for row in found)
    works: dict[UUID, FollowUp] = {row.pk: row.followup for row in found if hasattr(row, "followup")}
    called = accounts.names_of(work.owner for work in works.values())
    return [_wish(row, names.get(row.person_id, ""), works.get(row.pk), called) for row in found]


def _wish(row: Answer, person: str, work: FollowUp | None, called: Mapping[UUID, str]) -> Wish:
    return Wish(answer=row, person=person, followup=work, owner=called.get(work.owner, "") if work else "")


def wish_for(actor: Actor, answer_id: UUID, *, lock: bool = False) -> Answer:
    """Find the answer of somebody who asks for somebody. Refuses AnswerNotFound."""
    rows = Answer.objects.visible_to(actor).filter(wants_contact=True).select_related("survey")
    found: Answer | None = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=answer_id).first()
    if found is None:
        raise AnswerNotFound
    return found


def followup_for(actor: Actor, followup_id: UUID, *, lock: bool = False) -> FollowUp:
    """Find work that came of an answer. Refuses FollowUpNotFound."""
    rows = FollowUp.objects.visible_to(actor)
    found: FollowUp | None = (rows.select_for_update() if lock else rows).filter(pk=followup_id).first()
    if found is None:
        raise FollowUpNotFound
    return found


def owners(actor: Actor, now: datetime) -> Sequence[Colleague]:
    """List who can do it: oneself first, then the colleagues at one's office who may."""
    others = accounts.colleagues(actor, policy.TYPE_ANSWER, now)
    if actor.account_id is None or actor.post_id is None:
        return others
    own = accounts.names_of([actor.account_id]).get(actor.account_id, "")
    return [Colleague(actor.post_id, actor.account_id, own), *others]


def owner_name(work: FollowUp | None) -> str:
    """Give the name of whoever is on it; empty while nobody is."""
    return accounts.names_of([work.owner]).get(work.owner, "") if work else ""
