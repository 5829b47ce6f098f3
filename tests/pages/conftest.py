"""One house, one browser, every page: what stands is built once for all tests of this folder, and nobody changes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.journeys.conftest import started_chromium
from tests.pages import listing, world

PHONE, NARROW, DESKTOP = (390, 844), (320, 640), (1280, 800)


@dataclass
class House:
    """The house as it stands, with every page that it shows, and the routes that showed none."""

    browser: Browser
    address: str
    pages: list[listing.PageSeen]
    dark: dict[str, str]

    def portal(self) -> list[listing.PageSeen]:
        """List the citizens' pages."""
        return [page for page in self.pages if page.is_portal]

    def workbench(self) -> list[listing.PageSeen]:
        """List the pages of staff."""
        return [page for page in self.pages if not page.is_portal]

    @staticmethod
    def by_reader(pages: list[listing.PageSeen]) -> list[tuple[world.Reader, list[listing.PageSeen]]]:
        """Group pages by who reads them: one browser for each."""
        ordered = sorted(pages, key=lambda page: page.reader.name)
        return [
            (own[0].reader, own)
            for _name, group in groupby(ordered, lambda page: page.reader.name)
            if (own := [*group])
        ]

    def of(self, route: str, reader: str = "") -> listing.PageSeen:
        """Find a page by its route, and by who reads it."""
        return next(page for page in self.pages if page.route == route and reader in ("", page.reader.name))

    def open(self, reader: world.Reader, size: tuple[int, int] = PHONE, **wishes: object) -> BrowserContext:
        """Open a browser in which somebody has signed in. `language` zh-hans or en, `care` 0–3, `script`."""
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            base_url=self.address,
            java_script_enabled=bool(wishes.get("script", True)),
            locale="zh-CN",
        )
        cookies = {"onething_care": wishes.get("care", 0), "django_language": wishes.get("language", "zh-hans")}
        given = {**reader.cookies, **cookies}
        context.add_cookies([{"name": name, "value": str(value), "url": self.address} for name, value in given.items()])
        context.set_default_timeout(15_000)
        return context


@pytest.fixture(scope="package")
def house(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[House]:
    """Build the world, open the house, list its pages; empty it all again."""
    with django_db_blocker.unblock(), started_chromium(tmp_path_factory.mktemp("fonts")) as chromium:
        server = LiveServer("127.0.0.1")
        try:
            yield House(chromium, server.url, *listing.every_page(world.readers()))
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
            connection.close()  # it belongs to the browser's loop; whoever comes after has one of their own
