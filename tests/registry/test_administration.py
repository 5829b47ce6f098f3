"""Offices and divisions without a shell: looked through first, within one's own division, with a fact."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onething.identity.tests.factories import clerk, enter, post, with_app
from onething.plumbing.journal.models import Entry
from onething.registry.models import Organisation, Region
from onething.registry.tests.factories import load_regions

pytestmark = pytest.mark.django_db

TOWNS = "code,name\n990110102000,青石镇\n990110103000,白水镇\n"


def administrator(region: str = "990000000000") -> Client:
    account = with_app(clerk(f"wang.{region[:4]}"))
    post(account, "administrator", region=region)
    return enter(Client(headers={"accept-language": "en"}), account)


@pytest.fixture
def desk() -> Client:
    load_regions()
    return administrator()


def bring(client: Client, text: str, **given: str) -> Any:
    file = SimpleUploadedFile("list.csv", text.encode())
    return client.post("/registry/divisions/", {"what": "list", "source": "民政部 2026", "file": file, **given})


def test_an_office_is_entered_once_within_ones_division(desk: Client) -> None:
    given = {"code": "shanhe-station", "name": "山河服务站", "kind": "station", "region": "990110000000"}
    assert desk.post("/registry/offices/", given).status_code == 302
    assert desk.post("/registry/offices/", given).status_code == 422
    assert "山河服务站" in desk.get("/registry/offices/").content.decode()
    assert Entry.objects.filter(kind="registry.OrganisationOpened", actor__startswith="staff:").count() == 1
    far = administrator("990110000000").post("/registry/offices/", {**given, "code": "far", "region": "990000000000"})
    assert far.status_code == 422
    assert not Organisation.objects.filter(code="far").exists()


def test_a_list_is_looked_through_before_it_is_loaded(desk: Client) -> None:
    looked = bring(desk, TOWNS)
    assert "2 new" in looked.content.decode()
    assert not Region.objects.filter(code="990110102000").exists()
    assert "Loaded" in bring(desk, TOWNS, load="on").content.decode()
    assert Region.objects.get(code="990110102000").name == "青石镇"


@pytest.mark.parametrize("text", ["code,name\n12,x,y\n", "name\nx\n", "code,name\n9901X0000000,x\n", "\x00"])
def test_a_bad_list_is_refused_with_its_line_and_changes_nothing(desk: Client, text: str) -> None:
    before = Region.objects.count()
    assert bring(desk, text, load="on").status_code == 422
    assert Region.objects.count() == before


def test_divisions_are_everybodys_and_need_the_whole(desk: Client) -> None:
    county = administrator("990110000000")
    Organisation.objects.update(region_id="990000000000")
    assert bring(county, TOWNS, load="on").status_code == 422
    assert not Region.objects.filter(code="990110102000").exists()
