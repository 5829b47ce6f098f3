"""A second signer: the pack says when, a code on their phone, they read what they sign, and may refuse."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from onething.cases import queries, services
from onething.cases.errors import (
    CosignatureGone,
    CosignatureMissing,
    CosignatureNotAsked,
    CosignCodeRefused,
    OwnCosignature,
)
from onething.cases.models import Case, Cosignature, Draft
from onething.cases.queries import cosigning
from onething.cases.tests import factories
from onething.cases.tests.test_portal import page, sign_in, words
from onething.catalogue.check import check_pack
from onething.identity.errors import TooManyTries
from onething.kernel.access import NOBODY
from onething.plumbing import calendars, places
from onething.plumbing.messages import queries as messages
from onething.registry.models import Person

pytestmark = pytest.mark.django_db

NOW = factories.NOW
MATTER = "household_registration"
HOST = "19900000055"
COSIGN = """
cosign:
  name: host_name
  phone: host_phone
  shows: [settle_address, host_relation]
  when: "hukou_cancelled"
  because: {zh: "户主同意，才能把您印进他的户口簿。", en: "Your page goes into the host's book only if they agree."}
  source: F16
"""
FIELD = """
host_phone:
  label: {zh: "户主的手机号", en: "Mobile number of the head"}
  question: {zh: "户主的手机号是多少？", en: "What is the host's mobile number?"}
  type: phone
"""
ASKED = '  - {field: host_phone, source: F16, because: {zh: "请户主签字。", en: "The host signs."}}\n'


def _with_cosign(root: Path) -> None:
    registration = root / "national/retirement/matters/03_household_registration.yaml"
    registration.write_text(registration.read_text().replace("fields:\n", "fields:\n" + ASKED, 1) + COSIGN)
    with (root / "national/retirement/fields.yaml").open("a") as fields:
        fields.write(FIELD)


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same packs, in which the head of the household signs too."""
    root = tmp_path / "packs"
    shutil.copytree(places.packs_root(), root)
    factories.answers()  # read before the examples go
    _with_cosign(root)
    for examples in root.glob("*/retirement/examples"):
        shutil.rmtree(examples)
    monkeypatch.setenv("ONETHING_PACKS", str(root))
    return root


@pytest.fixture
def soldier(packs: Path) -> Person:
    factories.regions()
    factories.connect()
    return factories.person()


@pytest.fixture
def draft(soldier: Person) -> Draft:
    return factories.draft(soldier, host_phone=HOST)


def ask(draft: Draft, soldier: Person, at: timedelta = timedelta()) -> tuple[str, str]:
    """Ask for the signature; give the secret and the code that went to the phone."""
    services.ask_cosignature(draft=draft, matter=MATTER, actor=factories.citizen(soldier), now=NOW + at)
    body = messages.outbox(channel="sms", to=HOST, limit=1)[0].body
    return re.findall(r"/cosign/([\w-]+)/", body)[0], re.findall(r"\b\d{6}\b", body)[0]


def opened(secret: str, code: str, at: timedelta = timedelta()) -> Cosignature:
    return services.open_cosignature(secret=secret, code=code, address="::1", now=NOW + at)


def answer(secret: str, *, signs: bool, digest: str, at: timedelta = timedelta()) -> Cosignature:
    return services.answer_cosignature(secret=secret, signs=signs, digest=digest, actor=NOBODY, now=NOW + at)


def test_nothing_is_submitted_before_the_second_signature(draft: Draft, soldier: Person) -> None:
    with pytest.raises(CosignatureMissing):
        services.submit_case(draft=draft, actor=factories.citizen(soldier), now=NOW)
    secret, code = ask(draft, soldier)
    with pytest.raises(CosignatureMissing):
        services.submit_case(draft=draft, actor=factories.citizen(soldier), now=NOW)
    row = opened(secret, code)
    answer(secret, signs=True, digest=row.digest)
    services.submit_case(draft=draft, actor=factories.citizen(soldier), now=NOW)
    assert Case.objects.count() == 1


def test_who_changes_what_was_signed_has_no_signature_any_more(draft: Draft, soldier: Person) -> None:
    secret, code = ask(draft, soldier)
    answer(secret, signs=True, digest=opened(secret, code).digest)
    actor = factories.citizen(soldier)
    services.save_answers(draft=draft, answers={"job_wish": "开车"}, actor=actor, now=NOW)
    again = services.ask_cosignature(draft=draft, matter=MATTER, actor=actor, now=NOW)
    assert again.state == "signed", "what they did not see may change"
    services.save_answers(draft=draft, answers={"settle_address": "别的地方 1 号"}, actor=actor, now=NOW)
    with pytest.raises(CosignatureMissing):
        services.submit_case(draft=Draft.objects.get(pk=draft.pk), actor=actor, now=NOW)


def test_where_the_condition_does_not_hold_nobody_else_signs(draft: Draft, soldier: Person) -> None:
    plan = queries.plan_of(draft, on=NOW.date())
    known = queries.known_and_answered(draft)
    assert [one.matter for one in cosigning.wanted(draft, plan, known, on=NOW.date())] == [MATTER]
    assert not cosigning.wanted(draft, plan, {**known, "hukou_cancelled": False}, on=NOW.date())
    with pytest.raises(CosignatureNotAsked):
        services.ask_cosignature(draft=draft, matter="id_card", actor=factories.citizen(soldier), now=NOW)


