"""Surveys, who was asked, what they answered, what was counted, and the work that came of it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from onething.desks.surveys import policy
from onething.desks.surveys.questions import Question, read_questions
from onething.kernel.access import Actor
from onething.plumbing import prepared
from onething.registry import sealing
from onething.registry.models import Person

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O: a code is copied from paper by hand."""
CODE_LENGTH = 10
GIVEN = "surveys.given"
NOTED = "surveys.noted"


def fresh_code() -> str:
    """Make the code of a questionnaire: 50 bits, nobody guesses one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


class SurveySet(models.QuerySet["Survey"]):
    """Readings over surveys."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those that ask people of the actor's division."""
        return self.filter(policy.surveys(actor))


class Survey(models.Model):
    """
    A few questions to a group: people of a division (`region`), of some kinds of service (none: all), by how their
    cases stand. `after` is the last person whose batch is committed: killed at any moment, sending goes on behind them.
    """

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft"
        SENDING = "sending"
        OPEN = "open"
        CLOSED = "closed"

    class Way(models.TextChoices):
        """How it is asked: by phone (on paper where no number is known), or on paper only."""

        PHONE = "phone"
        PAPER = "paper"

    class Cases(models.TextChoices):
        """Whom it asks, by their cases."""

        ANY = "any"
        RUNNING = "running"
        ENDED = "ended"
        NONE = "none"

    TAKES_ANSWERS = (State.SENDING, State.OPEN)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.JSONField()
    intro = models.JSONField(default=dict)
    questions = models.JSONField()
    region = models.CharField(max_length=12)
    kinds = ArrayField(models.TextField(), default=list)
    cases = models.TextField(choices=Cases.choices, default=Cases.ANY)
    way = models.TextField(choices=Way.choices, default=Way.PHONE)
    last_day = models.DateField()
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    after = models.UUIDField(null=True)
    asked = models.PositiveIntegerField(default=0)
    on_paper = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    wishes = models.PositiveIntegerField(default=0)

    objects = SurveySet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(state__in=["draft", "sending", "open", "closed"]), name="survey_state"),
            CheckConstraint(condition=Q(way__in=["phone", "paper"]), name="survey_way"),
            CheckConstraint(condition=Q(cases__in=["any", "running", "ended", "none"]), name="survey_cases"),
            CheckConstraint(condition=Q(answered__lte=F("asked")), name="survey_each_answers_once"),
            CheckConstraint(
                condition=Q(state="draft", opened_at__isnull=True) | ~Q(state="draft") & Q(opened_at__isnull=False),
                name="survey_sent_has_time",
            ),
        ]
        indexes = [  # the list, newest first; the sweep that closes
            models.Index(fields=["-made_at", "id"], name="survey_newest"),
            models.Index(fields=["last_day"], name="survey_to_close", condition=Q(state__in=["sending", "open"])),
        ]

    def __str__(self) -> str:
        return f"survey {self.pk}, {self.state}"

    @cached_property
    def asks(self) -> tuple[Question, ...]:
        """The questions as values."""
        return read_questions(self.questions)

    @property
    def is_draft(self) -> bool:
        """Tell whether it can still be changed."""
        return self.state == self.State.DRAFT

    @property
    def takes_answers(self) -> bool:
        """Tell whether it has gone out and was not closed."""
        return self.state in self.TAKES_ANSWERS


class OfPersonSet(models.QuerySet[Any]):
    """Reading rows about persons."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the rows this actor may see."""
        return self.filter(policy.of_persons(actor))


class InvitationSet(OfPersonSet):
    """Readings over who was asked."""

    def to_print(self) -> Self:
        """Keep the questionnaires that go out on paper and did not come back."""
        return self.filter(way=Survey.Way.PAPER, answered_at=None)


