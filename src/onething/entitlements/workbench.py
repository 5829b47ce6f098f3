"""The office's lists: who seems entitled and never asked, whose facts cannot be, and what became of offers."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.catalogue import policy as catalogue
from onething.entitlements import comparing, leads, policy, services
from onething.entitlements.leads import Ask, Key
from onething.entitlements.models import Offer
from onething.kernel import codes
from onething.kernel.errors import Refusal
from onething.plumbing import looks
from onething.plumbing.ui.doors import Request, page

FILTERS = ("outcome", "policy", "grade", "place")
PURPOSE = "entitlements"


@page(may=policy.READ_LEADS, methods=("GET",))
def lines(request: Request) -> HttpResponse:
    """Show who seems entitled and never asked; filters and page stand in the address. The look is noted."""
    ask = _asked(request)
    found = leads.page_of(request.actor, ask)
    _note(request, [row.decision.person_id for row in found.rows])
    shown = {
        "page": found, "ask": ask, "most": leads.MOST_COUNTED, "address": _address(request), "grades": leads.GRADES,
        "kept": _address(request, without="outcome"), "may_offer": request.actor.may(policy.MAKE_OFFER),
        "tabs": [(tab, title, found.counts[tab], tab == ask.outcome) for tab, title in leads.TABS.items()],
    }  # fmt: skip
    return render(request, "entitlements/leads.html", shown)


def _asked(request: Request) -> Ask:
    given = request.GET
    outcome, grade = given.get("outcome", ""), given.get("grade", "")
    return Ask(
        outcome=outcome if outcome in leads.TABS else next(iter(leads.TABS)),
        policy=given.get("policy", ""),
        grade=int(grade) if grade in ("1", "2", "3", "4") else 0,
        place=_place(given.get("place", "").strip()),
        after=Key.read(given.get("after", "")),
    )


def _place(text: str) -> str:
    """Read a division's code, with or without the zeros behind it; what is none filters nothing."""
    try:
        return codes.read_region(text.ljust(12, "0")) if text else ""
    except Refusal:
        return ""


def _address(request: Request, *, without: str = "") -> str:
    kept = {name: value for name in FILTERS if name != without and (value := request.GET.get(name, ""))}
    return urlencode(kept)


@page(may=policy.READ_LEADS, methods=("GET",))
def impossible(request: Request) -> HttpResponse:
    """Show people whose facts cannot be true together, so that somebody looks into their files. The look is noted."""
    after = request.GET.get("after", "")
    found, further = leads.impossible(request.actor, after=int(after) if after.isdigit() and len(after) < 18 else 0)
    _note(request, [one.person_id for one in found])
    return render(request, "entitlements/impossible.html", {"found": found, "after": further, "sweep": leads.latest()})


@page(may=policy.MAKE_OFFER, methods=("POST",))
def preview(request: Request) -> HttpResponse:
    """Show to whom what would be offered, and ask once more. Nothing is changed."""
    rows = leads.chosen(request.actor, _chosen(request))
    _note(request, [row.decision.person_id for row in rows])
    gone = len(set(_chosen(request))) - len(rows)
    return render(request, "entitlements/offer_preview.html", {"rows": rows, "gone": gone})


@page(may=policy.MAKE_OFFER, methods=("POST",))
def make_offers(request: Request) -> HttpResponse:
    """Offer it; each line is told by itself."""
    rows = leads.chosen(request.actor, _chosen(request))
    _note(request, [row.decision.person_id for row in rows])
    done = services.make_offers(
        decision_ids=[row.decision.pk for row in rows], actor=request.actor, now=request.now
    )  # fmt: skip
    told = list(zip(rows, done, strict=True))
    made = sum(one.offer is not None for one in done)
    return render(request, "entitlements/offer_done.html", {"told": told, "made": made, "left": len(done) - made})


def _chosen(request: Request) -> list[int]:
    return [int(text) for text in request.POST.getlist("line") if text.isascii() and text.isdigit() and len(text) < 18]


@page(may=policy.READ_LEADS, methods=("GET",))
def offers(request: Request) -> HttpResponse:
    """Show what became of offers: what is to be done first."""
    tabs = {
        "to_do": _("To be done"),
        Offer.State.OPEN: _("No answer yet"),
        Offer.State.DECLINED: _("Said no"),
        "changed": _("Overtaken by new rules"),
    }
    state = request.GET.get("state", "")
    state = state if state in tabs else "to_do"
    found = leads.offers(request.actor, state=state, now=request.now)
    _note(request, [one.offer.person_id for one in found])
    shown = {
        "found": found, "tabs": [(name, title, name == state) for name, title in tabs.items()],
        "may_settle": request.actor.may(policy.MAKE_OFFER), "mine": request.actor.account_id,
    }  # fmt: skip
    return render(request, "entitlements/offers.html", shown)


@page(may=catalogue.EDIT_PACK, methods=("POST",))
def compare(request: Request, draft_id: UUID) -> HttpResponse:
    """Ask what a draft would change for everybody; it is worked out beside."""
    comparing.begin_comparison(draft_id=draft_id, actor=request.actor, now=request.now)
    return redirect("catalogue:draft", draft_id)


@page(may=policy.MAKE_OFFER, methods=("POST",))
def take(request: Request, offer_id: UUID) -> HttpResponse:
    """Take what an answer asks for upon oneself."""
    services.take_offer(offer_id=offer_id, actor=request.actor, now=request.now)
    return redirect("entitlements:offers")


@page(may=policy.MAKE_OFFER, methods=("POST",))
def settle(request: Request, offer_id: UUID) -> HttpResponse:
    """Record that what an answer asked for is done."""
    services.settle_offer(offer_id=offer_id, actor=request.actor, now=request.now)
    messages.success(request, _("Noted as done."))
    return redirect("entitlements:offers")


def _note(request: Request, persons: list[UUID]) -> None:
    looks.note(persons, way="list", purpose=PURPOSE, actor=request.actor, now=request.now)
