"""What was decided for everybody, whom it leads to, and what was offered to them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Exists, OuterRef, Q, UniqueConstraint
from django.db.models.functions import Coalesce

from onething.catalogue.models import PackDraft, Release
from onething.engine.policies.deciding import Outcome
from onething.entitlements import policy
from onething.kernel.access import Actor
from onething.registry.models import Person

DAYS_TO_ANSWER = 60
FRESH = timedelta(days=7)
"""A comparison is fresh for so long: later the people are others."""


class OfPersonSet(models.QuerySet[Any]):
    """Reading rows about persons."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the rows this actor may see."""
        return self.filter(policy.of_persons(actor))


class Sweep(models.Model):
    """
    One pass over everybody on one day, batch by batch: killed at any moment it goes on behind the last batch.

    Its rows are shown only when it is finished. `counts` are decisions by outcome; impossible persons have none. Later
    it is kept up: `as_of` moves on, and those who changed or whose time came get new rows in the place of theirs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    as_of = models.DateField()
    releases = models.JSONField()  # division → id of the release that holds there: fixed when the sweep begins
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    after = models.UUIDField(null=True)  # the last person whose batch is committed
    expected = models.PositiveIntegerField()
    persons = models.PositiveIntegerField(default=0)
    impossible = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    known_until = models.BigIntegerField(
        default=0, db_default=0
    )  # the journal's facts of all transactions below are looked at
    differing = models.PositiveIntegerField(null=True)  # rows that the one before, kept up, said otherwise

    class Meta:
        constraints = [
            UniqueConstraint(models.Value(1), condition=Q(finished_at__isnull=True), name="one_sweep_runs"),
        ]
        indexes = [models.Index(fields=["-finished_at"], name="sweep_latest")]  # the one that is shown

    def __str__(self) -> str:
        return f"sweep as of {self.as_of}, {self.persons} of {self.expected}"

    def add(self, *, persons: int, impossible: int, unreadable: int, rows: int, counts: Mapping[str, int]) -> None:
        """Add what one portion found."""
        self.persons += persons
        self.impossible += impossible
        self.unreadable += unreadable
        self.rows += rows
        self.counts = dict(Counter(self.counts) + Counter(counts))


class Basis(models.Model):
    """
    The facts by which a sweep decided for a person, sealed under their key; `digest` is keyed with it too.

    `turns`: in which month, at the earliest, the calendar alone may change what was decided; like a number that is
    looked up it is kept as a keyed index, for it says when somebody was born.
    """

    id = models.BigAutoField(primary_key=True)
    sweep = models.ForeignKey(Sweep, models.CASCADE, db_index=False)  # led by the constraint
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_constraint=False)  # see the decision 0030
    region = models.CharField(max_length=12)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    digest = models.BinaryField(max_length=32)
    impossible = ArrayField(models.TextField(), default=list)  # facts that cannot be true together
    turns = models.BinaryField(max_length=32, null=True)  # keyed index of the month in which something may turn

    objects = OfPersonSet.as_manager()

    class Meta:
        constraints = [UniqueConstraint(fields=["sweep", "person"], name="one_basis_per_sweep")]
        indexes = [
            models.Index(fields=["sweep", "id"], condition=~Q(impossible=[]), name="basis_impossible"),  # their list
            models.Index(fields=["sweep", "turns"], condition=Q(turns__isnull=False), name="basis_turns"),  # keeping up
        ]

    def __str__(self) -> str:
        return f"basis of {self.person_id}"


class DecisionSet(OfPersonSet):
    """Reading decisions."""

    def shown(self) -> Self:
        """Keep those of the newest finished sweep."""
        newest = Sweep.objects.filter(finished_at__isnull=False).order_by("-finished_at").values("pk")[:1]
        return self.filter(sweep=newest)

    def leads(self) -> Self:
        """Keep the lines that lead to somebody who never asked: not offered, not applied for, not received."""
        same = {"person_id": OuterRef("person_id"), "policy": OuterRef("policy")}
        offered = Offer.objects.filter(Q(state__in=Offer.STANDING) | Q(terms=OuterRef("terms")), **same)
        applied = Application.objects.filter(**same)
        return self.filter(~Exists(offered), ~Exists(applied), is_lead=True)


class Decision(models.Model):
    """
    What one policy says of one person on the sweep's day, unless it is a no (those are counted).

    `amount` is fen, `start` the first day of the first month, `missing` facts or figures, `grade` that of the weakest
    fact it rests on; `terms` is the digest of the release's words and figures for the person's place.
    """

    id = models.BigAutoField(primary_key=True)
    sweep = models.ForeignKey(Sweep, models.CASCADE, db_index=False)  # led by the constraint
    basis = models.ForeignKey(Basis, models.CASCADE, related_name="decisions")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_constraint=False)  # as its basis
    region = models.CharField(max_length=12)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    policy = models.TextField()
    outcome = models.CharField(max_length=16)
    amount = models.BigIntegerField(null=True)
    start = models.DateField(null=True)
    missing = ArrayField(models.TextField(), default=list)
    grade = models.PositiveSmallIntegerField(null=True)
    terms = models.CharField(max_length=32)
    is_lead = models.BooleanField()

    objects = DecisionSet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["sweep", "person", "policy"], name="one_decision_per_sweep"),
            CheckConstraint(
                condition=Q(outcome__in=[Outcome.ELIGIBLE, Outcome.AMOUNT_UNKNOWN, Outcome.UNKNOWN]),
                name="decision_outcome",
            ),
        ]
        indexes = [  # read by the list of leads, page by page
            models.Index(
                "sweep", "outcome", Coalesce("amount", 0).desc(), "id", condition=Q(is_lead=True), name="decision_leads"
            )
        ]

    def __str__(self) -> str:
        return f"{self.policy} for {self.person_id}: {self.outcome}"


class Application(models.Model):
    """A person applied for what a policy gives: it is not offered to them."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)  # led by the constraint
    region = models.CharField(max_length=12)
    policy = models.TextField()
    case_id = models.UUIDField()
    at = models.DateTimeField()

    objects = OfPersonSet.as_manager()

    class Meta:
        constraints = [UniqueConstraint(fields=["person", "policy", "case_id"], name="application_once")]

    def __str__(self) -> str:
        return f"{self.policy} asked for by {self.person_id}"


