"""Facts of this module. Ids, codes and days only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onething.plumbing.journal import Fact


@dataclass(frozen=True, kw_only=True)
class DraftStarted(Fact):
    """A person began a form."""

    draft_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class DraftRenewed(Fact):
    """A person agreed to go on with a form by the rules published since; `before` is the release it was begun by."""

    draft_id: UUID
    person_id: UUID
    before: UUID
    release_id: UUID


@dataclass(frozen=True, kw_only=True)
class AnswersFilled(Fact):
    """A helper filled in fields of a form in a person's name; their names are kept, never what was answered."""

    draft_id: UUID
    person_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PaperAttached(Fact):
    """A helper added a paper in a person's name."""

    person_id: UUID
    material: str


@dataclass(frozen=True, kw_only=True)
class CaseSubmitted(Fact):
    """
    One form became one case; `matters` went out at once, `later` wait for others.

    `asked`: departments whose systems are asked for what the person need not hand in.
    """

    case_id: UUID
    release_id: UUID
    matters: tuple[str, ...]
    promised: date
    later: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    person_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class TaskAccepted(Fact):
    """A department took a matter up."""

    case_id: UUID
    matter: str


@dataclass(frozen=True, kw_only=True)
class CorrectionAsked(Fact):
    """A department needs something mended; the matter's clock stands still."""

    case_id: UUID
    matter: str
    correction_id: UUID


@dataclass(frozen=True, kw_only=True)
class CorrectionDueSoon(Fact):
    """The last day for mending something is near, or has passed, and nothing has come: the person is reminded."""

    case_id: UUID
    matter: str
    correction_id: UUID
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectionLapsed(Fact):
    """The last day for mending something has passed: a clerk is told."""

    case_id: UUID
    matter: str
    correction_id: UUID


@dataclass(frozen=True, kw_only=True)
class CorrectionAnswered(Fact):
    """The person mended it; the matter's clock runs on."""

    case_id: UUID
    matter: str
    correction_id: UUID


@dataclass(frozen=True, kw_only=True)
class TaskSettled(Fact):
    """A matter ended: done or refused. `started` could begin because of it, `cut_off` never will."""

    case_id: UUID
    matter: str
    outcome: str
    started: tuple[str, ...] = ()
    cut_off: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OutsideEventRecorded(Fact):
    """Something outside the departments' hands happened, e.g. the army's remittance arrived."""

    case_id: UUID
    event: str
    started: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VisitMade(Fact):
    """The person was at a station of the plan: the acts that need presence there are done."""

    case_id: UUID
    station: str
    acts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReplyWithoutEffect(Fact):
    """A reply came too late, twice or out of order: kept, and nothing changed."""

    case_id: UUID
    matter: str
    reply_id: UUID


@dataclass(frozen=True, kw_only=True)
class PaperCame(Fact):
    """A paper that was to follow has been handed in."""

    case_id: UUID
    material: str


@dataclass(frozen=True, kw_only=True)
class DayToKeepNear(Fact):
    """A day that the law sets is near, and the person has not done their part: they are reminded."""

    draft_id: UUID
    person_id: UUID
    term: str
    on: date


@dataclass(frozen=True, kw_only=True)
class PaperDueSoon(Fact):
    """A paper that was to follow is promised for one of these days, or for today."""

    case_id: UUID
    material: str
    on: date


@dataclass(frozen=True, kw_only=True)
class PaperOverdue(Fact):
    """The day for which a paper was promised has passed; the last one that the pack allows has not."""

    case_id: UUID
    material: str
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PaperMissed(Fact):
    """The last day for a paper that was to follow has passed: departments, clerks and the person are told."""

    case_id: UUID
    material: str


@dataclass(frozen=True, kw_only=True)
class ConcernRaised(Fact):
    """Something goes on only when a person looks."""

    case_id: UUID
    concern_id: UUID
    concern_kind: str


@dataclass(frozen=True, kw_only=True)
class ConcernTaken(Fact):
    """Somebody of the staff has taken it up."""

    case_id: UUID
    concern_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConcernDone(Fact):
    """It is done, or has settled itself."""

    case_id: UUID
    concern_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseSettled(Fact):
    """Every matter of the case has ended."""

    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class SlipCorrected(Fact):
    """Two people agreed that a slip is wrong: another one is written in its place. `matter` has another outcome now."""

    case_id: UUID
    document_id: UUID
    matter: str = ""


