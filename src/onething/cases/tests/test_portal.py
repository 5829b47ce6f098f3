"""The citizen's doors from outside: what a browser (or somebody who plays with addresses) gets."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onething.cases import notice_letter, papers, queries, services
from onething.cases.errors import QuestionsOpen
from onething.cases.models import Case, Draft, Upload
from onething.cases.tests import factories, photos
from onething.cases.tests.test_services import at_work, finish, say
from onething.identity.tests.factories import code_sent_to
from onething.kernel import codes
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry import services as registry
from onething.registry.models import Person

pytestmark = pytest.mark.django_db

PHONE = "19900000001"


@pytest.fixture
def county() -> None:
    factories.regions()
    factories.connect()


@pytest.fixture
def soldier(county: None) -> Person:
    return factories.person()


@pytest.fixture
def citizen(client: Client, soldier: Person) -> Client:
    """The soldier's browser, signed in."""
    return sign_in(client, PHONE)


def sign_in(client: Client, phone: str) -> Client:
    client.post("/door/sign-in/", {"name": phone})
    client.post("/door/sign-in/code/", {"code": code_sent_to(phone)})
    return client


def page(draft: Draft, name: str) -> str:
    return f"/matters/forms/{draft.pk}/{name}/"


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_last_check_submits_once_however_often_it_is_pressed(citizen: Client, soldier: Person) -> None:
    draft = factories.draft(soldier)
    first = citizen.post(page(draft, "check"))
    second = citizen.post(page(draft, "check"))
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1
    assert Case.objects.get().number in first["Location"]


def test_looking_at_a_page_changes_nothing(citizen: Client, soldier: Person) -> None:
    draft = factories.draft(soldier)
    for name in ("questions", "notice", "known", "steps/1", "papers", "check"):
        assert citizen.get(page(draft, name)).status_code in (200, 302)
    assert citizen.get(f"/matters/start/{draft.release_id}/").status_code in (200, 404)
    assert Draft.objects.count() == 1
    assert not Case.objects.exists()


def test_an_unfinished_form_offers_no_button_and_takes_no_press(citizen: Client, soldier: Person) -> None:
    draft = factories.draft(soldier)
    services.save_answers(draft=draft, answers={"host_name": None}, actor=factories.citizen(soldier), now=factories.NOW)
    answer = citizen.post(page(draft, "check"))
    assert answer.status_code == 200
    assert "还有 1 题没答" in words(answer)
    assert not Case.objects.exists()


def test_a_missing_paper_is_named_unless_it_may_follow(citizen: Client, soldier: Person) -> None:
    draft = factories.draft(soldier)
    Upload.objects.filter(material="bank_card").delete()
    assert "还缺 1 份材料" in words(citizen.post(page(draft, "check")))
    papers.attach_to_draft(draft=draft, material="bank_card", content=factories.PAPER, actor=SYSTEM, now=factories.NOW)
    Upload.objects.filter(material="discharge_certificate").delete()
    assert citizen.post(page(draft, "check")).status_code == 422
    assert not Case.objects.exists()
    assert citizen.post(page(draft, "check"), {"follow": "discharge_certificate"}).status_code == 302
    assert [paper.material for paper in Case.objects.get().papers_to_come.all()] == ["discharge_certificate"]


def test_nobody_else_finds_the_form_the_case_or_the_correction(client: Client, soldier: Person) -> None:
    draft = factories.draft(soldier)
    case = services.submit_case(draft=draft, actor=factories.citizen(soldier), now=factories.NOW)
    _neighbour()
    neighbour = sign_in(client, "19900000002")
    for address in (page(draft, "notice"), page(draft, "check"), f"/matters/{case.number}/",
                    f"/matters/{case.number}/withdraw/", f"/matters/{case.number}/corrections/{uuid4()}/"):  # fmt: skip
        answer = neighbour.get(address)
        assert answer.status_code == 404, address
        assert case.masked_name not in words(answer)
    assert neighbour.post(f"/matters/{case.number}/withdraw/", {"sure": "yes"}).status_code == 404
    case.refresh_from_db()
    assert case.is_open


