"""The whole retirement by hand: from the first page to the result slip, on a phone, with and without JavaScript."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from onething.cases import services as cases
from onething.cases.models import Case
from onething.catalogue import planning
from onething.exchange.models import Order
from onething.kernel.access import SYSTEM
from onething.plumbing import clock
from onething.registry.models import Person
from tests.journeys import citizen, stage
from tests.journeys.conftest import open_phone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LATER = "discharge_certificate"


def test_retirement(phone: Page, soldier: Person) -> None:
    given = stage.answers()
    citizen.sign_in(phone)
    citizen.choose_life_event(phone)
    assert 5 <= citizen.answer_questions(phone, given) <= 15
    _the_notice_says_the_day_and_what_is_saved(phone)
    citizen.fill_the_form(phone, given)
    citizen.hand_in_papers(phone, but=LATER)

    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("请勾选“以后交”")).to_be_visible()
    phone.get_by_role("checkbox").check()
    number = citizen.submit(phone)

    phone.get_by_role("link", name="看办到哪了").click()
    expect(phone.get_by_text("13 件事，办好了 0 件")).to_be_visible()
    _one_department_asks_for_a_paper_again(phone)
    _the_paper_that_was_to_follow_comes(phone)
    _all_departments_finish(number)
    _the_slip_is_there(phone, number)


def _the_notice_says_the_day_and_what_is_saved(page: Page) -> None:
    table = page.get_by_role("table")
    for words in ("61 天", "15 天", "31 份", "14 份", "13 步", "2 步", "12 趟", "1 趟"):
        expect(table.get_by_text(words, exact=True)).to_be_visible()
    due = _counted_by_hand(clock.day_of(clock.now()), days=15)
    assert page.locator(".ot-promise time").first.get_attribute("datetime") == due.isoformat()
    expect(page.get_by_role("heading", name="您只要做 2 步")).to_be_visible()
    page.get_by_text("这一天是怎么算的？").click()
    expect(page.get_by_text("用的节假日表")).to_be_visible()


def _counted_by_hand(start: date, days: int) -> date:
    """Count working days one after the other, as a person would with the calendar on the wall."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= planning.calendar().is_working_day(day)
    return day


def _one_department_asks_for_a_paper_again(page: Page) -> None:
    stage.work()
    order = next(o for o in stage.waiting_orders() if o.matter == "report_in")
    stage.reply(order, "accepted")
    words = "照片拍糊了，看不清字。请重拍一张。"
    stage.reply(order, "returned", message=words, correction={"materials": ["administrative_letter"], "fields": []})
    stage.work()
    page.goto("/")
    expect(page.get_by_text("有 2 件事等您办")).to_be_visible()
    expect(page.get_by_text(words)).to_be_visible()
    page.get_by_role("link", name="现在去补").click()
    assert page.locator("input[type=file]:not([capture])").count() == 1
    page.get_by_role("button", name="交上去").click()
    expect(page.get_by_text("还没有选照片")).to_be_visible()
    page.locator("input[type=file]:not([capture])").set_input_files(citizen.PHOTO)
    page.get_by_role("button", name="交上去").click()
    expect(page.get_by_text("已经送回部门接着办")).to_be_visible()


def _the_paper_that_was_to_follow_comes(page: Page) -> None:
    page.get_by_role("link", name="现在就交").click()
    page.locator("input[type=file]:not([capture])").set_input_files({**citizen.PHOTO, "buffer": b"not a photo"})
    page.get_by_role("button", name="交上去").click()
    expect(page.get_by_text("这不是照片，也不是 PDF")).to_be_visible()
    page.locator("input[type=file]:not([capture])").set_input_files(citizen.PHOTO)
    page.get_by_role("button", name="交上去").click()
    expect(page.get_by_text("这份材料齐了")).to_be_visible()
    expect(page.get_by_role("link", name="现在就交")).to_have_count(0)


