"""Surveys through the doors: a phone without an account, and the desk."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import translation

from onething.desks.surveys import services, sheets
from onething.desks.surveys.models import Answer, FollowUp, Invitation, Survey
from onething.desks.surveys.tests.factories import CITY, COUNTY, NEIGHBOUR, answer, sent
from onething.identity.tests.factories import clerk, enter, post, with_app
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.looks.models import Look
from onething.registry.tests import factories as registry

pytestmark = pytest.mark.django_db
TODAY = clock.day_of(clock.now())
SOON = {"last_day": TODAY + timedelta(days=14)}


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    registry.load_regions()


def sitting(role: str, region: str = COUNTY) -> Client:
    account = with_app(clerk(f"survey.{role}.{region[:6]}"))
    post(account, role, region=region)
    return enter(Client(headers={"accept-language": "en"}), account)


def running(region: str = COUNTY, **wishes: Any) -> Survey:
    return sent(region, **SOON, **wishes)


def told(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def written(**changed: Any) -> dict[str, Any]:
    lines = {f"q-{n}-{name}": "" for n in range(8) for name in ("title_zh", "title_en", "options")}
    kinds = {f"q-{n}-kind": "one" for n in range(8)}
    form = {"q-TOTAL_FORMS": 8, "q-INITIAL_FORMS": 0, "q-MIN_NUM_FORMS": 8, "q-MAX_NUM_FORMS": 8}
    first = {"q-0-title_zh": "您需要什么？", "q-0-options": "看病 | Care\n住房"}
    about = {"title_zh": "需要什么", "title_en": "Needs", "region": COUNTY, "cases": "any", "way": "phone"}
    return {**lines, **kinds, **form, **first, **about, **SOON, **changed}


def test_a_survey_is_written_changed_and_sent() -> None:
    desk = sitting("supervisor")
    answer_ = desk.post("/surveys/new/", written())
    assert answer_.status_code == 302, answer_.content.decode()
    made = Survey.objects.get()
    assert made.title == {"zh": "需要什么", "en": "Needs"} and len(made.asks) == 1
    assert "住房" in desk.get(f"/surveys/{made.pk}/edit/").content.decode()
    assert desk.post(f"/surveys/{made.pk}/edit/", written(title_en="Wants")).status_code == 302
    assert desk.post(f"/surveys/{made.pk}/send/").status_code == 302
    made.refresh_from_db()
    assert (made.state, made.title["en"]) == ("sending", "Wants")
    assert desk.post(f"/surveys/{made.pk}/edit/", written()).status_code == 422


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"q-0-options": "看病"}, "two to ten answers"),
        ({"q-0-title_zh": ""}, "Write the question, too"),
        ({"q-0-title_zh": "", "q-0-options": ""}, "at least one question"),
        ({"last_day": TODAY - timedelta(days=1)}, "has passed already"),
        ({"region": NEIGHBOUR}, "Select a valid choice"),
        ({"title_zh": ""}, "This field is required"),
    ],
)
def test_a_wrong_survey_is_named_and_keeps_what_was_typed(changed: dict[str, Any], words: str) -> None:
    answer_ = sitting("supervisor").post("/surveys/new/", written(**changed))
    page = answer_.content.decode()
    assert answer_.status_code == 422 and words in page and "Needs" in page
    assert not Survey.objects.exists()


def test_somebody_answers_on_the_phone_once_without_an_account() -> None:
    somebody = registry.person()
    code = running().invitations.get(person=somebody).code
    phone = Client(headers={"accept-language": "en"})
    page = phone.get(f"/surveys/a/{code.lower()}/").content.decode()
    assert "What do you need most?" in page and somebody.name not in page
    empty = phone.post(f"/surveys/a/{code}/", {})
    assert empty.status_code == 422 and "Nothing was answered yet" in empty.content.decode()
    assert phone.post(f"/surveys/a/{code}/", {"q1": "o2", "q2": ["o1", "o2"], "q3": "<b>𠮷</b>"}).status_code == 302
    assert "Thank you" in phone.get(f"/surveys/a/{code}/").content.decode()
    phone.post(f"/surveys/a/{code}/", {"q1": "o1"})
    assert Answer.objects.get().given["chosen"] == {"q1": ["o2"], "q2": ["o1", "o2"]}


def test_a_wrong_code_and_an_ended_survey_open_nothing() -> None:
    registry.person()
    made = running()
    phone = Client()
    assert phone.get("/surveys/a/AAAAAAAAAA/").status_code == 404
    services.close_survey(survey_id=made.pk, actor=SYSTEM, now=clock.now())
    assert phone.get(f"/surveys/a/{made.invitations.get().code}/").status_code == 410


def test_who_guesses_codes_is_stopped() -> None:
    phone = Client()
    answers = {phone.get(f"/surveys/a/AAAAAAAA{n:02}/").status_code for n in range(61)}
    assert answers == {404, 429}


def test_paper_is_printed_for_the_own_division_and_typed_in() -> None:
    here, there = registry.person(phone=""), registry.person(phone="", region=NEIGHBOUR)
    made, desk = running(CITY), sitting("clerk")
    pdf = desk.post(f"/surveys/{made.pk}/paper/")
    assert pdf["Content-Type"] == "application/pdf"
    text = told(pdf.content)
    code = Invitation.objects.get(person=here).code
    assert here.name in text and code[:5] in text and "What do you need most?" in text
    assert len(pypdf.PdfReader(io.BytesIO(pdf.content)).pages) == 1
    assert list(Look.objects.values_list("purpose", "person_ids")) == [("survey", [here.pk])]
    assert desk.post(f"/surveys/{made.pk}/paper/").status_code == 404  # printed already
    assert desk.post(f"/surveys/{made.pk}/paper/", {"again": "1"}).status_code == 200
    found = desk.get("/surveys/type/", {"code": f"{code[:5]} {code[5:]}"})
    assert found["Location"] == f"/surveys/type/{code}/"
    assert desk.get(found["Location"]).status_code == 200
    assert desk.post(found["Location"], {"q1": "o1", "contact": "on"}).status_code == 302
    assert Answer.objects.get().way == "paper"
    other = Invitation.objects.get(person=there).code
    assert desk.get(f"/surveys/type/{other}/").status_code == 404


def test_a_questionnaire_speaks_chinese_and_draws_rare_characters() -> None:
    registry.person(name="𬎆𠮷㼆", phone="")
    made = running()
    asked = list(made.invitations.select_related("person__key"))
    with translation.override("zh-hans"):
        pdf = sheets.to_pdf(made, asked, issuer="服务中心", language="zh", now=clock.now())
    text = told(pdf)
    assert "您现在最需要什么" in text and "请派人跟我联系" in text


def test_an_answer_becomes_a_case_at_the_desk() -> None:
    asking = registry.person()
    found = answer(running(), asking, "o1", wants=True, words="想学电工")
    desk = sitting("clerk")
    listed = desk.get(f"/surveys/{found.survey_id}/wishes/").content.decode()
    assert asking.masked_name in listed and asking.name not in listed
    address = f"/surveys/answers/{found.pk}/"
    page = desk.get(address).content.decode()
    assert "想学电工" in page and "Medical care" in page
    owner = desk.get(address).context["form"].fields["owner"].choices[0][0]
    wrong = desk.post(address, {"work": "case", "owner": owner, "due": ""})
    assert wrong.status_code == 422
    assert desk.post(address, {"work": "case", "owner": owner, "due": SOON["last_day"]}).status_code == 302
    assert "Act for somebody" in desk.get(address).content.decode()
    work = FollowUp.objects.get()
    assert asking.masked_name in desk.get("/exchange/").content.decode()
    assert desk.post(f"/surveys/work/{work.pk}/", {"outcome": "谈过了"}).status_code == 302
    assert "谈过了" in desk.get(address).content.decode()
    assert asking.masked_name in desk.get(f"/surveys/{found.survey_id}/wishes/?done").content.decode()


def test_results_are_read_after_the_end_and_not_before() -> None:
    people = [registry.person() for _ in range(6)]
    made, desk = running(), sitting("supervisor")
    for somebody in people:
        answer(made, somebody, "o1")
    assert desk.get(f"/surveys/{made.pk}/results/").status_code == 409
    assert desk.post(f"/surveys/{made.pk}/close/").status_code == 302
    page = desk.get(f"/surveys/{made.pk}/results/").content.decode()
    assert "6 people answered" in page and "100%" in page


@pytest.mark.parametrize("role", ["hall", "department", "administrator"])
def test_other_roles_see_nothing(role: str) -> None:
    registry.person()
    made = running()
    desk = sitting(role)
    for address in ("", "new/", "type/", f"{made.pk}/", f"{made.pk}/results/", f"{made.pk}/wishes/"):
        assert desk.get(f"/surveys/{address}").status_code == 403, address


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries: Any) -> None:
    desk = sitting("clerk")
    made = running()
    for _ in range(6):
        registry.person()
    made = running()
    for one in made.invitations.select_related("person"):
        answer(made, one.person, "o1", wants=True)
    with django_assert_max_num_queries(24):
        assert desk.get(f"/surveys/{made.pk}/wishes/").status_code == 200
    with django_assert_max_num_queries(22):
        desk.get("/surveys/")
