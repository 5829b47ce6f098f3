"""Signing in, told as the service sees it: what works once, what ends, what is counted."""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction
from pytest_django.fixtures import Settings

from onething.identity import jobs, queries, services, throttle
from onething.identity.errors import (
    ApiKeyRefused,
    CodeRefused,
    NoSuchAccount,
    NoSuchPost,
    PasswordTooWeak,
    PeriodWrong,
    RoleUnknown,
    ScopeNotHeld,
    SignInRefused,
    TooManyTries,
    UsernameTaken,
    UsernameWrong,
)
from onething.identity.models import Account, ApiKey, Post, SignInCode, Throttle
from onething.identity.services.signing_in import CODE_TRIES
from onething.identity.tests.factories import PASSWORD, Quick, citizen, clerk, code_sent_to, post
from onething.kernel.access import NOBODY, SYSTEM, Actor, Door
from onething.plumbing.journal.models import Entry
from onething.plumbing.messages.models import Message
from onething.registry import services as registry
from onething.registry.events import PersonForgotten
from onething.registry.models import Organisation
from onething.registry.tests.factories import CITY, COUNTY, NEIGHBOUR, NOW, TOWN, VILLAGE

pytestmark = pytest.mark.django_db

HERE = "203.0.113.7"
PHONE = "13800000014"


def with_password(
    name: str = "lin.clerk", password: str = PASSWORD, now: datetime = NOW, address: str = HERE
) -> Account:
    return services.sign_in_with_password(name=name, password=password, address=address, now=now)


def request_code(name: str = PHONE, now: datetime = NOW) -> Any:
    return services.request_code(name=name, address=HERE, now=now)


def with_code(person_id: Any, code: str, now: datetime = NOW) -> Account:
    return services.sign_in_with_code(person_id=person_id, code=code, address=HERE, now=now)


def later(seconds: int = 1) -> datetime:
    return NOW + timedelta(seconds=seconds)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


# ── password ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_staff_sign_in_with_name_and_password() -> None:
    account = clerk()
    assert with_password() == with_password(" Lin.Clerk ") == account
    assert Entry.objects.filter(kind="identity.SignedIn").count() == 2


def test_a_citizen_signs_in_with_phone_or_id_number_and_password() -> None:
    person = citizen()
    account = services.open_account(person=person, password=PASSWORD, actor=SYSTEM, now=NOW)
    assert with_password(PHONE) == with_password(person.id_number) == account
    assert PHONE not in account.username and person.id_number not in account.username


@pytest.mark.parametrize("name", ["lin.clerk", "nobody.here", PHONE, "990110200403050014", "", "%", "\x01"])
def test_every_failure_sounds_the_same_and_is_recorded(name: str) -> None:
    clerk()
    with pytest.raises(SignInRefused) as refused:
        with_password(name, "wrong")
    assert refused.value.facts == {}
    assert Entry.objects.filter(kind="identity.SignInFailed").count() == 1


def test_an_unknown_name_costs_as_much_as_a_wrong_password() -> None:
    clerk()
    clerk("no.password", password=None)
    costs = []
    for name in ("lin.clerk", "nobody.here", "no.password"):
        before = Quick.hashed
        with pytest.raises(SignInRefused):
            with_password(name, "wrong")
        costs.append(Quick.hashed - before)
    assert costs == [1, 1, 1]


def test_a_closed_account_does_not_open() -> None:
    account = clerk()
    services.close_account(account_id=account.pk, actor=SYSTEM, now=NOW)
    with pytest.raises(SignInRefused):
        with_password()
    with pytest.raises(NoSuchAccount):
        services.close_account(account_id=account.pk, actor=SYSTEM, now=NOW)


def test_guessing_is_stopped_and_the_right_password_does_not_help_until_the_window_is_over() -> None:
    clerk()
    for _ in range(throttle.PER_NAME.tries):
        with pytest.raises(SignInRefused):
            with_password(password="wrong")
    with pytest.raises(TooManyTries) as refused:
        with_password()
    assert refused.value.facts == {"minutes": 15}
    with pytest.raises(TooManyTries):
        with_password(now=NOW + throttle.WINDOW - timedelta(seconds=1))
    assert with_password(now=NOW + throttle.WINDOW)