def test_a_code_works_once_for_a_day_and_for_five_tries(draft: Draft, soldier: Person) -> None:
    secret, code = ask(draft, soldier)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(5):
        with pytest.raises(CosignCodeRefused):
            opened(secret, wrong)
    with pytest.raises(CosignCodeRefused):
        opened(secret, code)
    secret, code = ask(draft, soldier, timedelta(minutes=1))
    with pytest.raises(CosignatureGone):
        opened(secret, code, timedelta(hours=25))
    opened(secret, code)
    with pytest.raises(CosignCodeRefused):
        opened(secret, code)


def test_an_older_link_is_dead_and_a_phone_is_not_rung_all_night(draft: Draft, soldier: Person) -> None:
    first, code = ask(draft, soldier)
    ask(draft, soldier, timedelta(minutes=1))
    with pytest.raises(CosignatureGone):
        opened(first, code)
    ask(draft, soldier, timedelta(minutes=2))
    with pytest.raises(TooManyTries):
        ask(draft, soldier, timedelta(minutes=3))
    assert Cosignature.objects.exclude(state="replaced").count() == 1


def test_nothing_is_signed_unread_or_twice(draft: Draft, soldier: Person) -> None:
    secret, code = ask(draft, soldier)
    row = Cosignature.objects.get()
    with pytest.raises(CosignCodeRefused):
        answer(secret, signs=True, digest=row.digest)
    opened(secret, code)
    with pytest.raises(CosignCodeRefused):
        answer(secret, signs=True, digest="of another text")
    answer(secret, signs=False, digest=row.digest)
    with pytest.raises(CosignatureGone):
        answer(secret, signs=True, digest=row.digest)


def test_ones_own_phone_is_no_second_signer(soldier: Person) -> None:
    own = factories.draft(soldier, host_phone=soldier.phone)
    with pytest.raises(OwnCosignature):
        services.ask_cosignature(draft=own, matter=MATTER, actor=factories.citizen(soldier), now=NOW)


def test_by_hand_from_the_last_page_to_the_case(client: Client, draft: Draft, soldier: Person) -> None:
    citizen, host = sign_in(client, "19900000001"), Client()
    before = words(citizen.get(page(draft, "check")))
    assert "还要谁签字" in before and "给对方发验证码" in before and "何守田" in before
    assert citizen.post(page(draft, "check")).status_code == 200 and not Case.objects.exists()
    citizen.post(page(draft, "cosign"), {"matter": MATTER})
    assert "等签字" in words(citizen.get(page(draft, "check")))
    body = messages.outbox(channel="sms", to=HOST, limit=1)[0].body
    link = "/" + re.findall(r"https?://[^/]+/(\S+/)", body)[0]
    code = re.findall(r"\b\d{6}\b", body)[0]
    closed = words(host.get(link))
    assert "柳湾村" not in closed and "何青松" not in closed, "nothing is told to whoever has the link alone"
    assert host.post(link, {"code": "12"}).status_code == 422
    host.post(link, {"code": code})
    shown = words(host.get(link))
    given = factories.answers()
    for seen in ("何青松", "何守田", given["settle_address"], "户主同意"):
        assert seen in shown, seen
    for kept in (given["bank_account"], given["id_number"], given["job_wish"]):
        assert kept not in shown, "they see what they sign and nothing else"
    assert "何青松" not in words(Client().get(link)), "another browser has to enter the code"
    digest = re.findall(r'name="digest" value="(\w{64})"', shown)[0]
    host.post(link, {"answer": "refuse", "digest": digest, "reason": "<b>先商量</b>"})
    told = words(citizen.get(page(draft, "check")))
    assert "没有签" in told and "&lt;b&gt;先商量" in told
    citizen.post(page(draft, "cosign"), {"matter": MATTER})
    body = messages.outbox(channel="sms", to=HOST, limit=1)[0].body
    link, code = "/" + re.findall(r"https?://[^/]+/(\S+/)", body)[0], re.findall(r"\b\d{6}\b", body)[0]
    host.post(link, {"code": code})
    assert "签好了" in words(host.post(link, {"answer": "sign", "digest": digest}))
    assert "签好了" in words(citizen.get(page(draft, "check")))
    assert citizen.post(page(draft, "check")).status_code == 302 and Case.objects.exists()
    assert host.get(link).status_code == 410


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("phone: host_phone", "phone: host_name", "phone"),
        ("[settle_address, host_relation]", "[job_wish]", "job_wish"),
        ("name: host_name", "name: nobody", "nobody"),
        ('when: "hukou_cancelled"', 'when: "hukou_gone"', "hukou_gone"),
    ],
)
def test_a_pack_that_cannot_be_signed_is_not_published(packs: Path, before: str, after: str, problem: str) -> None:
    registration = packs / "national/retirement/matters/03_household_registration.yaml"
    registration.write_text(registration.read_text().replace(before, after))
    report = check_pack("hlj/retirement", calendars.national_calendar())
    assert any(problem in str(vars(one) if hasattr(one, "__dict__") else one) for one in report.problems), report
