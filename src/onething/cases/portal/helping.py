"""Acting for somebody (帮办代办): ask and be allowed, put the hat on; and, for the person, see and end it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onething.cases import papers, queries
from onething.cases.forms.helping import CodeForm, PaperForm, WishForm
from onething.cases.models import Case
from onething.catalogue import queries as catalogue
from onething.catalogue.models import Release
from onething.identity import mandates, policy, sessions
from onething.identity import services as identity
from onething.identity.errors import NobodyByThisName, NoSuchMandate
from onething.identity.mandates import Deed
from onething.identity.models import Mandate
from onething.identity.services.helping import OneCase
from onething.kernel.codes import NATION
from onething.kernel.errors import Invalid, NotFound, Refusal
from onething.plumbing import clock
from onething.plumbing.rows import as_house
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.templatetags.ui import said
from onething.registry import queries as registry
from onething.registry.models import Person

DEEDS: dict[str, str | Promise] = {
    "identity.MandateUsed": gettext_lazy("Began to act for you"),
    "cases.DraftStarted": gettext_lazy("Began the form"),
    "cases.AnswersFilled": gettext_lazy("Filled in answers"),
    "cases.PaperAttached": gettext_lazy("Added a paper"),
    "cases.CaseSubmitted": gettext_lazy("Submitted everything"),
    "cases.CorrectionAnswered": gettext_lazy("Mended what was asked for"),
    "cases.PaperCame": gettext_lazy("Handed in a paper that was to follow"),
    "identity.MandateRevoked": gettext_lazy("Laid it down"),
}
"""What a helper can do, as the person reads it."""


@page(may=policy.HELP_OTHERS)
@as_house()
def helping(request: Request) -> HttpResponse:
    """Show for whom one may act, and ask somebody to allow it: a code goes to their phone."""
    offered = _offered(request)
    form = WishForm(request.POST or None, packs=offered, is_staff=bool(request.actor.post_id))
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            given = {name: form.cleaned_data[name] for name in ("name", "id_number", "kin", "pack")}
            what = said(next(r.title for r in offered if r.pack == given["pack"]))
            number = form.cleaned_data["number"].strip().upper()
            identity.ask_mandate(
                **given,
                what=f"{what} {number}".strip(),
                one_case=_one_case(number, given["pack"]) if number else None,
                actor=request.actor,
                now=request.now,
            )
            return redirect("cases:helping_code")
        except Refusal as refused:
            refusal = refused
    held = mandates.held(request.actor.account_id, request.now) if request.actor.account_id else []
    context = {"form": form, "refusal": refusal, "held": [_line(mandate) for mandate in held]}
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "cases/helping.html", context, status=status)


@page(may=policy.HELP_OTHERS)
@as_house()
def code(request: Request) -> HttpResponse:
    """Take the code that the person read out."""
    form = CodeForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            identity.grant_mandate(code=form.cleaned_data["code"], actor=request.actor, now=request.now)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("It is allowed. You can act for them now."))
            return redirect("cases:helping")
    context = {"form": form, "refusal": refusal}
    return render(request, "cases/helping_code.html", context, status=refusal.status if refusal else 200)


@page(may=policy.HELP_OTHERS, methods=("POST",))
def act(request: Request) -> HttpResponse:
    """Put on the hat of a mandate, or lay the mandate down."""
    mandate = _posted(request)
    if "lay_down" in request.POST:
        identity.revoke_mandate(mandate_id=mandate.pk, actor=request.actor, now=request.now)
        return redirect("cases:helping")
    with as_house():
        means = request.session.get(sessions.MEANS, "")
        hat = identity.act_for(mandate_id=mandate.pk, account_id=mandate.account_id, means=means, now=request.now)
    sessions.wear(request, hat.key)
    return redirect("cases:matters")


@page(may=policy.CHOOSE_HELPERS, methods=("GET",))
def helpers(request: Request) -> HttpResponse:
    """Show a person who may act in their name, until when, and everything that was done."""
    given = list(mandates.given_by(request.actor))
    about = [*queries.cases_of(request.actor).values_list("pk", flat=True)]
    about += [request.actor.person_id] if request.actor.person_id else []
    with as_house():  # the accounts of helpers are not the person's to read; their names are told
        deeds = mandates.deeds_under(given, about)
        lines = [_line(mandate, deeds[mandate.pk], request) for mandate in _with_accounts(given)]
    return render(request, "cases/helpers.html", {"lines": lines})


@page(may=policy.CHOOSE_HELPERS, methods=("POST",))
def end(request: Request) -> HttpResponse:
    """End a mandate at once."""
    identity.revoke_mandate(mandate_id=_posted(request).pk, actor=request.actor, now=request.now)
    messages.success(request, _("It has ended. What was done before stays as it is."))
    return redirect("cases:helpers")


@page(may=policy.RECORD_MANDATE)
def paper(request: Request) -> HttpResponse:
    """Take in an authorisation that a person signed on paper: a picture of it is kept."""
    form = PaperForm(request.POST or None, request.FILES or None, packs=_offered(request))
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            mandate = _record(request, form)
        except (Invalid, NotFound) as refused:
            refusal = refused
        else:
            words = _("Recorded until %(day)s. The person is told.")
            messages.success(request, words % {"day": f"{clock.day_of(mandate.valid_until):%Y-%m-%d}"})
            return redirect("cases:helping")
    context = {"form": form, "refusal": refusal}
    return render(request, "cases/helping_paper.html", context, status=422 if refusal or form.errors else 200)


def _one_case(number: str, pack: str) -> OneCase:
    """Name the only case it is for; a number that leads nowhere is somebody else's, and says nothing either."""
    found = Case.objects.filter(number=number, release__pack=pack).values_list("pk", "person_id").first()
    return OneCase(*found) if found else OneCase(uuid4(), uuid4())


