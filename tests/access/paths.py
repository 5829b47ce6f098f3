"""Every address of the house, filled with what there is in the world."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from onething.cases.models import Draft, Question
from onething.correspondence.models import Document, Notice
from onething.desks.appointments.models import Appointment, Hall
from onething.desks.appointments.tests.factories import STATION
from onething.desks.surveys.models import Answer, Survey
from onething.exchange.models import Department, Order
from onething.identity.models import Account
from tests.access.world import World
from tests.house.test_doors import ROUTES

API = (
    "/api/v1/cases/{number}",
    "/api/v1/cases/{number}/slip",
    "/api/v1/catalogue/releases",
    "/api/v1/me/exports",
)
"""What the API hands out; `tests/api` holds its list of operations against the description."""


def routes_for(world: World) -> Iterator[tuple[str, str, Any]]:
    """List every page: its name, its address with the world's own ids in it, its view."""
    for name, path, view in ROUTES:
        yield name, "/" + re.sub(r"<(?:(\w+):)?(\w+)>", lambda part: _value(part[1], part[2], world), path), view


def every_address(world: World) -> Iterator[tuple[str, bool]]:
    """List what can be read: (address, whether a program reads it)."""
    for name, address, _view in routes_for(world):
        if "sign_out" not in name:
            yield address, False
    for address in API:
        yield address.format(number=world.case.number), True


def _value(kind: str, name: str, world: World) -> str:
    case = world.case
    found: dict[str, Any] = {
        "number": case.number,
        "draft_id": Draft.objects.filter(case=case).values_list("pk", flat=True).first(),
        "order_id": Order.objects.filter(case_id=case.pk, organisation="police").values_list("pk", flat=True).first(),
        "notice_id": Notice.objects.values_list("pk", flat=True).first(),
        "document_id": Document.objects.values_list("pk", flat=True).first(),
        "release_id": case.release_id,
        "person_id": world.person.pk,
        "port_id": Department.objects.filter(code="police").values_list("pk", flat=True).first(),
        "account_id": Account.objects.values_list("pk", flat=True).first(),
        "material": "administrative_letter",
        "question_id": Question.objects.values_list("pk", flat=True).first(),
        "station": STATION,
        "hall_id": Hall.objects.values_list("pk", flat=True).first(),
        "appointment_id": Appointment.objects.values_list("pk", flat=True).first(),
        "survey_id": Survey.objects.values_list("pk", flat=True).first(),
        "answer_id": Answer.objects.values_list("pk", flat=True).first(),
    }
    value = None if kind == "int" else found.get(name)
    if value is not None:
        return str(value)
    return "00000000-0000-4000-8000-000000000000" if kind == "uuid" else "1"
