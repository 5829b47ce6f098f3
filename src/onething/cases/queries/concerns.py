"""Reading what goes on only when a person looks, and whom to tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from onething.cases import notices, policy
from onething.cases.errors import ConcernNotFound
from onething.cases.models import Case, Concern
from onething.cases.states import ConcernKind
from onething.identity import queries as accounts
from onething.identity.models import Account, Post
from onething.kernel.access import Actor
from onething.registry import queries as registry
from onething.registry import regions


@dataclass(frozen=True, slots=True, kw_only=True)
class Worry:
    """One concern as the workbench lists it; `taken_by` is a colleague's name, empty while nobody has it."""

    concern: Concern
    number: str
    matter: Mapping[str, str] | None
    paper: Mapping[str, str] | None
    taken_by: str
    is_mine: bool


def concern_for(actor: Actor, concern_id: UUID) -> Concern:
    """Find one concern. Refuses ConcernNotFound, also where it is not the actor's to see."""
    concern = Concern.objects.visible_to(actor).filter(pk=concern_id).first()
    if concern is None:
        raise ConcernNotFound
    return concern


def worries(actor: Actor, *, most: int | None = None) -> list[Worry]:
    """List what is open in one's division and below, the oldest first, at most so many. Two queries."""
    return _worries(actor, Concern.objects.visible_to(actor).open(), most=most)


def _worries(actor: Actor, concerns: QuerySet[Concern], *, most: int | None = None) -> list[Worry]:
    found = list(concerns.select_related("case").defer("case__answers").order_by("since", "pk")[:most])
    holders = Account.objects.filter(pk__in={c.taken_by for c in found if c.taken_by})
    names = dict(holders.values_list("pk", "display_name"))
    return [
        Worry(
            concern=concern,
            number=concern.case.number,
            matter=notices.matter_title(concern.case.plan, concern.matter) if concern.matter else None,
            paper=_paper_of(concern),
            taken_by=names.get(concern.taken_by, "") if concern.taken_by else "",
            is_mine=concern.taken_by is not None and concern.taken_by == actor.account_id,
        )
        for concern in found
    ]


def _paper_of(concern: Concern) -> Mapping[str, str] | None:
    if concern.kind != ConcernKind.PAPER_MISSED:
        return None
    return notices.material_title(concern.case.plan, concern.about)


def clerks_addresses(region: str, *, now: datetime) -> list[str]:
    """
    Find the e-mail addresses of the staff who take up concerns of a division, at the nearest level that has any.

    An account's address is its work address, else the one its person is registered with.
    """
    roles = [role for role in accounts.roles() if policy.TAKE_UP_CONCERN in accounts.permissions_of(role)]
    posts = Post.objects.valid_at(now).filter(role__in=roles, account__is_active=True)
    near = posts.filter(region_id__in=regions.upwards(region))
    held: defaultdict[str, list[Account]] = defaultdict(list)
    for post in near.select_related("account"):
        held[post.region_id].append(post.account)
    for place in regions.upwards(region):
        known = (_address_of(account) for account in held[place])
        if found := [address for address in dict.fromkeys(known) if address]:
            return found
    return []


def _address_of(account: Account) -> str:
    if account.work_email or account.person_id is None:
        return account.work_email
    fact = registry.known_facts(account.person_id).get("email")
    return str(fact.value) if fact else ""


def concerns_of(actor: Actor, case: Case) -> list[Worry]:
    """List what of one case is open and a person must look at, the oldest first."""
    return _worries(actor, Concern.objects.visible_to(actor).open().filter(case=case))


def places_of(case: Case) -> dict[str, Mapping[str, str]]:
    """Name where a case was taken in and where it is decided: intake, deciding → words. One query."""
    names = registry.region_names([case.intake_region, case.region])
    both = {"intake": case.intake_region or case.region, "deciding": case.region}
    return {key: names.get(code, {"zh": code, "en": code}) for key, code in both.items()}
