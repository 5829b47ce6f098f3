"""Doors for citizens (their letters and documents) and for anybody who holds a slip."""

from __future__ import annotations

from uuid import UUID

from cryptography.hazmat.primitives.serialization import Encoding
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from onething.correspondence import certificates, check_codes, policy, queries, services, wording
from onething.correspondence.digesting import MEGABYTES, DigestingHandler
from onething.correspondence.errors import FileTooBig, NoFile
from onething.correspondence.models import Document
from onething.kernel.errors import Invalid, Refusal
from onething.plumbing import clock, looks
from onething.plumbing.rows import as_house
from onething.plumbing.ui import comfort
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request, page

PAGE = 20


@page(may=policy.READ_LETTERS, methods=("GET",))
def inbox(request: Request) -> HttpResponse:
    """Show the letters to whoever is signed in, newest first, and their documents."""
    chosen = Paginator(queries.inbox(request.actor), PAGE).get_page(request.GET.get("page"))
    letters = [queries.in_clear(notice) for notice in chosen]
    papers = {"documents": queries.documents_of(request.actor), "results": queries.enclosures_of(request.actor)}
    return render(request, "correspondence/inbox.html", {"letters": letters, "page": chosen, **papers})


@page(may=policy.READ_LETTERS, methods=("GET",))
def letter(request: Request, notice_id: UUID) -> HttpResponse:
    """Show one letter."""
    found = queries.letter_for(request.actor, notice_id)
    services.mark_read(notice_id=notice_id, actor=request.actor, now=request.now)
    _note(request, found.person_id, "page", "letter")
    return render(request, "correspondence/letter.html", {"letter": found})


@page(may=policy.CHOOSE_REMINDERS)
def ways(request: Request) -> HttpResponse:
    """Choose how one is reminded, the language and the size of type; kept with the account, for every device."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return _chosen(request)
        except Invalid as refused:
            refusal = refused
    now = {
        "reminders": queries.reminder_way(request.actor) or "sms",
        "language": comfort.CODES[reading_language()],
        "care": str(comfort.care_of(request, request.actor)),
    }
    context = {
        "chosen": {**now, **{name: request.POST.get(name, now[name]) for name in now}},
        "ways": wording.reminder_ways(),
        "email": queries.email_of(request.actor.person_id) if request.actor.person_id else "",
        "refusal": refusal,
    }
    return render(request, "correspondence/ways.html", context, status=refusal.status if refusal else 200)


def _chosen(request: Request) -> HttpResponse:
    services.choose_reminders(way=request.POST.get("reminders", ""), actor=request.actor, now=request.now)
    response = redirect("correspondence:ways")
    comfort.remember(response, request.actor, comfort.size(request.POST.get("care")))
    if (wished := request.POST.get("language", "")) in comfort.CODES.values():
        comfort.remember_language(response, request.actor, wished)
        translation.activate(wished)
    messages.success(request, _("It is kept, on every phone on which you sign in."))
    return response


def _note(request: Request, person_id: UUID, way: str, purpose: str) -> None:
    looks.note([person_id], way=way, purpose=purpose, actor=request.actor, now=request.now)


@page(may=policy.READ_DOCUMENT, methods=("GET",))
def document(request: Request, document_id: UUID) -> HttpResponse:
    """Hand out a document as a file."""
    found = queries.document_for(request.actor, document_id)
    _note(request, found.person_id, "file", "document")
    return _handed_out(services.open_document(document=found, actor=request.actor, now=request.now), found.file_name)


@page(may=policy.READ_DOCUMENT, methods=("GET",))
def enclosure(request: Request, enclosure_id: UUID) -> HttpResponse:
    """Hand out a result document as the department sent it."""
    found = queries.enclosure_for(request.actor, enclosure_id)
    _note(request, found.person_id, "file", "document")
    return _handed_out(services.open_enclosure(enclosure=found, actor=request.actor, now=request.now), found.file_name)


@page(public="whoever holds a slip without its QR code types the number and the check code", methods=("GET",))
def find_slip(request: Request) -> HttpResponse:
    """Ask for the number and the check code of a slip, and go there."""
    number, code = request.GET.get("number", "").strip(), check_codes.read(request.GET.get("d", ""))
    if number and code:
        return HttpResponseRedirect(services.check_path(number, code))
    return render(request, "correspondence/find_slip.html", {"number": number})


@csrf_exempt  # changes nothing, and the token would make Django read the file before our handler stands ready
@page(public="the slip's QR code is checked by people without an account")
@as_house()
def slip(request: Request, number: str) -> HttpResponse:
    """Show what stands on the true slip, and check a PDF against it."""
    found = queries.document_by_code(number, request.GET.get("d", ""))
    if found is None:
        return render(request, "correspondence/find_slip.html", {"number": number, "unknown": True}, status=404)
    verdict = _verdict(request, found) if request.method == "POST" else ""
    day = wording.day(clock.day_of(found.issued_at), reading_language())
    digest = bytes(found.digest).hex()
    shown = {"slip": found, "day": day, "digest": digest, "verdict": verdict, "megabytes": MEGABYTES, **_void(found)}
    answer = render(request, "correspondence/slip.html", shown)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _void(found: Document) -> dict[str, str]:
    """Say since when a document no longer holds."""
    moments = {
        "replaced_on": found.successor.issued_at if found.successor else None,
        "revoked_on": found.revoked_at,
    }
    language = reading_language()
    return {name: wording.day(clock.day_of(at), language) for name, at in moments.items() if at}


@page(public="to verify a signature, anybody needs the authority's certificate", methods=("GET",))
def root_certificate(request: Request) -> HttpResponse:
    """Hand out the certificate of this installation's authority."""
    certificate = certificates.root_certificate(request.now).public_bytes(Encoding.DER)
    answer = HttpResponse(certificate, content_type="application/x-x509-ca-cert")
    answer["Content-Disposition"] = 'attachment; filename="one-thing-root.crt"'
    return answer


def _handed_out(pdf: bytes, file_name: str) -> HttpResponse:
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _verdict(request: Request, found: Document) -> str:
    handler = DigestingHandler(first=found.size)
    request.upload_handlers = [handler]
    request.POST  # noqa: B018  # reading it lets the handler see the file
    if handler.too_big:
        raise FileTooBig(megabytes=MEGABYTES)
    if handler.digest is None:
        raise NoFile
    if handler.digest == bytes(found.digest):
        return "same"
    return "grown" if handler.digest_of_first == bytes(found.digest) else "other"
