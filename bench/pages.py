"""
How fast the pages are that people open most, against an empty page of the same server, in one run.

The server runs as `onething up` runs it (granian, one process, its pool) on an embedded PostgreSQL of its own with full
durability. One reader asks, one page after the other, in turns, so that a busy machine slows all alike; on two cores
that is half the load that the machine can carry. Every page is asked for anew, as by a browser: with the cookie of its
session, compressed.

- empty: the frame with one sentence in it (a page that does not exist), for somebody who is signed in.
- first page, case page: of a soldier whose thirteen matters are at work.
- form: a page with 95 fields, all answered; saved, checked against the pack, sealed and written.

Run: `.venv/bin/python bench/pages.py [rounds]`; writes bench/results/pages.json. Only ratios of one run mean anything;
the 300 ms are a limit of the issue, and are told together with what an empty page took in that run.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from servers import fresh_server

ROUNDS = int(os.environ.get("ONETHING_BENCH_ROUNDS", "200"))
WARM_UP = 10
FIELDS = 95
SLOWEST = {"first page": 5.0, "case page": 5.0}
"""p95 at most so many times that of an empty page. Source: issue 4."""
SAVES_WITHIN = 300.0
RESULTS = Path(__file__).parent / "results" / "pages.json"
HEADERS = {"accept-language": "zh-CN", "accept-encoding": "gzip"}


def main() -> None:
    """Measure on a server of our own, print the table, write it down."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with fresh_server() as (_, folder):
        os.environ["ONETHING_PACKS"] = str(long_form(folder / "packs"))
        report = measure(rounds)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print_table(report)


def long_form(root: Path) -> Path:
    """Copy the packs, with so many more fields on the form that everybody fills in that it has FIELDS for sure."""
    from onething.plumbing import places

    shutil.copytree(places.packs_root(), root)
    names = [f"more_{number}" for number in range(FIELDS)]
    with (root / "national/retirement/fields.yaml").open("a") as fields:
        for name in names:
            words = f'{{zh: "{name}", en: "{name}"}}'
            fields.write(f"{name}:\n  label: {words}\n  question: {words}\n  type: text\n")
            fields.write("  known_from: {department: police, share: identity}\n")
    matter = root / "national/retirement/matters/01_report_in.yaml"
    because = '{zh: "量速度。", en: "To measure."}'
    asked = "".join(f"  - {{field: {name}, optional: true, source: S3, because: {because}}}\n" for name in names)
    matter.write_text(matter.read_text().replace("fields:\n", f"fields:\n{asked}", 1))
    return root


