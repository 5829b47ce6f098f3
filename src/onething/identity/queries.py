"""Reading accounts, posts and roles."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, FilteredRelation, OuterRef, Prefetch, Q, QuerySet
from django.utils.module_loading import import_string

from onething.identity import look_words
from onething.identity.errors import LinkUsed, NoSuchAccount
from onething.identity.hats import Hat
from onething.identity.models import Account, ApiKey, Consent, ErasureRequest, Invitation, Post, Proposal, SecondFactor
from onething.identity.policy import CITIZEN
from onething.kernel.access import Actor, Permission
from onething.kernel.errors import Invalid
from onething.kernel.language import Language
from onething.plumbing.looks.models import Look
from onething.registry import queries as registry
from onething.registry.models import Organisation, Person
from onething.registry.services import read_name, read_phone


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who is signed in: what a session is held to (password hash, oldest begin), and every hat in force."""

    account_id: UUID
    password: str
    sessions_since: datetime | None
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
    password, sessions_since, person_id, region, forgotten_at = rows[0][: len(_ACCOUNT_COLUMNS)]
    held = [row[len(_ACCOUNT_COLUMNS) :] for row in rows]
    hats = [_hat(account_id, columns) for columns in held if columns[0]]
    if person_id and forgotten_at is None:
        hats.append(Hat(account_id=account_id, person_id=person_id, role=CITIZEN, region=region))
    return Presence(account_id, password, sessions_since, tuple(hats))


_ACCOUNT_COLUMNS = ("password", "sessions_since", "person_id", "person__region_id", "person__forgotten_at")
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


def person_named(name: str, id_number: str) -> Person | None:
    """Find whom a name and an ID number mean together; None for nobody, and for what cannot be read."""
    try:
        person = registry.person_by_id_number(id_number)
        return person if person and hmac.compare_digest(person.name.encode(), read_name(name).encode()) else None
    except Invalid:
        return None


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


def needs_factor(account_id: UUID, now: datetime) -> bool:
    """Tell whether an account holds a post now: then a password alone opens nothing."""
    return Post.objects.filter(account_id=account_id).valid_at(now).exists()


def has_factor(account_id: UUID) -> bool:
    """Tell whether an account has an authenticator."""
    return SecondFactor.objects.filter(account_id=account_id).exists()


def digest_of_link(token: str) -> bytes:
    """Compute what is kept of a one-time link's token: it has 256 random bits, so there is nothing to guess."""
    return hashlib.sha256(token.encode()).digest()


def invitation(token: str, now: datetime, *, lock: bool = False) -> Invitation:
    """Find the open one-time link with this token, and its account. Refuses LinkUsed."""
    rows = Invitation.objects.select_related("account__person").filter(account__is_active=True)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(digest=digest_of_link(token), expires_at__gt=now).first()
    if found is None:
        raise LinkUsed
    return found


def staff_of(actor: Actor) -> QuerySet[Account]:
    """Find the staff accounts an actor looks after, by user name; each with its posts, the newest first."""
    posts = Post.objects.visible_to(actor).select_related("organisation", "region").order_by("-valid_from", "pk")
    found = Account.objects.visible_to(actor).filter(posts__in=posts.values("pk")).distinct()
    shown = found.annotate(with_factor=Exists(SecondFactor.objects.filter(account_id=OuterRef("pk"))))
    return shown.prefetch_related(Prefetch("posts", posts, to_attr="held")).order_by("username")


def staff_account(actor: Actor, account_id: UUID) -> Account:
    """Find one staff account an actor looks after, with its posts. Refuses NoSuchAccount."""
    found = staff_of(actor).filter(pk=account_id).first()
    if found is None:
        raise NoSuchAccount
    return found


def work_addresses(*, role: str, region: str, now: datetime) -> list[str]:
    """Find where the house writes to those who hold a role for exactly this division now. Each address once."""
    posts = Post.objects.valid_at(now).filter(role=role, region_id=region, account__is_active=True)
    known = posts.exclude(account__work_email="").order_by("account__opened_at")
    return list(dict.fromkeys(known.values_list("account__work_email", flat=True)))


def keys_of(actor: Actor, account_id: UUID) -> QuerySet[ApiKey]:
    """Find the API keys of an account that an actor may see, the newest first."""
    return ApiKey.objects.visible_to(actor).filter(account_id=account_id).select_related("post").order_by("-issued_at")


def all_keys(actor: Actor) -> QuerySet[ApiKey]:
    """Find every API key that an actor looks after; those in force first, the next to end before the others."""
    found = ApiKey.objects.visible_to(actor).select_related("account", "post__organisation", "post__region")
    return found.order_by(F("revoked_at").asc(nulls_first=True), "expires_at", "pk")


def names_by_reference(references: Iterable[str]) -> dict[str, str]:
    """Name the staff behind actors' references ("staff:<post>"): user names, for colleagues."""
    posts = {reference.partition(":")[2]: reference for reference in references if reference.startswith("staff:")}
    found = Post.objects.filter(pk__in=posts).values_list("pk", "account__username")
    return {posts[str(pk)]: name for pk, name in found}


def consents_of(actor: Actor, now: datetime) -> QuerySet[Consent]:
    """Find the portals that a person let in and that are still told something, the newest first."""
    given = Consent.objects.visible_to(actor).in_force(now)
    return given.select_related("key__post__organisation").order_by("-given_at")


