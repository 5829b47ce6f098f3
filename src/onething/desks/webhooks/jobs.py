"""Reactions and sweeps: ids in, one call out, safe to run twice. Nothing is queued while no program listens."""

from __future__ import annotations

from onething.cases.events import (
    CaseSettled,
    CaseSubmitted,
    CaseWithdrawn,
    CorrectionAsked,
    OutcomeCorrected,
    TaskSettled,
)
from onething.desks.webhooks import services
from onething.desks.webhooks.events import WebhookDue, WebhookGivenUp
from onething.plumbing import clock
from onething.plumbing.journal import Fact, every, on
from onething.registry.events import PersonForgotten


def _listened(fact: Fact) -> bool:
    return services.anybody_listens()


@on(CaseSubmitted, when=_listened)
def tell_submitted(fact: CaseSubmitted) -> None:
    """Tell that a case was submitted."""
    services.note(kind="submitted", case_id=fact.case_id, now=clock.now())


@on(TaskSettled, when=_listened)
def tell_moved(fact: TaskSettled) -> None:
    """Tell that a matter was settled."""
    services.note(kind="moved", case_id=fact.case_id, now=clock.now())


@on(OutcomeCorrected, when=_listened)
def tell_corrected(fact: OutcomeCorrected) -> None:
    """Tell that an outcome was corrected."""
    services.note(kind="moved", case_id=fact.case_id, now=clock.now())


@on(CorrectionAsked, when=_listened)
def tell_asked(fact: CorrectionAsked) -> None:
    """Tell that something is to be mended."""
    services.note(kind="correction_asked", case_id=fact.case_id, now=clock.now())


@on(CaseSettled, when=_listened)
def tell_settled(fact: CaseSettled) -> None:
    """Tell that a case has ended."""
    services.note(kind="settled", case_id=fact.case_id, now=clock.now())


@on(CaseWithdrawn, when=_listened)
def tell_withdrawn(fact: CaseWithdrawn) -> None:
    """Tell that a case was taken back."""
    services.note(kind="withdrawn", case_id=fact.case_id, now=clock.now())


@on(WebhookDue, queue_name="webhooks")
def deliver(fact: WebhookDue) -> None:
    """Send one message."""
    services.deliver(delivery_id=fact.delivery_id, now=clock.now())


@on(WebhookGivenUp)
def tell_owner(fact: WebhookGivenUp) -> None:
    """Say to a person that a program is not called any more."""
    services.tell_owner(subscription_id=fact.subscription_id, now=clock.now())


@every("* * * * *")
def deliver_due() -> None:
    """Send again what is due."""
    for delivery_id in services.due(clock.now()):
        services.deliver(delivery_id=delivery_id, now=clock.now())


@every("35 17 * * *")
def sweep() -> None:
    """Remove old messages."""
    services.sweep(now=clock.now())


@on(PersonForgotten, lock="person:{person_id}")
def forget(fact: PersonForgotten) -> None:
    """Remove the messages about somebody whose data was deleted."""
    services.forget(person_id=fact.person_id)
