"""`onething admin`: the way in for the first administrator of an installation, who has nobody to ask."""

from __future__ import annotations

from datetime import datetime

import click
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from onething.identity import queries, services
from onething.identity.models import Account
from onething.kernel.access import SYSTEM
from onething.kernel.codes import NATION
from onething.plumbing import clock
from onething.registry import services as registry
from onething.registry.models import Organisation, Region

OFFICE = "administration"


@click.group()
def admin() -> None:
    """Let administrators in. Whoever may run this holds the installation anyway; the journal keeps that it was run."""


@admin.command()
@click.argument("username")
@click.option("--region", default=NATION, show_default=True, help="Division (12 digits) that the post is for.")
@click.option("--organisation", default=OFFICE, show_default=True, help="Code of the organisation; opened if missing.")
@click.option("--role", default="administrator", show_default=True)
@click.option("--name", default="", help="How colleagues see the account.")
def invite(username: str, region: str, organisation: str, role: str, name: str) -> None:
    """
    Print a one-time link, valid three days, with which USERNAME sets password and authenticator.

    The account and its post are opened if there are none. An authenticator that is set up already ends when the link
    is used: this is also the way back when all administrators have lost theirs.
    """
    token = _invite(username.strip().lower(), region, organisation, role, name or username, clock.now())
    click.echo(settings.PUBLIC_URL + reverse("identity:join", args=[token]))


@transaction.atomic
def _invite(username: str, region: str, organisation: str, role: str, name: str, now: datetime) -> str:
    account = Account.objects.filter(username=username).first() or services.open_account(
        username=username, display_name=name, actor=SYSTEM, now=now
    )
    held = {post.role for post in queries.posts_of(account, now)}
    if role not in held:
        office = _office(organisation, region, now)
        services.give_post(
            account=account, role=role, organisation=office, region=region, valid_from=now, actor=SYSTEM, now=now
        )
    return services.invite(account_id=account.pk, actor=SYSTEM, now=now)


def _office(code: str, region: str, now: datetime) -> Organisation:
    if region == NATION and not Region.objects.filter(code=NATION).exists():
        registry.load_regions(rows=[], source="built in", actor=SYSTEM, now=now)
    return Organisation.objects.filter(code=code).first() or registry.open_organisation(
        code=code, name="系统管理", name_en="Administration", kind="station", region=region, actor=SYSTEM, now=now
    )