class OfferSet(OfPersonSet):
    """Reading offers."""

    def to_do(self) -> Self:
        """Keep those whose answer asks something of the office that is not done."""
        return self.filter(state__in=Offer.TO_DO, settled_at__isnull=True)


class Offer(models.Model):
    """
    What an official offered a person, on which decision, and how they answered. Once for the same terms.

    The facts it was decided with are sealed under the person's key, so that its reasons can be told again.
    """

    class State(models.TextChoices):
        """How the person answered."""

        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        HUMAN = "human"

    STANDING = (State.OPEN, State.ACCEPTED, State.HUMAN)
    """Beside such an offer there is no other, whatever its terms."""
    TO_DO = (State.ACCEPTED, State.HUMAN)
    """Answers that ask something of the office."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)  # led by the constraint
    region = models.CharField(max_length=12)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    policy = models.TextField()
    as_of = models.DateField()
    outcome = models.CharField(max_length=16)
    amount = models.BigIntegerField(null=True)
    start = models.DateField(null=True)
    missing = ArrayField(models.TextField(), default=list)
    terms = models.CharField(max_length=32)
    sealed = models.BinaryField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    made_by = models.TextField()
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    owner = models.UUIDField(null=True)  # the account of the official who sees to what the answer asks for
    due = models.DateField(null=True)  # by then somebody has
    changed = models.JSONField(null=True)  # what a release that was published since then says: outcome, amount, start
    settled_at = models.DateTimeField(null=True)
    settled_by = models.TextField(default="")

    objects = OfferSet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["person", "policy", "terms"], name="offered_once"),
            UniqueConstraint(
                fields=["person", "policy"],
                condition=Q(state__in=["open", "accepted", "human"]),
                name="one_offer_stands",
            ),
            CheckConstraint(condition=Q(state__in=["open", "accepted", "declined", "human"]), name="offer_state"),
            CheckConstraint(condition=Q(state="open") ^ Q(answered_at__isnull=False), name="offer_is_answered_or_open"),
        ]
        indexes = [
            models.Index(fields=["state", "-made_at", "id"], name="offer_by_state"),  # the office's list
            models.Index(  # read by the queue
                fields=["region", "due"], name="offer_to_do", condition=Q(due__isnull=False, settled_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"offer of {self.policy} to {self.person_id}, {self.state}"

    @classmethod
    def of(cls, decision: Decision, *, day: date, **made: Any) -> Self:
        """Make an offer of a decision; the person has DAYS_TO_ANSWER days."""
        taken = ("person_id", "region", "release_id", "policy", "outcome", "amount", "start", "missing", "terms")
        kept = {name: getattr(decision, name) for name in taken}
        return cls(**kept, as_of=decision.sweep.as_of, answer_by=day + timedelta(days=DAYS_TO_ANSWER), **made)


class Comparison(models.Model):
    """
    What a draft of entitlements would change for everybody, batch by batch, before it is published.

    `digest` is that of the draft's content; another content needs another comparison. `moved` counts by policy and kind
    (engine.policies.comparing): persons, fen, persons without a known amount; `entitled` before and after, by policy.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(PackDraft, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    as_of = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    after = models.UUIDField(null=True)  # the last person whose batch is committed
    expected = models.PositiveIntegerField()
    seen = models.PositiveIntegerField(default=0)
    persons = models.PositiveIntegerField(default=0)  # those for whom the pack holds
    better = models.PositiveIntegerField(default=0)
    worse = models.PositiveIntegerField(default=0)
    moved = models.JSONField(default=dict)
    entitled = models.JSONField(default=dict)

    class Meta:
        constraints = [UniqueConstraint(fields=["draft", "digest"], name="comparison_once")]

    def __str__(self) -> str:
        return f"comparison of {self.draft_id}, {self.seen} of {self.expected}"
