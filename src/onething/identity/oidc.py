"""Talking to an OpenID provider: authorization code with PKCE (S256), state and nonce. No database here.

    begun = begin(provider, back_to=…, now=…)      # send the browser to begun.address, keep begun.kept in its session
    claims = finish(provider, kept, answer, …)     # what the provider says about who came back

Calls go to the issuer's own host only, never follow a redirect, end after seconds and read no more than 256 kB.
Sources: OpenID Connect Core 1.0, 3.1; Discovery 1.0, 4; RFC 7636 (PKCE); RFC 9207 (iss in the answer).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from onething.identity.errors import (
    ProviderDeclined,
    ProviderNotTrusted,
    ProviderSilent,
    SignInNotBegun,
)
from onething.identity.providers import Provider, is_at_issuer

LASTS: Final = timedelta(minutes=10)  # between leaving for the provider and coming back
LEEWAY: Final = timedelta(minutes=2)  # between two clocks
ALGORITHMS: Final = [
    "RS256",
    "PS256",
    "ES256",
    "ES384",
    "RS512",
    "PS512",
    "EdDSA",
    "Ed25519",
]  # no "none", no shared secret
_REMEMBERED: Final = timedelta(hours=1)
_REREAD: Final = timedelta(seconds=30)  # an unknown key is looked up again, at most so often
_TIMEOUT: Final = httpx.Timeout(5)
_MOST: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes, and what its session keeps until it comes back."""

    address: str
    kept: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of a provider: its endpoints, its keys, since when."""

    endpoints: Mapping[str, Any]
    keys: KeySet
    at: datetime


_known: dict[Provider, _Known] = {}
_lock = threading.Lock()


def begin(provider: Provider, *, back_to: str, now: datetime) -> Begun:
    """Begin a sign-in that comes back to `back_to`. Refuses ProviderSilent, ProviderNotTrusted."""
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(kept["verifier"].encode()).digest()).rstrip(b"=")
    question = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back_to,
        "scope": provider.scope,
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
    }
    if provider.strong_request:
        question["acr_values"] = provider.strong_request
    address = _endpoint(provider, "authorization_endpoint", now)
    kept |= {"provider": provider.name, "until": (now + LASTS).isoformat()}
    return Begun(f"{address}{'&' if '?' in address else '?'}{urlencode(question)}", kept)


def finish(
    provider: Provider, kept: Mapping[str, str], answer: Mapping[str, str], *, back_to: str, now: datetime
) -> dict[str, Any]:
    """
    Check the browser's answer, redeem its code, and give what the provider says: the claims of the ID token and,
    where there is one, of its user-info endpoint.

    `kept` must have been taken out of the session: an answer counts once. Refuses SignInNotBegun (unknown, used or
    old state), ProviderDeclined, ProviderSilent, ProviderNotTrusted.
    """
    _check_begun(provider, kept, answer, now)
    tokens = _redeem(provider, kept["verifier"], answer["code"], back_to, now)
    claims = _read_id_token(provider, str(tokens.get("id_token", "")), now)
    _check_claims(provider, claims, kept["nonce"], now)
    return _user_info(provider, claims, str(tokens.get("access_token", "")), now) | claims


def _check_begun(provider: Provider, kept: Mapping[str, str], answer: Mapping[str, str], now: datetime) -> None:
    is_ours = hmac.compare_digest(kept.get("state", "").encode(), answer.get("state", "").encode())
    if not kept.get("state") or not is_ours or kept["provider"] != provider.name:
        raise SignInNotBegun
    if now >= datetime.fromisoformat(kept["until"]):
        raise SignInNotBegun
    if answer.get("iss", provider.issuer) != provider.issuer:
        raise ProviderNotTrusted(reason="iss")
    if not answer.get("code"):
        raise ProviderDeclined


def _redeem(provider: Provider, verifier: str, code: str, back_to: str, now: datetime) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back_to,
        "client_id": provider.client_id,
        "code_verifier": verifier,
    }
    ways = _of(provider, now).endpoints.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    headers = {}
    if provider.client_secret and "client_secret_basic" in ways:
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    elif provider.client_secret:
        form["client_secret"] = provider.client_secret
    return _call(provider, "POST", _endpoint(provider, "token_endpoint", now), data=form, headers=headers)


def _read_id_token(provider: Provider, token: str, now: datetime) -> dict[str, Any]:
    """Check the signature by the provider's keys; with a key we do not know they are read once more."""
    try:
        return dict(jwt.decode(token, _of(provider, now).keys, algorithms=ALGORITHMS).claims)
    except (JoseError, ValueError):
        fresh = _of(provider, now, no_older_than=_REREAD)
    try:
        return dict(jwt.decode(token, fresh.keys, algorithms=ALGORITHMS).claims)
    except (JoseError, ValueError) as forged:
        raise ProviderNotTrusted(reason="signature") from forged


