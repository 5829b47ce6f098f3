"""Letters to people and the documents issued to them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext

from onething.correspondence import policy
from onething.correspondence.contents import OUTCOMES, OutcomeKind
from onething.kernel.access import Actor
from onething.registry import sealing
from onething.registry.models import Person


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reading letters."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the letters this actor may see."""
        return self.filter(policy.notices(actor))

    def addressed_to(self, actor: Actor) -> Self:
        """Keep the letters to whoever asks, as a person."""
        return self.filter(policy.addressee(actor))

    def in_inbox(self) -> Self:
        """Keep the letters that a person reads here; texts that went by phone or mail say the same again."""
        return self.filter(channel=Notice.Channel.IN_APP)


class Notice(models.Model):
    """One letter to a person in one channel. Subject and text are sealed under the person's key."""

    class Channel(models.TextChoices):
        """How a letter travels."""

        IN_APP = "in_app"
        SMS = "sms"
        EMAIL = "email"

    class State(models.TextChoices):
        """Where a letter is."""

        WRITTEN = "written"
        SENT = "sent"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="notices", db_index=False)
    case_id = models.UUIDField(null=True)
    region = models.CharField(max_length=12)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    kind = models.TextField()
    once = models.TextField(default="")  # the caller's word for "this one": a second letter with it is not written
    sealed = models.BinaryField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WRITTEN)
    reason = models.TextField(default="")
    message_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(channel__in=["in_app", "sms", "email"]), name="notice_channel"),
            CheckConstraint(condition=Q(state__in=["written", "sent", "failed"]), name="notice_state"),
            UniqueConstraint(fields=["person", "channel", "once"], condition=~Q(once=""), name="notice_once"),
            UniqueConstraint(fields=["message_id"], name="notice_of_message"),  # read when a message is settled
        ]
        indexes = [
            models.Index(fields=["person", "-at"], name="notice_inbox"),  # read by queries.inbox
            models.Index(fields=["case_id"], name="notice_of_case", condition=Q(case_id__isnull=False)),  # case page
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel}, {self.state}"

    @classmethod
    def written(
        cls,
        person: Person,
        *,
        channel: str,
        kind: str,
        text: tuple[str, str],
        case_id: UUID | None,
        once: str,
        at: datetime,
    ) -> Notice:
        """Make a letter. One for the inbox has arrived by being written."""
        here = channel == cls.Channel.IN_APP
        return cls(
            person=person,
            case_id=case_id,
            region=person.region_id,
            channel=channel,
            kind=kind,
            once=once,
            sealed=person.data_key.seal("notice", {"subject": text[0], "body": text[1]}),
            state=cls.State.SENT if here else cls.State.WRITTEN,
            at=at,
            delivered_at=at if here else None,
        )

    @property
    def text(self) -> tuple[str, str]:
        """Subject and body in clear. Refuses PersonErased."""
        clear = sealing.unseal(self.person_id, bytes(self.sealed), field="notice")
        return clear["subject"], clear["body"]


class ReminderWishSet(models.QuerySet["ReminderWish"]):
    """Reading wishes."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the wish of whoever asks, as a person."""
        return self.filter(policy.addressee(actor))