def _neighbour() -> None:
    body = "99012319660101001"
    registry.register_person(
        name="魏长河", id_number=body + codes.id_check_digit(body), phone="19900000002", region=factories.REGION,
        known={}, source="invented", actor=SYSTEM, now=factories.NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.jpg", b"", "这个文件是空的"),
        ("list.xls", b"\xd0\xcf\x11\xe0 a table", "这不是照片，也不是 PDF"),
        ("photo.jpg", b"<script>alert(1)</script>", "这不是照片，也不是 PDF"),
        ("huge.jpg", b"\xff\xd8\xff" + b"0" * papers.LIMIT, "文件太大了"),
        ("torn.jpg", photos.jpeg()[:60], "这张照片坏了"),
    ],
)
def test_a_file_that_is_no_good_is_said_and_the_good_one_is_kept(
    citizen: Client, soldier: Person, name: str, content: bytes, said: str
) -> None:
    draft = factories.draft(soldier)
    Upload.objects.all().delete()
    good = SimpleUploadedFile("bank.png", photos.png())
    posted = {"file_photo": SimpleUploadedFile(name, content), "file_bank_card": good, "on": "1"}
    answer = citizen.post(page(draft, "papers"), posted)
    assert answer.status_code == 422
    assert said in words(answer)
    assert [upload.material for upload in Upload.objects.all()] == ["bank_card"]


def test_a_file_can_be_taken_out_again_but_nobody_elses(citizen: Client, soldier: Person) -> None:
    draft = factories.draft(soldier)
    kept = Upload.objects.count()
    one = Upload.objects.filter(draft=draft).first()
    assert one is not None
    citizen.post(page(draft, "papers"), {"remove": str(uuid4())})
    citizen.post(page(draft, "papers"), {"remove": "no id at all"})
    assert Upload.objects.count() == kept
    citizen.post(page(draft, "papers"), {"remove": str(one.pk)})
    assert not Upload.objects.filter(pk=one.pk).exists()


def test_an_answer_the_catalogue_refuses_is_marked_on_the_page(citizen: Client, soldier: Person) -> None:
    draft = factories.draft(soldier, host_name=None)
    answer = citizen.post(page(draft, "questions"), {"field": "service_months", "q_service_months": "9999"})
    assert answer.status_code == 422
    assert 'value="9999"' in words(answer)


def test_a_discharge_that_lies_ahead_is_planned_for_its_day_and_submitted_no_earlier(
    client: Client, county: None
) -> None:
    ahead = clock.day_of(clock.now()) + timedelta(days=30)
    given = {name: value for name, value in factories.answers().items() if name not in ("full_name", "id_number")}
    known = {name: given.pop(name) for name in ("enlist_date", "service_months")} | {"discharge_date": str(ahead)}
    soldier = factories.person(known=known)
    citizen, actor = sign_in(client, PHONE), factories.citizen(soldier)
    begun = services.start_draft(person_id=soldier.pk, release=factories.release(), actor=actor, now=clock.now())
    assert citizen.get(f"/matters/forms/{begun.pk}/", follow=True).status_code == 200
    draft = services.save_answers(draft=begun, answers={**given, "discharge_date": None}, actor=actor, now=clock.now())
    assert queries.plan_of(draft, on=clock.day_of(clock.now()))["on"] == str(ahead)
    noticed, checked = words(citizen.get(page(draft, "notice"))), words(citizen.get(page(draft, "check")))
    assert "到那天交齐" in noticed
    assert "今天交齐" not in noticed
    assert "从这一天起可以提交" in checked
    citizen.post(page(draft, "check"), {"follow": list(queries.plan_of(draft, on=ahead)["materials"])})
    assert not Case.objects.exists()


