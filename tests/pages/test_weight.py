"""What a first visit weighs on the wire, from the server that runs in an installation, compressed as it compresses."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest
from django.conf import settings
from django.db import connection

from tests.pages.conftest import House
from tests.pages.listing import PageSeen
from tests.pages.world import Reader

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

BUDGET = 120 * 1024
PATIENCE = 60.0
FILES = re.compile(r'<(?:link[^>]*\shref|script[^>]*\ssrc|img[^>]*\ssrc)="([^"]+)"')
COLLECT = "from onething.site import installing; installing.set_django_up(); installing.collect_static()"


@pytest.fixture(scope="module")
def server(house: House) -> Iterator[str]:
    """Start the real web server beside the world, with its static files collected, compressed and named by content."""
    where = connection.settings_dict
    url = f"postgresql://{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}/{where['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url}
    subprocess.run([sys.executable, "-c", COLLECT], env=environment, check=True, timeout=PATIENCE)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = ["-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws", "onething.site.wsgi:application"]
    with subprocess.Popen([sys.executable, *line], env=environment, stderr=subprocess.DEVNULL) as running:
        try:
            yield _answering(f"http://127.0.0.1:{port}", running)
        finally:
            running.terminate()


def _answering(address: str, running: subprocess.Popen[bytes]) -> str:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        assert running.poll() is None, "the server ended"
        try:
            if httpx.get(f"{address}/healthz").status_code == 200:
                return address
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def test_every_page_of_the_portal_is_light(house: House, server: str) -> None:
    weights: dict[str, int] = {}
    for page in house.portal():
        with _browser(page.reader, server) as browser:
            weights[str(page)] = _weigh(browser, page)
    heaviest = max(weights, key=lambda name: weights[name])
    assert weights[heaviest] <= BUDGET, f"{heaviest} weighs {weights[heaviest]} bytes"
    assert min(weights.values()) > 10_000, "the style sheet was not counted"


def test_what_stays_the_same_is_kept_for_good(house: House, server: str) -> None:
    with _browser(house.of("home", "nobody").reader, server) as browser:
        for file in FILES.findall(browser.get("/").text):
            answer = browser.get(file)
            assert re.search(r"\.[0-9a-f]{12}\.(css|js|svg)$", file), file
            assert "immutable" in answer.headers["cache-control"], file


def test_pages_are_compressed_and_files_are_not_compressed_twice(house: House, server: str) -> None:
    with _browser(house.of("cases:case", "finished").reader, server) as browser:
        page = browser.get(house.of("cases:case", "finished").address)
        assert page.headers["content-encoding"] == "gzip"
        slip = re.search(r'href="(/documents/[^"]+)"', page.text)
        assert slip
        file = browser.get(slip.group(1))
        assert file.content.startswith(b"%PDF-") and "content-encoding" not in file.headers


def _browser(reader: Reader, server: str) -> httpx.Client:
    """Give somebody a browser that has never been here, with their session."""
    cookies = {**reader.cookies, settings.LANGUAGE_COOKIE_NAME: "zh-hans", "onething_care": "3"}
    return httpx.Client(base_url=server, cookies=cookies, headers={"accept-encoding": "gzip"}, follow_redirects=True)


def _weigh(browser: httpx.Client, page: PageSeen) -> int:
    """Add up a page and every file that it names, as they travel: compressed bodies and headers."""
    answer = browser.get(page.address)
    assert answer.status_code == page.status, page
    files = [browser.get(file) for file in sorted({*FILES.findall(answer.text)})]
    assert all(file.status_code == 200 for file in files), page
    return sum(map(_travelled, (answer, *files)))


def _travelled(answer: httpx.Response) -> int:
    return answer.num_bytes_downloaded + sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
