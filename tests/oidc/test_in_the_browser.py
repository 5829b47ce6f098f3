"""Sign-in by a provider on another site, in a real Chromium: cookies and page policies must let it out and back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from onething.identity import providers
from onething.registry.tests.factories import load_regions, person
from tests.journeys.conftest import chromium, open_phone
from tests.oidc.conftest import PEOPLE, running
from tests.oidc.test_real_provider import SECRET

__all__ = ["chromium"]  # the fixture, as the journeys have it
pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_out_and_back_on_a_phone(chromium: Browser, live_server: LiveServer, settings: Settings) -> None:
    load_regions()
    person(id_number=PEOPLE["he"]["id_number"])
    settings.PUBLIC_URL = live_server.url
    start = {"ONETHING_OIDC": "county", "ONETHING_OIDC_COUNTY_TITLE": "云川通"}
    start |= {"ONETHING_OIDC_COUNTY_CLIENT_ID": "onething-test", "ONETHING_OIDC_COUNTY_CLIENT_SECRET": SECRET}
    with running([f"{live_server.url}/door/sign-in/with/county/back/"]) as issuer:
        settings.SIGN_IN_PROVIDERS = providers.configured(start | {"ONETHING_OIDC_COUNTY_ISSUER": issuer})
        assert "127.0.0.1" in issuer and "localhost" in live_server.url  # two sites to a browser
        context = open_phone(chromium, live_server)
        page = context.new_page()
        page.goto("/door/sign-in/?next=/door/me/")
        page.get_by_role("link", name="用云川通登录").click()
        page.get_by_role("link", name="stranger").click()
        expect(page.get_by_role("alert")).to_contain_text("没有登记")
        context.clear_cookies(domain="127.0.0.1")
        page.get_by_role("link", name="用云川通登录").click()
        page.get_by_role("link", name="he", exact=True).click()
        expect(page).to_have_url(f"{live_server.url}/door/me/")
        expect(page.locator("main")).to_contain_text("贺")
        (session,) = [cookie for cookie in context.cookies() if cookie["name"] == "sessionid"]
        assert session["httpOnly"] and session["sameSite"] == "Lax"
        context.close()
