"""A real Chromium on a phone's screen, in Chinese, against the running house."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import manimgx_fonts_cjk
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from onething.registry.models import Person
from tests.journeys import stage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
FLAGS += ["--disable-component-update"]
PHONE = {"width": 390, "height": 844}
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{folder}</dir>
<cachedir>{cache}</cachedir></fontconfig>"""


@pytest.fixture(scope="module")  # no longer: while Playwright runs, nothing else in this process may have a loop
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Keep one browser for the tests of a file."""
    with started_chromium(tmp_path_factory.mktemp("fonts")) as browser:
        yield browser


@contextmanager
def started_chromium(place: Path) -> Iterator[Browser]:
    """Start Debian's Chromium, with a font that has every Chinese character; its font cache lies in `place`."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here; install it with: apt-get install -y chromium")
    conf = place / "fonts.conf"
    conf.write_text(FONTS.format(folder=Path(manimgx_fonts_cjk.__file__).parent, cache=place / "cache"))
    # Playwright's loop lives in this thread; the ORM calls of these tests are not run inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            environment = {**os.environ, "FONTCONFIG_FILE": str(conf), "LANGUAGE": "zh_CN"}  # its own buttons too
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=environment)
            yield browser
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def soldier(transactional_db: None) -> Person:
    """The county stands, and one soldier has just been discharged."""
    return stage.set_up()


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def phone(request: pytest.FixtureRequest, chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A phone in Chinese; once with JavaScript and once without."""
    context = open_phone(chromium, live_server, javascript=request.param)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not [line for line in complaints if "422" not in line], complaints


def open_phone(chromium: Browser, live_server: LiveServer, *, javascript: bool = True) -> BrowserContext:
    """Open a browser of a phone's size."""
    context = chromium.new_context(
        viewport=PHONE, locale="zh-CN", base_url=live_server.url, java_script_enabled=javascript
    )
    context.set_default_timeout(15_000)
    return context
