"""One real retirement, carried through over HTTP: the one form in, thirteen matters live, one signed slip out."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import typst

from onething.kernel.errors import Conflict, Unavailable
from onething.kernel.language import language
from onething.plumbing import places
from onething.site.demo import county
from onething.site.demo.live import Board
from onething.site.terminal import translated as _

PATIENCE_SECONDS = 180.0
LOOK_EVERY_SECONDS = 0.4
EVENT = "army_remittance"


class DemonstrationStuck(Unavailable):
    """The demonstration did not come to its end in three minutes; case {number} is still open."""

    remedy = "Look at the logs named above; `onething case NUMBER` shows what it waits for."


class DemonstrationRefused(Conflict):
    """The house refused a step of the demonstration: {reason}"""

    remedy = "Read the logs of this installation, or begin with a new one: ONETHING_HOME=/tmp/another make run."


class PagesSilent(Unavailable):
    """No pages answer on {address}."""

    remedy = "Start them first: make run. If they run on another port, name it: PORT=8001 onething demo."


def carry_one_through(home: str) -> str:
    """Submit the next demonstration soldier's form and follow it to the slip. Gives the case's number."""
    try:
        return _carry(home)
    except httpx.TransportError as silent:
        raise PagesSilent(address=home) from silent


def _carry(home: str) -> str:
    person, answers = county.soldier(county.next_soldier())
    with (
        httpx.Client(base_url=f"{home}/api/v1", headers=_key(county.api_key(person)), timeout=30) as citizen,
        httpx.Client(base_url=f"{home}/api/v1", headers=_key(county.clerk_key()), timeout=30) as clerk,
    ):
        plan = _plan(citizen, answers)
        receipt = _submit(citizen, answers, plan)
        county.remember_begun(receipt["number"])
        board = Board(person.masked_name, receipt, plan, county.departments())
        with board:
            for case in _follow(citizen, receipt["number"]):
                board.show(case)
                if _waits_only_for_the_army(case):
                    _said(clerk.post(f"/cases/{receipt['number']}/events", json={"event": EVENT}))
                    board.say(_("The army's remittance has arrived; medical and social insurance go on."))
        board.say(_("The one visit to the counter is taken as made: here the departments are simulated."))
        board.end(plan, _slip(citizen, receipt["number"]))
    county.remember_shown(receipt["number"])
    return str(receipt["number"])


def _key(key: str) -> dict[str, str]:
    spoken = "zh-Hans" if language(os.environ) == "zh" else "en"  # refusals are shown on this terminal
    return {"Authorization": f"Bearer {key}", "Accept-Language": spoken}


def _plan(citizen: httpx.Client, answers: Mapping[str, Any]) -> dict[str, Any]:
    return _said(citizen.post("/catalogue/plan", json={"pack": county.PACK, "answers": answers}))


def _said(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_error:
        problem = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        raise DemonstrationRefused(reason=problem.get("title") or f"HTTP {answer.status_code}")
    values: dict[str, Any] = answer.json() if answer.content else {}
    return values


def _submit(citizen: httpx.Client, answers: Mapping[str, Any], plan: Mapping[str, Any]) -> dict[str, Any]:
    papers = [
        {"material": m["id"], "content": base64.b64encode(_sample(m["title"]["zh"])).decode()}
        for m in plan["materials"]
        if m["action"] == "hand_in"
    ]
    return _said(citizen.post("/cases", json={"pack": county.PACK, "answers": answers, "papers": papers}))


def _sample(title: str) -> bytes:
    """Print a page that stands for a photographed paper; it says that it is a sample."""
    source = '#set page("a6")\n#set align(center + horizon)\n#text(20pt)[SAMPLE]\n\n#sys.inputs.title'
    page: bytes = typst.compile(source.encode(), sys_inputs={"title": title})
    return page


def _follow(citizen: httpx.Client, number: str) -> Iterator[dict[str, Any]]:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        case = _said(citizen.get(f"/cases/{number}"))
        yield case
        if case["state"] != "running":
            return
        time.sleep(LOOK_EVERY_SECONDS)
    raise DemonstrationStuck(number=number)


def _waits_only_for_the_army(case: Mapping[str, Any]) -> bool:
    running = [m for m in case["matters"] if m["status"] == "work"]
    return not running and any(m["status"] == "ext" for m in case["matters"])


def _slip(citizen: httpx.Client, number: str) -> Path:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = citizen.get(f"/cases/{number}/slip")
        if found.status_code == 200:
            target = places.private("demo") / f"{number}.pdf"
            target.write_bytes(found.content)
            return target
        time.sleep(LOOK_EVERY_SECONDS)
    raise DemonstrationStuck(number=number)
