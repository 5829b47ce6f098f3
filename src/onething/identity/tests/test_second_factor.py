"""Second factors: the one-time link, the app, recovery codes, a lost phone, and sessions that end."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import connection
from django.test import Client

from onething.identity import jobs, queries, services, sessions, throttle, totp, vault
from onething.identity.commands import admin
from onething.identity.errors import (
    FactorBroken,
    FactorRefused,
    LinkUsed,
    NoSuchAccount,
    PasswordTooWeak,
    SecondFactorMissing,
    TooManyTries,
)
from onething.identity.models import Account, Invitation, RecoveryCode, SecondFactor
from onething.identity.tests.factories import PASSWORD, SECRET, app_code, citizen, clerk, enter, post, with_app
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry.tests.factories import NOW, staff

pytestmark = pytest.mark.django_db
HERE = "203.0.113.7"


def second_step(account: Account, code: str, now: Any = NOW) -> Account:
    return services.sign_in_with_factor(account_id=account.pk, code=code, address=HERE, now=now)


def invite(account: Account, now: Any = NOW) -> tuple[str, bytes]:
    """Make a link; give its token and the secret that waits in it."""
    token = services.invite(account_id=account.pk, actor=SYSTEM, now=now)
    return token, vault.unlock(account.pk, bytes(Invitation.objects.get(account=account).locked))


def accept(token: str, secret: bytes, password: str | None = PASSWORD, now: Any = NOW) -> Any:
    code = totp.code_at(secret, totp.step_at(now))
    return services.accept_invitation(token=token, code=code, password=password, now=now)


# ── codes by time ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B: its eight digits end in our six."""
    secret = b"12345678901234567890"
    for seconds, code in ((59, "94287082"), (1111111109, "07081804"), (20000000000, "65353130")):
        assert totp.code_at(secret, seconds // 30) == code[-6:]


def test_a_code_fits_in_its_half_minute_and_the_two_beside_it() -> None:
    here = totp.step_at(NOW)
    for step in range(here - 3, here + 4):
        fits = totp.fitting_step(SECRET, totp.code_at(SECRET, step), NOW) == step
        assert fits == (abs(step - here) <= 1)


def test_the_picture_holds_what_apps_read() -> None:
    address = totp.address(SECRET, "lin.clerk")
    assert address.startswith("otpauth://totp/") and "lin.clerk" in address
    text = re.search(r"secret=([A-Z2-7]+)", address)
    assert text and text[1] == totp.spelled(SECRET).replace(" ", "")


# ── the second step ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_code_of_the_app_works_once() -> None:
    account = with_app(clerk())
    code = app_code(NOW)
    assert second_step(account, f" {code[:3]} {code[3:]}") == account
    with pytest.raises(FactorRefused):
        second_step(account, code)
    with pytest.raises(FactorRefused):
        second_step(account, app_code(NOW, -1))  # nor an older one after it
    assert second_step(account, app_code(NOW, 1)) == account


def test_a_recovery_code_works_once_and_what_is_left_is_told() -> None:
    account = clerk()
    codes = services.enrol(account=account, secret=SECRET, actor=SYSTEM, now=NOW)
    assert len(set(codes)) == 8
    assert second_step(account, codes[3].upper()) == account
    with pytest.raises(FactorRefused):
        second_step(account, codes[3])
    assert Entry.objects.get(kind="identity.RecoveryCodeUsed").payload["left"] == 7


def test_one_accounts_recovery_code_opens_no_other() -> None:
    codes = services.enrol(account=clerk(), secret=SECRET, actor=SYSTEM, now=NOW)
    other = with_app(clerk("other.clerk"))
    with pytest.raises(FactorRefused):
        second_step(other, codes[0])


def test_guessing_codes_is_stopped_and_recorded() -> None:
    account = with_app(clerk())
    for _ in range(throttle.PER_FACTOR.tries):
        with pytest.raises(FactorRefused):
            second_step(account, "000000")
    with pytest.raises(TooManyTries):
        second_step(account, app_code(NOW))
    later = NOW + throttle.WINDOW
    assert second_step(account, app_code(later), later)
    assert Entry.objects.filter(kind="identity.SignInFailed", payload__means="factor").count() == 6


def test_without_an_authenticator_there_is_no_second_step() -> None:
    with pytest.raises(SecondFactorMissing):
        second_step(clerk(), "123456")


def test_neither_secret_nor_recovery_code_lies_in_the_clear() -> None:
    account = clerk()
    codes = services.enrol(account=account, secret=SECRET, actor=SYSTEM, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM identity_secondfactor t")
        factor = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(t::text, ' ') FROM identity_recoverycode t")
        kept = cursor.fetchone()[0]
    assert SECRET.hex() not in factor
    assert not any(code.replace("-", "").encode().hex() in kept or code in kept for code in codes)


def test_a_secret_moved_to_another_account_does_not_open() -> None:
    locked = vault.lock(uuid4(), SECRET)
    with pytest.raises(FactorBroken):
        vault.unlock(uuid4(), locked)


# ── the one-time link ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_link_sets_password_and_app_once() -> None:
    account = services.open_account(username="new.clerk", actor=SYSTEM, now=NOW)
    token, secret = invite(account)
    codes = accept(token, secret)
    assert len(codes) == 8
    assert services.sign_in_with_password(name="new.clerk", password=PASSWORD, address=HERE, now=NOW) == account
    with pytest.raises(FactorRefused):  # the code that proved the app is used up
        second_step(account, totp.code_at(secret, totp.step_at(NOW)))
    assert second_step(account, totp.code_at(secret, totp.step_at(NOW) + 1))
    with pytest.raises(LinkUsed):
        accept(token, secret)


def test_a_link_ends_with_its_time_with_a_newer_one_and_with_the_account() -> None:
    account = clerk()
    old, secret = invite(account)
    newer, newer_secret = invite(account)
    for token in (old, "nonsense"):
        with pytest.raises(LinkUsed):
            accept(token, secret)
    with pytest.raises(LinkUsed):
        accept(newer, newer_secret, now=NOW + timedelta(days=3))
    services.close_account(account_id=account.pk, actor=SYSTEM, now=NOW)
    with pytest.raises(LinkUsed):
        accept(newer, newer_secret)


def test_a_wrong_code_or_a_weak_password_leaves_the_link_open() -> None:
    account = services.open_account(username="new.clerk", actor=SYSTEM, now=NOW)
    token, secret = invite(account)
    with pytest.raises(FactorRefused):
        services.accept_invitation(token=token, code="000000", password=PASSWORD, now=NOW)
    with pytest.raises(PasswordTooWeak):
        accept(token, secret, "short")
    assert not SecondFactor.objects.exists()
    assert accept(token, secret)


def test_only_whoever_looks_after_an_account_makes_its_link() -> None:
    account = clerk()
    with pytest.raises(NoSuchAccount):
        services.invite(account_id=account.pk, actor=staff("990110000000"), now=NOW)


def test_the_sweep_removes_links_whose_time_is_over() -> None:
    invite(clerk(), now=clock.now() - timedelta(days=3))
    invite(clerk("other.clerk"), now=clock.now())
    jobs.sweep_traces()
    assert Invitation.objects.count() == 1


# ── through the pages ───────────────────────────────────────────────────────────────────────────────────────────────


def password_step(client: Client, name: str = "lin.clerk") -> Any:
    return client.post("/door/sign-in/password/", {"name": name, "password": PASSWORD})


def door(client: Client) -> str:
    return str(client.get("/").json()["door"])


def test_a_password_alone_opens_no_post(client: Client) -> None:
    post(with_app(clerk()))
    answer = password_step(client)
    assert answer.url.startswith("/door/sign-in/factor/")
    assert door(client) == "nobody"
    assert client.get("/cases/").status_code == 302
    assert client.post(answer.url, {"code": "000000"}).status_code == 422
    assert door(client) == "nobody"
    assert client.post(answer.url, {"code": app_code()}).url == "/"
    assert door(client) == "staff"


def test_the_second_step_waits_five_minutes(client: Client) -> None:
    post(with_app(clerk()))
    there = password_step(client).url
    session = client.session
    session[sessions.HALF_SINCE] -= sessions.HALF_WAY.total_seconds()
    session.save()
    assert client.post(there, {"code": app_code()}).status_code == 410
    assert door(client) == "nobody"


def test_who_was_never_enrolled_is_told_what_to_do(client: Client) -> None:
    post(clerk())
    answer = client.get(password_step(client).url, headers={"accept-language": "en"})
    assert answer.status_code == 409
    assert "enrolment link" in answer.content.decode()


def test_a_veteran_at_work_can_go_on_as_a_citizen_only(client: Client) -> None:
    post(with_app(clerk(person=citizen())))
    there = password_step(client).url
    client.post(there, {"as": "citizen"})
    assert door(client) == "citizen"
    assert "citizen" in client.get("/door/hat/").content.decode()
    assert client.post("/door/hat/", {"hat": str(Account.objects.get().posts.get().pk)}).status_code == 404


def test_the_link_as_its_holder_meets_it(client: Client) -> None:
    account = services.open_account(username="new.clerk", actor=SYSTEM, now=clock.now())
    post(account)
    token, secret = invite(account, clock.now())
    page = client.get(f"/door/join/{token}/").content.decode()
    assert "<svg" in page and totp.spelled(secret) in page and "style=" not in page
    wrong = client.post(f"/door/join/{token}/", {"code": "000000", "password": PASSWORD})
    assert wrong.status_code == 422
    code = totp.code_at(secret, totp.step_at(clock.now()))
    done = client.post(f"/door/join/{token}/", {"code": code, "password": PASSWORD})
    shown = re.findall(r"<code>([0-9a-z]{5}-[0-9a-z]{5})</code>", done.content.decode())
    assert len(shown) == 8
    assert client.get(f"/door/join/{token}/").status_code == 410
    client.post(password_step(client, "new.clerk").url, {"code": shown[0]})
    assert door(client) == "staff"


def test_a_new_phone_is_set_up_by_oneself_and_the_old_sessions_end(client: Client) -> None:
    account = with_app(clerk())
    post(account)
    elsewhere = enter(Client(), account)
    enter(client, account)
    link = client.post("/door/me/factor/").url
    secret = vault.unlock(account.pk, bytes(Invitation.objects.get().locked))
    assert "password" not in client.get(link).content.decode()
    client.post(link, {"code": totp.code_at(secret, totp.step_at(clock.now()))})
    assert (door(client), door(elsewhere)) == ("nobody", "nobody")
    assert RecoveryCode.objects.count() == 8


def test_whoever_came_without_the_second_step_changes_no_phone(client: Client) -> None:
    client.force_login(with_app(clerk()))
    assert client.post("/door/me/factor/").status_code in (403, 302)
    assert not Invitation.objects.exists()


# ── sessions end ────────────────────────────────────────────────────────────────────────────────────────────────────


def shifted(client: Client, key: str, by: timedelta) -> Client:
    session = client.session
    session[key] -= by.total_seconds()
    session.save()
    return client


@pytest.mark.parametrize(
    ("key", "by", "why"),
    [(sessions.SEEN, timedelta(minutes=30), "idle"), (sessions.BEGAN, timedelta(hours=10), "long")],
)
def test_a_session_of_staff_ends_by_itself_and_the_door_says_why(
    client: Client, key: str, by: timedelta, why: str
) -> None:
    post(with_app(clerk()))
    account = Account.objects.get()
    assert door(shifted(enter(client, account), key, by - timedelta(seconds=5))) == "staff"
    shifted(enter(client, account), key, by)
    assert door(client) == "nobody"
    page = client.get("/door/sign-in/password/", headers={"accept-language": "en"}).content.decode()
    assert ("for a while" in page) == (why == "idle")
    assert ("one working day" in page) == (why == "long")


def test_a_citizen_may_rest_longer(client: Client) -> None:
    account = services.open_account(person=citizen(), actor=SYSTEM, now=NOW)
    assert door(shifted(enter(client, account), sessions.SEEN, timedelta(minutes=119))) == "citizen"
    assert door(shifted(enter(client, account), sessions.SEEN, timedelta(minutes=121))) == "nobody"


def test_a_used_session_is_written_once_a_minute(client: Client, django_assert_num_queries: Any) -> None:
    account = with_app(clerk())
    post(account)
    door(enter(client, account))  # the first page keeps size and language in the session
    with django_assert_num_queries(2):
        door(client)
    shifted(client, sessions.SEEN, timedelta(minutes=2))
    door(client)
    assert clock.now().timestamp() - client.session[sessions.SEEN] < 60


def test_all_devices_can_be_signed_out_at_once(client: Client) -> None:
    account = with_app(clerk())
    post(account)
    others = [enter(Client(), account) for _ in range(2)]
    enter(client, account)
    assert client.post("/door/sign-out/everywhere/").url == "/"
    assert [door(one) for one in (client, *others)] == ["nobody"] * 3
    assert Entry.objects.filter(kind="identity.SessionsEnded").count() == 1


def test_when_the_worn_post_ends_the_session_ends_with_it(client: Client) -> None:
    """With one post left, that one must not slip on unasked."""
    account = with_app(clerk())
    worn, _other = post(account), post(account, "department")
    enter(client, account, str(worn.pk))
    assert door(client) == "staff"
    services.end_post(post_id=worn.pk, at=clock.now(), actor=SYSTEM, now=clock.now() - timedelta(seconds=1))
    assert door(client) == "nobody"
    assert "post" in client.session[sessions.ENDED]
    assert queries.hats_of(account.pk, clock.now())


def test_an_acting_post_ends_by_itself(client: Client) -> None:
    account = with_app(clerk())
    held = post(account, acting=True, valid_to=clock.now() + timedelta(days=1))
    enter(client, account)
    assert door(client) == "staff"
    type(held).objects.filter(pk=held.pk).update(valid_to=clock.now())
    assert door(client) == "nobody"


def test_the_code_of_the_test_is_an_apps_code() -> None:
    assert app_code(NOW) == TOTP(SECRET, 6, SHA1(), 30).generate(int(NOW.timestamp())).decode()


# ── the first administrator ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_administrator_comes_in_by_a_link_from_the_command_line(client: Client) -> None:
    done = CliRunner().invoke(admin, ["invite", "first.admin"])
    assert done.exit_code == 0, done.output
    path = urlsplit(done.output.strip()).path
    secret = vault.unlock(Account.objects.get(username="first.admin").pk, bytes(Invitation.objects.get().locked))
    client.post(path, {"code": totp.code_at(secret, totp.step_at(clock.now())), "password": PASSWORD})
    there = password_step(client, "first.admin").url
    client.post(there, {"code": totp.code_at(secret, totp.step_at(clock.now()) + 1)})
    seen = client.get("/").json()
    assert (seen["door"], seen["role"], seen["region"]) == ("staff", "administrator", "0" * 12)
    again = CliRunner().invoke(admin, ["invite", "first.admin"])
    assert again.exit_code == 0 and Account.objects.get(username="first.admin").posts.count() == 1
