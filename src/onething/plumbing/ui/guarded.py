"""
Showing a file that somebody handed in: never as part of our own pages, whatever is in it.

It comes with its true kind and nosniff, may load nothing and run nothing. A picture is locked into a sandbox besides;
the browser's own viewer of PDFs does not work in one, and a PDF runs no script of a page.
"""

from __future__ import annotations

from django.http import HttpResponse

from onething.plumbing.ui.headers import POLICY

NOTHING = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"
SHOWN = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


def inline(content: bytes, *, kind: str) -> HttpResponse:
    """Answer with a file to be looked at; what is neither picture nor PDF is only to be saved."""
    is_shown = kind in SHOWN
    response = HttpResponse(content, content_type=kind if is_shown else "application/octet-stream")
    ending = SHOWN.get(kind, "bin")
    response["Content-Disposition"] = f'{"inline" if is_shown else "attachment"}; filename="paper.{ending}"'
    response["Content-Security-Policy"] = NOTHING if kind == "application/pdf" else f"sandbox; {NOTHING}"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def framing_own(response: HttpResponse) -> HttpResponse:
    """Let a page show one of our own addresses in a frame: the viewer of PDFs."""
    response["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return response