def test_another_name_of_the_same_account_does_not_count_anew() -> None:
    person = citizen()
    services.open_account(person=person, password=PASSWORD, actor=SYSTEM, now=NOW)
    for _ in range(throttle.PER_NAME.tries):
        with pytest.raises(SignInRefused):
            with_password(PHONE, "wrong")
    with pytest.raises(TooManyTries):
        with_password(person.id_number)


def test_signing_in_forgets_earlier_slips() -> None:
    clerk()
    for _ in range(3):
        for _ in range(throttle.PER_NAME.tries - 1):
            with pytest.raises(SignInRefused):
                with_password(password="wrong")
        with_password()


def test_one_address_cannot_try_many_names() -> None:
    Throttle.objects.create(key=throttle.PER_ADDRESS.key(HERE), tries=throttle.PER_ADDRESS.tries, since=NOW)
    clerk()
    with pytest.raises(TooManyTries):
        with_password()
    assert with_password(address="203.0.113.8")


def test_names_and_addresses_are_not_kept_in_the_clear() -> None:
    clerk()
    with pytest.raises(SignInRefused):
        with_password("somebody", "wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM identity_throttle t")
        written = cursor.fetchone()[0]
    for secret in ("somebody", HERE):
        assert secret not in written and secret.encode().hex() not in written


# ── code ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_code_opens_the_persons_account_and_the_second_finds_it() -> None:
    person = citizen()
    account = with_code(request_code(), code_sent_to(PHONE))
    assert account.person_id == person.pk
    assert with_code(request_code(person.id_number, later()), code_sent_to(PHONE), later()) == account


def test_a_code_works_once() -> None:
    citizen()
    person_id = request_code()
    code = code_sent_to(PHONE)
    with_code(person_id, code)
    with pytest.raises(CodeRefused):
        with_code(person_id, code)


def test_a_code_lives_five_minutes() -> None:
    citizen()
    person_id = request_code()
    with pytest.raises(CodeRefused):
        with_code(person_id, code_sent_to(PHONE), NOW + timedelta(minutes=5))
    assert with_code(person_id, code_sent_to(PHONE), NOW + timedelta(minutes=4, seconds=59))


def test_five_wrong_tries_end_a_code() -> None:
    citizen()
    person_id = request_code()
    code = code_sent_to(PHONE)
    for _ in range(CODE_TRIES):
        with pytest.raises(CodeRefused):
            with_code(person_id, wrong(code))
    with pytest.raises(CodeRefused):
        with_code(person_id, code)


def test_a_new_code_ends_the_old_one() -> None:
    citizen()
    person_id = request_code()
    old = code_sent_to(PHONE)
    request_code(now=later())
    if code_sent_to(PHONE) != old:
        with pytest.raises(CodeRefused):
            with_code(person_id, old)
    assert with_code(person_id, f" {code_sent_to(PHONE)} ")


def test_one_persons_code_does_not_open_for_another() -> None:
    citizen()
    other = citizen(phone="13900000000")
    request_code("13900000000")
    request_code()
    if code_sent_to(PHONE) != code_sent_to("13900000000"):
        with pytest.raises(CodeRefused):
            with_code(other.pk, code_sent_to(PHONE))


def test_an_unknown_number_looks_the_same_and_sends_nothing() -> None:
    citizen()
    for name in ("13900000000", "990110200403050014", "hello", ""):
        person_id = request_code(name)
        assert SignInCode.objects.filter(person_id=person_id).exists()
        with pytest.raises(CodeRefused):
            with_code(person_id, "000000")
    assert not Message.objects.exists()


def test_a_shared_phone_means_nobody_but_the_id_number_does() -> None:
    one, other = citizen(), citizen()
    request_code()
    assert not Message.objects.exists()
    assert request_code(one.id_number) == one.pk
    assert request_code(other.id_number) == other.pk


