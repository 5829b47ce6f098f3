"""Connecting a department without a shell: one administrator asks, another agrees and is shown the keys once."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onething.exchange import connectors, policy, queries, services
from onething.identity import policy as identity
from onething.identity import services as eyes
from onething.identity.four_eyes import Proposed, deed
from onething.kernel.access import Actor
from onething.kernel.errors import Refusal
from onething.kernel.signing import PublicKey
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words

CONNECT: Final = "exchange.connect_department"


class ConnectionForm(forms.Form):
    """How a department is connected."""

    code = forms.RegexField(r"^[a-z][a-z0-9_]{1,39}$", label=gettext_lazy("Code of the department, as in packs"))
    title = forms.CharField(label=gettext_lazy("Name of the department"), max_length=80)
    title_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=120, required=False)
    region = forms.RegexField(r"^\d{12}$", label=gettext_lazy("Division whose orders it takes (12 digits)"))
    connector = forms.ChoiceField(
        label=gettext_lazy("How"), choices=[(name, name) for name in ("http", "poll", "file", "desk")]
    )
    address = forms.CharField(label=gettext_lazy("Address (none for a desk)"), max_length=300, required=False)
    organisation = forms.CharField(
        label=gettext_lazy("Code of the office whose desk sees the orders"), max_length=60, required=False
    )
    public_key = forms.CharField(
        label=gettext_lazy("The department's own key (whpk_…)"), max_length=120, required=False
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)


@deed(CONNECT, title=gettext_lazy("Connect a department"), ask=policy.CONNECT_DEPARTMENT, approve=identity.APPROVE,
      gives=gettext_lazy("What the department has to be given"))  # fmt: skip
def connect(proposal: Proposed, actor: Actor, now: datetime) -> str:
    """Connect it exactly as was asked for. Refuses what `connect_department` refuses."""
    made = services.connect_department(**proposal.values, actor=actor, now=now)
    return json.dumps(queries.handover(made.department), ensure_ascii=False, indent=1)


@page(may=policy.CONNECT_DEPARTMENT)
def new(request: Request) -> HttpResponse:
    """Ask that a department is connected, or connected otherwise: another administrator reads where orders will go."""
    form, refusal = ConnectionForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, dict(form.cleaned_data))
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Asked for. A second administrator has to agree."))
            return redirect("identity:second_eyes")
    shown = {"form": form, "refusal": in_words(refusal) if refusal else None}
    return render(request, "exchange/connect.html", shown, status=422 if refusal or form.errors else 200)


def _ask(request: Request, given: dict[str, str]) -> None:
    """Refuse now what the connecting itself would refuse, so that nobody agrees to what cannot be."""
    reason = given.pop("reason")
    if connectors.named(given["connector"]).NEEDS_ADDRESS:
        connectors.named(given["connector"]).check_address(given["address"])
    if given["public_key"]:
        PublicKey.read(given["public_key"])
    about = uuid5(NAMESPACE_URL, f"urn:onething:department:{given['code']}:{given['region']}")
    title = f"{given['title']} · {given['region']} · {given['connector']} {given['address']}".strip()
    eyes.propose(
        kind=CONNECT, subject=about, title=title[:300], region=given["region"], values=given, reason=reason,
        actor=request.actor, now=request.now,
    )  # fmt: skip
