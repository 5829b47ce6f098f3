"""The letter to those who are told on a higher rung of the ladder: which order rests, where to look; no name."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from onething.exchange import services
from onething.exchange.models import Escalation
from onething.identity import queries as accounts


def write_letters(order_id: UUID, *, now: datetime) -> None:
    """Write to the owners named on the higher rungs that an order reached, to each rung once."""
    unwritten = Escalation.objects.filter(order_id=order_id, reason="unresolved", written_at__isnull=True)
    for rung in unwritten.select_related("order").order_by("rung"):
        subject, body = _words(rung)
        to = owner_addresses(rung.owner, now=now)
        services.write_escalation(escalation_id=rung.pk, to=to, subject=subject, body=body, now=now)


def owner_addresses(owner: str, *, now: datetime) -> list[str]:
    """Find the work addresses of an owner written as `role:region`; of any other owner none."""
    role, _, region = owner.partition(":")
    return accounts.work_addresses(role=role, region=region, now=now)


def _words(rung: Escalation) -> tuple[str, str]:
    order = rung.order
    with translation.override("zh-hans"):
        subject = gettext("Still at rest: %(number)s, %(matter)s") % {
            "number": order.case_number, "matter": order.title,
        }  # fmt: skip
        why = gettext("The department has not answered a day after its owner was told. You are the next who is told.")
    return subject, f"{why}\n{settings.PUBLIC_URL}{reverse('exchange:trail', args=[order.pk])}"