def test_codes_cannot_be_asked_for_without_end() -> None:
    citizen()
    for _ in range(throttle.CODES_PER_NAME.tries):
        request_code()
    with pytest.raises(TooManyTries):
        request_code()
    assert Message.objects.count() == throttle.CODES_PER_NAME.tries


def test_new_codes_do_not_give_new_tries_for_ever() -> None:
    citizen()
    tried = 0
    with pytest.raises(TooManyTries):
        for _ in range(throttle.CODES_PER_NAME.tries):
            person_id = request_code(now=later(tried))
            for _ in range(CODE_TRIES):
                with pytest.raises(CodeRefused):
                    with_code(person_id, wrong(code_sent_to(PHONE)), later(tried))
                tried += 1
    assert tried == throttle.PER_NAME.tries


def test_the_code_is_nowhere_in_the_clear() -> None:
    citizen()
    request_code()
    code = code_sent_to(PHONE)
    with connection.cursor() as cursor:
        for table in ("identity_signincode", "outgoing_message", "journal_entry", "procrastinate_jobs"):
            cursor.execute(f"SELECT row_to_json(t)->>'digest', t::text FROM {table} t")  # table names of ours
            for digest, row in cursor.fetchall():
                assert digest != "\\x" + hashlib.sha256(code.encode()).hexdigest()
                assert f'"{code}"' not in row and PHONE not in row and code.encode().hex() not in row


def test_a_forgotten_person_cannot_come_in() -> None:
    person = citizen()
    account = with_code(request_code(), code_sent_to(PHONE))
    person_id = request_code(now=later())
    code = code_sent_to(PHONE)
    registry.forget_person(person_id=person.pk, actor=SYSTEM, now=NOW)
    with pytest.raises(CodeRefused):
        with_code(person_id, code)
    jobs.close_account_of_forgotten(PersonForgotten(person_id=person.pk))
    jobs.close_account_of_forgotten(PersonForgotten(person_id=person.pk))
    assert queries.presence(account.pk, NOW) is None


def test_the_sweep_leaves_only_what_still_counts() -> None:
    citizen()
    request_code(now=NOW - timedelta(days=1))
    request_code("13900000000", now=NOW - timedelta(days=1))
    live = request_code()
    services.sweep_traces(now=NOW)
    assert list(SignInCode.objects.values_list("person_id", flat=True)) == [live]
    assert Throttle.objects.count() == 2


# ── accounts and posts ──────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_refused_when_an_account_is_opened() -> None:
    clerk()
    person = citizen()
    services.open_account(person=person, actor=SYSTEM, now=NOW)
    with pytest.raises(UsernameTaken):
        clerk("LIN.clerk")
    with pytest.raises(UsernameTaken):
        services.open_account(person=person, actor=SYSTEM, now=NOW)
    for name in ("1lin", "li", "lin clerk", "林", "l" * 41):
        with pytest.raises(UsernameWrong):
            clerk(name)
    for password in ("short", "lin.other and more"):
        with pytest.raises(PasswordTooWeak):
            clerk("lin.other", password=password)


def test_what_is_refused_when_a_post_is_given() -> None:
    account = clerk()
    for wishes, refusal in [
        ({"role": "king"}, RoleUnknown),
        ({"role": "citizen"}, RoleUnknown),
        ({"acting": True}, PeriodWrong),
        ({"valid_from": NOW, "valid_to": NOW}, PeriodWrong),
    ]:
        with pytest.raises(refusal):
            post(account, **wishes)
    assert not Post.objects.exists()


def test_the_database_keeps_acting_posts_from_staying() -> None:
    held = post(clerk())
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=held.pk).update(acting=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=held.pk).update(valid_to=held.valid_from - timedelta(days=1))


def test_a_post_counts_from_its_first_moment_until_before_its_last() -> None:
    account = clerk()
    begin, end = NOW, NOW + timedelta(days=30)
    held = post(account, valid_from=begin, valid_to=end, acting=True)
    for moment, counts in [
        (begin - timedelta(seconds=1), False), (begin, True), (end - timedelta(seconds=1), True), (end, False),
    ]:  # fmt: skip
        assert (held in queries.posts_of(account, moment)) is counts
        assert bool(queries.hats_of(account.pk, moment)) is counts


