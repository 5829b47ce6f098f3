"""Found at night, offered by an official, said yes to, sent: in a browser, on a phone that runs no script."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from onething.catalogue import services as catalogue
from onething.entitlements import sweeps
from onething.entitlements.models import Offer
from onething.identity import services as identity
from onething.identity.tests.factories import code_sent_to, enter
from onething.kernel import codes
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.plumbing.packs import read_pack
from onething.registry import services as registry
from onething.registry.models import Person
from tests.journeys import citizen, stage
from tests.journeys.conftest import open_phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TITLE = "年满60周岁农村籍退役士兵老年生活补助"
NAME, PHONE = "贺平川", "19900000061"
KNOWN = {
    "hukou_region": stage.COUNTY, "hukou_type": "rural", "hukou_type_at_discharge": "rural",
    "enlist_date": "1984-11-01", "discharge_date": "1988-01-15", "compulsory_start": "1984-11-01",
    "compulsory_end": "1988-01-15", "service_kind": "conscript", "employee_pension": False,
    "benefits_received": ["honour_plaque", "preference_card"],
}  # fmt: skip


@pytest.fixture
def veteran(soldier: Person) -> Person:
    """An old soldier of a village who never asked; the policies and what grants them are published."""
    now = clock.now()
    body = "99012319660301" + "011"
    person = registry.register_person(
        name=NAME, id_number=body + codes.id_check_digit(body), phone=PHONE, region=stage.COUNTY, known=KNOWN,
        source="veterans_affairs", actor=SYSTEM, now=now,
    )  # fmt: skip
    for pack in ("national/grants", "national/entitlements"):
        catalogue.publish_pack(pack=read_pack(pack), actor=SYSTEM, now=now)
    sweeps.decide_everybody(clock.day_of(now))
    return person


@pytest.fixture
def clerk(chromium: Browser, live_server: LiveServer, veteran: Person) -> Page:
    """A clerk's browser at the one window."""
    now = clock.now()
    hall = registry.open_organisation(
        code="hall", name="望山县综合窗口", kind="station", region=stage.COUNTY, actor=SYSTEM, now=now
    )
    account = identity.open_account(username="clerk", display_name="沈知行", actor=SYSTEM, now=now)
    identity.give_post(
        account=account, role="clerk", organisation=hall, region=stage.COUNTY, valid_from=now - timedelta(days=9),
        actor=SYSTEM, now=now,
    )  # fmt: skip
    client = enter(Client(), account)
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", base_url=live_server.url)
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return context.new_page()


@pytest.fixture
def paper_phone(chromium: Browser, live_server: LiveServer) -> BrowserContext:
    """A phone that runs no script."""
    return open_phone(chromium, live_server, javascript=False)


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page where somebody asked for pictures."""
    folder = os.environ.get("PICTURES_OF_OFFERS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def offer_it(clerk: Page) -> None:
    """Choose the line, look at the preview, confirm."""
    clerk.goto("/entitlements/leads/")
    row = clerk.get_by_role("row").filter(has_text=TITLE)
    expect(row).to_contain_text("240.00 元 每月")
    row.get_by_role("checkbox").check()
    picture(clerk, "leads")
    clerk.get_by_role("button", name="提醒选中的人").click()
    picture(clerk, "preview")
    clerk.get_by_role("button", name="确认").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("办好 1")


def sign_in(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="登录", exact=True).click()
    page.get_by_label("您的手机号").fill(PHONE)
    page.get_by_role("button", name="给我发验证码").click()
    page.get_by_label("短信里的验证码").fill(code_sent_to(PHONE))
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)


def test_from_the_list_to_the_case(clerk: Page, paper_phone: BrowserContext, veteran: Person) -> None:
    offer_it(clerk)
    phone = paper_phone.new_page()
    sign_in(phone)
    phone.get_by_role("link", name="看一看，答复").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(TITLE)
    picture(phone, "offer")
    phone.get_by_role("button", name="要，我想办").click()
    expect(phone.get_by_role("heading", name="知道的都替您填好了")).to_be_visible()
    picture(phone, "accepted")
    stage.work()
    phone.get_by_role("button", name="看一遍，提交").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("您的一次告知单")
    picture(phone, "notice")
    phone.get_by_role("link", name="开始填表").click()
    expect(phone.get_by_text("1984年11月1日").first).to_be_visible()
    picture(phone, "known")
    phone.get_by_role("button", name="都对，下一步").click()
    citizen.fill_page(phone, {"bank_account": "6230990000000000011"})
    phone.get_by_role("button", name="保存，下一步").click()
    citizen.hand_in_papers(phone)
    picture(phone, "check")
    number = citizen.submit(phone)
    stage.work()
    offer = Offer.objects.get()
    assert offer.settled_by.startswith("case:")
    phone.goto(f"/entitlements/offers/{offer.pk}/")
    phone.get_by_role("link", name="看办到哪了").click()
    expect(phone.locator("main")).to_contain_text(number)
    sweeps_again(clerk)


def sweeps_again(clerk: Page) -> None:
    """The next night nothing is found of it."""
    sweeps.decide_everybody(clock.day_of(clock.now()) + timedelta(days=1))
    clerk.goto("/entitlements/leads/")
    expect(clerk.get_by_role("row").filter(has_text=TITLE)).to_have_count(0)


def test_a_human_please(clerk: Page, paper_phone: BrowserContext, veteran: Person) -> None:
    offer_it(clerk)
    phone = paper_phone.new_page()
    sign_in(phone)
    phone.get_by_role("link", name="看一看，答复").click()
    phone.get_by_role("button", name="想先找人说说").click()
    expect(phone.locator("main")).to_contain_text("会给您打电话")
    clerk.goto("/exchange/")
    row = clerk.get_by_role("row").filter(has_text="想先和人谈谈")
    expect(row).to_contain_text("沈知行")
    picture(clerk, "queue")
    row.get_by_role("link").first.click()
    expect(clerk.get_by_role("row").filter(has_text="沈知行")).to_contain_text(TITLE)
    picture(clerk, "offers")
    clerk.get_by_role("button", name="已联系").click()
    expect(clerk.get_by_text("这里没有人。")).to_be_visible()


def test_what_is_due_is_applied_for_without_any_offer(paper_phone: BrowserContext, veteran: Person) -> None:
    phone = paper_phone.new_page()
    sign_in(phone)
    phone.get_by_role("link", name="我领的待遇").click()
    expect(phone.get_by_role("heading", name=TITLE)).to_be_visible()
    picture(phone, "mine")
    phone.get_by_role("button", name="申请：表已经填好").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("您的一次告知单")
    expect(phone.locator("main")).to_contain_text("农村籍退役士兵老年生活补助")
    phone.goto("/entitlements/mine/")
    phone.get_by_role("button", name="长辈版").or_(phone.get_by_role("link", name="长辈版")).first.click()
    phone.goto("/entitlements/mine/")
    picture(phone, "mine_care")