def _check_claims(provider: Provider, claims: Mapping[str, Any], nonce: str, now: datetime) -> None:
    """Hold an ID token to Core 3.1.3.7: issuer, audience, party, time, nonce. Refuses ProviderNotTrusted."""
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp", provider.client_id if len(audiences) == 1 else None)
    checks = {
        "iss": claims.get("iss") == provider.issuer,
        "aud": provider.client_id in audiences and party == provider.client_id,
        "exp": _second(claims, "exp") > (now - LEEWAY).timestamp(),
        "iat": 0 < _second(claims, "iat") < (now + LEEWAY).timestamp(),
        "nbf": _second(claims, "nbf") < (now + LEEWAY).timestamp(),
        "sub": bool(claims.get("sub")),
        "nonce": hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()),
    }
    for reason, is_right in checks.items():
        if not is_right:
            raise ProviderNotTrusted(reason=reason)


def _second(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name, 0)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def _user_info(provider: Provider, claims: Mapping[str, Any], token: str, now: datetime) -> dict[str, Any]:
    """Ask for the claims that many providers give only here; they must be about the same subject."""
    if not token or "userinfo_endpoint" not in _of(provider, now).endpoints:
        return {}
    address = _endpoint(provider, "userinfo_endpoint", now)
    found = _call(provider, "GET", address, headers={"Authorization": f"Bearer {token}"})
    if found.get("sub") != claims["sub"]:
        raise ProviderNotTrusted(reason="sub")
    return found


def _endpoint(provider: Provider, name: str, now: datetime) -> str:
    return str(_of(provider, now).endpoints[name])


def _of(provider: Provider, now: datetime, *, no_older_than: timedelta = _REMEMBERED) -> _Known:
    """Give the provider's endpoints and keys, as they were read not too long ago."""
    known = _known.get(provider)
    if known is None or not timedelta() <= now - known.at < no_older_than:
        known = _discover(provider, now)
        with _lock:
            _known[provider] = known
    return known


def _discover(provider: Provider, now: datetime) -> _Known:
    found = _call(provider, "GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise ProviderNotTrusted(reason="iss")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"):
        if not is_at_issuer(provider, str(found.get(name, "" if name != "userinfo_endpoint" else provider.issuer))):
            raise ProviderNotTrusted(reason=name)
    listed = _call(provider, "GET", str(found["jwks_uri"])).get("keys", [])
    return _Known(found, _keys(listed), now)


def _keys(listed: Any) -> KeySet:
    """Read a provider's keys for signing; of kinds we do not know, none. Never a shared secret."""
    kinds = ("RSA", "EC", "OKP")
    fitting = [key for key in listed if key.get("kty") in kinds and key.get("use", "sig") == "sig"]
    try:
        return KeySet.import_key_set({"keys": fitting})
    except (JoseError, ValueError, KeyError) as broken:
        raise ProviderNotTrusted(reason="jwks_uri") from broken


def _call(provider: Provider, method: str, address: str, **more: Any) -> dict[str, Any]:
    """Make one call to the issuer's host and read its JSON. Refuses ProviderSilent, ProviderDeclined."""
    if not is_at_issuer(provider, address):
        raise ProviderNotTrusted(reason="address")
    try:
        with (
            httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client,
            client.stream(method, address, **more) as answer,
        ):
            body = _read_at_most(answer)
    except httpx.HTTPError as silence:
        raise ProviderSilent from silence
    if answer.status_code in (400, 401):
        raise ProviderDeclined
    if answer.status_code != httpx.codes.OK:
        raise ProviderSilent
    return _json(body)


def _read_at_most(answer: httpx.Response) -> bytes:
    body = b""
    for part in answer.iter_bytes():
        body += part
        if len(body) > _MOST:
            raise ProviderNotTrusted(reason="size")
    return body


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError as broken:
        raise ProviderNotTrusted(reason="json") from broken
    if not isinstance(found, dict):
        raise ProviderNotTrusted(reason="json")
    return found