def test_a_post_is_ended_once_and_not_in_the_past() -> None:
    account = clerk()
    held = post(account)
    with pytest.raises(PeriodWrong):
        services.end_post(post_id=held.pk, at=NOW - timedelta(days=1), actor=SYSTEM, now=NOW)
    services.end_post(post_id=held.pk, at=NOW, actor=SYSTEM, now=NOW)
    assert not queries.posts_of(account, NOW)
    with pytest.raises(NoSuchPost):
        services.end_post(post_id=held.pk, at=NOW, actor=SYSTEM, now=NOW)


def test_an_expired_post_cannot_be_chosen_nor_somebody_elses() -> None:
    account, other = clerk(), clerk("other.clerk")
    ended = post(account, valid_to=NOW)
    theirs = post(other)
    for key in (str(ended.pk), str(theirs.pk), "citizen", ""):
        with pytest.raises(NoSuchPost):
            services.choose_hat(account_id=account.pk, key=key, now=NOW)


def test_being_present_is_one_query(django_assert_num_queries: Any) -> None:
    account = clerk(person=citizen())
    post(account)
    post(account, valid_to=NOW - timedelta(days=1))
    with django_assert_num_queries(1):
        present = queries.presence(account.pk, NOW)
    assert present is not None
    assert [hat.role for hat in present.hats] == ["clerk", "citizen"]


@pytest.mark.parametrize(
    ("region", "may", "seen"),
    [
        (CITY, "identity.read_account", {COUNTY, NEIGHBOUR, TOWN}),
        (COUNTY, "identity.read_account", {COUNTY, TOWN}),
        (NEIGHBOUR, "identity.read_account", {NEIGHBOUR}),
        (VILLAGE, "identity.read_account", set()),
        (CITY, "cases.read_case", set()),
        ("", "identity.read_account", set()),
    ],
)
def test_who_sees_which_posts_and_accounts(region: str, may: str, seen: set[str]) -> None:
    for number, place in enumerate([COUNTY, NEIGHBOUR, TOWN]):
        post(clerk(f"clerk-{number}"), region=place)
    clerk("without.post")
    actor = Actor(door=Door.STAFF, region=region, permissions=frozenset({may}))
    assert set(Post.objects.visible_to(actor).values_list("region_id", flat=True)) == seen
    assert set(Account.objects.visible_to(actor).values_list("posts__region_id", flat=True)) == seen


def test_everybody_sees_their_own_account_only() -> None:
    account = clerk()
    post(clerk("other.clerk"))
    own = Actor(door=Door.STAFF, account_id=account.pk, region=COUNTY)
    assert list(Account.objects.visible_to(own)) == [account]
    assert not Account.objects.visible_to(NOBODY) and not Post.objects.visible_to(NOBODY)
    assert Account.objects.visible_to(SYSTEM).count() == 2


# ── keys for programs ───────────────────────────────────────────────────────────────────────────────────────────────


def key_for(account: Account, **wishes: Any) -> str:
    given: dict[str, Any] = {"label": "portal", "scopes": ["cases.read_case"], "actor": SYSTEM, "now": NOW}
    return services.issue_api_key(account=account, **given | wishes)


def test_a_key_acts_for_its_post_as_far_as_its_scopes_go() -> None:
    account = clerk()
    held = post(account, "administrator", region=TOWN)
    token = key_for(account, post=held, scopes=["identity.give_post"])
    actor = services.actor_of_key(token=token, now=NOW)
    assert (actor.post_id, actor.region, actor.permissions) == (held.pk, TOWN, frozenset({"identity.give_post"}))
    assert actor.door is Door.DEPARTMENT


def test_a_stations_program_comes_through_the_staff_door() -> None:
    account = clerk()
    station = Organisation.objects.create(code="station", name="站", kind="station", region_id=TOWN)
    token = key_for(account, post=post(account, organisation=station))
    assert services.actor_of_key(token=token, now=NOW).door is Door.STAFF


