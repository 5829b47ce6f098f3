"""The administrator's pages: everything without a shell, and everything leaves a fact."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from onething.identity import services
from onething.identity.errors import TwoPersonsNeeded
from onething.identity.models import Account, ApiKey, Post
from onething.identity.tests.factories import clerk, enter, post, with_app
from onething.kernel.access import Actor, Door
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry.models import Organisation
from onething.registry.tests.factories import COUNTY, NEIGHBOUR, organisation

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def desk(client: Client) -> Client:
    """An administrator of the county at work."""
    return administrator("admin.one")


def administrator(username: str, region: str = COUNTY) -> Client:
    account = with_app(clerk(username))
    post(account, "administrator", region=region)
    return enter(Client(headers=ENGLISH), account)


def new(desk: Client, **changed: Any) -> Any:
    office = Organisation.objects.filter(code="hall").first() or organisation("hall", department="hall")
    given = {"username": "new.clerk", "display_name": "窗口 新同事", "role": "clerk", "organisation": str(office.pk)}
    return desk.post("/door/accounts/new/", given | changed)


def test_a_new_colleague_gets_account_post_and_link_in_one_go(desk: Client) -> None:
    answer = new(desk)
    link = re.findall(r"http://testserver(/door/join/[^<]+)", answer.content.decode())
    assert answer.status_code == 200 and link
    assert Client().get(link[0]).status_code == 200
    account = Account.objects.get(username="new.clerk")
    held = account.posts.get()
    assert (held.role, held.region_id, held.valid_to) == ("clerk", COUNTY, None)
    page = desk.get("/door/accounts/").content.decode()
    assert "new.clerk" in page and "Not set up" in page
    for kind in ("AccountOpened", "PostGiven", "AccountInvited"):
        assert Entry.objects.filter(kind=f"identity.{kind}").count() >= 1


def test_an_acting_post_needs_its_last_day_and_then_nothing_is_opened(desk: Client) -> None:
    answer = new(desk, acting="on")
    assert answer.status_code == 422 and "acting post has no end" in answer.content.decode()
    assert not Account.objects.filter(username="new.clerk").exists()
    until = clock.day_of(clock.now()) + timedelta(days=3)
    assert new(desk, acting="on", until=until.isoformat()).status_code == 200
    held = Post.objects.get(account__username="new.clerk")
    assert held.acting and held.valid_to is not None
    assert clock.day_of(held.valid_to - timedelta(seconds=1)) == until


def test_posts_are_given_and_ended(desk: Client) -> None:
    new(desk)
    account = Account.objects.get(username="new.clerk")
    given = {"role": "department", "organisation": str(Organisation.objects.get(code="hall").pk)}
    assert desk.post(f"/door/accounts/{account.pk}/posts/", given).status_code == 302
    assert account.posts.count() == 2
    one = account.posts.first()
    assert one and desk.post(f"/door/accounts/{account.pk}/posts/{one.pk}/end/").status_code == 302
    assert account.posts.valid_at(clock.now() + timedelta(seconds=1)).count() == 1


def key_wanted(desk: Client, role: str, scope: str) -> tuple[Account, dict[str, object]]:
    new(desk, role=role)
    account = Account.objects.get(username="new.clerk")
    post = str(account.posts.get().pk)
    return account, {
        "post": post, "label": "省门户", "scopes": [scope], "days": "30", "per_minute": "60", "reason": "the portal",
    }  # fmt: skip


def token_on(page: str) -> str:
    found: list[str] = re.findall(r"ot_[0-9a-f]{32}_[A-Za-z0-9_-]{43}", page)
    return found[0]


def test_a_key_that_shows_persons_is_issued_by_two(desk: Client) -> None:
    account, given = key_wanted(desk, "clerk", "cases.read_case")
    assert desk.post(f"/door/accounts/{account.pk}/keys/", {**given, "reason": ""}).status_code == 422
    assert desk.post(f"/door/accounts/{account.pk}/keys/", given).url == "/door/second-eyes/"
    waiting = desk.get("/door/second-eyes/").content.decode()
    number = re.findall(r"/door/second-eyes/([0-9a-f-]{36})/", waiting)[0]
    assert "省门户: cases.read_case" in waiting
    assert desk.post(f"/door/second-eyes/{number}/", {"answer": "yes"}).status_code == 403
    assert not ApiKey.objects.exists()
    page = administrator("admin.two").post(f"/door/second-eyes/{number}/", {"answer": "yes"}).content.decode()
    assert services.actor_of_key(token=token_on(page), now=clock.now()).permissions == {"cases.read_case"}
    assert (ApiKey.objects.get().per_minute, ApiKey.objects.get().label) == (60, "省门户")
    assert Entry.objects.filter(kind="identity.ApiKeyIssued").count() == 1


def test_one_colleague_alone_cannot_issue_it_by_another_way(desk: Client) -> None:
    account, _given = key_wanted(desk, "clerk", "cases.read_case")
    held, wanted = account.posts.get(), ["cases.read_case"]
    alone = Actor(door=Door.STAFF, account_id=account.pk, permissions=frozenset({"identity.issue_api_key"}))
    with pytest.raises(TwoPersonsNeeded):
        services.issue_api_key(account=account, post=held, label="x", scopes=wanted, actor=alone, now=clock.now())


def test_a_key_is_issued_shown_once_and_revoked(desk: Client) -> None:
    account, given = key_wanted(desk, "department", "exchange.answer_order")
    page = desk.post(f"/door/accounts/{account.pk}/keys/", given).content.decode()
    token = token_on(page)
    assert services.actor_of_key(token=token, now=clock.now()).permissions == {"exchange.answer_order"}
    key = ApiKey.objects.get()
    assert (key.per_minute, (key.expires_at - key.issued_at).days) == (60, 30)
    shown = desk.get(f"/door/accounts/{account.pk}/").content.decode()
    assert "省门户" in shown and token not in shown
    desk.post(f"/door/accounts/{account.pk}/keys/{key.pk}/revoke/")
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_more_than_the_post_may_is_not_offered(desk: Client) -> None:
    new(desk)
    account = Account.objects.get(username="new.clerk")
    given = {"post": str(account.posts.get().pk), "label": "x", "scopes": ["identity.give_post"], "days": "1"}
    assert desk.post(f"/door/accounts/{account.pk}/keys/", {**given, "per_minute": "1"}).status_code == 422
    assert not ApiKey.objects.exists()


def test_a_lost_phone_goes_through_two_pairs_of_eyes(desk: Client) -> None:
    account = with_app(clerk())
    post(account)
    assert desk.post(f"/door/accounts/{account.pk}/link/").status_code == 403, "a link would be a way round"
    asked = desk.post(f"/door/accounts/{account.pk}/ask/", {"what": "reset", "reason": "phone lost"})
    assert asked.url == "/door/second-eyes/"
    waiting = desk.get("/door/second-eyes/").content.decode()
    number = re.findall(r"/door/second-eyes/([0-9a-f-]{36})/", waiting)[0]
    assert "phone lost" in waiting and "Take it back" in waiting and "Agree" not in waiting
    assert desk.post(f"/door/second-eyes/{number}/", {"answer": "yes"}).status_code == 403
    colleague = administrator("admin.two")
    assert "Agree" in colleague.get("/door/second-eyes/").content.decode()
    page = colleague.post(f"/door/second-eyes/{number}/", {"answer": "yes"}).content.decode()
    assert "/door/join/" in page
    assert "Nothing waits" in colleague.get("/door/second-eyes/").content.decode()


def test_a_request_can_be_taken_back(desk: Client) -> None:
    account = with_app(clerk())
    post(account)
    desk.post(f"/door/accounts/{account.pk}/ask/", {"what": "close", "reason": "left"})
    number = re.findall(r"/door/second-eyes/([0-9a-f-]{36})/", desk.get("/door/second-eyes/").content.decode())[0]
    desk.post(f"/door/second-eyes/{number}/", {"answer": "no"})
    account.refresh_from_db()
    assert account.is_active
    assert Entry.objects.filter(kind="identity.ProposalTurnedDown").count() == 1


def test_the_neighbours_staff_are_not_there(desk: Client) -> None:
    account = with_app(clerk())
    post(account, region=NEIGHBOUR)
    assert account.username not in desk.get("/door/accounts/").content.decode()
    assert desk.get(f"/door/accounts/{account.pk}/").status_code == 404
    for what in ("link", "ask", "posts", "keys"):
        assert desk.post(f"/door/accounts/{account.pk}/{what}/", {}).status_code == 404
    held = account.posts.get()
    assert desk.post(f"/door/accounts/{account.pk}/posts/{held.pk}/end/").status_code == 404


def test_the_roles_are_printed_in_sentences(desk: Client, settings: Any) -> None:
    settings.ROLES = "onething.site.roles.ROLES"
    for language, words in (("zh-hans", "只办理交给本部门的事项"), ("en", "decides nothing for a department")):
        page = desk.get("/door/roles/", headers={"accept-language": language}).content.decode()
        assert words in page
        assert "cases.read_case" not in page, "a permission without a sentence"


def test_a_work_address_is_given_with_the_account_changed_and_taken_away(desk: Client) -> None:
    assert new(desk, work_email="nobody@").status_code == 422
    assert new(desk, work_email="new@office.example.org").status_code == 200
    account = Account.objects.get(username="new.clerk")
    assert account.work_email == "new@office.example.org"
    place = f"/door/accounts/{account.pk}/email/"
    assert desk.post(place, {"work_email": "not an address"}).status_code == 422
    for address in ("other@office.example.org", ""):
        assert desk.post(place, {"work_email": address}).status_code == 302
        account.refresh_from_db()
        assert account.work_email == address
    assert Entry.objects.filter(kind="identity.WorkEmailChanged").count() == 2
    assert "office.example.org" not in str(list(Entry.objects.values_list("payload", flat=True)))


def test_an_administrator_of_another_division_changes_no_address(desk: Client) -> None:
    new(desk, work_email="new@office.example.org")
    account = Account.objects.get(username="new.clerk")
    other = administrator("admin.two", region=NEIGHBOUR)
    assert other.post(f"/door/accounts/{account.pk}/email/", {"work_email": ""}).status_code == 404
    account.refresh_from_db()
    assert account.work_email == "new@office.example.org"
