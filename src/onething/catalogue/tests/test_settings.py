"""Settings of the whole installation: asked for by one, agreed by another, in force on the page and in the sweeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from onething.identity.models import Proposal
from onething.identity.tests.factories import clerk, enter, post, with_app
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.journal.models import Entry
from onething.registry import chosen, house_settings, services
from onething.registry.errors import SettingOutOfBounds, SettingTooLong, SettingUnknown
from onething.registry.models import HouseSetting, Sharing
from onething.registry.tests.factories import load_regions, organisation

pytestmark = pytest.mark.django_db

PROVINCE = "990000000000"


@pytest.fixture(autouse=True)
def as_found() -> Iterator[None]:
    chosen.forget()
    yield
    chosen.forget()


def administrator(name: str, region: str = PROVINCE) -> Client:
    account = with_app(clerk(name))
    post(account, "administrator", region=region)
    return enter(Client(headers={"accept-language": "zh-CN"}), account)


@pytest.fixture
def two() -> tuple[Client, Client]:
    load_regions()
    organisation("province-office", region=PROVINCE)  # from here on the installation is of the whole province
    return administrator("wang.one"), administrator("wang.two")


def asked(client: Client, **values: object) -> int:
    return client.post("/packs/settings/", {"reason": "换号", **values}).status_code


def test_nothing_changes_before_a_second_person_agrees(two: tuple[Client, Client]) -> None:
    one, other = two
    assert asked(one, phone="0999-12345", hours_zh="工作日 9:00-17:00") == 302
    chosen.forget()
    assert "0999-12345" not in Client().get("/").content.decode()
    assert "0999-12345" in other.get("/packs/settings/").content.decode()  # what is asked for is shown to who decides
    waiting = Proposal.objects.get()
    assert one.post(f"/door/second-eyes/{waiting.pk}/", {"answer": "yes"}).status_code >= 400
    assert other.post(f"/door/second-eyes/{waiting.pk}/", {"answer": "yes"}).status_code == 302
    page = Client(headers={"accept-language": "zh-CN"}).get("/").content.decode()
    assert "0999-12345 · 工作日 9:00-17:00" in page
    assert Entry.objects.get(kind="registry.HouseSettingsChanged").payload["names"] == ["hours_zh", "phone"]


@pytest.mark.parametrize(
    ("name", "value", "refusal"),
    [
        ("keep_sharing", "300", SettingOutOfBounds),  # the law says three years
        ("keep_sharing", "-1", SettingOutOfBounds),
        ("remind_before", "１２", SettingOutOfBounds),
        ("remind_before", "99999999999", SettingOutOfBounds),
        ("phone", "1" * 41, SettingTooLong),
        ("smtp", "x", SettingUnknown),
    ],
)
def test_a_value_out_of_bounds_is_refused_and_nothing_changes(name: str, value: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        services.change_settings(given={"note_zh": "好", name: value}, actor=SYSTEM, now=clock.now())
    assert not HouseSetting.objects.exists()


def test_the_page_says_which_bound_and_keeps_what_was_typed(two: tuple[Client, Client]) -> None:
    answer = two[0].post("/packs/settings/", {"keep_sharing": "300", "phone": "0999", "reason": "x"})
    assert answer.status_code == 422
    assert 'value="0999"' in answer.content.decode()
    assert "1096" in answer.content.decode()


def test_who_does_not_hold_the_whole_installation_changes_nothing(two: tuple[Client, Client]) -> None:
    county = administrator("wang.county", "990110000000")
    assert asked(county, phone="0999") >= 400
    assert not Proposal.objects.exists()


def test_a_longer_term_is_kept_by_the_sweep() -> None:
    rule = next(rule for rule in house_settings.RULES if rule.name == "corrections")
    assert chosen.days_kept(rule) == 3 * 365
    services.change_settings(given={"keep_corrections": 400}, actor=SYSTEM, now=clock.now())
    assert chosen.days_kept(rule) == 400
    assert services.sweep(now=clock.now() + timedelta(days=1), is_dry=True)["corrections"] == 0
    assert not Sharing.objects.exists()