class ReminderWish(models.Model):
    """How a person wants to be reminded. What the law has them told reaches them by every channel all the same."""

    class Way(models.TextChoices):
        """By which channel a reminder travels."""

        SMS = "sms"
        EMAIL = "email"
        LETTER = "letter"  # in the inbox only
        NONE = "none"

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    way = models.CharField(max_length=8, choices=Way.choices)
    chosen_at = models.DateTimeField()

    objects = ReminderWishSet.as_manager()

    class Meta:
        constraints = [CheckConstraint(condition=Q(way__in=["sms", "email", "letter", "none"]), name="reminder_way")]

    def __str__(self) -> str:
        return f"reminders by {self.way}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Reading documents."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the documents this actor may see."""
        return self.filter(policy.documents(actor))

    def addressed_to(self, actor: Actor) -> Self:
        """Keep the documents issued to whoever asks, as a person."""
        return self.filter(policy.addressee(actor))


class Document(models.Model):
    """
    One signed PDF as it was issued. The file lies in the store, sealed under the person's key.

    `digest` is of the PDF itself, `check_code` is printed beside its QR code, `summary` counts matters by outcome.
    A wrong one is never changed: another one `replaces` it, or it is revoked; both are told to whoever checks it.
    """

    class Kind(models.TextChoices):
        """What a document is."""

        NOTICE = "notice"
        RECEIPT = "receipt"
        SLIP = "slip"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.TextField(unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="documents", db_index=False)
    case_id = models.UUIDField(null=True)
    region = models.CharField(max_length=12)
    masked_name = models.TextField()
    issuer = models.TextField()
    release = models.TextField()
    digest = models.BinaryField(max_length=32)
    check_code = models.CharField(max_length=16)
    summary = models.JSONField(default=dict)
    storage_key = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes of the PDF
    issued_at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    revoked_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=["notice", "receipt", "slip"]), name="document_kind"),
            UniqueConstraint(
                fields=["case_id", "kind"],
                condition=Q(case_id__isnull=False, replaces__isnull=True),
                name="first_document_per_case_and_kind",
            ),
        ]
        indexes = [models.Index(fields=["person", "-issued_at"], name="document_of_person")]  # read by queries.inbox

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def kind_words(self) -> str:
        """What the document is, in the reader's language."""
        return gettext({"notice": "One-time notice", "receipt": "Receipt", "slip": "Result slip"}[self.kind])

    @property
    def successor(self) -> Document | None:
        """The document that replaces this one, if there is one."""
        return getattr(self, "replaced_by", None)

    @property
    def is_void(self) -> bool:
        """Whether it no longer holds."""
        return self.revoked_at is not None or self.successor is not None

    @property
    def outcomes(self) -> list[tuple[OutcomeKind, int]]:
        """How many matters ended in which way: (outcome, count), in the order of the slip."""
        return [(kind, self.summary[kind]) for kind in OUTCOMES if kind in self.summary]

    @property
    def matters(self) -> int:
        """How many matters the slip holds."""
        return sum(count for _, count in self.outcomes)

    @property
    def file_name(self) -> str:
        """The name under which the PDF is saved; ASCII only."""
        return f"{self.kind}-{''.join(c if c.isascii() and c.isalnum() else '-' for c in self.number)}.pdf"

    @property
    def short_digest(self) -> str:
        """The first 16 hex digits of the PDF's sha256, in fours."""
        text = bytes(self.digest).hex()[:16]
        return " ".join(text[i : i + 4] for i in range(0, 16, 4))


class EnclosureQuerySet(models.QuerySet["Enclosure"]):
    """Reading result documents."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the result documents this actor may see."""
        return self.filter(policy.documents(actor))

    def addressed_to(self, actor: Actor) -> Self:
        """Keep those of whoever asks, as a person."""
        return self.filter(policy.addressee(actor))


class Enclosure(models.Model):
    """One result document as a department sent it: a PDF, sealed under the person's key, later inside the slip."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="enclosures", db_index=False)
    case_id = models.UUIDField()
    region = models.CharField(max_length=12)
    title = models.CharField(max_length=200)  # of the matter that it came for
    digest = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()  # bytes of the PDF
    storage_key = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    objects = EnclosureQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["case_id", "digest"], name="enclosure_once_per_case"),
            CheckConstraint(condition=Q(size__gt=0), name="enclosure_not_empty"),
        ]
        indexes = [models.Index(fields=["person", "-received_at"], name="enclosure_of_person")]  # queries.enclosures_of

    def __str__(self) -> str:
        return f"result document {self.pk} of case {self.case_id}"

    @property
    def file_name(self) -> str:
        """The name under which the PDF is saved; ASCII only."""
        return f"result-{bytes(self.digest).hex()[:12]}.pdf"

    @property
    def kilobytes(self) -> int:
        """Its size as people read it; never 0."""
        return max(1, round(self.size / 1024))
