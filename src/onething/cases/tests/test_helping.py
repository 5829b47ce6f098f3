"""Acting for somebody: asked, allowed by code or paper, done in their name, seen and ended by them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onething.cases import letters, services
from onething.cases.models import Case, Draft
from onething.cases.tests import factories
from onething.identity import mandates, sessions
from onething.identity import services as identity
from onething.identity.models import Account, Mandate, MandateWish
from onething.identity.tests.factories import clerk, enter, post
from onething.kernel import codes
from onething.kernel.access import SYSTEM
from onething.plumbing import clock, storage
from onething.plumbing.messages import queries as messages
from onething.registry import sealing
from onething.registry import services as registry
from onething.registry.models import Organisation, Person

pytestmark = pytest.mark.django_db

PHONE = "19900000001"  # the soldier's
OTHER = "19900000002"
NUMBER = "990123199905210150"


@pytest.fixture
def soldier() -> Person:
    factories.regions()
    factories.connect()
    factories.release(factories.OFFERED)
    return factories.person()


@pytest.fixture
def neighbour(soldier: Person) -> Account:
    body = "99012319660101001"
    person = registry.register_person(
        name="魏长河", id_number=body + codes.id_check_digit(body), phone=OTHER, region=factories.REGION,
        known={}, source="invented", actor=SYSTEM, now=factories.NOW,
    )  # fmt: skip
    return identity.open_account(person=person, actor=SYSTEM, now=clock.now())


@pytest.fixture
def helper(neighbour: Account) -> Client:
    return enter(Client(), neighbour)


def owner(soldier: Person) -> Client:
    return enter(Client(), Account.objects.filter(person=soldier).first() or _opened(soldier))


def _opened(soldier: Person) -> Account:
    return identity.open_account(person=soldier, actor=SYSTEM, now=clock.now())


def words(answer: Any) -> str:
    return str(answer.content.decode())


def wish(**changed: str) -> dict[str, str]:
    return {"name": "何青松", "id_number": NUMBER, "kin": "sibling", "pack": factories.OFFERED} | changed


def code_read_out() -> str:
    return re.findall(r"\b\d{6}\b", messages.outbox(channel="sms", to=PHONE, limit=1)[0].body)[0]


def allowed(helper: Client) -> Mandate:
    assert helper.post("/matters/helping/", wish())["Location"] == "/matters/helping/code/"
    assert helper.post("/matters/helping/code/", {"code": code_read_out()}).status_code == 302
    return Mandate.objects.get()


def act(helper: Client, mandate: Mandate) -> None:
    assert helper.post("/matters/helping/act/", {"mandate": str(mandate.pk)})["Location"] == "/matters/"


def test_a_neighbour_files_with_a_code_and_the_person_sees_every_step(helper: Client, soldier: Person) -> None:
    mandate = allowed(helper)
    act(helper, mandate)
    assert "您现在替 何*松 办事" in words(helper.get("/matters/"))
    begun = helper.post(f"/matters/start/{factories.release(factories.OFFERED).pk}/")
    draft = Draft.objects.get(person_id=soldier.pk)
    assert str(draft.pk) in begun["Location"]
    helper.post(f"/matters/forms/{draft.pk}/questions/", {"field": "service_months", "q_service_months": "24"})
    file = SimpleUploadedFile("p.pdf", factories.PAPER)
    helper.post(f"/matters/forms/{draft.pk}/papers/", {"file_photo": file, "stay": "1"})
    factories.draft(soldier, factories.OFFERED)
    assert helper.post(f"/matters/forms/{draft.pk}/check/").status_code == 302
    case = Case.objects.get(person_id=soldier.pk)
    assert helper.get(f"/matters/{case.number}/").status_code == 200
    seen = words(owner(soldier).get("/matters/helpers/"))
    for step in ("开始替您办事", "开始填表了", "填了内容", "加了材料", "提交了申请", "魏*河"):
        assert step in seen, step


def test_the_message_says_who_asks_and_what_for(helper: Client, soldier: Person) -> None:
    helper.post("/matters/helping/", wish())
    body = messages.outbox(channel="sms", to=PHONE, limit=1)[0].body
    assert "魏*河" in body and "同意" in body and factories.release(factories.OFFERED).title["zh"] in body


def test_a_name_that_does_not_fit_looks_the_same_and_sends_nothing(helper: Client, soldier: Person) -> None:
    right = helper.post("/matters/helping/", wish())
    before = len(messages.outbox(channel="sms", to=PHONE, limit=9))
    for wrong in (wish(name="何青"), wish(id_number="990123199905210169"), wish(id_number="no number")):
        answer = helper.post("/matters/helping/", wrong)
        assert (answer.status_code, answer["Location"]) == (right.status_code, right["Location"])
        assert helper.post("/matters/helping/code/", {"code": "123456"}).status_code == 422
    assert len(messages.outbox(channel="sms", to=PHONE, limit=9)) == before
    assert not Mandate.objects.exists()


def test_a_code_works_once_for_ten_minutes_and_five_tries(helper: Client, soldier: Person) -> None:
    helper.post("/matters/helping/", wish())
    code = code_read_out()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    MandateWish.objects.update(expires_at=clock.now())
    assert helper.post("/matters/helping/code/", {"code": code}).status_code == 422
    MandateWish.objects.update(expires_at=clock.now() + timedelta(minutes=1))
    for _ in range(4):
        helper.post("/matters/helping/code/", {"code": wrong})
    assert helper.post("/matters/helping/code/", {"code": wrong}).status_code == 422
    assert helper.post("/matters/helping/code/", {"code": code}).status_code == 422, "the sixth try opens nothing"
    helper.post("/matters/helping/", wish())
    again = code_read_out()
    assert helper.post("/matters/helping/code/", {"code": again}).status_code == 302
    assert helper.post("/matters/helping/code/", {"code": again}).status_code == 422


def test_codes_to_one_phone_are_throttled(helper: Client, soldier: Person) -> None:
    answers = [helper.post("/matters/helping/", wish()).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]


def test_nobody_needs_it_for_themselves(soldier: Person) -> None:
    answer = owner(soldier).post("/matters/helping/", wish())
    assert answer.status_code == 422
    assert "办自己的事，不用委托" in words(answer)


def test_the_person_ends_it_at_once(helper: Client, soldier: Person) -> None:
    mandate = allowed(helper)
    act(helper, mandate)
    mine = owner(soldier)
    assert "马上收回" in words(mine.get("/matters/helpers/"))
    mine.post("/matters/helpers/end/", {"mandate": str(mandate.pk)})
    gone = helper.get("/matters/")
    assert gone.status_code == 302 and "/door/sign-in/" in gone["Location"]
    assert "委托已经结束" in words(helper.get(gone["Location"]))
    assert "不能再替您办" in words(mine.get("/matters/helpers/"))


def test_whose_mandate_it_is_not_ends_nothing(helper: Client, soldier: Person) -> None:
    mandate = allowed(helper)
    for given_id in (str(mandate.pk), "no id", ""):
        stranger = enter(Client(), _stranger(given_id))
        assert stranger.post("/matters/helpers/end/", {"mandate": given_id}).status_code == 404
        assert stranger.post("/matters/helping/act/", {"mandate": given_id}).status_code == 404
    assert Mandate.objects.get().revoked_at is None


def _stranger(seed: str) -> Account:
    body = f"990123196{len(seed) % 10}0202003"
    person = registry.register_person(
        name="路人", id_number=body + codes.id_check_digit(body), phone="", region=factories.REGION, known={},
        source="invented", actor=SYSTEM, now=factories.NOW,
    )  # fmt: skip
    return identity.open_account(person=person, actor=SYSTEM, now=clock.now())


def test_a_helper_lays_it_down_and_goes_back_to_themselves(helper: Client, soldier: Person) -> None:
    mandate = allowed(helper)
    act(helper, mandate)
    assert helper.post("/door/hat/leave/")["Location"] == "/door/hat/"
    assert "替 何*松" not in words(helper.get("/matters/"))
    helper.post("/matters/helping/act/", {"mandate": str(mandate.pk), "lay_down": "1"})
    assert Mandate.objects.get().revoked_at is not None


def test_another_pack_is_not_begun_under_it(neighbour: Account, helper: Client, soldier: Person) -> None:
    mandate = allowed(helper)
    Mandate.objects.update(pack="national/enlistment")
    act(helper, mandate)
    assert helper.post(f"/matters/start/{factories.release(factories.OFFERED).pk}/").status_code == 403
    assert not Draft.objects.exists()


def _station() -> Organisation:
    return Organisation.objects.create(code="s", name="望山服务站", kind="station", region_id=factories.REGION)


def test_a_clerk_records_a_signed_paper_and_the_person_is_told(soldier: Person) -> None:
    account = clerk(display_name="林工")
    post(account, region=factories.REGION, organisation=_station())
    desk = enter(Client(), account)
    picture = SimpleUploadedFile("paper.jpg", b"\xff\xd8\xff a photo")
    assert desk.post("/matters/desk/helping/", wish(paper=picture, kin="other")).status_code == 302  # type: ignore[arg-type]
    mandate = Mandate.objects.get()
    kept = sealing.unseal_bytes(soldier.pk, storage.read(mandate.paper_key), field="mandate")
    assert (kept, mandate.kin, mandate.way) == (b"\xff\xd8\xff a photo", "staff", "paper")
    letters.tell_of_mandate(mandate_id=mandate.pk, now=clock.now())
    letters.tell_of_mandate(mandate_id=mandate.pk, now=clock.now())
    inbox = words(owner(soldier).get("/letters/"))
    assert inbox.count("有人可以替您办事了") == 1
    assert "签纸质委托书" in words(owner(soldier).get("/matters/helpers/"))


def test_a_paper_needs_a_picture_and_the_right_person(soldier: Person) -> None:
    account = clerk()
    post(account, region=factories.REGION, organisation=_station())
    desk = enter(Client(), account)
    assert desk.post("/matters/desk/helping/", wish()).status_code == 422
    no_picture = SimpleUploadedFile("x.txt", b"hello")
    assert "这不是照片" in words(desk.post("/matters/desk/helping/", wish(paper=no_picture)))  # type: ignore[arg-type]
    picture = SimpleUploadedFile("paper.jpg", b"\xff\xd8\xff a photo")
    assert desk.post("/matters/desk/helping/", wish(name="何松", paper=picture)).status_code == 422  # type: ignore[arg-type]
    assert not Mandate.objects.exists()


def test_a_citizen_records_no_paper(helper: Client) -> None:
    assert helper.get("/matters/desk/helping/").status_code == 403


def test_a_helper_withdraws_nothing(helper: Client, soldier: Person) -> None:
    mandate = allowed(helper)
    draft = factories.draft(soldier, factories.OFFERED)
    case = services.submit_case(draft=draft, actor=factories.citizen(soldier), now=clock.now())
    act(helper, mandate)
    assert helper.post(f"/matters/{case.number}/withdraw/", {"sure": "yes"}).status_code == 403
    case.refresh_from_db()
    assert case.is_open


@pytest.mark.parametrize("text", ["", "𬎆𠮷㼆", "\u202e123456", "<script>", "🙂" * 12, "1" * 400, "00000\x00"])
def test_whatever_is_typed_without_having_asked_is_refused_in_words(helper: Client, text: str) -> None:
    assert helper.post("/matters/helping/code/", {"code": text}).status_code in (200, 422)
    for name in ("name", "id_number", "kin", "pack"):
        assert helper.post("/matters/helping/", wish(**{name: text})).status_code in (302, 422, 429)
    assert not Mandate.objects.exists()


def test_for_one_case_alone_nothing_else_is_opened_or_begun(helper: Client, soldier: Person) -> None:
    case = services.submit_case(
        draft=factories.draft(soldier, factories.OFFERED), actor=factories.citizen(soldier), now=factories.NOW
    )
    helper.post("/matters/helping/", wish(number=case.number))
    assert case.number in messages.outbox(channel="sms", to=PHONE, limit=1)[0].body
    helper.post("/matters/helping/code/", {"code": code_read_out()})
    mandate = Mandate.objects.get()
    assert mandate.case_id == case.pk
    assert case.number in words(owner(soldier).get("/matters/helpers/"))
    act(helper, mandate)
    assert helper.get(f"/matters/{case.number}/").status_code == 200
    services.withdraw_case(case=case, actor=factories.citizen(soldier), now=clock.now())
    other = factories.draft(soldier, factories.OFFERED)
    assert helper.get(f"/matters/forms/{other.pk}/papers/").status_code == 404
    assert helper.post(f"/matters/start/{factories.release(factories.OFFERED).pk}/").status_code == 403
    later = services.submit_case(draft=other, actor=factories.citizen(soldier), now=clock.now())
    assert helper.get(f"/matters/{later.number}/").status_code == 404


@pytest.mark.parametrize("number", ["TY20260909999999", "of somebody else"])
def test_a_case_that_is_not_theirs_sends_nothing_and_says_nothing(
    helper: Client, neighbour: Account, soldier: Person, number: str
) -> None:
    if number == "of somebody else":
        theirs = factories.draft(neighbour.person, factories.OFFERED)
        number = services.submit_case(draft=theirs, actor=SYSTEM, now=factories.NOW).number
    assert helper.post("/matters/helping/", wish(number=number))["Location"] == "/matters/helping/code/"
    assert not messages.outbox(channel="sms", to=PHONE, limit=1)


def test_a_session_of_the_offices_provider_wears_no_private_mandate(helper: Client, neighbour: Account) -> None:
    mandate = allowed(helper)
    by_office = enter(Client(), neighbour)
    session = by_office.session
    session[sessions.MEANS] = "provider_staff"
    session.save()
    by_office.post("/matters/helping/act/", {"mandate": str(mandate.pk)})
    assert not (by_office.session.get(sessions.HAT) or "").startswith("for:")
    by_office = enter(Client(), neighbour, f"for:{mandate.pk}")  # however it came to be there
    session = by_office.session
    session[sessions.MEANS] = "provider_staff"
    session.save()
    assert by_office.get("/matters/").status_code == 302
    for means, is_worn in (("code", True), ("factor", True), ("provider", True), ("provider_staff", False)):
        assert bool(mandates.hat_of(neighbour.pk, str(mandate.pk), clock.now(), means=means)) is is_worn, means
