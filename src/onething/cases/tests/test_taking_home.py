"""All that is kept about a person, as one file for them alone."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client

from onething.cases import services as cases
from onething.cases.models import RATED, Case, Rating
from onething.cases.tests import factories
from onething.cases.tests.test_portal import sign_in
from onething.correspondence.models import Notice
from onething.kernel.access import SYSTEM, Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing.journal.models import Entry
from onething.registry import exports, policy, queries, sealing, services
from onething.registry.errors import ExportNotReady, ExportOver, ExportTooSoon, NoSuchExport
from onething.registry.models import DataExport, Person

pytestmark = pytest.mark.django_db
NOW = factories.NOW
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def owner(person_id: Any) -> Actor:
    return Actor(
        door=Door.CITIZEN, person_id=person_id, region=factories.REGION, permissions=frozenset({policy.READ_OWN})
    )


@pytest.fixture
def lived() -> Case:
    """Somebody with a case, a message, a statement, a correction and a letter."""
    case = factories.case()
    mine = factories.citizen(Person.objects.get(pk=case.person_id))
    cases.write_to_clerk(case=case, words="留言里的话𠮷", actor=mine, now=NOW)
    Rating.objects.create(
        case=case, region=case.region, level=2, rated_at=NOW,
        sealed_words=sealing.seal(case.person_id, "评价里的话", field=RATED),
    )  # fmt: skip
    services.record_statement(
        person_id=case.person_id, section="service", values={"unit": "某部三连", "enlisted_on": "2016-09-01"},
        source="army:2026", actor=SYSTEM, now=NOW,
    )  # fmt: skip
    person = Person.objects.get(pk=case.person_id)
    Notice.written(
        person, channel="in_app", kind="x", text=("信的标题", "信里的话"), case_id=None, once="1", at=NOW
    ).save()
    return case


def made(person_id: Any) -> DataExport:
    export = services.ask_export(actor=owner(person_id), now=NOW)
    services.make_export(export_id=export.pk, now=NOW + MINUTE)
    export.refresh_from_db()
    return export


def opened(export: DataExport) -> zipfile.ZipFile:
    content = services.open_export(export=export, actor=owner(export.person_id), now=NOW + MINUTE)
    return zipfile.ZipFile(BytesIO(content))


def test_it_holds_what_was_said_and_handed_in(lived: Case) -> None:
    archive = opened(made(lived.person_id))
    everything = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".json"))
    for datum in (
        "何青松",
        "990123199905210150",
        "19900000001",
        "某部三连",
        "army:2026",
        "留言里的话𠮷",
        "信里的话",
        "评价里的话",
    ):
        assert datum in everything, datum
    answered = json.loads(archive.read("data/cases.json"))["cases"][0]["answers"]
    assert answered.items() >= factories.answers().items()
    papers = [archive.read(name) for name in archive.namelist() if name.startswith("files/cases/")]
    assert papers and set(papers) == {factories.PAPER}
    readme = archive.read("README.txt").decode()
    assert "妥善保管" in readme and "keep it safe" in readme


def test_it_holds_nothing_of_anybody_else(lived: Case) -> None:
    other = services.register_person(
        name="温故里", id_number="990123199905210177", phone="19900000002", region=factories.REGION, known={},
        source="invented", actor=SYSTEM, now=NOW,
    )  # fmt: skip
    archive = opened(made(other.pk))
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert str(lived.person_id) not in everything and lived.number not in everything
    assert "温故里" in everything


def test_asked_twice_is_one_job(lived: Case) -> None:
    first, second = (services.ask_export(actor=owner(lived.person_id), now=NOW) for _ in range(2))
    assert first.pk == second.pk
    assert Entry.objects.filter(kind="registry.ExportAsked").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        DataExport.objects.create(person_id=lived.person_id, asked_at=NOW)


def test_made_twice_is_one_file(lived: Case) -> None:
    export = made(lived.person_id)
    services.make_export(export_id=export.pk, now=NOW + DAY)
    again = DataExport.objects.get(pk=export.pk)
    assert (again.file_key, again.ready_at) == (export.file_key, export.ready_at)


def test_a_new_one_at_most_once_a_day(lived: Case) -> None:
    made(lived.person_id)
    with pytest.raises(ExportTooSoon):
        services.ask_export(actor=owner(lived.person_id), now=NOW + DAY - MINUTE)
    assert services.ask_export(actor=owner(lived.person_id), now=NOW + DAY).state == "asked"


def test_it_is_fetched_for_seven_days_and_then_swept(lived: Case) -> None:
    export, mine = made(lived.person_id), owner(lived.person_id)
    assert export.ready_at is not None
    services.open_export(export=export, actor=mine, now=export.ready_at + 7 * DAY - MINUTE)
    assert Entry.objects.filter(kind="registry.ExportFetched").count() == 1
    with pytest.raises(ExportOver):
        services.open_export(export=export, actor=mine, now=export.ready_at + 7 * DAY)
    assert services.sweep(now=export.ready_at + 7 * DAY + MINUTE)["exports"] == 1
    export.refresh_from_db()
    assert (export.state, export.file_key) == ("gone", "")


def test_before_it_is_ready_there_is_nothing(lived: Case) -> None:
    export = services.ask_export(actor=owner(lived.person_id), now=NOW)
    with pytest.raises(ExportNotReady):
        services.open_export(export=export, actor=owner(lived.person_id), now=NOW)


@pytest.mark.parametrize("door", [Door.STAFF, Door.HELPER, Door.DEPARTMENT, Door.NOBODY])
def test_nobody_else_finds_it(lived: Case, door: Door) -> None:
    export = made(lived.person_id)
    other = Actor(
        door=door, person_id=lived.person_id, region=factories.REGION, permissions=frozenset({policy.READ_OWN})
    )
    for actor in (other, owner(uuid4())):
        with pytest.raises(NoSuchExport):
            queries.export_for(actor, export.pk)
    with pytest.raises(Denied):
        services.ask_export(actor=factories.citizen(export.person), now=NOW)


def test_a_forgotten_person_leaves_no_copy(lived: Case) -> None:
    made(lived.person_id)
    services.forget_person(person_id=lived.person_id, actor=SYSTEM, now=NOW)
    assert not DataExport.objects.exists()


def test_the_page_asks_waits_and_hands_out() -> None:
    factories.regions()
    factories.release(factories.OFFERED)
    person = factories.person()
    client = sign_in(Client(), "19900000001")
    assert "帮我整理一份" in client.get("/registry/mine/").content.decode()
    assert client.post("/registry/mine/copy/").status_code == 302
    assert "正在整理" in client.get("/registry/mine/").content.decode()
    export = DataExport.objects.get(person=person)
    services.make_export(export_id=export.pk, now=export.asked_at)
    address = f"/registry/mine/copy/{export.pk}/"
    assert address in client.get("/registry/mine/").content.decode()
    answer = client.get(address)
    assert answer["Content-Type"] == "application/zip" and "no-store" in answer["Cache-Control"]
    assert zipfile.ZipFile(BytesIO(answer.content)).testzip() is None
    assert Client().get(address).status_code in (302, 403)


LEADS = {"person", "person_id", "person_ids", "account_id", "case_id", "order_id", "subject", "session_data"}


def about_persons() -> set[str]:
    """Find every table that leads to a person: by a column, or by a key into a table that does."""
    models = list(apps.get_models())
    found = {m for m in models if m is Person or any(f.name in LEADS for f in m._meta.concrete_fields)}
    while more := {
        m for m in models if m not in found and any(f.related_model in found for f in m._meta.concrete_fields)
    }:
        found |= more
    return {m._meta.label for m in found}


def test_every_table_about_a_person_is_handed_out_or_says_why_not() -> None:
    told = exports.told() | exports.reasons().keys()
    assert not about_persons() - told
    assert not exports.told() & exports.reasons().keys()
    assert not told - {m._meta.label for m in apps.get_models()}, "names of tables that are not there"
    assert all(len(reason.split()) > 5 for reason in exports.reasons().values())
