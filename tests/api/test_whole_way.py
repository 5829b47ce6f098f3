"""A retirement over real HTTP by a program that knows only the served description: no field or option is guessed."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pytest_django.live_server_helper import LiveServer

from onething.cases.models import Case
from onething.cases.tests import photos
from onething.identity import services as identity
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry.models import Person
from tests.api.test_openapi import clerk_key
from tests.journeys import stage

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

BY_TYPE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "text": lambda field: "柳湾",
    "long_text": lambda field: "柳湾村 7 号",
    "bank_card": lambda field: "6222021234567890128",
    "date": lambda field: clock.day_of(clock.now()).isoformat(),
    "integer": lambda field: 96,
    "boolean": lambda field: False,
    "region": lambda field: stage.COUNTY,
    "choice": lambda field: field["options"][0]["value"],
}
"""How a field of each type is answered, as the description says it."""


@pytest.fixture
def soldier(transactional_db: None) -> Person:
    return stage.set_up()


class Program:
    """Calls what the description names, with a key; anything but the status that is expected ends the test."""

    def __init__(self, home: str, key: str) -> None:
        self.http = httpx.Client(base_url=home, headers={"Authorization": f"Bearer {key}"}, timeout=30)
        self.known = self.http.get("/api/v1/openapi.json").json()["paths"]

    def call(
        self, verb: str, path: str, body: Any = None, *, status: int = 200, query: Any = None, **places: str
    ) -> Any:
        assert verb in self.known[path], path
        answer = self.http.request(verb, path.format(**places), json=body, params=query)
        assert answer.status_code == status, (path, answer.text[:400])
        return answer.json() if answer.content[:1] in (b"{", b"[") else answer.content


@pytest.fixture
def program(live_server: LiveServer, soldier: Person) -> Iterator[Program]:
    now = clock.now()
    account = identity.open_account(person=soldier, actor=SYSTEM, now=now)
    key = identity.issue_api_key(account=account, label="t", scopes=["cases.file_own"], actor=SYSTEM, now=now)
    one = Program(live_server.url, key)
    yield one
    one.http.close()


def paper(material: str, content: bytes) -> dict[str, str]:
    return {"material": material, "content": base64.b64encode(content).decode()}


def filled(program: Program) -> tuple[dict[str, Any], dict[str, Any]]:
    """Ask for the plan until nothing is open, fill its form by type; give what is to be sent, and the plan."""
    (release,) = program.call("get", "/api/v1/catalogue/releases", query={"region": stage.COUNTY})
    form: dict[str, Any] = {"pack": release["pack"], "answers": {}}
    while (plan := program.call("post", "/api/v1/catalogue/plan", form))["open_questions"]:
        for question in plan["open_questions"]:
            form["answers"][question["field"]] = BY_TYPE[question["type"]](question)
    for field in plan["form"]["fields"]:
        if field["ask"] == "ask" and field["id"] not in form["answers"]:
            form["answers"][field["id"]] = BY_TYPE[field["type"]](field)
    return form, plan


def submitted(program: Program) -> tuple[str, dict[str, Any]]:
    """Keep the form, then submit it with every paper but one that may follow."""
    form, plan = filled(program)
    kept = program.call("post", "/api/v1/cases/drafts", form)
    assert (kept["open_questions"], kept["answers_missing"]) == ([], [])
    follows = next(one["id"] for one in plan["materials"] if one["may_follow"])
    day = clock.day_of(clock.now()) + timedelta(days=5)
    papers = [paper(material, photos.jpeg()) for material in kept["papers_missing"] if material != follows]
    whole = {"pack": form["pack"], "answers": {}, "papers": papers, "to_follow": {follows: day.isoformat()}}
    receipt = program.call("post", "/api/v1/cases", whole, status=201)
    assert receipt["promised"] == plan["promise"]["due"]
    assert receipt["matters"] == len(plan["matters"])
    return receipt["number"], plan | {"follows": follows}


def test_a_stranger_carries_a_retirement_through(program: Program, live_server: LiveServer) -> None:
    number, plan = submitted(program)
    stage.work()
    first = next(order for order in stage.waiting_orders() if order.matter == "report_in")
    asked = next(m["id"] for m in plan["materials"] if m["action"] == "hand_in" and "report_in" in m["used_by"])
    stage.reply(first, "returned", message="看不清", correction={"materials": [asked], "fields": []})
    stage.work()
    assert _statuses(program, number)["report_in"] == "you"
    (correction,) = program.call("get", "/api/v1/cases/{number}/corrections", number=number)
    again = [paper(material, photos.jpeg(colour="green")) for material in correction["materials"]]
    program.call(
        "post", "/api/v1/cases/{number}/corrections/{correction}", {"papers": again}, status=204,
        number=number, correction=correction["id"],
    )  # fmt: skip
    late = paper(plan["follows"], photos.jpeg())
    program.call("post", "/api/v1/cases/{number}/papers", late, status=204, number=number)
    _all_departments_approve(program, number, Program(live_server.url, clerk_key(Case.objects.get())), plan)
    case = program.call("get", "/api/v1/cases/{number}", number=number)
    assert (case["state"], {one["status"] for one in case["matters"]}) == ("settled", {"done"})
    assert program.call("get", "/api/v1/cases/{number}/slip", number=number).startswith(b"%PDF")
    written = program.call("get", "/api/v1/cases/{number}/messages", number=number)["items"]
    assert [one["kind"] for one in reversed(written)] == ["submitted", "correction_needed", "settled"]


def _all_departments_approve(program: Program, number: str, clerk: Program, plan: dict[str, Any]) -> None:
    """Let departments approve; the counter records the outside events when nothing else is left to wait for."""
    for event in [None, *(one["id"] for one in plan["external"])]:
        if event:
            clerk.call("post", "/api/v1/cases/{number}/events", {"event": event}, status=204, number=number)
        while orders := (stage.work(), stage.waiting_orders())[1]:
            for order in orders:
                stage.reply(order, "approved", result={"number": "N-1"})
    clerk.http.close()


def _statuses(program: Program, number: str) -> dict[str, str]:
    case = program.call("get", "/api/v1/cases/{number}", number=number)
    return {one["id"]: one["status"] for one in case["matters"]}


def test_a_stranger_takes_a_case_back(program: Program) -> None:
    number, _ = submitted(program)
    program.call("post", "/api/v1/cases/{number}/withdrawal", status=204, number=number)
    assert set(_statuses(program, number).values()) == {"none"}
    assert program.call("post", "/api/v1/cases/{number}/withdrawal", status=409, number=number)["title"]
    assert program.call("get", "/api/v1/cases/{number}/slip", status=404, number=number)["detail"]
