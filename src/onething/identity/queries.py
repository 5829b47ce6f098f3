"""Reading accounts, posts and roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import FilteredRelation, Q, QuerySet
from django.utils.module_loading import import_string

from onething.identity.hats import Hat
from onething.identity.models import Account, ApiKey, Post
from onething.identity.policy import CITIZEN
from onething.kernel.access import Permission
from onething.kernel.errors import Invalid
from onething.registry import queries as registry
from onething.registry.models import Organisation, Person
from onething.registry.services import read_phone


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who is signed in: the account's password hash (what a session is tied to), and every hat in force."""

    account_id: UUID
    password: str
    hats: tuple[Hat, ...]


def permissions_of(role: str) -> frozenset[Permission]:
    """Find what a role may do; nothing for a role that is not in the list (any more)."""
    entry = roles().get(role)
    return frozenset(entry[1]) if entry else frozenset()


def role_title(role: str) -> tuple[str, str]:
    """Find how a role is called, in Chinese and in English."""
    entry = roles().get(role)
    return tuple(entry[0]) if entry else (role, role)


def roles() -> Mapping[str, Any]:
    """Read settings.ROLES: role → ((Chinese title, English title), permissions)."""
    table: Mapping[str, Any] = import_string(getattr(settings, "ROLES", "onething.site.roles.ROLES"))
    return table


def posts_of(account: Account, now: datetime) -> QuerySet[Post]:
    """Find the posts an account holds now. One row per post, the oldest first."""
    found = Post.objects.filter(account=account).valid_at(now)
    return found.select_related("organisation", "region").order_by("valid_from", "pk")


def presence(account_id: UUID, now: datetime) -> Presence | None:
    """Find an open account with every hat in force, in one query; None if it is closed or not there."""
    valid = FilteredRelation("posts", condition=Post.in_force(now, "posts__"))
    open_account = Account.objects.annotate(held=valid).filter(pk=account_id, is_active=True)
    rows = list(open_account.order_by("held__valid_from", "held__pk").values_list(*_ACCOUNT_COLUMNS, *_HELD_COLUMNS))
    if not rows:
        return None
    password, person_id, region, forgotten_at = rows[0][:4]
    hats = [_hat(account_id, row[4:]) for row in rows if row[4]]
    if person_id and forgotten_at is None:
        hats.append(Hat(account_id=account_id, person_id=person_id, role=CITIZEN, region=region))
    return Presence(account_id, password, tuple(hats))


_ACCOUNT_COLUMNS = ("password", "person_id", "person__region_id", "person__forgotten_at")
_HELD_COLUMNS = (
    "held__id",
    "held__role",
    "held__organisation__code",
    "held__organisation__name",
    "held__organisation__kind",
    "held__region_id",
    "held__valid_to",
    "held__acting",
)


def _hat(account_id: UUID, columns: tuple[Any, ...]) -> Hat:
    post_id, role, code, name, kind, region, until, acting = columns
    return Hat(
        account_id=account_id,
        post_id=post_id,
        role=role,
        organisation=code,
        organisation_name=name,
        is_department=kind == Organisation.Kind.DEPARTMENT,
        region=region,
        until=until,
        acting=acting,
    )


def api_key(key_id: UUID, now: datetime) -> ApiKey | None:
    """Find a key that is in force, of an open account, under a post in force if it has one. One query."""
    in_force = Q(post__isnull=True) | Post.in_force(now, "post__")
    keys = ApiKey.objects.filter(
        in_force, pk=key_id, revoked_at__isnull=True, expires_at__gt=now, account__is_active=True
    )
    return keys.select_related("account__person", "post__organisation").first()


def hat_of_key(key: ApiKey) -> Hat | None:
    """Find under which hat a key acts: its post's, else the citizen's; None if its account is no citizen's."""
    if key.post is not None:
        office = key.post.organisation
        columns = (key.post.pk, key.post.role, office.code, office.name, office.kind, key.post.region_id, None, False)
        return _hat(key.account_id, columns)
    person = key.account.person
    if person is None or person.forgotten_at is not None:
        return None
    return Hat(account_id=key.account_id, person_id=person.pk, role=CITIZEN, region=person.region_id)


def account_named(name: str) -> Account | None:
    """Find the account that somebody means who types a user name, an ID number or a mobile number."""
    plain = name.strip().lower()
    account = Account.objects.filter(username=plain, is_active=True).first() if plain else None
    if account is not None:
        return account
    person = person_meant(name)
    return Account.objects.filter(person=person, is_active=True).first() if person else None


def person_meant(name: str) -> Person | None:
    """
    Find the person that somebody means who types an ID number or a mobile number.

    A number that several persons share means nobody: they sign in with their ID numbers.
    """
    try:
        phone = read_phone(name)
    except Invalid:
        return _person_by_id_number(name)
    found = registry.persons_by_phone(phone) if phone else []
    return found[0] if len(found) == 1 else None


def _person_by_id_number(text: str) -> Person | None:
    try:
        return registry.person_by_id_number(text)
    except Invalid:
        return None


def hats_of(account_id: UUID | None, now: datetime) -> tuple[Hat, ...]:
    """Find every hat an account may put on now; none for nobody."""
    present = presence(account_id, now) if account_id else None
    return present.hats if present else ()
