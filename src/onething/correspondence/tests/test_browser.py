"""The check of a slip in a real browser: the file is compared there and never sent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, sync_playwright

from onething.correspondence import services
from onething.correspondence.models import Document
from onething.correspondence.tests.samples import NOW, SLIP
from onething.kernel.access import SYSTEM
from onething.registry.tests import factories

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here"),
]


@pytest.fixture
def slip(transactional_db) -> Document:
    factories.load_regions()
    return services.issue_document(
        kind="slip", number="JG-2026-7K3M", person_id=factories.person().pk, case_id=uuid4(), content=SLIP,
        actor=SYSTEM, now=NOW,
    )  # fmt: skip


@pytest.fixture
def pdf(slip, tmp_path) -> Path:
    file = tmp_path / "slip.pdf"
    file.write_bytes(services.open_document(document=slip, actor=SYSTEM, now=NOW))
    return file


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request, monkeypatch) -> Iterator[Page]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page(java_script_enabled=request.param, viewport={"width": 390, "height": 844})
        browser.close()


def _compare(page: Page, file: Path) -> str:
    page.set_input_files("#id_file", file)
    page.click("#check-slip button")
    found = page.locator("[data-verdict]:not([hidden])")
    found.wait_for()
    return found.get_attribute("data-verdict")


def test_the_issued_file_and_a_changed_one(live_server, slip, pdf, page):
    posted = []
    page.on("request", lambda request: posted.append(request) if request.method == "POST" else None)
    page.goto(live_server.url + services.check_path(slip.number, slip.check_code))
    has_script = page.locator("#stays").is_visible()
    assert _compare(page, pdf) == "same"
    issued = pdf.read_bytes()
    pdf.write_bytes(issued + b"\n%%EOF\n")
    assert _compare(page, pdf) == "grown"
    changed = bytearray(issued)
    changed[len(changed) // 2] ^= 1
    pdf.write_bytes(changed)
    assert _compare(page, pdf) == "other"
    assert len(posted) == (0 if has_script else 3)