class Invitation(models.Model):
    """One person asked in one survey. Whoever holds the code answers, once, without an account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations", db_index=False)  # by the constraint
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    region = models.CharField(max_length=12)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=fresh_code)
    way = models.TextField(choices=Survey.Way.choices)
    asked_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = InvitationSet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["survey", "person"], name="asked_once"),
            CheckConstraint(condition=Q(way__in=["phone", "paper"]), name="invitation_way"),
        ]
        indexes = [  # read when a division's questionnaires are printed
            models.Index(
                fields=["survey", "region", "id"], name="invitation_to_print",
                condition=Q(way="paper", answered_at__isnull=True),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class AnswerSet(OfPersonSet):
    """Readings over answers."""

    def visible_to(self, actor: Actor) -> Self:
        """Staff see only the answers of people who ask for somebody; a person sees their own."""
        seen = super().visible_to(actor)
        return seen if actor.person_id or not actor.region else seen.filter(wants_contact=True)


class Answer(models.Model):
    """
    What one person answered, sealed under their key. Counted apart (`Tally`): forgetting somebody takes away what they
    said, not that somebody said it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="answer")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    region = models.CharField(max_length=12)
    sealed = models.BinaryField()
    has_words = models.BooleanField(default=False)
    wants_contact = models.BooleanField(default=False)
    way = models.TextField(choices=Survey.Way.choices)
    typed_by = models.UUIDField(null=True)  # staff, where it came on paper
    given_at = models.DateTimeField()

    objects = AnswerSet.as_manager()

    class Meta:
        constraints = [CheckConstraint(condition=Q(way__in=["phone", "paper"]), name="answer_way")]
        indexes = [  # who asks for somebody, the longest waiting first
            models.Index(fields=["survey", "region", "given_at"], name="answer_wishes", condition=Q(wants_contact=True))
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @cached_property
    def given(self) -> Mapping[str, Any]:
        """What was answered, opened with the person's key: {"chosen": {…}, "words": {…}}."""
        opened: Mapping[str, Any] = sealing.unseal(self.person_id, bytes(self.sealed), field=GIVEN)
        return opened


class Tally(models.Model):
    """How many people of a division chose an option; with empty names, how many answered at all. Nobody's row."""

    id = models.BigAutoField(primary_key=True)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="tallies", db_index=False)  # led by the constraint
    region = models.CharField(max_length=12)
    question = models.TextField(blank=True, default="")
    option = models.TextField(blank=True, default="")
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["survey", "region", "question", "option"], name="tally_once"),
        ]

    def __str__(self) -> str:
        return f"tally of {self.survey_id}"


class FollowUpSet(OfPersonSet):
    """Readings over the work that came of answers."""

    def open(self) -> Self:
        """Keep what is not done."""
        return self.filter(done_at=None)

    def waits_for_case(self, person_id: UUID) -> bool:
        """Tell whether something is to lead to a case of a person. Asked with every submission."""
        return prepared.row(_WAITS_FOR_CASE, [person_id]) is not None


_WAITS_FOR_CASE = "SELECT FROM surveys_followup WHERE person_id = %s::uuid AND work = 'case' AND done_at IS NULL"


class FollowUp(models.Model):
    """Work that came of an answer: a visit to the person, or a case filed with them. By whom, until when, what came."""

    class Work(models.TextChoices):
        """What is to be done."""

        VISIT = "visit"
        CASE = "case"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="followup")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="followups")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    region = models.CharField(max_length=12)
    work = models.TextField(choices=Work.choices)
    owner = models.UUIDField()  # an account of staff
    due = models.DateField()
    sealed_note = models.BinaryField(null=True)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    sealed_outcome = models.BinaryField(null=True)
    case_id = models.UUIDField(null=True)  # the case that came of it

    objects = FollowUpSet.as_manager()

    class Meta:
        constraints = [CheckConstraint(condition=Q(work__in=["visit", "case"]), name="followup_work")]
        indexes = [  # read by the queue, and when a person's case is submitted
            models.Index(fields=["region", "due", "id"], name="followup_open", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.work} for {self.person_id}"

    @cached_property
    def note(self) -> str:
        """What whoever made this wrote for the owner; empty where nothing."""
        return self._opened(self.sealed_note)

    @cached_property
    def outcome(self) -> str:
        """What came of it, in the owner's words."""
        return self._opened(self.sealed_outcome)

    def _opened(self, sealed: bytes | memoryview[int] | None) -> str:
        return str(sealing.unseal(self.person_id, bytes(sealed), field=NOTED)) if sealed else ""
