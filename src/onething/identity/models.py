"""Accounts, the posts they hold, keys for programs, and what the door remembers between two tries."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Exists, F, OuterRef, Q

from onething.identity import policy
from onething.kernel.access import Actor
from onething.registry.models import Organisation, Person, Region


class AccountQuerySet(models.QuerySet["Account"]):
    """Reading accounts."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the accounts this actor may see."""
        managed = Post.objects.filter(policy.managed_posts(actor), account_id=OuterRef("pk"))
        return self.filter(policy.accounts(actor) | Q(Exists(managed)))


class AccountManager(BaseUserManager["Account"]):
    """What Django's session machinery asks for; everything else reads through the queryset."""

    def get_queryset(self) -> AccountQuerySet:
        """Give the queryset with the house's readings."""
        return AccountQuerySet(self.model, using=self._db)

    def visible_to(self, actor: Actor) -> AccountQuerySet:
        """Keep the accounts this actor may see."""
        return self.get_queryset().visible_to(actor)


class Account(AbstractBaseUser):
    """
    Somebody who can sign in. A citizen's account belongs to a person; a member of staff holds posts; one may be both.

    `display_name` is how colleagues see a member of staff, `work_email` where the house writes to them about their
    work. A citizen's stay empty: name and address are in the registry, under the person's key.
    """

    last_login = None  # the journal knows; a write less at every sign-in

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.TextField(unique=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="account")
    display_name = models.TextField(blank=True, default="")
    work_email = models.EmailField(max_length=254, blank=True, default="")  # of an office: no secret
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    sessions_since = models.DateTimeField(null=True)  # sessions begun before are over, on all devices

    objects = AccountManager()

    USERNAME_FIELD = "username"

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(username__regex=r"^[a-z][a-z0-9.-]{2,39}$"), name="username_is_plain"),
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"


class PostQuerySet(models.QuerySet["Post"]):
    """Reading posts."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the posts this actor may see."""
        return self.filter(policy.posts(actor))

    def valid_at(self, moment: datetime) -> Self:
        """Keep the posts in force at a moment."""
        return self.filter(Post.in_force(moment))


class Post(models.Model):
    """A role, at an organisation, for a region, from one moment until before another. Acting posts always end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="posts")  # its index is read at every request
    role = models.TextField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    region = models.ForeignKey(Region, models.PROTECT, related_name="posts")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    acting = models.BooleanField(default=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="post_ends_later"
            ),
            CheckConstraint(condition=Q(acting=False) | Q(valid_to__isnull=False), name="acting_post_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"

    @staticmethod
    def in_force(moment: datetime, path: str = "") -> Q:
        """Say "in force at this moment" for this table, or for a table that reaches it by `path`."""
        began = Q(**{f"{path}valid_from__lte": moment})
        return began & (Q(**{f"{path}valid_to__isnull": True}) | Q(**{f"{path}valid_to__gt": moment}))


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Reading API keys."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the keys this actor may see."""
        return self.filter(policy.api_keys(actor))


class ApiKey(models.Model):
    """
    A key with which a program acts for an account, under one post of it or as the citizen.

    Only the sha256 is kept: the secret has 256 random bits, so there is nothing to guess.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="api_keys")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="api_keys")
    label = models.TextField()
    hashed = models.BinaryField(max_length=32, unique=True)
    scopes = ArrayField(models.TextField())
    per_minute = models.PositiveIntegerField(db_default=600)  # calls; the clients of today may make that many
    issued_at = models.DateTimeField()
    issued_by = models.TextField(blank=True, default="", db_default="")  # an actor's reference
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)  # to ten minutes

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        constraints = [CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="api_key_expires_later")]

    def __str__(self) -> str:
        return f"API key {self.pk}"


class SignInCode(models.Model):
    """
    The one open code of a person. The next one replaces it; using it, or five wrong tries, ends it.

    There is no foreign key: for an unknown phone a row is written all the same, so that both take as long.
    """

    person_id = models.UUIDField(primary_key=True)
    digest = models.BinaryField(max_length=32)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="code_by_expiry")]  # read by the sweep

    def __str__(self) -> str:
        return f"code {self.pk}"


class Throttle(models.Model):
    """How often something was tried in the current window; `key` is a keyed digest of a name or an address."""

    key = models.BinaryField(max_length=32, primary_key=True)
    tries = models.PositiveIntegerField()
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["since"], name="throttle_by_age")]  # read by the sweep

    def __str__(self) -> str:
        return f"{self.tries} tries"


class SecondFactor(models.Model):
    """The authenticator of an account. `last_step` is the last code that was used: each works once."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="factor")
    locked = models.BinaryField()  # see vault.py
    last_step = models.BigIntegerField(default=0)
    enrolled_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"second factor of {self.account_id}"


