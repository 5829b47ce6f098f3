"""The frame of every page: doors, menus, panels, care mode, language, and what is said when something fails."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils.translation import override

from onething.kernel.access import NOBODY, Actor, Door
from onething.kernel.errors import Denied
from onething.plumbing import clock
from onething.plumbing.ui import comfort, panels, portal
from onething.plumbing.ui.doors import page
from onething.plumbing.ui.models import Preference
from onething.plumbing.ui.templatetags.ui import said, spell_day, yuan

CLERK = Actor(door=Door.STAFF, account_id=uuid4(), permissions=frozenset({"test.look"}))


@page(may="test.look")
def looked_at(request: object) -> HttpResponse:
    return HttpResponse("seen")


def ask(actor: Actor, method: str = "get") -> HttpResponse:
    request = getattr(RequestFactory(), method)("/there?x=1")
    request.actor = actor
    return looked_at(request)


def test_a_door_lets_in_who_may() -> None:
    assert ask(CLERK).content == b"seen"


def test_a_door_sends_nobody_to_sign_in_and_back() -> None:
    answer = ask(NOBODY)
    assert answer.status_code == 302
    assert answer["Location"].endswith("next=%2Fthere%3Fx%3D1")


def test_a_door_refuses_who_may_not() -> None:
    with pytest.raises(Denied):
        ask(Actor(door=Door.CITIZEN, person_id=uuid4()))


def test_a_door_knows_its_methods() -> None:
    assert ask(CLERK, "put").status_code == 405


def test_a_door_must_say_who_may_come_in() -> None:
    with pytest.raises(TypeError):
        page()
    with pytest.raises(TypeError):
        page(may="test.look", public="everybody")


def test_a_menu_shows_what_one_may_open_and_where_one_is() -> None:
    panels.menu("workbench", "healthz", "Health", icon="info", may="test.look", order=1, count=lambda actor: 7)
    panels.menu("workbench", "no:such", "Nowhere", icon="info")
    try:
        assert [(line.title, line.count, line.is_here) for line in panels.shown("workbench", CLERK, "/healthz")][
            :1
        ] == [("Health", 7, True)]
        assert "Health" not in [line.title for line in panels.shown("workbench", NOBODY)]
        assert "Nowhere" not in [line.title for line in panels.shown("workbench", CLERK)]
    finally:
        del panels._menus["workbench"]["healthz"], panels._menus["workbench"]["no:such"]


def test_a_slot_shows_its_panels_in_order_and_skips_the_silent() -> None:
    panels.panel("test.slot", order=2)(lambda request, **subject: panels.Panel("ui/mark_for_tests.html", subject))
    panels.panel("test.slot", order=1)(lambda request, **subject: None)
    made = list(panels.panels_for("test.slot", RequestFactory().get("/"), {"word": "here"}))  # type: ignore[arg-type]
    assert [panel.context["word"] for panel in made] == ["here"]


@pytest.mark.django_db
def test_care_mode_is_kept_on_the_device_and_for_the_account(client: Client) -> None:
    answer = client.post("/look/care/", {"size": "2", "next": "/door/sign-in/"})
    assert answer["Location"] == "/door/sign-in/"
    assert 'class="care care-2"' in client.get("/door/sign-in/").content.decode()
    comfort.remember(HttpResponse(), CLERK, 3)
    assert Preference.objects.get(account_id=CLERK.account_id).care == 3


@pytest.mark.django_db
def test_going_back_never_leads_to_another_house(client: Client) -> None:
    assert client.post("/look/care/", {"size": "1", "next": "https://elsewhere.example/"})["Location"] == "/"


@pytest.mark.parametrize(("typed", "size"), [("1", 1), ("3", 3), ("9", 0), ("x", 0), (None, 0)])
def test_only_our_sizes_count(typed: str | None, size: int) -> None:
    assert comfort.size(typed) == size


@pytest.mark.django_db
def test_the_language_can_be_changed(client: Client) -> None:
    assert 'lang="zh-CN"' in client.get("/").content.decode()
    client.post("/look/language/", {"language": "en", "next": "/"})
    assert 'lang="en"' in client.get("/").content.decode()


@pytest.mark.django_db
def test_a_missing_page_says_where_to_go(client: Client) -> None:
    answer = client.get("/no/such/page")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


def test_a_silent_database_is_said_and_what_was_saved_is_safe() -> None:
    try:
        raise OperationalError("the connection is gone")
    except OperationalError:
        answer = portal.failed(RequestFactory().get("/"))
    assert answer.status_code == 503
    assert "您存好的都在" in answer.content.decode()
    assert portal.failed(RequestFactory().get("/")).status_code == 500


def test_days_money_and_words_in_two_languages() -> None:
    day = date(2026, 9, 30)
    assert spell_day(day) == "9月30日（周三）"
    assert said({"zh": "报到", "en": "Report"}) == "报到"
    assert yuan(450_050) == "4,500.50 元"
    with override("en"):
        assert spell_day(day, year=True) == "Wednesday 30 September 2026"
        assert said({"zh": "报到", "en": "Report"}) == "Report"


def test_a_late_evening_belongs_to_the_day_of_the_departments() -> None:
    late = datetime(2026, 9, 30, 17, tzinfo=UTC)  # one in the morning of 1 October in Beijing
    shown = Template("{% load ui %}{% day late %}").render(Context({"late": late}))
    assert "10月1日" in shown


@pytest.mark.parametrize(
    ("year", "zh", "en"),
    [(2026, "11月22日 09:05", "22 November, 09:05"), (2027, "2027年11月22日 09:05", "22 November 2027, 09:05")],
)
def test_a_moment_of_another_year_names_it(year: int, zh: str, en: str) -> None:
    """A key that ends next year must not read as if it ended today."""
    ends = datetime(year, 11, 22, 9, 5, tzinfo=clock.BEIJING)
    shell = SimpleNamespace(now=datetime(2026, 11, 22, 8, tzinfo=clock.BEIJING))
    for language, words in (("zh-hans", zh), ("en", en)):
        with override(language):
            shown = Template("{% load ui %}{% moment ends %}").render(Context({"ends": ends, "shell": shell}))
        assert f">{words}<" in shown


@pytest.mark.django_db
def test_a_program_is_told_in_its_own_form_that_there_is_nothing(client):
    answer = client.get("/api/v1/nothing-here")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404
    assert client.get("/nothing-here")["Content-Type"].startswith("text/html")