def measure(rounds: int) -> dict[str, Any]:
    """Ask for every page in turns. The first few warm up and are not counted."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    readers = people()
    seconds: dict[str, list[float]] = defaultdict(list)
    with house() as address, httpx.Client(base_url=address, headers=HEADERS, timeout=60) as client:
        pages = asked(client, readers)
        for _ in range(rounds + WARM_UP):
            for name, ask in pages.items():
                began = time.perf_counter()
                answer = ask()
                seconds[name].append(time.perf_counter() - began)
                assert answer.status_code == (404 if name == "empty" else 302 if name == "form" else 200), answer.text
    return report_of({name: times[WARM_UP:] for name, times in seconds.items()})


def people() -> dict[str, tuple[str, str]]:
    """Register two soldiers; one has submitted, one fills in the long form. Gives session and page of each."""
    from onething.cases import services
    from onething.cases.tests import factories
    from onething.kernel import codes

    factories.regions()
    factories.connect()
    body = "99012319990522001"
    following = factories.person()
    filling = factories.person(body + codes.id_check_digit(body), {f"more_{n}": "x" for n in range(FIELDS)})
    case = services.submit_case(draft=factories.draft(following), actor=factories.citizen(following), now=factories.NOW)
    draft = factories.draft(filling)
    return {
        "following": (session_of(following), f"/matters/{case.number}/"),
        "filling": (session_of(filling), f"/matters/forms/{draft.pk}/known/"),
    }


def session_of(person: Any) -> str:
    """Open an account and a session as the door does; give its cookie."""
    from django.conf import settings
    from django.test import Client

    from onething.identity import services as identity
    from onething.identity.tests.factories import enter
    from onething.kernel.access import SYSTEM
    from onething.plumbing import clock

    account = identity.open_account(person=person, actor=SYSTEM, now=clock.now())
    return str(enter(Client(), account).cookies[settings.SESSION_COOKIE_NAME].value)


def asked(client: httpx.Client, readers: dict[str, tuple[str, str]]) -> dict[str, Callable[[], httpx.Response]]:
    """Make the four questions: three pages, and the long form with all its answers."""
    from django.conf import settings

    name = settings.SESSION_COOKIE_NAME
    (following, case), (filling, form) = readers["following"], readers["filling"]
    mine = {"cookie": f"{name}={following}"}
    boxes, cookies = filled_in(client, form, f"{name}={filling}")
    sent = {"cookie": cookies, "referer": str(client.base_url)}
    return {
        "empty": lambda: client.get("/no/such/page", headers=mine),
        "first page": lambda: client.get("/", headers=mine),
        "case page": lambda: client.get(case, headers=mine),
        "form": lambda: client.post(form, data=boxes, headers=sent),
    }


def filled_in(client: httpx.Client, form: str, cookie: str) -> tuple[dict[str, str], str]:
    """Open the form once, and answer its fields."""
    import re

    page = client.get(form, headers={"cookie": cookie})
    assert page.status_code == 200, (page.status_code, page.headers.get("location"), page.text)
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[0]
    names = set(re.findall(r'name="(q_more_\d+)"', page.text))
    assert len(names) == FIELDS, len(names)
    secret = page.cookies["csrftoken"]
    return {"csrfmiddlewaretoken": token, **dict.fromkeys(names, "又一个答案")}, f"{cookie}; csrftoken={secret}"


@contextmanager
def house() -> Iterator[str]:
    """Run the web server as `onething up` does, until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port]
    command += ["--workers", "1", "--blocking-threads", "4", "--no-ws", "onething.site.wsgi:application"]
    environment = {**os.environ, "ONETHING_POOL": "1", "ONETHING_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as web:
        try:
            wait_for(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            web.terminate()


def wait_for(address: str) -> None:
    """Wait until the server answers; at most five minutes, for the machine may be busy."""
    last = time.monotonic() + 300
    while True:
        try:
            if httpx.get(f"{address}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            if time.monotonic() > last:
                raise
        time.sleep(0.1)


def report_of(seconds: dict[str, list[float]]) -> dict[str, Any]:
    """Sum up: milliseconds by page, ratios to the empty page, and which goal was reached."""
    figures = {name: spread(times) for name, times in seconds.items()}
    ratios = {name: round(of["p95"] / figures["empty"]["p95"], 2) for name, of in figures.items()}
    goals = {name: {"p95_at_most_times_empty": goal, "reached": ratios[name] <= goal} for name, goal in SLOWEST.items()}
    goals["form"] = {"p95_ms_at_most": SAVES_WITHIN, "reached": figures["form"]["p95"] <= SAVES_WITHIN}
    return {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load_of_the_machine": round(os.getloadavg()[0], 1),
        "rounds": len(seconds["empty"]),
        "fields": FIELDS,
        "milliseconds": figures,
        "p95_in_times_of_empty": ratios,
        "goals": goals,
    }


def spread(times: list[float]) -> dict[str, float]:
    """Give median and 95th percentile in milliseconds."""
    return {
        "median": round(1000 * statistics.median(times), 1),
        "p95": round(1000 * statistics.quantiles(times, n=20)[-1], 1),
    }


def print_table(report: dict[str, Any]) -> None:
    """Print what was measured, and say plainly which goal was missed."""
    print(f"{report['rounds']} rounds, milliseconds; load of the machine {report['load_of_the_machine']}")
    for name, of in report["milliseconds"].items():
        goal, times = report["goals"].get(name), report["p95_in_times_of_empty"][name]
        verdict = f"  {'reached' if goal['reached'] else 'MISSED'}" if goal else ""
        print(f"  {name:<12} median {of['median']:>7.1f}  p95 {of['p95']:>7.1f}  = {times:.2f} x empty{verdict}")


if __name__ == "__main__":
    main()
