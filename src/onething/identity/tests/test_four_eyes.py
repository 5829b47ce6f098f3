"""What needs two people: asked for by one, done when another one agrees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from onething.identity import queries, services
from onething.identity.errors import (
    NoSuchAccount,
    NoSuchProposal,
    OutsideRegion,
    OwnPost,
    ProposedAlready,
    ReasonMissing,
    SameEyes,
)
from onething.identity.hats import Hat
from onething.identity.models import Account, Proposal
from onething.identity.tests.factories import clerk, post, with_app
from onething.kernel.access import SYSTEM, Actor
from onething.kernel.errors import Denied
from onething.plumbing.journal.models import Entry
from onething.registry.tests.factories import COUNTY, NEIGHBOUR, NOW

pytestmark = pytest.mark.django_db
RESET, CLOSE = "identity.reset_second_factor", "identity.close_account"
REOPEN = "identity.reopen_account"


def acting_as(account: Account, role: str = "administrator", region: str = COUNTY) -> Actor:
    """Give an account a post, and act under it."""
    held = post(account, role, region=region)
    hats: tuple[Hat, ...] = queries.hats_of(account.pk, NOW)
    worn = next(hat for hat in hats if hat.post_id == held.pk)
    return worn.actor(queries.permissions_of(role))


@pytest.fixture
def one() -> Actor:
    return acting_as(clerk("admin.one"))


@pytest.fixture
def two() -> Actor:
    return acting_as(clerk("admin.two"))


@pytest.fixture
def lost() -> Account:
    account = with_app(clerk())
    post(account)
    return account


def ask(actor: Actor, about: Account, kind: str = RESET, **wishes: Any) -> Proposal:
    given: dict[str, Any] = {"title": about.username, "region": COUNTY, "reason": "手机丢了", "now": NOW}
    return services.propose(kind=kind, subject=about.pk, actor=actor, **given | wishes)


def test_a_lost_authenticator_is_reset_when_two_agree(one: Actor, two: Actor, lost: Account) -> None:
    proposal = ask(one, lost)
    assert queries.has_factor(lost.pk), "asking changes nothing"
    assert queries.proposals_to_decide(two, NOW) == 1
    path = services.approve(proposal_id=proposal.pk, actor=two, now=NOW)
    assert not queries.has_factor(lost.pk)
    assert queries.invitation(path.split("/")[-2], NOW).account == lost
    lost.refresh_from_db()
    assert lost.sessions_since == NOW
    fact = Entry.objects.get(kind="identity.ProposalApproved")
    assert (fact.actor, fact.payload["asked_by"]) == (two.reference, str(one.account_id))


def test_an_account_is_closed_when_two_agree(one: Actor, two: Actor, lost: Account) -> None:
    services.approve(proposal_id=ask(one, lost, CLOSE).pk, actor=two, now=NOW)
    lost.refresh_from_db()
    assert not lost.is_active


def test_nobody_agrees_to_their_own_wish_under_whatever_post(one: Actor, lost: Account) -> None:
    proposal = ask(one, lost)
    with pytest.raises(SameEyes):
        services.approve(proposal_id=proposal.pk, actor=one, now=NOW)
    second_post = acting_as(Account.objects.get(pk=one.account_id))
    with pytest.raises(SameEyes):
        services.approve(proposal_id=proposal.pk, actor=second_post, now=NOW)
    assert queries.has_factor(lost.pk)


def test_whom_it_concerns_does_not_decide(one: Actor, two: Actor) -> None:
    proposal = ask(one, Account.objects.get(pk=two.account_id))
    with pytest.raises(SameEyes):
        services.approve(proposal_id=proposal.pk, actor=two, now=NOW)


def test_the_database_itself_keeps_one_person_from_being_both(one: Actor, lost: Account) -> None:
    proposal = ask(one, lost)
    with pytest.raises(IntegrityError, match="proposal_has_four_eyes"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(
            state="approved", decided_by=one.account_id, decided_under=None, decided_at=NOW
        )


def test_what_was_decided_or_ran_out_is_not_decided_again(one: Actor, two: Actor, lost: Account) -> None:
    first = ask(one, lost)
    services.turn_down(proposal_id=first.pk, actor=two, now=NOW)
    for decide in (services.approve, services.turn_down):
        with pytest.raises(NoSuchProposal):
            decide(proposal_id=first.pk, actor=two, now=NOW)
    second = ask(one, lost)
    late = NOW + timedelta(days=14)
    with pytest.raises(NoSuchProposal):
        services.approve(proposal_id=second.pk, actor=two, now=late)
    assert ask(one, lost, now=late).pk != second.pk
    assert queries.has_factor(lost.pk)


def test_what_is_refused_when_something_is_asked_for(one: Actor, lost: Account) -> None:
    ask(one, lost)
    with pytest.raises(ProposedAlready):
        ask(one, lost)
    with pytest.raises(ReasonMissing):
        ask(one, lost, CLOSE, reason="  ")
    with pytest.raises(OutsideRegion):
        ask(one, lost, CLOSE, region=NEIGHBOUR)
    for actor, kind in ((acting_as(clerk("some.clerk"), "clerk"), CLOSE), (one, "no.such_deed"), (SYSTEM, CLOSE)):
        with pytest.raises(Denied):
            ask(actor, lost, kind)


def test_an_administrator_elsewhere_neither_sees_nor_decides(one: Actor, lost: Account) -> None:
    elsewhere = acting_as(clerk("admin.three"), region=NEIGHBOUR)
    proposal = ask(one, lost)
    assert queries.proposals(elsewhere, NOW) == []
    with pytest.raises(NoSuchProposal):
        services.approve(proposal_id=proposal.pk, actor=elsewhere, now=NOW)
    assert [p.pk for p in queries.proposals(one, NOW)] == [proposal.pk]


def test_a_post_is_given_in_ones_own_division_and_never_to_oneself(one: Actor, lost: Account) -> None:
    with pytest.raises(OutsideRegion):
        post(lost, region=NEIGHBOUR, actor=one)
    with pytest.raises(OwnPost):
        post(Account.objects.get(pk=one.account_id), actor=one)
    assert post(lost, "department", actor=one)


def test_a_closed_account_is_opened_again_when_two_agree_with_a_new_authenticator(
    one: Actor, two: Actor, lost: Account
) -> None:
    services.close_account(account_id=lost.pk, actor=SYSTEM, now=NOW)
    asked = ask(one, lost, REOPEN)
    with pytest.raises(SameEyes):
        services.approve(proposal_id=asked.pk, actor=one, now=NOW)
    assert not Account.objects.get(pk=lost.pk).is_active
    link = services.approve(proposal_id=asked.pk, actor=two, now=NOW)
    again = Account.objects.get(pk=lost.pk)
    assert again.is_active and again.sessions_since == NOW
    assert "/join/" in link and not queries.has_factor(lost.pk)
    assert Entry.objects.filter(kind="identity.AccountReopened").count() == 1


def test_only_a_closed_account_is_opened_again(one: Actor, two: Actor, lost: Account) -> None:
    asked = ask(one, lost, REOPEN)
    with pytest.raises(NoSuchAccount):
        services.approve(proposal_id=asked.pk, actor=two, now=NOW)