def _record(request: Request, form: PaperForm) -> Mandate:
    given = form.cleaned_data
    content = given["paper"].read(papers.LIMIT + 1)
    helper = _named(given["helper_name"], given["helper_id_number"]) if given["helper_id_number"] else None
    return identity.record_mandate(
        person_id=_named(given["name"], given["id_number"]).pk,
        kin=given["kin"],
        pack=given["pack"],
        paper=content,
        paper_kind=papers.kind_of(content),
        helper=helper,
        actor=request.actor,
        now=request.now,
    )


def _named(name: str, id_number: str) -> Person:
    """Find somebody by the two things that stand on the ID card. Refuses NobodyByThisName."""
    found = registry.person_by_id_number(id_number)
    if found is None or found.name != " ".join(name.split()):
        raise NobodyByThisName
    return found


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One mandate on a page, with what was done under it."""

    mandate: Mandate
    helper: str
    title: object
    is_open: bool
    number: str = ""  # of the only case that it is for
    deeds: tuple[tuple[Deed, str | Promise], ...] = ()


def _line(mandate: Mandate, deeds: list[Deed] | None = None, request: Request | None = None) -> HelpLine:
    newest = catalogue.newest_release(mandate.pack)
    is_open = mandate.revoked_at is None and (request is None or mandate.valid_until > request.now)
    told = tuple((deed, DEEDS[deed.kind]) for deed in deeds or [] if deed.kind in DEEDS)
    title = newest.title if newest else mandate.pack
    number = (
        Case.objects.filter(pk=mandate.case_id).values_list("number", flat=True).first() if mandate.case_id else None
    )
    return HelpLine(mandate, mandates.helper_in_words(mandate), title, is_open, number or "", told)


def _with_accounts(given: list[Mandate]) -> list[Mandate]:
    """Read them once more with their accounts, as the house."""
    rows = Mandate.objects.filter(pk__in=[mandate.pk for mandate in given]).order_by("-given_at")
    return list(rows.select_related("account__person", "post__organisation"))


def _posted(request: Request) -> Mandate:
    try:
        wanted = UUID(request.POST.get("mandate", ""))
    except ValueError as wrong:
        raise NoSuchMandate from wrong
    with as_house():  # a helper does not see the person's row; whose mandate it is, visible_to says
        return mandates.mandate_for(request.actor, wanted)


def _offered(request: Request) -> list[Release]:
    return catalogue.releases_for(request.actor.region or NATION, on=clock.day_of(request.now))
