"""The second signer's page, and the applicant's button that sends them the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.cases import forms, policy, queries, services
from onething.cases.forms.helping import CodeForm
from onething.cases.forms.questions import in_words
from onething.cases.forms.sheet import counties
from onething.cases.models import Cosignature
from onething.cases.queries import cosigning
from onething.catalogue import planning
from onething.identity.entrance import address_of
from onething.kernel.errors import Invalid, Refusal
from onething.plumbing.rows import as_house
from onething.plumbing.ui.doors import Request, page

OPENED = "cosign"
BY_CODE = "a second signer needs no account: the code on their phone is the permission"


@dataclass(frozen=True, slots=True)
class Signer:
    """One line of the last page: who has to sign, what, and how far that is."""

    matter: str
    title: Mapping[str, str]
    name: str
    because: Mapping[str, str]
    asked: Cosignature | None
    holds: bool
    reason: str = ""

    @property
    def state(self) -> str:
        """How far: "" not asked (or something else was signed), asked, signed, refused."""
        if self.asked is None or (self.asked.state == Cosignature.State.SIGNED and not self.holds):
            return ""
        return self.asked.state


def signers_of(sheet: forms.Sheet) -> Sequence[Signer]:
    """List who has to sign a form beside the person, as it stands."""
    answers = {**{name: known.value for name, known in sheet.known.items()}, **sheet.answers}
    needed = cosigning.wanted(sheet.draft, sheet.plan, answers, on=sheet.today)
    if not needed:
        return ()
    there = Cosignature.objects.filter(draft=sheet.draft).exclude(state=Cosignature.State.REPLACED)
    rows = {row.matter: row for row in there}
    return [_signer(one, rows.get(one.matter)) for one in needed]


def _signer(one: cosigning.Wanted, row: Cosignature | None) -> Signer:
    holds = row is not None and row.digest == one.digest
    reason = cosigning.reason_in(row) if row else ""
    return Signer(one.matter, one.title, one.name, one.shown["because"], row, holds, reason)


@page(may=policy.FILE_OWN, methods=("POST",))
def ask(request: Request, draft_id: UUID) -> HttpResponse:
    """Send the second signer the code."""
    draft = queries.draft_for(request.actor, draft_id)
    services.ask_cosignature(draft=draft, matter=request.POST.get("matter", ""), actor=request.actor, now=request.now)
    messages.success(request, _("The message is on its way. It works for 24 hours."))
    return redirect("cases:check", draft_id)


@page(public=BY_CODE)
@as_house()
def sign(request: Request, secret: str) -> HttpResponse:
    """Take the code; then show exactly what is to be signed, and take the signature or the refusal."""
    row = cosigning.open_one(secret, now=request.now)
    if request.session.get(OPENED) == str(row.pk):
        return _answer(request, row, secret)
    form = CodeForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            services.open_cosignature(
                secret=secret, code=form.cleaned_data["code"], address=address_of(request), now=request.now
            )
        except Invalid as refused:
            refusal = refused
        else:
            request.session[OPENED] = str(row.pk)
            return redirect("cases:cosign", secret)
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "cases/cosign_code.html", {"form": form, "refusal": refusal}, status=status)


def _answer(request: Request, row: Cosignature, secret: str) -> HttpResponse:
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in ("sign", "refuse"):
        services.answer_cosignature(
            secret=secret,
            signs=answer == "sign",
            digest=request.POST.get("digest", ""),
            reason=request.POST.get("reason", ""),
            actor=request.actor,
            now=request.now,
        )
        del request.session[OPENED]
        return render(request, "cases/cosign_done.html", {"signed": answer == "sign"})
    shown = cosigning.shown_in(row)
    return render(request, "cases/cosign.html", {"row": row, "shown": shown, "rows": list(_in_words(row, shown))})


def _in_words(row: Cosignature, shown: Mapping[str, Any]) -> Iterator[tuple[object, str]]:
    """Say what is signed: each answer under its label."""
    fields = planning.compiled(row.draft.release_id).catalogue.fields
    regions = dict(counties(row.draft.region))
    for name, value in shown["answers"].items():
        yield fields[name].label, in_words(fields[name], value, regions)
