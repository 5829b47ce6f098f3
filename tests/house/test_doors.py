"""Every route names its permission, or says why everybody may come in; the public ones are listed here by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "cases:cosign",
    "home", "healthz", "readyz", "metrics",
    "entitlements:check", "entitlements:policies", "entitlements:policy",
    "ui:care", "ui:language",
    "identity:sign_in", "identity:code", "identity:password", "identity:hat", "identity:me", "identity:sign_out",
    "identity:factor", "identity:join", "identity:change_factor", "identity:leave_errand",
    "identity:close", "identity:sign_out_everywhere", "identity:leave", "identity:come_back",
    "appointments:screen", "appointments:entrance", "appointments:ticket",
    "surveys:answer",
    "correspondence:find_slip", "correspondence:root_certificate", "correspondence:slip",
}  # fmt: skip
"""Adding a name here is a decision: say why in the door's `public=`."""

API = "api/"
"""Below this, django-ninja's operations carry their own authentication; tests of the API look after them."""


def routes() -> list[tuple[str, str, Any]]:
    """List every route outside the API: its name, its path and its view."""
    return [row for row in _walk(get_resolver(), "", "") if not row[1].startswith(API)]


def _walk(node: URLResolver, path: str, space: str) -> Iterator[tuple[str, str, Any]]:
    for entry in node.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from _walk(entry, here, space + inner)
        elif isinstance(entry, URLPattern):
            yield space + (entry.name or here), here, entry.callback


ROUTES = routes()


@pytest.mark.parametrize(("name", "path", "view"), ROUTES, ids=[name for name, _, _ in ROUTES])
def test_a_route_has_a_permission_or_a_reason(name: str, path: str, view: Any) -> None:
    may, public = getattr(view, "may", ""), getattr(view, "public", "")
    assert bool(may) != bool(public), f"{path}: make the view a door with @page(may=…) or @page(public=…)"
    if may:
        module, _, verb = may.partition(".")
        assert module, verb


def test_what_is_public_is_what_we_decided() -> None:
    assert {name for name, _, view in ROUTES if getattr(view, "public", "")} == PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "path", "view"), ROUTES, ids=[name for name, _, _ in ROUTES])
def test_nobody_comes_through_a_door_that_has_a_permission(client: Client, name: str, path: str, view: Any) -> None:
    if getattr(view, "public", ""):
        return
    filled = _fill(path)
    answer = client.get(filled)
    if answer.status_code == 405:
        answer = client.post(filled)
    assert answer.status_code == 302, f"{filled} answered {answer.status_code}"
    assert "/door/sign-in/" in answer["Location"]


def _fill(path: str) -> str:
    samples = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "str": "x", "slug": "x", "path": "x"}
    for kind, value in samples.items():
        while f"<{kind}:" in path:
            start = path.index(f"<{kind}:")
            path = path[:start] + value + path[path.index(">", start) + 1 :]
    return "/" + path


@pytest.mark.django_db
def test_every_answer_carries_strict_headers(client: Client) -> None:
    for address in ("/", "/healthz", "/no/such/page", "/door/sign-in/"):
        answer = client.get(address)
        policy = answer["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "default-src 'none'" in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"


def test_no_page_brings_script_or_style_of_its_own() -> None:
    """The policy forbids it, so such a page would silently look wrong."""
    from tests.house.words import SOURCE

    for path in SOURCE.rglob("templates/**/*.html"):
        text = path.read_text()
        assert "<style" not in text, path
        assert " style=" not in text, path
        assert "<script>" not in text, path
        assert not any(f" {handler}=" in text for handler in ("onclick", "onload", "onsubmit", "onchange")), path
