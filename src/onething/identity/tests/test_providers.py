"""Sign-in by an OpenID provider, through the door and over real HTTP: the honest way in, and every lie refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onething.identity import oidc, providers, services
from onething.identity.errors import ProviderMisconfigured, SignInNotBegun
from onething.identity.models import Account
from onething.identity.tests.factories import app_code, citizen, clerk, post, with_app
from onething.identity.tests.liar import CLIENT, Liar, lying
from onething.identity.tests.test_portal import who
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry.models import Person
from onething.registry.tests.factories import id_number

pytestmark = pytest.mark.django_db
NUMBER = id_number(777)


@pytest.fixture
def liar(settings: Settings) -> Iterator[Liar]:
    """A provider that tells the truth until a test says otherwise: named twice, for citizens and for staff."""
    with lying() as one:
        one.info = {"id_number": NUMBER, "name": "贺长平", "preferred_username": "lin.clerk"}
        environment = {"ONETHING_OIDC": "county,office", "ONETHING_OIDC_OFFICE_FOR": "staff"}
        environment |= {"ONETHING_OIDC_OFFICE_STRONG": "gold otp", "ONETHING_OIDC_COUNTY_TITLE": "云川通"}
        for name in ("COUNTY", "OFFICE"):
            environment[f"ONETHING_OIDC_{name}_ISSUER"] = one.issuer
            environment[f"ONETHING_OIDC_{name}_CLIENT_ID"] = CLIENT
        settings.SIGN_IN_PROVIDERS = providers.configured(environment)
        settings.PUBLIC_URL = "http://testserver"
        yield one


def out_and_back(client: Client, liar: Liar, name: str = "county", there: str = "/", **changes: str) -> Any:
    """Go to the provider, say yes there, and come back."""
    left = client.get(f"/door/sign-in/with/{name}/", {"next": there})
    assert left.status_code == 302 and left.url.startswith(f"{liar.issuer}/authorization?")
    return client.get(f"/door/sign-in/with/{name}/back/?{liar.answer_to(left.url, **changes)}")


def code_of(answer: Any) -> str:
    """Read which refusal a page of the door shows."""
    refusal = answer.context["refusal"]
    assert refusal["sentence"] in answer.content.decode() and refusal["remedy"] in answer.content.decode()
    return str(refusal["code"])


def test_a_registered_person_comes_in_the_first_time_and_again(client: Client, liar: Liar) -> None:
    person = citizen(id_number=NUMBER)
    assert "用云川通登录" in client.get("/door/sign-in/").content.decode()
    for _ in range(2):
        answer = out_and_back(client, liar, there="/cases/")
        assert (answer.status_code, answer.url) == (302, "/cases/")
        seen = who(client)
        assert (seen["door"], seen["person"]) == ("citizen", str(person.pk))
    assert Account.objects.filter(person=person).count() == 1
    assert liar.asked.count("/jwks") == 1  # discovery and keys are remembered


def test_a_stranger_is_told_what_to_do_and_leaves_nothing(client: Client, liar: Liar) -> None:
    answer = out_and_back(client, liar, there="/cases/?page=2")
    assert (answer.status_code, code_of(answer)) == (403, "stranger_to_registry")
    assert 'name="next" value="/cases/?page=2"' in answer.content.decode()  # by another way it goes on there
    assert not Person.objects.exists() and not Account.objects.exists()
    assert list(Entry.objects.filter(kind="identity.SignInFailed").values_list("payload__means", flat=True)) == [
        "provider"
    ]


@pytest.mark.parametrize(
    "info",
    [
        pytest.param({"name": "贺长安"}, id="another-name"),
        pytest.param({"id_number": "990110200403059999"}, id="no-number"),
        pytest.param({"id_number": id_number(778), "email": "he@example.org", "email_verified": True}, id="only-mail"),
    ],
)
def test_name_and_number_must_both_fit(client: Client, liar: Liar, info: dict[str, Any]) -> None:
    citizen(id_number=NUMBER)
    liar.info |= info
    assert code_of(out_and_back(client, liar)) == "stranger_to_registry"
    assert who(client)["door"] == "nobody"


def test_somebody_whose_account_is_closed_stays_out(client: Client, liar: Liar) -> None:
    person = citizen(id_number=NUMBER)
    account = services.open_account(person=person, actor=SYSTEM, now=clock.now())
    services.close_account(account_id=account.pk, actor=SYSTEM, now=clock.now())
    assert code_of(out_and_back(client, liar)) == "stranger_to_registry"


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        pytest.param({"nonce": "another"}, "nonce", id="nonce"),
        pytest.param({"iss": "https://other.example"}, "iss", id="issuer"),
        pytest.param({"aud": "somebody-else"}, "aud", id="audience"),
        pytest.param({"aud": [CLIENT, "somebody-else"]}, "aud", id="party-unsaid"),
        pytest.param({"azp": "somebody-else"}, "aud", id="party"),
        pytest.param({"exp": 1}, "exp", id="expired"),
        pytest.param({"exp": None}, "exp", id="endless"),
        pytest.param({"iat": 99999999999}, "iat", id="from-the-future"),
        pytest.param({"sub": ""}, "sub", id="nobody"),
    ],
)
def test_a_token_that_is_wrong_lets_nobody_in(client: Client, liar: Liar, token: dict[str, Any], reason: str) -> None:
    citizen(id_number=NUMBER)
    liar.token = token
    answer = out_and_back(client, liar)
    assert code_of(answer) == "provider_not_trusted" and f"（{reason}）" in answer.content.decode()
    assert who(client)["door"] == "nobody" and not Account.objects.exists()


def test_two_clocks_may_differ_a_little(client: Client, liar: Liar) -> None:
    citizen(id_number=NUMBER)
    now = int(clock.now().timestamp())
    liar.token = {"iat": now + 60, "exp": now - 60}
    assert out_and_back(client, liar).status_code == 302


@pytest.mark.parametrize("alg", ["none", "HS256"])
def test_a_token_without_a_signature_by_the_providers_key_is_refused(client: Client, liar: Liar, alg: str) -> None:
    citizen(id_number=NUMBER)
    liar.header = {"alg": alg, "kid": "one"}
    assert code_of(out_and_back(client, liar)) == "provider_not_trusted"


def test_a_token_signed_by_another_key_is_refused(client: Client, liar: Liar) -> None:
    citizen(id_number=NUMBER)
    out_and_back(client, liar)
    client.post("/door/sign-out/")
    liar.key = Liar().key  # the keys we remember stay: they were read a moment ago
    assert code_of(out_and_back(client, liar)) == "provider_not_trusted"


def test_a_provider_may_change_its_keys(client: Client, liar: Liar, settings: Settings) -> None:
    provider, now = settings.SIGN_IN_PROVIDERS["county"], clock.now()
    oidc.begin(provider, back_to="http://testserver/", now=now - timedelta(minutes=1))
    citizen(id_number=NUMBER)
    liar.key, liar.header = Liar().key, {"alg": "RS256", "kid": "two"}
    assert out_and_back(client, liar).status_code == 302
    assert liar.asked.count("/jwks") == 2


def test_an_answer_counts_once_and_only_where_it_was_asked_for(client: Client, liar: Liar) -> None:
    citizen(id_number=NUMBER)
    left = client.get("/door/sign-in/with/county/")
    back = f"/door/sign-in/with/county/back/?{liar.answer_to(left.url)}"
    assert code_of(Client().get(back)) == "sign_in_not_begun"  # another browser
    assert client.get(back).status_code == 302
    again = client.get(back)
    assert (again.status_code, code_of(again)) == (410, "sign_in_not_begun")
    assert code_of(out_and_back(client, liar, state="made-up")) == "sign_in_not_begun"
    left = client.get("/door/sign-in/with/county/")
    assert code_of(client.get(f"/door/sign-in/with/office/back/?{liar.answer_to(left.url)}")) == "sign_in_not_begun"


def test_an_answer_that_comes_too_late_is_refused(liar: Liar, settings: Settings) -> None:
    provider, now = settings.SIGN_IN_PROVIDERS["county"], clock.now()
    begun = oidc.begin(provider, back_to="http://testserver/", now=now)
    answer = {"state": begun.kept["state"], "code": "code-1"}
    with pytest.raises(SignInNotBegun):
        oidc.finish(provider, begun.kept, answer, back_to="http://testserver/", now=now + oidc.LASTS)


def test_what_a_provider_refuses_is_told(client: Client, liar: Liar) -> None:
    assert code_of(out_and_back(client, liar, code="used-before")) == "provider_declined"
    assert code_of(out_and_back(client, liar, code="", error="access_denied")) == "provider_declined"
    assert code_of(out_and_back(client, liar, iss="https://other.example")) == "provider_not_trusted"


@pytest.mark.parametrize("claim", ["id_number", "name"])
def test_missing_claims_are_named(client: Client, liar: Liar, claim: str) -> None:
    del liar.info[claim]
    answer = out_and_back(client, liar)
    assert code_of(answer) == "claims_missing" and claim in answer.content.decode()


def test_user_info_about_somebody_else_is_refused(client: Client, liar: Liar) -> None:
    citizen(id_number=NUMBER)
    liar.info["sub"] = "s-2"
    assert code_of(out_and_back(client, liar)) == "provider_not_trusted"


def test_a_provider_that_is_down_or_redirects_is_told(client: Client, liar: Liar, settings: Settings) -> None:
    for status in (500, 302):
        liar.status = status
        answer = client.get("/door/sign-in/with/county/")
        assert (answer.status_code, code_of(answer)) == (503, "provider_silent")
    assert set(liar.asked) == {"/.well-known/openid-configuration"}  # nobody followed
    gone = {"ONETHING_OIDC": "a", "ONETHING_OIDC_A_ISSUER": "http://127.0.0.1:9", "ONETHING_OIDC_A_CLIENT_ID": "x"}
    settings.SIGN_IN_PROVIDERS = providers.configured(gone)
    assert code_of(client.get("/door/sign-in/with/a/")) == "provider_silent"


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri", "userinfo_endpoint", "authorization_endpoint"])
def test_we_call_nobody_but_the_issuer(client: Client, liar: Liar, name: str) -> None:
    liar.settings = {name: "http://169.254.169.254/latest"}
    answer = client.get("/door/sign-in/with/county/")
    assert code_of(answer) == "provider_not_trusted" and name in answer.content.decode()


def test_the_way_back_is_ours_alone(client: Client, liar: Liar) -> None:
    citizen(id_number=NUMBER)
    left = client.get("/door/sign-in/with/county/", {"next": "//evil.example/"}, headers={"host": "127.0.0.1"})
    assert "redirect_uri=http%3A%2F%2Ftestserver%2Fdoor%2Fsign-in%2Fwith%2Fcounty%2Fback%2F&" in left.url
    assert client.get(f"/door/sign-in/with/county/back/?{liar.answer_to(left.url)}").url == "/"
    assert client.get("/door/sign-in/with/nobody/").status_code == 404


def test_staff_are_asked_for_their_authenticator(client: Client, liar: Liar) -> None:
    post(with_app(clerk()))
    assert "office" in client.get("/door/sign-in/password/").content.decode()
    answer = out_and_back(client, liar, "office", there="/cases/")
    assert answer.url.startswith("/door/sign-in/factor/")
    assert who(client)["door"] == "nobody"
    assert client.post(answer.url, {"code": app_code()}).url == "/cases/"
    assert (who(client)["door"], who(client)["role"]) == ("staff", "clerk")


@pytest.mark.parametrize("token", [{"acr": "gold"}, {"amr": ["pwd", "otp"]}])
def test_a_strong_provider_stands_for_the_authenticator(client: Client, liar: Liar, token: dict[str, Any]) -> None:
    post(clerk())
    liar.token = token
    assert out_and_back(client, liar, "office").url == "/"
    assert who(client)["role"] == "clerk"


@pytest.mark.parametrize("token", [{"acr": "silver"}, {"amr": "otp"}, {"amr": ["pwd"]}])
def test_a_weak_one_does_not(client: Client, liar: Liar, token: dict[str, Any]) -> None:
    post(with_app(clerk()))
    liar.token = token
    assert out_and_back(client, liar, "office").url.startswith("/door/sign-in/factor/")


def test_an_employer_opens_nobodys_own_matters(client: Client, liar: Liar) -> None:
    post(with_app(clerk(person=citizen(id_number=NUMBER))))
    there = out_and_back(client, liar, "office").url
    assert client.post(there, {"as": "citizen"}).status_code == 200
    assert who(client)["door"] == "nobody"
    client.post(there, {"code": app_code()})
    assert (who(client)["door"], who(client)["role"]) == ("staff", "clerk")
    assert client.post("/door/hat/", {"hat": "citizen"}).status_code == 404
    out_and_back(client, liar, "county")
    assert who(client)["door"] == "citizen"


def test_staff_without_account_or_post_stay_out(client: Client, liar: Liar) -> None:
    assert code_of(out_and_back(client, liar, "office")) == "stranger_to_staff"
    clerk()
    assert code_of(out_and_back(client, liar, "office")) == "stranger_to_staff"
    assert Account.objects.count() == 1


def test_a_claim_can_be_asked_to_vouch_for_the_number(client: Client, liar: Liar, settings: Settings) -> None:
    citizen(id_number=NUMBER)
    start = {"ONETHING_OIDC": "county", "ONETHING_OIDC_COUNTY_ISSUER": liar.issuer}
    start |= {"ONETHING_OIDC_COUNTY_CLIENT_ID": CLIENT, "ONETHING_OIDC_COUNTY_VERIFIED_CLAIM": "checked"}
    settings.SIGN_IN_PROVIDERS = providers.configured(start)
    assert code_of(out_and_back(client, liar)) == "claims_missing"
    liar.info["checked"] = True
    assert out_and_back(client, liar).status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        {"ISSUER": "http://id.example.gov.cn"},
        {"ISSUER": "https://user@id.example"},
        {"ISSUER": ""},
        {"CLIENT_ID": ""},
        {"FOR": "all"},
    ],
)
def test_a_wrong_configuration_names_its_variable(change: dict[str, str]) -> None:
    right = {"ISSUER": "https://id.example", "CLIENT_ID": "onething"}
    given = {f"ONETHING_OIDC_COUNTY_{key}": value for key, value in (right | change).items()}
    with pytest.raises(ProviderMisconfigured, match=f"ONETHING_OIDC_COUNTY_{next(iter(change))}"):
        providers.configured({"ONETHING_OIDC": "county", **given})