def test_a_day_ahead_that_the_person_typed_is_marked_beside_its_question(citizen: Client, soldier: Person) -> None:
    draft = factories.draft(soldier)
    ahead = clock.day_of(clock.now()) + timedelta(days=30)
    parts = zip("ymd", (ahead.year, ahead.month, ahead.day), strict=True)
    posted = {"field": "discharge_date", **{f"q_discharge_date_{part}": str(number) for part, number in parts}}
    assert citizen.post(page(draft, "questions"), posted).status_code == 422
    assert queries.answers_of(Draft.objects.get(pk=draft.pk))["discharge_date"] == "2026-09-01"


def test_a_date_of_birth_that_contradicts_the_id_number_is_marked_with_what_to_do(
    citizen: Client, soldier: Person
) -> None:
    draft = factories.draft(soldier)
    posted = {"field": "birth_date", "q_birth_date_y": "1999", "q_birth_date_m": "5", "q_birth_date_d": "22"}
    answer = citizen.post(page(draft, "questions"), posted)
    assert answer.status_code == 422
    assert "和身份证号里的出生日期（第 7 到 14 位）不一样" in words(answer)
    assert "请对照身份证" in words(answer)
    assert queries.answers_of(Draft.objects.get(pk=draft.pk))["birth_date"] == "1999-05-21"


def test_addresses_made_up_by_hand_do_no_harm(citizen: Client, soldier: Person) -> None:
    draft = factories.draft(soldier)
    assert citizen.get(page(draft, "steps/99")).status_code == 302
    assert citizen.get(page(draft, "questions") + "?field=no_such_field").status_code == 302
    assert citizen.get(page(draft, "questions") + "?after=no_such_field").status_code == 302
    assert citizen.get("/matters/XX000/").status_code == 404
    assert citizen.get("/matters/start/" + str(uuid4()) + "/").status_code == 404


def test_a_submitted_form_leads_to_its_case(citizen: Client, soldier: Person) -> None:
    draft = factories.draft(soldier)
    citizen.post(page(draft, "check"))
    number = Case.objects.get().number
    assert citizen.get(f"/matters/forms/{draft.pk}/")["Location"] == f"/matters/{number}/"
    assert citizen.post(page(draft, "known"), {}).status_code == 410


def test_what_the_person_wrote_is_never_markup(citizen: Client, soldier: Person) -> None:
    draft = factories.draft(soldier, host_name="<b onclick=x>何守田</b>")
    shown = words(citizen.get(page(draft, "check")))
    assert "<b onclick" not in shown
    assert "&lt;b onclick" in shown


def test_the_first_page_counts_what_waits(citizen: Client, soldier: Person) -> None:
    assert "没有等您办的事" in words(citizen.get("/"))
    factories.draft(soldier)
    assert "有 1 件事等您办" in words(citizen.get("/"))


def test_a_promise_is_shown_with_its_day(citizen: Client, soldier: Person) -> None:
    case = services.submit_case(draft=factories.draft(soldier), actor=factories.citizen(soldier), now=factories.NOW)
    shown = words(citizen.get(f"/matters/receipts/{case.number}/"))
    assert f'datetime="{case.promised.isoformat()}"' in shown
    assert case.promised - factories.NOW.date() < timedelta(days=30)


def test_the_notice_can_be_kept_as_a_signed_document(citizen: Client, soldier: Person) -> None:
    draft = factories.draft(soldier)
    first = citizen.post(page(draft, "notice/document"))
    again = citizen.post(page(draft, "notice/document"))
    assert first.status_code == 302
    assert first["Location"] == again["Location"], "the same plan on the same day is the same document"
    pdf = citizen.get(first["Location"])
    assert pdf.content.startswith(b"%PDF-")
    services.save_answers(
        draft=draft, answers={"wants_training": False}, actor=factories.citizen(soldier), now=factories.NOW
    )
    assert citizen.post(page(draft, "notice/document"))["Location"] != first["Location"]


