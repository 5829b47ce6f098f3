"""Posts: given, ended, and put on as a hat."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from onething.identity import events, policy, queries
from onething.identity.errors import NoSuchPost, OutsideRegion, OwnPost, PeriodWrong, RoleUnknown
from onething.identity.hats import Hat
from onething.identity.models import Account, Post
from onething.kernel.access import Actor
from onething.plumbing.journal import publish, writes
from onething.registry.models import Organisation


@writes
def give_post(
    *,
    account: Account,
    role: str,
    organisation: Organisation,
    region: str,
    valid_from: datetime,
    actor: Actor,
    now: datetime,
    valid_to: datetime | None = None,
    acting: bool = False,
) -> Post:
    """
    Give an account a post: a role at an organisation for a region, until before `valid_to`. Acting posts must end.

    Refuses RoleUnknown, PeriodWrong; OutsideRegion for a division that is not the actor's; OwnPost.
    """
    if not policy.may_reach(actor, region):
        raise OutsideRegion
    if account.pk == actor.account_id:
        raise OwnPost
    if role not in queries.roles() or role in policy.NO_POSTS:
        raise RoleUnknown(role=role)
    if (valid_to is not None and valid_to <= valid_from) or (acting and valid_to is None):
        raise PeriodWrong
    post = Post.objects.create(
        account=account, role=role, organisation=organisation, region_id=region,
        valid_from=valid_from, valid_to=valid_to, acting=acting,
    )  # fmt: skip
    given = events.PostGiven(
        account_id=account.pk, post_id=post.pk, role=role, organisation=organisation.code, region=region,
        valid_from=valid_from, valid_to=valid_to, acting=acting,
    )  # fmt: skip
    publish(given, actor=actor, at=now)
    return post


@writes
def end_post(*, post_id: UUID, at: datetime, actor: Actor, now: datetime) -> None:
    """End a post at a moment, now or later; what was done under it stays. Refuses NoSuchPost, PeriodWrong."""
    post = Post.objects.visible_to(actor).valid_at(now).filter(pk=post_id).first()
    if post is None:
        raise NoSuchPost
    if at < now:
        raise PeriodWrong
    post.valid_to = at
    post.save(update_fields=["valid_to"])
    publish(events.PostEnded(account_id=post.account_id, post_id=post_id, valid_to=at), actor=actor, at=now)


@writes
def choose_hat(*, account_id: UUID, key: str, now: datetime) -> Hat:
    """Put on one of the hats an account has now; `key` is a post's id or "citizen". Refuses NoSuchPost."""
    present = queries.presence(account_id, now)
    hat = next((hat for hat in present.hats if hat.key == key), None) if present else None
    if hat is None:
        raise NoSuchPost
    actor = hat.actor(queries.permissions_of(hat.role))
    publish(events.HatChosen(account_id=account_id, post_id=hat.post_id), actor=actor, at=now)
    return hat