class RecoveryCode(models.Model):
    """One code that replaces the authenticator once. Only its keyed digest is kept; a used one is gone."""

    digest = models.BinaryField(max_length=32, primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")  # counted at each use

    def __str__(self) -> str:
        return f"recovery code of {self.account_id}"


class Invitation(models.Model):
    """The one open enrolment link of an account. The secret of the authenticator-to-be waits in it, locked."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="invitation")
    digest = models.BinaryField(max_length=32, unique=True)
    locked = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="invitation_by_expiry")]  # read by the sweep

    def __str__(self) -> str:
        return f"invitation of {self.account_id}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Reading what waits for a second person."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what this actor asked for or may decide."""
        return self.filter(policy.proposals(actor))

    def waiting_at(self, moment: datetime) -> Self:
        """Keep what is still to be decided."""
        return self.filter(state=Proposal.State.WAITING, expires_at__gt=moment)


class Proposal(models.Model):
    """Something one person asked for and another one decides. `reason` is why, in the asker's words."""

    class State(models.TextChoices):
        """Where it stands; what waits longer than its time has run out."""

        WAITING = "waiting"
        APPROVED = "approved"
        TURNED_DOWN = "turned_down"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.TextField()
    subject = models.UUIDField()
    title = models.TextField()  # what it is about, as colleagues call it: a user name, a case number
    region = models.CharField(max_length=12)
    values = models.JSONField(default=dict)
    reason = models.TextField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    asked_by = models.UUIDField()
    asked_under = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_under = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=~Q(reason=""), name="proposal_has_reason"),
            CheckConstraint(
                condition=Q(state="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state="turned_down", decided_by__isnull=False, decided_at__isnull=False)
                | Q(state="approved", decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("asked_by"))
                & ~Q(decided_under=F("asked_under")),
                name="proposal_has_four_eyes",
            ),
            models.UniqueConstraint(fields=["kind", "subject"], condition=Q(state="waiting"), name="proposed_once"),
        ]
        indexes = [models.Index(fields=["region", "asked_at"], name="proposal_by_region")]  # read by the list

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Reading mandates."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the mandates this actor may see."""
        return self.filter(policy.mandates(actor))

    def valid_at(self, moment: datetime) -> Self:
        """Keep the mandates in force at a moment; one held under a post ends with it."""
        under = Q(post__isnull=True) | Post.in_force(moment, "post__")
        return self.filter(under, revoked_at=None, given_at__lte=moment, valid_until__gt=moment)


class Mandate(models.Model):
    """
    A person allowed somebody to file one pack (or one case of it) in their name, until a day; they end it at any time.

    `way` is how that is proved: a code sent to the person's phone, or a signed paper, kept sealed under their key.
    """

    class Way(models.TextChoices):
        """How the person allowed it."""

        CODE = "code"
        PAPER = "paper"

    class Kin(models.TextChoices):
        """Who the helper is to the person."""

        SPOUSE = "spouse"
        CHILD = "child"
        PARENT = "parent"
        SIBLING = "sibling"
        OTHER = "other"
        STAFF = "staff"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="mandates")  # read by the person's own page
    account = models.ForeignKey(Account, models.CASCADE, related_name="mandates")  # read by the helper's page
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+", db_index=False)
    kin = models.TextField(choices=Kin.choices)
    pack = models.TextField()
    case_id = models.UUIDField(null=True)
    way = models.TextField(choices=Way.choices)
    paper_key = models.TextField(default="")
    paper_kind = models.TextField(default="")
    recorded_by = models.TextField()  # an actor's reference
    given_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.TextField(default="")

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(valid_until__gt=F("given_at")), name="mandate_ends_later"),
            CheckConstraint(
                condition=Q(way="code", paper_key="") | Q(way="paper") & ~Q(paper_key=""), name="mandate_is_proved"
            ),
            CheckConstraint(
                condition=Q(revoked_at=None, revoked_by="") | Q(revoked_at__isnull=False) & ~Q(revoked_by=""),
                name="mandate_revoked_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["person", "account", "pack"], condition=Q(revoked_at=None), name="one_open_mandate"
            ),
        ]

    def __str__(self) -> str:
        return f"mandate {self.pk}"