def _all_departments_finish(number: str) -> None:
    case = Case.objects.get(number=number)
    cases.record_event(case=case, event="army_remittance", actor=SYSTEM, now=clock.now())
    for _round in case.plan["matters"]:
        stage.work()
        for order in stage.waiting_orders():
            stage.reply(order, "approved", result={"number": "99-0001"})
        if not stage.waiting_orders():
            stage.work()
    stage.work()
    case.refresh_from_db()
    assert case.state == "settled", list(Order.objects.values_list("matter", "state"))


def _the_slip_is_there(page: Page, number: str) -> None:
    page.goto(f"/matters/{number}/")
    expect(page.get_by_text("13 件事，办好了 13 件").first).to_be_visible()
    slip = page.get_by_role("link", name="结果单").first
    answer = page.request.get(str(slip.get_attribute("href")))
    assert answer.ok
    assert answer.body().startswith(b"%PDF-")


def test_pressing_submit_in_two_tabs_gives_one_case(
    chromium: Browser, live_server: LiveServer, soldier: Person
) -> None:
    with open_phone(chromium, live_server) as context:
        first = _filled(context.new_page())
        second = context.new_page()
        second.goto(first.url)
        numbers = {citizen.submit(first), citizen.submit(second)}
    assert len(numbers) == 1
    assert Case.objects.count() == 1


def test_what_was_put_away_is_there_on_another_phone(
    chromium: Browser, live_server: LiveServer, soldier: Person
) -> None:
    given = stage.answers()
    with open_phone(chromium, live_server) as context:
        page = context.new_page()
        citizen.sign_in(page)
        citizen.choose_life_event(page)
        citizen.answer_questions(page, given)
        page.get_by_role("link", name="开始填表").click()
        page.get_by_role("button", name="都对，下一步").click()
        field = str(page.locator("main textarea").first.get_attribute("name")).removeprefix("q_")
        citizen.fill_in(page, field, given[field])
        left_at = page.url
        page.get_by_role("button", name="先存着，下次接着填").click()
        expect(page.get_by_text("存好了")).to_be_visible()
    with open_phone(chromium, live_server) as other:
        page = other.new_page()
        citizen.sign_in(page)
        page.get_by_role("link", name="接着填").click()
        assert page.url == left_at
        expect(page.locator(f"[name=q_{field}]")).to_have_value(given[field])


def test_wrong_answers_are_named_kindly_and_what_was_typed_stays(
    chromium: Browser, live_server: LiveServer, soldier: Person
) -> None:
    given = {**stage.answers(), "bank_account": "62 30"}
    with open_phone(chromium, live_server) as context:
        page = context.new_page()
        citizen.sign_in(page)
        citizen.choose_life_event(page)
        page.get_by_role("button", name="保存，下一步").click()
        expect(page.get_by_text("这一题还没答")).to_be_visible()
        citizen.answer_questions(page, given)
        page.get_by_role("link", name="开始填表").click()
        page.get_by_role("button", name="都对，下一步").click()
        while page.locator("[name=q_bank_account]").count() == 0:
            citizen.fill_page(page, given)
            page.get_by_role("button", name="保存，下一步").click()
        citizen.fill_page(page, given)
        page.get_by_role("button", name="保存，下一步").click()
        expect(page.get_by_text("银行卡号是 12 到 19 位，您填了 4 位")).to_be_visible()
        expect(page.locator("[name=q_bank_account]")).to_have_value("62 30")
        page.get_by_role("alert").get_by_role("link").click()
        assert page.url.endswith("#q_bank_account")


def test_withdrawing_asks_first(chromium: Browser, live_server: LiveServer, soldier: Person) -> None:
    with open_phone(chromium, live_server) as context:
        page = _filled(context.new_page())
        number = citizen.submit(page)
        page.goto(f"/matters/{number}/")
        page.get_by_role("link", name="撤回").click()
        page.get_by_role("button", name="撤回").click()
        expect(page.get_by_text("确定的话，请先勾选")).to_be_visible()
        assert Case.objects.get(number=number).is_open
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="撤回").click()
        expect(page.get_by_text("您已经撤回")).to_be_visible()
    assert Case.objects.get(number=number).state == "withdrawn"


