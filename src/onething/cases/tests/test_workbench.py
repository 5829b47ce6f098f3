"""The one window's pages, through the browser's door."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onething.cases import letters, queries, services
from onething.cases.models import Case
from onething.cases.piles import Pile
from onething.cases.tests import factories
from onething.cases.tests.test_services import finish, say
from onething.identity import services as identity
from onething.identity.models import Proposal
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM, Actor, Door
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.plumbing.looks.models import Look
from onething.registry import services as registry

pytestmark = pytest.mark.django_db

NOW = factories.NOW
CLERK = Actor(door=Door.STAFF, region=factories.REGION, permissions=frozenset({"cases.read_case"}))
ELSEWHERE = "990200000000"


def staff(client: Client, role: str = "clerk", region: str = factories.REGION) -> Client:
    """Sign a member of staff in, whose post is for a division."""
    hall = registry.open_organisation(
        code=f"hall-{role}-{region}", name="窗口", kind="station", region=region, actor=SYSTEM, now=NOW
    )
    account = identity.open_account(username=f"{role}-{region}", actor=SYSTEM, now=NOW)
    identity.give_post(
        account=account, role=role, organisation=hall, region=region, valid_from=NOW - timedelta(days=900),
        actor=SYSTEM, now=NOW,
    )  # fmt: skip
    return enter(client, account)


def page(client: Client, case: Case) -> str:
    return client.get(reverse("cases:desk_case", args=[case.number])).content.decode()


def piles(days: int) -> dict[str, Pile]:
    today = clock.day_of(NOW + timedelta(days=days))
    return {c.number: queries.listed(c, today=today).pile for c in queries.work_list(CLERK, today=today)}


@pytest.fixture
def case() -> Case:
    return factories.case()


def test_a_case_moves_through_the_piles(case: Case) -> None:
    first_due = min(day for day in case.tasks.values_list("due", flat=True) if day)
    assert piles(0) == {case.number: Pile.RUNNING}
    assert piles((first_due - NOW.date()).days) == {case.number: Pile.TODAY}
    assert piles((first_due - NOW.date()).days + 1) == {case.number: Pile.OVERDUE}
    say(case, "report_in", "returned", message="改", correction={"fields": ["full_name"]}, at=NOW)
    assert piles(0) == {case.number: Pile.PERSON}
    services.withdraw_case(case=case, actor=SYSTEM, now=NOW)
    assert piles(99) == {case.number: Pile.ENDED}


def test_the_piles_are_counted_as_they_are_listed(case: Case) -> None:
    today = clock.day_of(NOW + timedelta(days=60))
    assert queries.pile_sizes(CLERK, today=today)[Pile.OVERDUE] == 1
    assert sum(queries.pile_sizes(CLERK, today=today).values()) == 1


def test_a_clerk_finds_the_case_by_its_last_digits(client: Client, case: Case) -> None:
    staff(client)
    for asked in (case.number, case.number[-4:], case.number.lower()):
        found = client.get(reverse("cases:desk"), {"number": asked}).content.decode()
        assert reverse("cases:desk_case", args=[case.number]) in found
    assert "没有符合的办件" in client.get(reverse("cases:desk"), {"number": "999999999"}).content.decode()


def test_a_name_is_masked_and_a_look_is_noted(client: Client, case: Case) -> None:
    staff(client)
    assert "何青松" not in client.get(reverse("cases:desk")).content.decode()
    text = page(client, case)
    assert case.masked_name in text
    assert "何青松" not in text
    (look,) = Look.objects.exclude(way="list")
    assert look.purpose == "case"


def test_the_full_name_is_shown_on_request_and_noted_apart(client: Client, case: Case) -> None:
    staff(client)
    text = client.post(reverse("cases:desk_person", args=[case.number])).content.decode()
    assert all(words in text for words in ("何青松", "990123199905210150", "19900000001"))
    assert Look.objects.filter(purpose="case_person").count() == 1


def test_a_clerk_records_that_the_army_has_paid(client: Client, case: Case) -> None:
    staff(client)
    assert "部队汇款到账" in page(client, case)
    answer = client.post(reverse("cases:desk_event", args=[case.number]), {"event": "army_remittance"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.happened == ["army_remittance"]
    assert client.post(reverse("cases:desk_event", args=[case.number]), {"event": "rain"}).status_code == 422


def test_the_page_tells_what_is_asked_and_what_is_to_come(client: Client, case: Case) -> None:
    say(case, "report_in", "returned", message="请写全名", correction={"fields": ["full_name"]}, at=NOW)
    case.papers_to_come.create(material="photo", promised_for=NOW.date())
    text = page(staff(client, "supervisor"), case)
    assert all(words in text for words in ("请写全名", "答应补交", "停表"))


def test_another_division_sees_nothing(client: Client, case: Case) -> None:
    row = factories.RegionRow(code=ELSEWHERE, name="临水市", name_en="Linshui")
    registry.load_regions(rows=[row], source="invented", actor=SYSTEM, now=NOW)
    staff(client, region=ELSEWHERE)
    assert case.number not in client.get(reverse("cases:desk")).content.decode()
    for name in ("cases:desk_case",):
        assert client.get(reverse(name, args=[case.number])).status_code == 404
    for name in ("cases:desk_person", "cases:desk_event"):
        assert client.post(reverse(name, args=[case.number]), {"event": "army_remittance"}).status_code == 404
    assert not Look.objects.exclude(way="list").exists()


@pytest.mark.parametrize("role", ["department", "administrator"])
def test_who_does_not_read_cases_is_refused(client: Client, case: Case, role: str) -> None:
    staff(client, role)
    assert client.get(reverse("cases:desk")).status_code == 403
    assert client.get(reverse("cases:desk_case", args=[case.number])).status_code == 403


def test_the_list_costs_the_same_for_one_case_and_for_many(
    client: Client, case: Case, django_assert_num_queries
) -> None:
    staff(client)
    client.get(reverse("cases:desk"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(reverse("cases:desk"))
    for serial in range(6):
        copy_of(case, serial)
    with django_assert_num_queries(len(one)):
        answer = client.get(reverse("cases:desk"))
    assert answer.content.decode().count("TY") > 7


def copy_of(case: Case, serial: int) -> None:
    """Lay another case beside the first, as if another person had submitted the same."""
    tasks = list(case.tasks.all())
    twin = Case.objects.get(pk=case.pk)
    twin.pk, twin.number = None, f"TY20260909{900000 + serial}"
    twin.save(force_insert=True)
    for task in tasks:
        task.pk, task.case = None, twin
        task.save(force_insert=True)


# a wrong slip


def test_a_wrong_slip_is_asked_about_by_one_and_agreed_to_by_another(client: Client) -> None:
    case = factories.case()
    services.record_event(case=case, event="army_remittance", actor=SYSTEM, now=NOW)
    finish(case)
    letters.write_slip(case_id=case.pk, now=NOW)
    clerk, chief = staff(client), staff(Client(), "supervisor")
    address = reverse("cases:desk_slip", args=[case.number])
    assert clerk.post(address, {"what": "again", "reason": ""}).status_code == 422
    assert clerk.post(address, {"what": "again", "reason": "姓名写错"}).status_code == 302
    assert "等一位有权的同事同意" in page(clerk, case)
    assert case.number in chief.get(reverse("cases:desk")).content.decode()
    (proposal,) = Proposal.objects.filter(subject=case.pk)
    decide = reverse("cases:desk_slip_decide", args=[case.number, proposal.pk])
    assert decide in page(chief, case)
    assert decide not in page(clerk, case)
    assert clerk.post(decide, {"answer": "yes"}).status_code == 403
    assert chief.post(decide, {"answer": "yes"}).status_code == 302
    assert Entry.objects.filter(kind="cases.SlipCorrected", subject=case.pk).count() == 1
    assert chief.post(decide, {"answer": "yes"}).status_code == 404


def crowd(case: Case, count: int) -> None:
    """Copy a case, with a day of its own for one matter, or none."""
    whole = Case.objects.get(pk=case.pk)
    task = case.tasks.filter(due__isnull=False)[0]
    for number in range(count):
        whole.pk = task.pk = None
        whole.id, task.id = uuid4(), uuid4()
        whole.number = f"TY2026{number:08d}"
        whole.save(force_insert=True)
        task.case, task.due = whole, NOW.date() + timedelta(days=number % 7 - 3)
        if number % 5:
            task.save(force_insert=True)


def test_pages_of_the_work_list_meet_every_case_once_in_order(case: Case) -> None:
    crowd(case, 40)
    today = clock.day_of(NOW)
    whole = [one.number for one in queries.work_list(CLERK, today=today)]
    read: list[str] = []
    after = None
    while True:
        page, after = queries.leaf(queries.work_list(CLERK, today=today), after=after, rows=7)
        read += [one.number for one in page]
        if after is None:
            break
        assert queries.Place.read(str(after)) == after, "the place goes through the address"
    assert read == whole
    assert len(read) == 41
    assert [queries.Place.read(text) for text in ("", "x", "9_none..1", "1_overdue.never.1")] == [None] * 4


def test_the_work_list_costs_the_same_however_much_lies_there(client: Client, case: Case) -> None:
    staff(client)
    client.get(reverse("cases:desk"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("cases:desk"))
    crowd(case, 70)
    with CaptureQueriesContext(connection) as many:
        first = client.get(reverse("cases:desk")).content.decode()
    assert len(many) == len(few) <= 24
    assert first.count("<tr data-row") == 50
    (further,) = re.findall(r'href="(\?after=[^"]+)"', first)
    assert client.get(reverse("cases:desk") + further).content.decode().count("<tr data-row") == 21