class MandateWish(models.Model):
    """
    Somebody asked to file in a person's name; the code that grants it is on that person's phone. It lives minutes.

    `person_id` leads nowhere if the name meant nobody: the row is written all the same, so that both take as long.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(Account, models.CASCADE, related_name="+")  # the next wish replaces it
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+", db_index=False)
    person_id = models.UUIDField()
    kin = models.TextField()
    pack = models.TextField()
    case_id = models.UUIDField(null=True)  # the only case it is for
    digest = models.BinaryField(max_length=32)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="mandate_wish_by_expiry")]  # read by the sweep

    def __str__(self) -> str:
        return f"wish {self.pk}"


class ConsentSet(models.QuerySet["Consent"]):
    """Reading consents."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the consents this actor may see."""
        return self.filter(policy.consents(actor))

    def in_force(self, moment: datetime) -> Self:
        """Keep those that were not ended, of keys in force."""
        key = Q(key__revoked_at=None, key__expires_at__gt=moment)
        return self.filter(key, revoked_at=None, given_at__lte=moment, valid_until__gt=moment)


class Consent(models.Model):
    """
    A person let a portal in, by a code on their phone. Only the digest of its token is kept.

    Until `session_until` the token acts as the person, within the role `consented`; until `valid_until` the portal is
    told how the person's cases go. The person ends both at any time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="consents")  # read when a case moves on
    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")  # read by the person's own page
    hashed = models.BinaryField(max_length=32, unique=True)
    given_at = models.DateTimeField()
    session_until = models.DateTimeField()
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = ConsentSet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(session_until__gt=F("given_at"), valid_until__gte=F("session_until")),
                name="consent_ends_later",
            ),
            models.UniqueConstraint(fields=["key", "person"], condition=Q(revoked_at=None), name="one_open_consent"),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class ConsentWish(models.Model):
    """
    A portal asked to be let in; the code is on the person's phone. It lives minutes.

    `person_id` leads nowhere if the name meant nobody: the row is written all the same, so that both take as long.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="+")
    person_id = models.UUIDField()
    digest = models.BinaryField(max_length=32)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="consent_wish_by_expiry")]  # read by the sweep

    def __str__(self) -> str:
        return f"wish {self.pk}"


class ErasureSet(models.QuerySet["ErasureRequest"]):
    """Reading requests for erasure."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the requests this actor may answer."""
        return self.filter(policy.erasures(actor))


class ErasureRequest(models.Model):
    """A person closed their account: whether their data may be destroyed, is decided; destroyed by two people only."""

    class State(models.TextChoices):
        """How far it has come."""

        ASKED = "asked"
        KEPT = "kept"  # a duty to keep stands against it; the answer says which and until when
        ERASED = "erased"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    region = models.CharField(max_length=12)
    state = models.TextField(choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(blank=True, default="")  # an actor's reference
    sealed_answer = models.BinaryField(null=True)

    objects = ErasureSet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True) | ~Q(state="asked") & Q(answered_at__isnull=False),
                name="erasure_answered_has_time",
            ),
            models.UniqueConstraint(fields=["person"], condition=Q(state="asked"), name="one_open_erasure"),
        ]
        indexes = [models.Index(fields=["region", "asked_at"], name="erasure_by_region")]  # read by the list

    def __str__(self) -> str:
        return f"erasure {self.pk} {self.state}"

    @property
    def title(self) -> str:
        """How it is called without naming the person: by the first places of its id."""
        return self.pk.hex[:8].upper()


class RepeatableCall(models.Model):
    """A call of the API with an Idempotency-Key: while it runs without an answer, afterwards with it, for a day."""

    id = models.BinaryField(max_length=32, primary_key=True)  # digest of the API key and the idempotency key
    request = models.BinaryField(max_length=32)  # digest of method, address and body
    status = models.PositiveSmallIntegerField(null=True)
    kind = models.TextField(default="")
    locked = models.BinaryField(null=True)  # the answer, see vault.py
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="repeatable_call_by_age")]  # read by the sweep

    def __str__(self) -> str:
        return f"call {self.status}"