def test_a_citizens_key_is_the_citizen() -> None:
    person = citizen()
    account = services.open_account(person=person, actor=SYSTEM, now=NOW)
    actor = services.actor_of_key(token=key_for(account, scopes=["cases.file_own"]), now=NOW)
    assert actor.is_person(person.pk) and actor.permissions == {"cases.file_own"}


def test_a_key_ends_with_its_time_its_post_its_account_and_by_revoking() -> None:
    account = clerk()
    held = post(account, valid_to=NOW + timedelta(days=2))
    token = key_for(account, post=held, expires_at=NOW + timedelta(days=3))
    soon = key_for(account, post=held, expires_at=NOW + timedelta(days=1))
    assert services.actor_of_key(token=token, now=NOW)
    revoked = key_for(account, post=held)
    services.revoke_api_key(key_id=ApiKey.objects.latest("issued_at", "pk").pk, actor=SYSTEM, now=NOW)
    dead = [t for t in (token, soon, revoked) if not works(t, NOW)]
    assert len(dead) == 1
    assert not works(soon, NOW + timedelta(days=1))
    assert not works(token, NOW + timedelta(days=2))
    services.close_account(account_id=account.pk, actor=SYSTEM, now=NOW)
    assert not any(works(t, NOW) for t in (token, soon, revoked))


def works(token: str, now: datetime) -> bool:
    try:
        services.actor_of_key(token=token, now=now)
    except ApiKeyRefused:
        return False
    return True


def test_a_changed_key_is_refused_and_the_secret_is_not_kept() -> None:
    account = clerk()
    token = key_for(account, post=post(account))
    for bad in (
        "",
        "ot_",
        token[:-1],
        token + "x",
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        f"ot_{uuid4().hex}_{'x' * 43}",
    ):
        assert not works(bad, NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(k)::text FROM identity_apikey k")
        assert token[36:] not in cursor.fetchone()[0]


def test_a_key_gets_no_more_than_its_holder_may() -> None:
    account = clerk()
    held = post(account)
    with pytest.raises(ScopeNotHeld):
        key_for(account, post=held, scopes=["identity.give_post"])
    with pytest.raises(NoSuchPost):
        key_for(clerk("other.clerk"), post=held)
    with pytest.raises(PeriodWrong):
        key_for(account, post=held, expires_at=NOW)


# ── many at once ────────────────────────────────────────────────────────────────────────────────────────────────────


def in_threads(count: int, work: Any) -> list[Any]:
    """Run the same work in many threads that begin together; gives results, or the exceptions."""
    start = threading.Barrier(count)

    def run(number: int) -> Any:
        start.wait()
        try:
            return work(number)
        except (SignInRefused, TooManyTries, CodeRefused) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_sign_ins_in_the_same_second_all_succeed(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]  # 16 MB and all
    accounts = [clerk(f"clerk-{number}", password=None) for number in range(50)]
    Account.objects.update(password=make_password(PASSWORD))
    signed_in = in_threads(50, lambda number: with_password(f"clerk-{number}"))
    assert signed_in == accounts
    assert Entry.objects.filter(kind="identity.SignedIn").count() == 50


@pytest.mark.django_db(transaction=True)
def test_guessing_in_parallel_gives_no_more_tries() -> None:
    clerk()
    outcomes = in_threads(30, lambda number: with_password(password=f"wrong {number}"))
    kinds = [type(outcome) for outcome in outcomes]
    assert kinds.count(SignInRefused) == throttle.PER_NAME.tries
    assert kinds.count(TooManyTries) == 30 - throttle.PER_NAME.tries


@pytest.mark.django_db(transaction=True)
def test_one_code_typed_twice_at_once_opens_one_session() -> None:
    citizen()
    person_id = request_code()
    code = code_sent_to(PHONE)
    outcomes = in_threads(5, lambda number: with_code(person_id, code))
    assert [type(outcome) for outcome in outcomes].count(Account) == 1
    assert Account.objects.count() == 1
