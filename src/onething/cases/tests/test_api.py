"""A retirement carried through by programs alone, and the lists page by page."""

from __future__ import annotations

import base64
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from onething.cases import letters, services
from onething.cases.models import Case, Correction, Draft
from onething.cases.tests import factories
from onething.cases.tests.test_bad_input import key
from onething.cases.tests.test_services import finish, say
from onething.correspondence.models import Notice
from onething.exchange.tests.conftest import until
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry.models import Person

pytestmark = pytest.mark.django_db

CASES = "/api/v1/cases"


@pytest.fixture
def soldier(db: None) -> Person:
    factories.regions()
    factories.connect()
    return factories.person()


class Program:
    """Calls the API with a person's key, as another system would."""

    def __init__(self, person: Person) -> None:
        self.client = Client(**key(person))

    def get(self, path: str, status: int = 200) -> Any:
        answer = self.client.get(CASES + path)
        assert answer.status_code == status, answer.content[:300]
        return answer.json() if "json" in answer["Content-Type"] else answer.content

    def post(self, path: str, body: Any = None, status: int = 204, **headers: str) -> Any:
        answer = self.client.post(CASES + path, data=body or {}, content_type="application/json", **headers)
        assert answer.status_code == status, answer.content[:300]
        return answer.json() if answer.content else None


def paper(material: str, content: bytes = factories.PAPER) -> dict[str, str]:
    return {"material": material, "content": base64.b64encode(content).decode()}


def submitted(program: Program, *, follows: str = "discharge_certificate") -> Case:
    """Keep a half-filled form, fill what it says is missing, submit."""
    answers, pack = factories.answers(), "hlj/retirement"
    asked = {"pack": pack, "answers": {}}
    plan = program.client.post("/api/v1/catalogue/plan", data=asked, content_type="application/json").json()
    assert plan["promise"]["partial"]
    lacking = program.post("/drafts", {"pack": pack, "answers": dict(list(answers.items())[:5])}, 200)
    assert lacking["open_questions"] and lacking["answers_missing"]
    whole = program.post("/drafts", {"pack": pack, "answers": answers, "papers": [paper("bank_card")]}, 200)
    assert whole["id"] == lacking["id"]
    assert (whole["open_questions"], whole["answers_missing"]) == ([], [])
    papers = [paper(material) for material in whole["papers_missing"] if material != follows]
    assert len(papers) == 12
    day = (clock.day_of(clock.now()) + timedelta(days=5)).isoformat()
    receipt = program.post("", {"pack": pack, "answers": answers, "papers": papers, "to_follow": {follows: day}}, 201)
    return Case.objects.get(number=receipt["number"])


def test_a_retirement_is_carried_through_by_the_api_alone(soldier: Person) -> None:
    program = Program(soldier)
    case = submitted(program)
    here = f"/{case.number}"
    assert [line["number"] for line in program.get("")["items"]] == [case.number]
    asking = {"fields": ["full_name"], "materials": ["administrative_letter"]}
    say(case, "report_in", "returned", message="看不清", correction=asking, at=clock.now())
    (asked,) = program.get(f"{here}/corrections")
    assert (asked["matter"], asked["words"]) == ("report_in", "看不清")
    assert {name: asked[name] for name in asking} == asking
    mending = f"{here}/corrections/{asked['id']}"
    assert program.post(mending, {"papers": [paper("administrative_letter")]}, 422)["status"] == 422
    wrong = {"answers": {"full_name": 7}, "papers": [paper("administrative_letter")]}
    assert "full_name" in program.post(mending, wrong, 422)["title"]
    program.post(mending, {"answers": {"full_name": "何青松"}, "papers": [paper("administrative_letter")]})
    assert case.uploads.filter(material="administrative_letter").count() == 2, "sent three times, kept once"
    assert program.get(f"{here}/corrections") == []
    program.post(mending, {"answers": {"full_name": "何青松"}}, 409)
    for _twice in range(2):
        program.post(f"{here}/papers", paper("discharge_certificate"))
    assert case.uploads.filter(material="discharge_certificate").count() == 1
    program.post(f"{here}/papers", paper("enlistment_notice"), 422)
    program.get(f"{here}/slip", 404)
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=clock.now())
    finish(case)
    assert program.get(here)["state"] == "settled"
    letters.write_slip(case_id=case.pk, now=clock.now())
    assert program.get(f"{here}/slip").startswith(b"%PDF-")
    said = program.get(f"{here}/messages")["items"]
    assert all(message["body"] for message in said)


