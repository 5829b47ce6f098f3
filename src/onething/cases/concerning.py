"""What goes on only when a person looks: which facts raise it, its words, and the letter to the clerks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from onething.cases import queries, services
from onething.cases.models import Case, Concern
from onething.cases.states import ConcernKind
from onething.exchange import queries as order_book
from onething.exchange.states import AmendmentKind
from onething.kernel.access import SYSTEM

Sentence = str | Promise

_HAPPENED: dict[str, Sentence] = {
    ConcernKind.CONTRADICTED: gettext_lazy(
        "The department now says something else than before. Its first answer counts."
    ),
    ConcernKind.LAPSED: gettext_lazy("The person did not mend what was asked for by the last day."),
    ConcernKind.PAPER_MISSED: gettext_lazy("A paper that was to follow did not come by the last day."),
    ConcernKind.HANDED_OVER: gettext_lazy("A colleague handed this case over."),
    "unreachable": gettext_lazy("The order could not be delivered to the department."),
    "refused": gettext_lazy("The department’s system did not take the order."),
    "silent": gettext_lazy("The department has not answered in time."),
    "not_connected": gettext_lazy("The department is not connected here, so the order lies still."),
    "unresolved": gettext_lazy("The department is still silent a day after somebody was told."),
    "supervised": gettext_lazy("The time set to the department for its answer has passed."),
    "withdrawal": gettext_lazy("The department could not be told that the person took this back."),
    ConcernKind.UNDELIVERED: gettext_lazy("A paper that came later could not be delivered to the department."),
    ConcernKind.OBJECTED: gettext_lazy("The person objects to a decision."),
}
_TO_DO: dict[str, Sentence] = {
    "withdrawal": gettext_lazy("Ring the department up and tell it to stop."),
    ConcernKind.CONTRADICTED: gettext_lazy(
        "Ring the department up: which answer is meant? If the second, tell the person and help them."
    ),
    ConcernKind.STUCK: gettext_lazy(
        "Ring the department up. When its line works again, have the order sent again under “Stuck orders”."
    ),
    ConcernKind.UNDELIVERED: gettext_lazy("Ring the department up and bring the paper to it."),
    ConcernKind.OBJECTED: gettext_lazy(
        "Open the case, print the objection and bring it today to the organ that it names; tell the department too."
    ),
    ConcernKind.HANDED_OVER: gettext_lazy("Read what the colleague wrote, do it, and say here when it is done."),
    ConcernKind.LAPSED: gettext_lazy(
        "Ring the person up and help them mend it; if they no longer want it, they can withdraw."
    ),
    ConcernKind.PAPER_MISSED: gettext_lazy(
        "Ring the person up; if the army has not issued the paper, ask it. Departments know that it is missing."
    ),
}


_DETAIL = {AmendmentKind.WITHDRAWAL.value: "withdrawal"}


def happened(concern: Concern) -> Sentence:
    """Say what happened."""
    return _HAPPENED.get(concern.detail) or _HAPPENED.get(concern.kind) or _HAPPENED["silent"]


def to_do(concern: Concern) -> Sentence:
    """Say what to do about it."""
    return _TO_DO.get(concern.detail) or _TO_DO[concern.kind]


def raise_contradiction(*, reply_id: UUID, now: datetime) -> None:
    """Raise that a department contradicts itself, as of the moment it did. Twice raises once."""
    reply = order_book.reply(reply_id)
    order = order_book.order_for(SYSTEM, reply.order_id)
    services.raise_concern(
        case=Case.objects.get(pk=reply.case_id), kind=ConcernKind.CONTRADICTED, about=str(reply_id),
        matter=order.matter, since=reply.received_at, actor=SYSTEM, now=now,
    )  # fmt: skip


def raise_stuck_order(*, order_id: UUID, reason: str, now: datetime) -> None:
    """Raise that an order rests, as of the moment its owner was told; nothing if it moves again. Twice raises once."""
    order = order_book.stuck_orders(SYSTEM).filter(pk=order_id).first()
    if order is None or order.told_at is None:
        return
    services.raise_concern(
        case=Case.objects.get(pk=order.case_id), kind=ConcernKind.STUCK, about=str(order_id),
        matter=order.matter, detail=reason, since=order.told_at, actor=SYSTEM, now=now,
    )  # fmt: skip


def raise_lost_amendment(*, order_id: UUID, amendment_id: UUID, now: datetime) -> None:
    """Raise that a paper which came later, or a withdrawal, did not reach its department. Twice raises once."""
    order = order_book.order_for(SYSTEM, order_id)
    sent = order_book.amendments_of(order).get(pk=amendment_id)
    services.raise_concern(
        case=Case.objects.get(pk=order.case_id), kind=ConcernKind.UNDELIVERED, about=str(amendment_id),
        matter=order.matter, detail=_DETAIL.get(sent.kind, ""), since=sent.created_at, actor=SYSTEM, now=now,
    )  # fmt: skip


def tell_clerks(*, concern_id: UUID, now: datetime) -> None:
    """Write an e-mail to the clerks nearest to the case who have an address. Twice writes once; no name is in it."""
    concern = Concern.objects.select_related("case").get(pk=concern_id)
    addresses = queries.clerks_addresses(concern.region, now=now)
    with translation.override("zh-hans"):
        subject = gettext("Needs a person: %(number)s") % {"number": concern.case.number}
        body = "\n".join([str(happened(concern)), str(to_do(concern)), settings.PUBLIC_URL + reverse("cases:desk")])
    services.tell_of_concern(concern_id=concern_id, to=addresses, subject=subject, body=body, now=now)