@dataclass(frozen=True, kw_only=True)
class OutcomeCorrected(Fact):
    """
    Two people agreed that a department's later answer counts: `matter` has another outcome.

    `revived` are the matters that go on after all, `cut_off` those that no longer can; `reopened`: the case had ended.
    """

    case_id: UUID
    matter: str
    outcome: str
    revived: tuple[str, ...] = ()
    cut_off: tuple[str, ...] = ()
    reopened: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseWithdrawn(Fact):
    """The person took the case back."""

    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeadlinesRecomputed(Fact):
    """A newer calendar moved open deadlines of the case."""

    case_id: UUID
    calendar: str
    matters: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OpenWorkMoved(Fact):
    """Running cases followed their divisions to new codes; closed ones keep the code of their time."""

    change_id: int
    cases: int


@dataclass(frozen=True, kw_only=True)
class CaseRated(Fact):
    """A person said how they were served."""

    case_id: UUID
    level: int


@dataclass(frozen=True, kw_only=True)
class CallBackOpened(Fact):
    """A bad rating: somebody by name has to ring the person up by a day."""

    case_id: UUID
    post_id: UUID | None
    due: date


@dataclass(frozen=True, kw_only=True)
class CallBackEscalated(Fact):
    """Nobody rang up in time: it went a level up."""

    case_id: UUID
    post_id: UUID | None
    due: date
    rung: int


@dataclass(frozen=True, kw_only=True)
class CalledBack(Fact):
    """The person was rung up; what came of it is recorded."""

    case_id: UUID
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ObjectionMade(Fact):
    """A person objects to the decision about a matter."""

    case_id: UUID
    matter: str
    objection_id: UUID
    until: date | None
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class ObjectionWithdrawn(Fact):
    """The person took their objection back."""

    case_id: UUID
    matter: str
    objection_id: UUID


@dataclass(frozen=True, kw_only=True)
class MessageSent(Fact):
    """A person wrote to the clerks about a case; what they wrote lies sealed."""

    case_id: UUID
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageAnswered(Fact):
    """A clerk wrote to the person; they are told that something is there."""

    case_id: UUID
    message_id: int


@dataclass(frozen=True, kw_only=True)
class ThreadSettled(Fact):
    """What a person wrote needs no answer."""

    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseHandedOver(Fact):
    """A clerk gave a case into the hands of a colleague."""

    case_id: UUID
    concern_id: UUID
    to_account: UUID


@dataclass(frozen=True, kw_only=True)
class CosignatureAsked(Fact):
    """A code went to somebody who has to sign a matter of a form beside the applicant."""

    draft_id: UUID
    person_id: UUID
    cosignature_id: UUID
    matter: str


@dataclass(frozen=True, kw_only=True)
class CosignatureAnswered(Fact):
    """The second signer signed or refused, having read what it is about."""

    draft_id: UUID
    person_id: UUID
    cosignature_id: UUID
    matter: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class SourceChosen(Fact):
    """The window chose which counts of a field: said (the person), known (the register), or the person is asked."""

    case_id: UUID
    field: str
    takes: str
    why: str


@dataclass(frozen=True, kw_only=True)
class DeskAsked(Fact):
    """A department's desk asks the window; its clock runs on."""

    case_id: UUID
    question_id: UUID
    matter: str


@dataclass(frozen=True, kw_only=True)
class DeskAnswered(Fact):
    """The window answered what a department's desk asked."""

    case_id: UUID
    question_id: UUID
    matter: str


@dataclass(frozen=True, kw_only=True)
class PersonAskedForDesk(Fact):
    """The window asked the person before it answers a department's desk."""

    case_id: UUID
    question_id: UUID
    matter: str


@dataclass(frozen=True, kw_only=True)
class AnswerNoted(Fact):
    """A department's desk has read what the window answered."""

    case_id: UUID
    question_id: UUID
    matter: str


@dataclass(frozen=True, kw_only=True)
class QuestionDropped(Fact):
    """A question needs no answer any more: the department decided without, or nobody wants the matter."""

    case_id: UUID
    question_id: UUID
    matter: str