def test_a_notice_with_questions_open_gives_the_days_between_which_it_lies(citizen: Client, soldier: Person) -> None:
    draft = services.start_draft(
        person_id=soldier.pk, release=factories.release(), actor=factories.citizen(soldier), now=factories.NOW
    )
    promise = queries.plan_of(draft, on=clock.day_of(clock.now()))["promise"]
    shown = words(citizen.get(page(draft, "notice")))
    assert promise["partial"]
    for bound in (promise["at_least"], promise["at_most"]):
        assert f'datetime="{bound["due"]}"' in shown
    assert "1 到 15 个工作日，看还没回答的" in shown
    assert "今天交齐，最晚" not in shown
    answered = factories.draft(soldier)
    sure = words(citizen.get(page(answered, "notice")))
    assert "1 到 15 个工作日" not in sure
    assert "15 个工作日" in sure


def test_the_signed_notice_names_the_latest_day_while_questions_are_open(soldier: Person) -> None:
    draft = services.start_draft(
        person_id=soldier.pk, release=factories.release(), actor=factories.citizen(soldier), now=factories.NOW
    )
    plan = queries.plan_of(draft, on=factories.NOW.date())
    said = notice_letter.content_of(draft, plan, "何青松", "zh", on=factories.NOW.date()).promise
    assert (said.due, said.working_days) == (date(2026, 9, 30), 15)
    assert "1 到 15 个工作日" in said.proof
    plan["promise"]["at_most"] = None
    with pytest.raises(QuestionsOpen):
        notice_letter.content_of(draft, plan, "何青松", "zh", on=factories.NOW.date())

        notice_letter.content_of(draft, plan, "何青松", on=factories.NOW.date())


def test_a_mended_answer_that_contradicts_another_is_marked_on_the_correction_page(
    citizen: Client, soldier: Person
) -> None:
    case = services.submit_case(draft=factories.draft(soldier), actor=factories.citizen(soldier), now=factories.NOW)
    field = next(one for one in case.plan["form"]["fields"] if one["id"] == "birth_date")
    users = {user["matter"] for user in field["used_by"]}
    reader = next(task.matter for task in at_work(case) if task.matter in users)
    say(case, reader, "returned", message="看不清", correction={"fields": ["birth_date"]}, at=clock.now())
    asked = case.corrections.get()
    posted = {"q_birth_date_y": "1999", "q_birth_date_m": "5", "q_birth_date_d": "22"}
    answer = citizen.post(f"/matters/{case.number}/corrections/{asked.pk}/", posted)
    assert answer.status_code == 422
    shown = words(answer)
    assert "和身份证号里的出生日期（第 7 到 14 位）不一样" in shown
    assert "只要补这些" in shown, "still the page of the correction"
    assert 'value="22"' in shown, "what was typed stays"
    asked.refresh_from_db()
    assert asked.answered_at is None
    assert (
        citizen.post(f"/matters/{case.number}/corrections/{asked.pk}/", {**posted, "q_birth_date_d": "21"}).status_code
        == 302
    )


def test_what_the_person_has_to_do_is_named_before_what_others_do(citizen: Client, soldier: Person) -> None:
    case = services.submit_case(draft=factories.draft(soldier), actor=factories.citizen(soldier), now=factories.NOW)
    finish(case, but=("household_registration",))
    asked = {"fields": ["host_name"]}
    say(case, "household_registration", "returned", message="看不清", correction=asked, at=clock.now())
    shown = words(citizen.get(f"/matters/{case.number}/"))
    assert 0 < shown.find('<b class="day">您补正</b>') < shown.find('<b class="day">部队汇款到账</b>')


def test_what_cannot_go_on_is_not_counted_as_not_approved(citizen: Client, soldier: Person) -> None:
    case = services.submit_case(draft=factories.draft(soldier), actor=factories.citizen(soldier), now=factories.NOW)
    say(case, "report_in", "refused", reason="不符合", remedy="申诉", at=clock.now())
    shown = words(citizen.get(f"/matters/{case.number}/"))
    assert "没有批准 1<" in shown
    assert "办不下去了 " in shown
    services.withdraw_case(case=case, actor=factories.citizen(soldier), now=clock.now())
    assert "已撤回 " in words(citizen.get(f"/matters/{case.number}/"))
