"""Sign-in by the certified `oidc-provider` of npm: a real process, real HTTP on both its sides."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onething.identity import providers
from onething.identity.models import Account
from onething.identity.tests.factories import app_code, citizen, clerk, post, with_app
from onething.registry.models import Person
from onething.registry.tests.factories import load_regions
from tests.oidc.conftest import PEOPLE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECRET = "a secret of these tests: with + and /"


@pytest.fixture(autouse=True)
def house(settings: Settings, issuer: str) -> None:
    """The county stands; citizens and staff may come in by the provider."""
    environment = {"ONETHING_OIDC": "county,office", "ONETHING_OIDC_OFFICE_FOR": "staff"}
    environment |= {"ONETHING_OIDC_OFFICE_STRONG": "gold", "ONETHING_OIDC_OFFICE_STRONG_ACR": "gold"}
    for name in ("COUNTY", "OFFICE"):
        environment[f"ONETHING_OIDC_{name}_ISSUER"] = issuer
        environment[f"ONETHING_OIDC_{name}_CLIENT_ID"] = "onething-test"
        environment[f"ONETHING_OIDC_{name}_CLIENT_SECRET"] = SECRET
    settings.SIGN_IN_PROVIDERS = providers.configured(environment)
    settings.PUBLIC_URL = "http://testserver"
    load_regions()


def way_back(address: str, who: str, acr: str = "") -> str:
    """Go through the provider as a browser does, saying who one is; give the address it sends back to."""
    with httpx.Client(timeout=20) as browser:
        for _ in range(8):
            if urlsplit(address).hostname == "testserver":
                return address
            wishes = {"who": who} | ({"acr": acr} if acr else {})
            answer = browser.get(address, params=wishes if "/yes/" in address else None)
            assert answer.is_redirect, answer.text
            address = str(answer.url.join(answer.headers["Location"]))
    raise AssertionError("the provider sends in circles")


def sign_in(client: Client, who: str, name: str = "county", **wishes: str) -> Any:
    left = client.get(f"/door/sign-in/with/{name}/", {"next": "/door/me/"})
    assert left.status_code == 302
    back = urlsplit(way_back(left.url, who, **wishes))
    return client.get(f"{back.path}?{back.query}")


def code_of(answer: Any) -> str:
    return str(answer.context["refusal"]["code"])


def test_a_citizen_comes_in(client: Client) -> None:
    person = citizen(id_number=PEOPLE["he"]["id_number"])
    assert sign_in(client, "he").url == "/door/me/"
    assert str(Account.objects.get().pk) == client.session["_auth_user_id"]
    assert Account.objects.get().person == person


@pytest.mark.parametrize(
    ("who", "code"),
    [("stranger", "stranger_to_registry"), ("silent", "claims_missing"), ("no", "provider_declined")],
)
def test_who_cannot_come_in_is_told_why(client: Client, who: str, code: str) -> None:
    answer = sign_in(client, who)
    assert code_of(answer) == code and answer.context["refusal"]["remedy"]
    assert not Account.objects.exists() and not Person.objects.exists()


def test_a_code_is_redeemed_once(client: Client) -> None:
    citizen(id_number=PEOPLE["he"]["id_number"])
    left = client.get("/door/sign-in/with/county/")
    kept = client.session["provider_kept"]
    back = urlsplit(way_back(left.url, "he"))
    assert client.get(f"{back.path}?{back.query}").status_code == 302
    assert code_of(client.get(f"{back.path}?{back.query}")) == "sign_in_not_begun"
    thief = Client()
    thief.get("/door/sign-in/with/county/")
    session = thief.session
    session["provider_kept"] = kept  # even with everything the first browser knew
    session.save()
    assert code_of(thief.get(f"{back.path}?{back.query}")) == "provider_declined"


def test_without_the_secret_or_the_verifier_the_provider_refuses(client: Client) -> None:
    citizen(id_number=PEOPLE["he"]["id_number"])
    left = client.get("/door/sign-in/with/county/")
    session = client.session
    session["provider_kept"] |= {"verifier": "x" * 43}
    session.save()
    back = urlsplit(way_back(left.url, "he"))
    assert code_of(client.get(f"{back.path}?{back.query}")) == "provider_declined"


def test_staff_come_in_with_their_authenticator_or_with_the_providers(client: Client) -> None:
    held = post(with_app(clerk()))
    there = sign_in(client, "lin", "office").url
    assert there.startswith("/door/sign-in/factor/")
    assert client.post(there, {"code": app_code()}).url == "/door/me/"
    strong = Client()
    assert sign_in(strong, "lin", "office", acr="gold").url == "/door/me/"
    assert strong.session["hat"] == client.session["hat"] == str(held.pk)
