"""The door's pages, through the whole middleware and without a line of script."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from onething.identity import addresses, services
from onething.identity.models import Account, Post
from onething.identity.tests.factories import PASSWORD, app_code, citizen, clerk, code_sent_to, post, with_app
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry import services as registry
from onething.registry.tests.factories import COUNTY, TOWN

pytestmark = pytest.mark.django_db

PHONE = "13800000014"


def who(client: Client, **headers: Any) -> dict[str, Any]:
    answer = client.get("/", **headers)
    assert answer.status_code == 200
    return dict(answer.json())


def by_password(client: Client, name: str = "lin.clerk", **fields: str) -> Any:
    """Sign in with name and password, and with the app where that is asked for."""
    account = with_app(Account.objects.get(username=name))
    answer = client.post("/door/sign-in/password/", {"name": name, "password": PASSWORD, **fields})
    if not account.posts.exists():
        return answer
    assert answer.url.startswith("/door/sign-in/factor/")
    return client.post(answer.url, {**fields, "code": app_code()})


def by_code(client: Client, **fields: str) -> Any:
    asked = client.post("/door/sign-in/", {"name": PHONE, **fields})
    assert asked.status_code == 302 and asked.url.startswith("/door/sign-in/code/")
    return client.post(asked.url, {"code": code_sent_to(PHONE), **fields})


def test_nobody_is_nobody_and_costs_no_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        seen = who(client)
    assert (seen["door"], seen["account"], seen["permissions"]) == ("nobody", None, [])


def test_a_page_sends_to_the_door_and_back(client: Client) -> None:
    post(clerk())
    sent = client.get("/cases/?page=2")
    assert sent.url == "/door/sign-in/?next=%2Fcases%2F%3Fpage%3D2"
    page = client.get("/door/sign-in/password/?next=/cases/%3Fpage%3D2")
    assert 'name="next" value="/cases/?page=2"' in page.content.decode()
    assert by_password(client, next="/cases/?page=2").url == "/cases/?page=2"
    assert client.get("/cases/").content == b"cases"


def test_a_citizen_comes_in_with_a_code(client: Client, django_assert_num_queries: Any) -> None:
    person = citizen()
    assert by_code(client).url == "/"
    who(client)  # the first page keeps size and language in the session
    with django_assert_num_queries(2):  # the session and the presence
        seen = who(client)
    assert (seen["door"], seen["person"], seen["permissions"]) == ("citizen", str(person.pk), ["cases.file_own"])
    assert client.get("/cases/").status_code == 403


def test_staff_come_in_with_a_password_under_their_post(client: Client) -> None:
    held = post(clerk(), region=TOWN)
    by_password(client)
    seen = who(client)
    assert (seen["door"], seen["role"], seen["region"]) == ("staff", "clerk", TOWN)
    assert (seen["organisation"], seen["person"]) == (held.organisation.code, None)


def test_what_is_wrong_is_said_in_the_page_and_the_name_is_kept(client: Client) -> None:
    answer = client.post("/door/sign-in/password/", {"name": "lin.clerk", "password": "wrong"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'role="alert"' in page and 'value="lin.clerk"' in page and "wrong" not in page
    assert client.post("/door/sign-in/", {"name": ""}).status_code == 200
    assert client.post("/door/sign-in/code/", {"code": "123456"}).status_code == 422
    assert who(client)["door"] == "nobody"


def test_the_door_answers_the_same_to_known_and_unknown_numbers(client: Client) -> None:
    citizen()
    pages = []
    for name in (PHONE, "13900000000"):
        answer = client.post("/door/sign-in/", {"name": name}, follow=True)
        pages.append(re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode()))
    assert pages[0] == pages[1]


def test_too_many_tries_are_answered_with_429(client: Client) -> None:
    citizen()
    answers = [client.post("/door/sign-in/", {"name": PHONE}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_a_session_planted_before_is_worth_nothing(client: Client) -> None:
    post(clerk())
    client.post("/door/sign-in/", {"name": "nobody"})
    planted = client.cookies["sessionid"].value
    by_password(client)
    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert who(thief)["door"] == "nobody"


def test_signing_out_ends_the_session_everywhere(client: Client) -> None:
    post(clerk())
    by_password(client)
    copied = client.cookies["sessionid"].value
    assert client.get("/door/sign-out/").status_code == 405
    assert client.post("/door/sign-out/").url == "/"
    assert who(client)["door"] == "nobody"
    thief = Client()
    thief.cookies["sessionid"] = copied
    assert who(thief)["door"] == "nobody"
    assert Entry.objects.filter(kind="identity.SignedOut").count() == 1


def test_two_posts_mean_choosing_a_hat(client: Client) -> None:
    account = clerk()
    one = post(account, "clerk", region=COUNTY)
    other = post(account, "department", region=TOWN)
    assert by_password(client, next="/cases/").url == "/door/hat/?next=%2Fcases%2F"
    bare = who(client)
    assert (bare["door"], bare["account"], bare["permissions"]) == ("nobody", str(account.pk), [])
    assert client.get("/cases/", follow=True).redirect_chain[-1][0] == "/door/hat/?next=%2Fcases%2F"
    before = client.cookies["sessionid"].value
    assert client.post("/door/hat/", {"hat": str(other.pk), "next": "/cases/"}).url == "/cases/"
    assert client.cookies["sessionid"].value != before
    assert (who(client)["role"], who(client)["region"]) == ("department", TOWN)
    assert client.get("/cases/").status_code == 403
    client.post("/door/hat/", {"hat": str(one.pk)})
    assert client.get("/cases/").status_code == 200


def test_signing_in_again_forgets_the_hat(client: Client) -> None:
    account = clerk()
    held = [post(account, role) for role in ("clerk", "department")]
    by_password(client)
    client.post("/door/hat/", {"hat": str(held[0].pk)})
    by_password(client)
    assert who(client)["permissions"] == []


def test_somebody_elses_post_is_no_hat(client: Client) -> None:
    account = clerk()
    post(account)
    by_password(client)
    theirs = post(clerk("other.clerk"), "administrator")
    assert client.post("/door/hat/", {"hat": str(theirs.pk)}).status_code == 404
    assert who(client)["role"] == "clerk"


def test_a_post_that_ends_vanishes_at_once(client: Client) -> None:
    account = clerk()
    held = post(account)
    by_password(client)
    assert client.get("/cases/").status_code == 200
    services.end_post(post_id=held.pk, at=clock.now(), actor=SYSTEM, now=clock.now() - timedelta(seconds=1))
    assert client.get("/cases/").status_code == 302
    assert who(client)["door"] == "nobody"
    assert "identity:hat" not in client.get("/door/hat/").content.decode()


def test_when_the_worn_post_ends_the_other_does_not_slip_on_with_two_left(client: Client) -> None:
    account = clerk()
    posts = [post(account, role) for role in ("clerk", "department", "administrator")]
    by_password(client)
    client.post("/door/hat/", {"hat": str(posts[0].pk)})
    Post.objects.filter(pk=posts[0].pk).update(valid_to=clock.now())
    assert who(client)["permissions"] == []


def test_a_clerk_who_is_a_veteran_keeps_the_two_apart(client: Client) -> None:
    person = citizen()
    account = clerk(person=person)
    held = post(account)
    by_code(client)
    assert (who(client)["door"], who(client)["person"]) == ("citizen", str(person.pk))
    assert client.post("/door/hat/", {"hat": str(held.pk)}).status_code == 404  # a code does not open the office
    client.post("/door/sign-out/")
    assert by_password(client).url.startswith("/door/hat/")
    client.post("/door/hat/", {"hat": str(held.pk)})
    assert (who(client)["door"], who(client)["person"]) == ("staff", None)
    client.post("/door/hat/", {"hat": "citizen"})
    assert who(client)["person"] == str(person.pk)


def test_a_new_password_ends_open_sessions(client: Client) -> None:
    account = clerk()
    post(account)
    by_password(client)
    services.change_password(account_id=account.pk, password="five other quiet words", actor=SYSTEM, now=clock.now())
    assert who(client)["door"] == "nobody"


def test_a_closed_account_is_out_at_once(client: Client) -> None:
    account = clerk()
    post(account)
    by_password(client)
    services.close_account(account_id=account.pk, actor=SYSTEM, now=clock.now())
    assert who(client)["door"] == "nobody"


def test_a_forgotten_person_is_out_at_once(client: Client) -> None:
    person = citizen()
    by_code(client)
    registry.forget_person(person_id=person.pk, actor=SYSTEM, now=clock.now())
    assert who(client)["door"] == "nobody"


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "http:evil.example", "///evil.example", "evil", "", "/\tevil\n//evil.example", "\x00//evil.example",
    ],
)  # fmt: skip
def test_the_way_back_leads_nowhere_else(client: Client, evil: str) -> None:
    post(clerk())
    target = by_password(client, next=evil).url
    assert target == addresses.own_path(evil) == "/"


def test_own_paths_are_kept() -> None:
    for path in ("/", "/cases/?a=1&b=2#c", "/matters/贺"):
        assert addresses.own_path(path) == path
    assert addresses.own_path(None, "/x/") == "/x/"


def test_forms_need_their_token() -> None:
    clerk()
    strict = Client(enforce_csrf_checks=True)
    for path in ("sign-in/", "sign-in/password/", "sign-in/code/", "sign-out/", "hat/"):
        assert strict.post(f"/door/{path}", {"name": "x"}).status_code == 403


def test_the_whole_way_works_with_real_forms() -> None:
    post(clerk())
    strict = Client(enforce_csrf_checks=True)
    page = strict.get("/door/sign-in/password/").content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    assert by_password(strict, csrfmiddlewaretoken=token).status_code == 302
    assert who(strict)["door"] == "staff"


def test_my_page_shows_my_account_masked(client: Client) -> None:
    assert client.get("/door/me/").url.startswith("/door/sign-in/")
    person = citizen(name="贺长平")
    by_code(client)
    page = client.get("/door/me/").content.decode()
    assert "贺*平" in page and "138****0014" in page
    assert "贺长平" not in page and PHONE not in page and person.id_number not in page


def test_my_page_shows_every_hat(client: Client) -> None:
    account = clerk(display_name="林窗口")
    post(account)
    post(account, "department", acting=True, valid_to=clock.now() + timedelta(days=3))
    by_password(client)
    page = client.get("/door/me/", headers={"accept-language": "en"}).content.decode()
    assert "lin.clerk" in page and "Clerk · office-" in page and "Department · office-" in page


def test_every_page_of_the_door_is_there(client: Client) -> None:
    for path in ("sign-in/", "sign-in/code/", "sign-in/password/"):
        assert client.get(f"/door/{path}").status_code == 200
    assert client.get("/door/hat/").status_code == 302
    post(clerk())
    by_password(client)
    assert client.get("/door/sign-in/").url == "/"


# ── programs ────────────────────────────────────────────────────────────────────────────────────────────────────────


def bearer(token: str) -> dict[str, Any]:
    return {"headers": {"authorization": f"Bearer {token}"}}


def key_of(account: Account, held: Post) -> str:
    return services.issue_api_key(
        account=account, post=held, label="x", scopes=["cases.read_case"], actor=SYSTEM, now=clock.now()
    )


def test_a_program_comes_in_with_a_key(client: Client, django_assert_num_queries: Any) -> None:
    account = clerk()
    token = key_of(account, post(account))
    who(client, **bearer(token))  # notes that the key is used, every ten minutes
    with django_assert_num_queries(2):  # the key, and the count of its calls
        seen = who(client, **bearer(token))
    assert (seen["role"], seen["permissions"]) == ("clerk", ["cases.read_case"])
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/cases/", **bearer(token)).status_code == 200


def test_a_bad_key_is_refused_even_with_a_good_session(client: Client) -> None:
    account = clerk()
    held = post(account)
    by_password(client)
    for token in ("", "nonsense", key_of(account, held) + "x"):
        answer = client.get("/", **bearer(token))
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert answer.json()["type"] == "urn:onething:problem:api_key_refused"
    assert who(client)["door"] == "staff"