def has_let_in(person_id: UUID, key_id: UUID, now: datetime) -> bool:
    """Tell whether a person's consent to a portal is in force."""
    return Consent.objects.in_force(now).filter(person_id=person_id, key_id=key_id).exists()


def proposals(actor: Actor, now: datetime) -> list[Proposal]:
    """Find what waits for a second person and this actor asked for or may decide. The oldest first."""
    return list(Proposal.objects.visible_to(actor).waiting_at(now).order_by("asked_at"))


def proposal_about(actor: Actor, kind: str, subject: UUID, now: datetime) -> Proposal | None:
    """Find what waits for a second person about one subject, if this actor may see it."""
    return Proposal.objects.visible_to(actor).waiting_at(now).filter(kind=kind, subject=subject).first()


def proposals_to_decide(actor: Actor, now: datetime) -> int:
    """Count what waits for this actor's yes or no."""
    return sum(proposal.asked_by != actor.account_id for proposal in proposals(actor, now))


def names_of(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Find how people are shown to others: display name, else a citizen's masked name, else the user name."""
    rows = Account.objects.filter(pk__in=set(account_ids))
    named = rows.values_list("pk", "display_name", "person__masked_name", "username")
    return {pk: shown or masked or username for pk, shown, masked, username in named}


def holders(post_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Find who holds a post, or held it: post → how colleagues see its account. One query."""
    rows = Post.objects.filter(pk__in=set(post_ids)).values_list("pk", "account__display_name", "account__username")
    return {pk: shown or username for pk, shown, username in rows}


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at the same office who may do the same thing: their post in force, and how they are called."""

    post_id: UUID
    account_id: UUID
    name: str


def colleagues(actor: Actor, permission: Permission, now: datetime) -> list[Colleague]:
    """Find who else at the actor's office holds a post in force with a permission, by name. One query."""
    able = [role for role in roles() if permission in permissions_of(role)]
    posts = Post.objects.valid_at(now).filter(
        organisation__code=actor.organisation, role__in=able, account__is_active=True
    )
    others = posts.exclude(pk=actor.post_id) if actor.post_id else posts
    rows = others.values_list("pk", "account_id", "account__display_name", "account__username")
    found = [Colleague(pk, account, shown or username) for pk, account, shown, username in rows]
    return sorted(found, key=lambda one: (one.name, one.post_id))


@dataclass(frozen=True, slots=True)
class RoleInWords:
    """A role as it is printed: what it is called, what it is for, and one sentence for each thing it may do."""

    role: str
    title: str
    purpose: str
    sentences: tuple[str, ...]


def role_in_words(role: str, language: Language) -> RoleInWords:
    """Say a role in sentences that an official can read."""
    place = language == "en"
    purposes: Mapping[str, tuple[str, str]] = import_string(f"{_roles_module()}.PURPOSES")
    sentences = tuple(permission_in_words(permission, language) for permission in sorted(permissions_of(role)))
    return RoleInWords(role, role_title(role)[place], purposes.get(role, ("", ""))[place], sentences)


def permission_in_words(permission: Permission, language: Language) -> str:
    """Say what a permission allows; one without words is named as it is."""
    sentences: Mapping[str, tuple[str, str]] = import_string(f"{_roles_module()}.SENTENCES")
    found = sentences.get(permission)
    return found[language == "en"] if found else permission


def reads_persons(scopes: Iterable[Permission]) -> bool:
    """Tell whether one of these permissions shows anything of other people."""
    showing: frozenset[Permission] = import_string(f"{_roles_module()}.READS_PERSONS")
    return not showing.isdisjoint(scopes)


def _roles_module() -> str:
    return str(getattr(settings, "ROLES", "onething.site.roles.ROLES")).rpartition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookTold:
    """One look at a person's file, as the person reads it."""

    at: datetime
    name: str
    role: str
    organisation: str
    way: str
    purpose: str
    is_helper: bool


def looks_at(actor: Actor) -> QuerySet[Look]:
    """Find the looks at the person who asks, the newest first."""
    return Look.objects.visible_to(actor).order_by("-at", "-id")


def told(looks: Sequence[Look], language: Language) -> list[LookTold]:
    """Say who it was, under which post, and what for. Three queries, however many looks."""
    place = language == "en"
    names = names_of(look.account_id for look in looks if look.account_id)
    offices = Organisation.objects.filter(code__in={look.organisation for look in looks})
    titles = {office.code: (office.name_en if place else "") or office.name for office in offices}
    return [
        LookTold(
            at=look.at,
            name=names.get(look.account_id, "") if look.account_id else "",
            role=role_title(look.role)[place] if look.role else "",
            organisation=titles.get(look.organisation, look.organisation),
            way=look_words.way(look.way),
            purpose=look_words.purpose(look.purpose),
            is_helper=look.actor.startswith("helper:"),
        )
        for look in looks
    ]


def erasures(actor: Actor) -> QuerySet[ErasureRequest]:
    """List the requests for erasure that an actor may answer: open ones first, the oldest first."""
    return ErasureRequest.objects.visible_to(actor).select_related("person").order_by("answered_at", "asked_at")