def test_care_mode_is_one_tap_and_follows_the_person(
    chromium: Browser, live_server: LiveServer, soldier: Person
) -> None:
    with open_phone(chromium, live_server) as context:
        page = context.new_page()
        citizen.sign_in(page)
        page.get_by_role("button", name="长辈版").click()
        page.get_by_role("button", name="最大").click()
        size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)")
        assert size == 30
    with open_phone(chromium, live_server) as other:
        page = other.new_page()
        citizen.sign_in(page)
        expect(page.get_by_role("button", name="最大")).to_have_attribute("aria-pressed", "true")


FAULTS = """() => {
    const faults = [];
    if (document.documentElement.scrollWidth > innerWidth) faults.push("scrolls sideways");
    const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
    faults.push(...ids.filter((id, place) => ids.indexOf(id) !== place).map(id => "two of " + id));
    for (const box of document.querySelectorAll("main input:not([type=hidden]), main textarea, main select"))
        if (!box.labels.length) faults.push("no label: " + box.name);
    for (const thing of document.querySelectorAll("main .ot-btn, main .ot-opt, main summary, .ot-tabs a, .ot-bar a")) {
        const place = thing.getBoundingClientRect();
        if (place.height && place.height < 47.5) faults.push("too small to tap: " + thing.textContent.trim());
    }
    if (document.querySelectorAll("h1").length !== 1) faults.push("not one heading but "
        + document.querySelectorAll("h1").length);
    return faults;
}"""


@pytest.mark.parametrize(("width", "size"), [(390, 0), (320, 3)], ids=["ordinary", "small-and-largest"])
def test_every_page_can_be_used(
    chromium: Browser, live_server: LiveServer, soldier: Person, width: int, size: int
) -> None:
    with open_phone(chromium, live_server) as context:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 700})
        citizen.sign_in(page)
        context.add_cookies([{"name": "onething_care", "value": str(size), "url": live_server.url}])
        citizen.choose_life_event(page)
        form = page.url.removesuffix("questions/")
        _without_faults(page, [page.url, "/", "/matters/", f"{form}notice/"])
        citizen.answer_questions(_at(page, f"{form}questions/"), stage.answers())
        _without_faults(
            page, [f"{form}{name}/" for name in ("notice", "known", "steps/1", "steps/2", "papers", "check")]
        )
        page.goto(f"{form}notice/")
        citizen.fill_the_form(page, stage.answers())
        citizen.hand_in_papers(page)
        number = citizen.submit(page)
        _without_faults(page, [f"/matters/{number}/", f"/matters/{number}/withdraw/", "/", "/letters/", "/door/me/"])


def _at(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def _without_faults(page: Page, addresses: list[str]) -> None:
    for address in addresses:
        page.goto(address)
        assert page.evaluate(FAULTS) == [], address
        page.locator("main details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert page.evaluate(FAULTS) == [], f"{address}, everything opened"


def test_the_pages_speak_english_too(chromium: Browser, live_server: LiveServer, soldier: Person) -> None:
    with open_phone(chromium, live_server) as context:
        page = context.new_page()
        citizen.sign_in(page)
        citizen.choose_life_event(page)
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("button", name="Save and go on")).to_be_visible()
        page.goto(page.url.replace("/questions/", "/notice/"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Your personal notice")
        own = page.locator("main").inner_text()
        chinese = [line for line in own.splitlines() if any("\u4e00" <= sign <= "\u9fff" for sign in line)]
        assert not [line for line in chinese if "《" not in line], chinese


def _filled(page: Page) -> Page:
    """Stand before the button that submits."""
    given = stage.answers()
    citizen.sign_in(page)
    citizen.choose_life_event(page)
    citizen.answer_questions(page, given)
    citizen.fill_the_form(page, given)
    citizen.hand_in_papers(page)
    return page