def test_the_same_correction_sent_again_with_its_key_is_answered_as_before(soldier: Person) -> None:
    program = Program(soldier)
    case = submitted(program)
    say(case, "report_in", "returned", message="看不清", correction={"fields": ["full_name"]}, at=clock.now())
    (asked,) = program.get(f"/{case.number}/corrections")
    for _twice in range(2):
        body = {"answers": {"full_name": "何青松"}}
        program.post(f"/{case.number}/corrections/{asked['id']}", body, HTTP_IDEMPOTENCY_KEY="once")
    assert Correction.objects.get().answered_at


@pytest.mark.django_db(transaction=True)
def test_a_form_that_another_call_submits_at_this_moment_is_told_with_its_number(soldier: Person) -> None:
    program, words = Program(soldier), {"pack": "hlj/retirement", "answers": factories.answers()}
    kept = program.post("/drafts", {**words, "papers": [paper("bank_card")]}, 200)
    papers = [paper(material) for material in kept["papers_missing"]]
    program.post("/drafts", {**words, "papers": papers}, 200)
    answers: list[Any] = []
    again = threading.Thread(target=lambda: answers.append(_from_elsewhere(program, words)))
    with transaction.atomic():  # the first call, given up by its caller, and still at work
        draft = Draft.objects.select_for_update().get()
        again.start()
        until(_somebody_waits)
        case = services.submit_case(draft=draft, actor=SYSTEM, now=clock.now())
    again.join(20)
    (answer,) = answers
    assert (answer["status"], case.number in answer["title"] + answer["detail"]) == (409, True), answer


def _from_elsewhere(program: Program, words: Any) -> Any:
    try:
        return program.post("", words, 409)
    finally:
        connection.close()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone() != (0,)


def test_a_case_is_taken_back_once(soldier: Person) -> None:
    program = Program(soldier)
    case = submitted(program)
    program.post(f"/{case.number}/withdrawal")
    assert program.get(f"/{case.number}")["state"] == "withdrawn"
    program.post(f"/{case.number}/withdrawal", status=409)
    program.post(f"/{case.number}/papers", paper("discharge_certificate"), 409)


def test_a_neighbour_finds_nothing_of_it(soldier: Person) -> None:
    case = submitted(Program(soldier))
    say(case, "report_in", "returned", message="看不清", correction={"fields": ["full_name"]}, at=clock.now())
    neighbour = Program(factories.person("990123199905210169"))
    assert neighbour.get("") == {"items": [], "next": None}
    here = f"/{case.number}"
    for path in (here, f"{here}/corrections", f"{here}/messages", f"{here}/slip"):
        neighbour.get(path, 404)
    asked = case.corrections.get()
    neighbour.post(f"{here}/corrections/{asked.pk}", {"answers": {"full_name": "x"}}, 404)
    neighbour.post(f"{here}/papers", paper("discharge_certificate"), 404)
    neighbour.post(f"{here}/withdrawal", status=404)
    assert case.tasks.open().count() == 13


def test_lists_come_page_by_page_and_nothing_is_skipped(soldier: Person) -> None:
    program = Program(soldier)
    case = submitted(program)
    for number in range(5):  # the same moment for three of them: the row itself decides
        Notice.written(
            soldier, channel="in_app", kind="submitted", text=("", f"body {number}"), case_id=case.pk, once="",
            at=factories.NOW + timedelta(days=number // 3),
        ).save()  # fmt: skip
    seen, place = [], ""
    while True:
        page = program.get(f"/{case.number}/messages?limit=2{place}")
        assert len(page["items"]) <= 2
        seen += [message["body"] for message in page["items"]]
        if page["next"] is None:
            break
        place = f"&after={page['next']}"
    assert sorted(seen) == [f"body {number}" for number in range(5)]
    assert {"body 3", "body 4"} == set(seen[:2])
    for wrong in ("x", "MjAyNg==", base64.urlsafe_b64encode(b"2026-09-09 " + str(case.pk).encode()).decode()):
        program.get(f"/{case.number}/messages?after={wrong}", 422)
