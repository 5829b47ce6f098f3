"""A morning at a desk: the queue by keyboard, many orders at once, and the same without script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from onething.exchange import services as exchange
from onething.exchange.models import Order
from onething.exchange.services import OrderDraft
from onething.identity import services as identity
from onething.identity.tests.factories import enter
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry import services as registry
from onething.registry.models import Person
from tests.journeys import stage

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

DESK = {"width": 1280, "height": 900}
OFFICE = "police"


def orders_for(soldier: Person, *days: int) -> list[Order]:
    """Lay orders on the desk, due so many days from today."""
    today, now = clock.day_of(clock.now()), clock.now()
    drafts = [
        OrderDraft(
            task_id=uuid4(), case_id=uuid4(), case_number=f"TY20260909{n:06d}", person_id=soldier.pk,
            matter="household_registration", title="恢复户口", department=OFFICE, region=stage.COUNTY,
            due=today + timedelta(days=day), fields={"full_name": "何青松"}, labels={"full_name": "姓名"},
        )
        for n, day in enumerate(days, start=1)
    ]  # fmt: skip
    exchange.place_orders(orders=drafts, actor=SYSTEM, now=now)
    return [Order.objects.get(task_id=one.task_id) for one in drafts]


def sit_down(browser: Browser, live_server: LiveServer, *, script: bool = True) -> BrowserContext:
    """Sign an officer in at the police's desk, in a browser of a desk's size."""
    now = clock.now()
    desk = registry.open_organisation(
        code=OFFICE, name="望山县公安局", kind="department", department=OFFICE, region=stage.COUNTY, actor=SYSTEM,
        now=now,
    )  # fmt: skip
    for name in ("li.officer", "wang.officer"):
        account = identity.open_account(username=name, display_name=name, actor=SYSTEM, now=now)
        identity.give_post(
            account=account, role="department", organisation=desk, region=stage.COUNTY,
            valid_from=now - timedelta(days=9), actor=SYSTEM, now=now,
        )  # fmt: skip
    client = enter(Client(), account)
    context = browser.new_context(viewport=DESK, locale="zh-CN", base_url=live_server.url, java_script_enabled=script)
    context.set_default_timeout(15_000)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return context


@pytest.fixture
def desk(chromium: Browser, live_server: LiveServer, soldier: Person) -> Iterator[Page]:
    """An officer's browser before the queue; whatever the console complains about fails the test."""
    context = sit_down(chromium, live_server)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints


def test_the_queue_by_keyboard(desk: Page, soldier: Person) -> None:
    late, today, fresh = orders_for(soldier, -9, 0, 9)
    desk.goto("/exchange/")
    for key in ("j", "x", "j", "k", "j", "x"):
        desk.keyboard.press(key)
    expect(desk.locator("tr.on")).to_contain_text(today.case_number)
    assert desk.locator("input[name=order]:checked").count() == 2

    desk.keyboard.press("/")
    desk.keyboard.type("jjx")
    assert desk.locator("input[name=number]").input_value() == "jjx", "off while somebody types"
    desk.keyboard.press("Escape")
    desk.keyboard.press("?")
    expect(desk.get_by_text("下一行、上一行")).to_be_visible()

    desk.keyboard.press("t")
    expect(desk.get_by_role("heading", name="成批转交")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("heading", name="今天要办")).to_be_visible()
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(f"{desk.url.split('/exchange')[0]}/exchange/orders/{late.pk}/")
    desk.keyboard.press("a")
    desk.wait_for_url("**/exchange/")
    late.refresh_from_db()
    assert late.state == "acknowledged"
    assert fresh.pk


def test_the_keys_can_be_switched_off_and_stay_off(desk: Page, soldier: Person) -> None:
    orders_for(soldier, 3)
    desk.goto("/exchange/")
    desk.keyboard.press("?")
    desk.get_by_role("button", name="关掉按键").click()
    desk.reload()
    desk.keyboard.press("j")
    assert desk.locator("tr.on").count() == 0
    assert not desk.locator("kbd").first.is_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_many_orders_are_approved(chromium: Browser, live_server: LiveServer, soldier: Person, script: bool) -> None:
    orders = orders_for(soldier, 3, 4, 5)
    context = sit_down(chromium, live_server, script=script)
    page = context.new_page()
    page.goto("/exchange/")
    for one in orders[:2]:
        page.locator(f"input[value='{one.pk}']").check()
    page.get_by_role("button", name="批准选中的").click()
    expect(page.get_by_text("2 件中 2 件可以办")).to_be_visible()
    page.locator("input[name=words]").fill("准予恢复")
    page.get_by_role("button", name="确认").click()
    expect(page.get_by_role("heading", name="办好 2 件，没动 0 件")).to_be_visible()
    assert Order.objects.filter(state="answered").count() == 2
    context.close()
