"""Persons, their keys, and what is known about them from which source."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from onething.kernel.access import Actor
from onething.plumbing import keys
from onething.registry import masks, policy
from onething.registry.cipher import DataKey, WrappedKey, blind_index
from onething.registry.errors import PersonErased
from onething.registry.models.divisions import Region


class PersonQuerySet(models.QuerySet["Person"]):
    """Reading persons."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the persons this actor may see."""
        return self.filter(policy.persons(actor))

    def with_keys(self) -> Self:
        """Bring the keys along, for rows whose sealed fields will be read."""
        return self.select_related("key")


class Person(models.Model):
    """
    A person. Name, ID number and phone are sealed; the ID number and the phone are found by a keyed index.

    Of a forgotten person only the id, the region and the moment of forgetting are left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="persons")  # its LIKE index serves visible_to
    masked_name = models.TextField(blank=True, default="")
    sealed_name = models.BinaryField(null=True)
    sealed_id_number = models.BinaryField(null=True)
    sealed_phone = models.BinaryField(null=True)
    id_index = models.BinaryField(null=True, max_length=32)
    phone_index = models.BinaryField(null=True, max_length=32)
    index_version = models.PositiveSmallIntegerField(default=1, db_default=1)  # of the "index" key
    source = models.TextField()
    checked_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["id_index"], name="person_id_number_once"),
            CheckConstraint(
                condition=Q(
                    forgotten_at__isnull=True,
                    sealed_name__isnull=False,
                    sealed_id_number__isnull=False,
                    sealed_phone__isnull=False,
                    id_index__isnull=False,
                )
                | Q(
                    forgotten_at__isnull=False,
                    sealed_name__isnull=True,
                    sealed_id_number__isnull=True,
                    sealed_phone__isnull=True,
                    id_index__isnull=True,
                    phone_index__isnull=True,
                    masked_name="",
                ),
                name="person_whole_or_forgotten",
            ),
        ]
        indexes = [models.Index(fields=["phone_index"], name="person_by_phone")]  # read by sign-in with a phone code

    def __str__(self) -> str:
        return f"person {self.pk}"

    @cached_property
    def data_key(self) -> DataKey:
        """This person's key, opened once per object. Refuses PersonErased."""
        try:
            return self.key.opened()
        except ObjectDoesNotExist:
            raise PersonErased from None

    @property
    def name(self) -> str:
        """The full name."""
        return self._read("name", self.sealed_name)

    @property
    def id_number(self) -> str:
        """The ID number, 18 places."""
        return self._read("id_number", self.sealed_id_number)

    @property
    def phone(self) -> str:
        """The mobile number, 11 digits, or "" if none is known."""
        return self._read("phone", self.sealed_phone)

    @property
    def masked_id_number(self) -> str:
        """The ID number as lists show it."""
        return masks.id_number(self.id_number)

    @property
    def masked_phone(self) -> str:
        """The mobile number as lists show it."""
        return masks.phone(self.phone)

    def write_name(self, name: str) -> None:
        """Seal the name and keep its mask."""
        self.sealed_name = self.data_key.seal("name", name)
        self.masked_name = masks.name(name)

    def write_id_number(self, number: str) -> None:
        """Seal the ID number and keep its index."""
        self.sealed_id_number = self.data_key.seal("id_number", number)
        self.id_index = blind_index("id_number", number)

    def write_phone(self, phone: str) -> None:
        """Seal the mobile number and keep its index."""
        self.sealed_phone = self.data_key.seal("phone", phone)
        self.phone_index = blind_index("phone", phone) if phone else None

    def index_anew(self) -> None:
        """Write both indexes under the newest "index" key."""
        self.index_version = keys.provider().newest("index")
        self.id_index = blind_index("id_number", self.id_number)
        self.phone_index = blind_index("phone", self.phone) if self.phone else None

    def erase(self, at: datetime) -> None:
        """Empty every field that says who this was (the key is destroyed by the service)."""
        self.sealed_name = self.sealed_id_number = self.sealed_phone = None
        self.id_index = self.phone_index = None
        self.masked_name, self.source, self.forgotten_at = "", "", at

    def _read(self, name: str, sealed: bytes | memoryview[int] | None) -> str:
        if sealed is None:
            raise PersonErased
        return str(self.data_key.unseal(name, bytes(sealed)))


class PersonKey(models.Model):
    """
    A person's data key, locked by the installation's "field" key of the version named.

    A table of its own, so that a dump can leave it out and rotation rewrites nothing else.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="key")
    version = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"key of {self.person_id}"

    @classmethod
    def of(cls, key: DataKey) -> PersonKey:
        """Make the row of a new key."""
        wrapped = key.wrap()
        return cls(person_id=key.person_id, version=wrapped.version, wrapped=wrapped.content)

    def opened(self) -> DataKey:
        """Open the key."""
        return DataKey.unwrap(self.person_id, WrappedKey(self.version, bytes(self.wrapped)))


class KnownFactQuerySet(models.QuerySet["KnownFact"]):
    """Reading known facts."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the facts about persons this actor may see."""
        return self.filter(person__in=Person.objects.visible_to(actor))

    def best_first(self) -> Self:
        """Order by field, the most trustworthy source of each first: grade, then time."""
        return self.order_by("field", "-grade", "-checked_at", "source")


class KnownFact(models.Model):
    """What one source last said about one field of a person. Sources that disagree stay side by side."""

    class Grade(models.IntegerChoices):
        """How good the evidence is. The best one fills the form; the others stay to be compared."""

        STATED = 1  # the person says so
        RECORDED = 2  # another system holds it
        DOCUMENTED = 3  # a clerk saw the document
        AUTHORITATIVE = 4  # the register that is responsible for this field says so

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="known", db_index=False)  # led by the constraint
    field = models.TextField()
    sealed = models.BinaryField()
    source = models.TextField()
    grade = models.PositiveSmallIntegerField(choices=Grade.choices)
    checked_at = models.DateTimeField()

    objects = KnownFactQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["person", "field", "source"], name="one_value_per_field_and_source"),
            CheckConstraint(condition=Q(grade__gte=1, grade__lte=4), name="known_fact_grade"),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.person_id} by {self.source}"

    def value(self, key: DataKey) -> Any:
        """Open the value with its person's key."""
        return self.open(key, self.field, bytes(self.sealed))

    @staticmethod
    def open(key: DataKey, field: str, sealed: bytes) -> Any:
        """Open the value of a field with its person's key."""
        return key.unseal(known_name(field), sealed)

    @classmethod
    def sealed_by(
        cls, key: DataKey, *, field: str, value: Any, source: str, grade: int, checked_at: datetime
    ) -> KnownFact:
        """Make the row of one value."""
        sealed = key.seal(known_name(field), value)
        return cls(
            person_id=key.person_id, field=field, sealed=sealed, source=source, grade=grade, checked_at=checked_at
        )


def known_name(field: str) -> str:
    """Give the name to which the values of a field are bound."""
    return f"known:{field}"
