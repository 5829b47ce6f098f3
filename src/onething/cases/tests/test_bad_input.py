"""What bad input gets over HTTP: a refusal that names it and says what to do, nothing lost, nothing half-written."""

from __future__ import annotations

import base64
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from onething.cases import papers, queries, services
from onething.cases.models import Case, Draft, Task, Upload
from onething.cases.tests import factories
from onething.catalogue import queries as catalogue
from onething.exchange.models import Order
from onething.identity import services as identity
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry.models import Person

PACK = "hlj/retirement"


@pytest.fixture
def soldier(db: None) -> Person:
    factories.regions()
    factories.connect()
    return factories.person()


def key(person: Person) -> dict[str, str]:
    now = clock.now()
    account = identity.open_account(person=person, actor=SYSTEM, now=now)
    token = identity.issue_api_key(account=account, label="test", scopes=["cases.file_own"], actor=SYSTEM, now=now)
    return {"HTTP_AUTHORIZATION": f"Bearer {token}", "HTTP_ACCEPT_LANGUAGE": "en"}


def post(headers: dict[str, str], body: Any, path: str = "/api/v1/cases"):
    return Client().post(path, body, content_type="application/json", **headers)


def refused(answer, status: int = 422) -> dict[str, Any]:
    """Check that an answer is a problem document, and give it."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail"} <= said.keys()
    assert said["title"] and said["detail"]
    return said


def paper(material: str, content: bytes) -> dict[str, str]:
    return {"material": material, "content": base64.b64encode(content).decode()}


def too_much(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "papers": [paper("photo", b"%PDF-" + b"0" * papers.LIMIT)] * 2}


def all_papers(answers: dict[str, Any]) -> list[dict[str, str]]:
    from onething.catalogue import planning
    from onething.engine import bundle

    release = catalogue.current_release(PACK, on=clock.day_of(clock.now()))
    plan = bundle.to_json(planning.plan_for(release, answers, clock.day_of(clock.now())))
    return [paper(m["id"], factories.PAPER) for m in plan["materials"] if m["action"] == "hand_in"]


def form(**changed: Any) -> dict[str, Any]:
    answers = {name: value for name, value in {**factories.answers(), **changed}.items() if value is not None}
    return {"pack": PACK, "answers": answers, "papers": all_papers(factories.answers())}


def nothing_half_written() -> bool:
    return not (Case.objects.exists() or Task.objects.exists() or Order.objects.exists())


def test_what_is_right_is_taken(soldier: Person) -> None:
    answer = post(key(soldier), form())
    assert answer.status_code == 201, answer.content
    assert answer.json()["matters"] == 13


@pytest.mark.parametrize("missing", ["host_name", "job_wish"])
def test_a_missing_answer_is_named(soldier: Person, missing: str) -> None:
    assert missing in refused(post(key(soldier), form(**{missing: None})))["title"]
    assert nothing_half_written()
    assert queries.answers_of(Draft.objects.get())["full_name"] == factories.answers()["full_name"]


def test_every_answer_of_the_wrong_type_is_named(soldier: Person) -> None:
    said = refused(post(key(soldier), form(host_name=7, discharge_date="2026-02-31", job_wish=["cook"])))
    assert all(name in said["title"] for name in ("host_name", "discharge_date", "job_wish"))
    assert nothing_half_written()


@pytest.mark.parametrize(
    ("number", "what"),
    [("990123199905210151", "check digit"), ("990123199902300156", "date"), ("99012319990521015", "18")],
)
def test_an_id_number_that_cannot_be_one(soldier: Person, number: str, what: str) -> None:
    assert "id_number" in refused(post(key(soldier), form(id_number=number)))["title"]
    assert nothing_half_written()


def test_a_date_of_birth_and_a_sex_that_contradict_the_id_number_are_named(soldier: Person) -> None:
    said = refused(post(key(soldier), form(birth_date="1999-05-22", sex="female")))["title"]
    assert "Date of birth (birth_date): The ID number says another date of birth" in said
    assert "Sex (sex): The ID number says otherwise" in said
    assert nothing_half_written()


def test_what_is_missing_or_wrong_is_named_in_chinese_too(soldier: Person) -> None:
    chinese = {"HTTP_ACCEPT_LANGUAGE": "zh-CN"}
    headers = {**key(soldier), **chinese}
    wrong = post(headers, form(birth_date="1999-05-22")).json()["title"]
    assert "出生日期 (birth_date)：和身份证号里的出生日期" in wrong
    missing = post(headers, form(host_name=None)).json()["title"]
    assert "还有 1 题没有答：户主姓名 (host_name)" in missing


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\x00" * 100, "not a photo or a PDF"),
        (b"<html>%PDF-", "not a photo or a PDF"),
        (b"%PDF-" + b"0" * papers.LIMIT, "larger than 10 MB"),
    ],
    ids=["empty", "nothing", "another-kind", "too-big"],
)
def test_a_paper_that_cannot_be_used_is_named_and_the_others_are_kept(
    soldier: Person, content: bytes, why: str
) -> None:
    body = form()
    body["papers"][-1]["content"] = base64.b64encode(content).decode()
    headers = key(soldier)
    said = refused(post(headers, body))
    assert body["papers"][-1]["material"] in said["title"]
    assert why in said["title"]
    assert nothing_half_written()
    assert Upload.objects.count() == len(body["papers"]) - 1
    assert post(headers, form()).status_code == 201  # the same again, mended: nothing is kept twice
    assert Upload.objects.count() == len(body["papers"])


def test_a_paper_that_is_no_base64_or_not_asked_for(soldier: Person) -> None:
    headers = key(soldier)
    assert "photo" in refused(post(headers, {**form(), "papers": [{"material": "photo", "content": "%%%"}]}))["title"]
    said = refused(post(headers, {**form(), "papers": [paper("fur_coat", factories.PAPER)]}))
    assert "fur_coat" in said["title"]


@pytest.mark.parametrize("body", ["{", "[]", "null", '{"pack": 5}', '{"pack": "x", "answers": {}, "more": 1}', b"\xff"])
def test_a_body_of_the_wrong_shape(soldier: Person, body: Any) -> None:
    answer = post(key(soldier), body)
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert nothing_half_written()


def test_a_request_that_is_too_large_says_how_to_send_more(soldier: Person) -> None:
    said = refused(post(key(soldier), too_much(form())), 413)
    assert "16 MB" in said["title"]


def test_a_discharge_that_lies_ahead_is_refused_until_its_day_and_then_taken(db: None) -> None:
    factories.regions()
    factories.connect()
    now = clock.now()
    ahead = clock.day_of(now) + timedelta(days=30)
    somebody = factories.person(known={"discharge_date": str(ahead)})
    body = form(discharge_date=None)
    said = refused(post(key(somebody), body))
    assert "discharge_date" in said["title"]
    assert "not after the day of submission" in said["title"]
    assert nothing_half_written()
    draft = Draft.objects.get()
    assert draft.uploads.count() == len(body["papers"])  # what was given is kept for the day
    case = services.submit_case(draft=draft, actor=factories.citizen(somebody), now=now + timedelta(days=30))
    assert case.tasks.count() == 13


def test_an_unknown_pack_and_nobody(soldier: Person) -> None:
    refused(post(key(soldier), {**form(), "pack": "mars/retirement"}), 404)
    refused(post({}, form()), 403)
    refused(post({"HTTP_AUTHORIZATION": "Bearer ot_wrong"}, form()), 401)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_gives_one_case() -> None:
    """Two requests at the same moment, each in its own transaction: one case, and both are told its number."""
    factories.regions()
    factories.connect()
    headers, body = key(factories.person()), form()
    gate, answers = threading.Barrier(2), []

    def click() -> None:
        try:
            gate.wait(timeout=20)
            answers.append(post(headers, body))
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert sorted(answer.status_code for answer in answers) in ([201, 201], [201, 409], [201, 410])
    assert Case.objects.count() == 1
    assert {a.json()["number"] for a in answers if a.status_code == 201} == {Case.objects.get().number}
    assert Task.objects.count() == 13
    assert Entry.objects.filter(kind="cases.CaseSubmitted").count() == 1
    assert Draft.objects.count() == 1


def test_the_same_form_sent_again_later_begins_nothing_new(soldier: Person) -> None:
    headers = key(soldier)
    number = post(headers, form()).json()["number"]
    assert number in refused(post(headers, form()), 409)["title"]
    assert Case.objects.count() == 1
