"""Who may do what with accounts and posts, and who sees which rows."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from onething.identity.four_eyes import kinds_approved_by
from onething.kernel.access import Actor, Door, Permission
from onething.registry import policy as registry
from onething.registry import regions

READ_ACCOUNT: Final[Permission] = "identity.read_account"
OPEN_ACCOUNT: Final[Permission] = "identity.open_account"
GIVE_POST: Final[Permission] = "identity.give_post"
ISSUE_API_KEY: Final[Permission] = "identity.issue_api_key"
APPROVE: Final[Permission] = "identity.approve"
"""Be the second pair of eyes for what happens to accounts."""
READ_OWN_LOOKS: Final[Permission] = "identity.read_own_looks"

HELP_OTHERS: Final[Permission] = "identity.help_others"
"""Ask somebody whether one may file in their name."""
CHOOSE_HELPERS: Final[Permission] = "identity.choose_helpers"
"""See who may act in one's own name, and end it."""

RECORD_MANDATE: Final[Permission] = "identity.record_mandate"
"""Record an authorisation that a person signed on paper."""

ANSWER_ERASURE: Final[Permission] = "identity.answer_erasure"
"""Decide about the data of people who closed their account: kept by a duty, or proposed to be destroyed."""

ACT_WITH_CONSENT: Final[Permission] = "identity.act_with_consent"
"""As a portal or mini-program: ask a person by a code to let it act in their session."""

CITIZEN: Final = "citizen"
"""The role of everybody who is in the registry, for their own affairs."""
HELPER: Final = "helper"
"""The role of whoever files in somebody else's name: less than that person may."""
CONSENTED: Final = "consented"
"""The role of a person who comes through a portal that they let in: less than they may themselves."""
NO_POSTS: Final = frozenset({CITIZEN, HELPER, CONSENTED})


def accounts(actor: Actor) -> Q:
    """Keep the accounts an actor sees whatever posts there are: one's own; the system sees all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    return Q(pk=actor.account_id) if actor.account_id else registry.NOTHING


def managed_posts(actor: Actor) -> Q:
    """Keep the posts, and through them the accounts, that staff who read accounts see: their region's and below."""
    return registry.in_region(actor) if actor.door is Door.STAFF and actor.may(READ_ACCOUNT) else registry.NOTHING


def posts(actor: Actor) -> Q:
    """Keep the posts an actor may see: one's own, and those they manage; the system sees all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    own = Q(account_id=actor.account_id) if actor.account_id else registry.NOTHING
    return own | managed_posts(actor)


def api_keys(actor: Actor) -> Q:
    """Keep the API keys an actor may see: one's own, and those of posts they manage; the system sees all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    own = Q(account_id=actor.account_id) if actor.account_id else registry.NOTHING
    manages = actor.door is Door.STAFF and actor.may(ISSUE_API_KEY)
    return own | registry.in_region(actor, "post__region__code") if manages else own


def mandates(actor: Actor) -> Q:
    """Keep the mandates an actor may see: those given by the person, those held by the account; the system all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    held = Q(account_id=actor.account_id) if actor.account_id else registry.NOTHING
    given = Q(person_id=actor.person_id) if actor.door is Door.CITIZEN and actor.person_id else registry.NOTHING
    return held | given


def consents(actor: Actor) -> Q:
    """Keep the consents an actor may see: those the person gave; the system sees all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    given = actor.door is Door.CITIZEN and actor.person_id and actor.consent_id is None
    return Q(person_id=actor.person_id) if given else registry.NOTHING


def proposals(actor: Actor) -> Q:
    """Keep what waits for a second person: in the region of staff who may approve, and what one asked for oneself."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    own = Q(asked_by=actor.account_id) if actor.account_id else registry.NOTHING
    approves = actor.door is Door.STAFF and bool(kinds_approved_by(actor))
    return own | registry.in_region(actor, "region") & Q(kind__in=kinds_approved_by(actor)) if approves else own


def erasures(actor: Actor) -> Q:
    """Keep the requests for erasure that staff answer: their region's and below; the system sees all."""
    if actor.door is Door.SYSTEM:
        return registry.ALL
    answers = actor.door is Door.STAFF and actor.may(ANSWER_ERASURE)
    return registry.in_region(actor, "region") if answers else registry.NOTHING


def may_reach(actor: Actor, region: str) -> bool:
    """Tell whether a division is the actor's or lies below it; the system reaches every one."""
    if actor.door is Door.SYSTEM:
        return True
    return bool(actor.region) and region.startswith(regions.prefix(actor.region))
