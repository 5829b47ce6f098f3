"""Which OpenID providers an installation trusts, read from its environment. Pure.

ONETHING_OIDC=county,office                 their names, as they stand in addresses
ONETHING_OIDC_COUNTY_ISSUER=https://id.example.gov.cn
ONETHING_OIDC_COUNTY_FOR=citizens           or staff; whoever serves both is named twice
ONETHING_OIDC_COUNTY_CLIENT_ID=onething

Everything else has a default: docs/install.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from onething.identity.errors import ProviderMisconfigured

CITIZENS, STAFF = "citizens", "staff"
_NAME = re.compile(r"[a-z][a-z0-9]{0,19}")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One OpenID provider: where it is, whom it lets in, and which of its claims say who somebody is."""

    name: str
    issuer: str
    serves: str
    client_id: str
    client_secret: str
    title: str
    title_en: str
    scope: str
    id_number: str
    full_name: str
    verified: str  # this claim must be true; "" where the provider gives no number that it has not verified
    username: str
    strong: frozenset[str]  # values of acr or amr that stand for the authenticator
    strong_request: str  # asked for as acr_values


def configured(environment: Mapping[str, str]) -> dict[str, Provider]:
    """Read the providers by name, in their order. Refuses ProviderMisconfigured."""
    names = [name.strip().lower() for name in environment.get("ONETHING_OIDC", "").split(",") if name.strip()]
    return {name: _read(name, environment) for name in names}


def _read(name: str, environment: Mapping[str, str]) -> Provider:
    def value(key: str, default: str = "") -> str:
        return environment.get(f"ONETHING_OIDC_{name.upper()}_{key}", default).strip()

    if not _NAME.fullmatch(name):
        raise ProviderMisconfigured(name=name, variable="ONETHING_OIDC")
    serves, client_id = value("FOR", CITIZENS), value("CLIENT_ID")
    if serves not in (CITIZENS, STAFF):
        raise ProviderMisconfigured(name=name, variable=f"ONETHING_OIDC_{name.upper()}_FOR")
    if not client_id:
        raise ProviderMisconfigured(name=name, variable=f"ONETHING_OIDC_{name.upper()}_CLIENT_ID")
    title = value("TITLE", name)
    return Provider(
        name=name,
        issuer=_issuer(name, value("ISSUER")),
        serves=serves,
        client_id=client_id,
        client_secret=value("CLIENT_SECRET"),
        title=title,
        title_en=value("TITLE_EN", title),
        scope=value("SCOPE", "openid profile"),
        id_number=value("ID_NUMBER_CLAIM", "id_number"),
        full_name=value("NAME_CLAIM", "name"),
        verified=value("VERIFIED_CLAIM"),
        username=value("USERNAME_CLAIM", "preferred_username"),
        strong=frozenset(value("STRONG").split()),
        strong_request=value("STRONG_ACR"),
    )


def _issuer(name: str, address: str) -> str:
    """Check an issuer's address: https, or http to this machine itself; no user, no query."""
    parts = urlsplit(address)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not (is_safe and parts.hostname and address.isprintable()) or parts.query or parts.fragment or parts.username:
        raise ProviderMisconfigured(name=name, variable=f"ONETHING_OIDC_{name.upper()}_ISSUER")
    return address


def is_at_issuer(provider: Provider, address: str) -> bool:
    """Tell whether an address lies on the issuer's own scheme, host and port: nowhere else do we call."""
    theirs, ours = urlsplit(address), urlsplit(provider.issuer)
    return (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc)
