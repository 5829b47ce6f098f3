"""The stage of the journeys: an invented county with its departments connected, and one soldier just discharged."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import yaml
from django.db import connection
from procrastinate.contrib.django import app as queue

from onething.catalogue import services as catalogue
from onething.catalogue.models import Release
from onething.exchange import services as exchange
from onething.exchange.models import Order
from onething.exchange.states import OPEN
from onething.kernel.access import SYSTEM
from onething.plumbing import clock, places
from onething.plumbing.packs import read_pack
from onething.registry import services as registry
from onething.registry.models import Person
from onething.registry.regions import RegionRow

COUNTY = "990101000000"
PHONE = "19900000001"
PACK = "demo/retirement"


def set_up() -> Person:
    """Load the county, publish the pack, connect every department to its desk, register the soldier."""
    now = clock.now()
    rows = [
        RegionRow(code="990000000000", name="云川省", name_en="Yunchuan"),
        RegionRow(code="990100000000", name="清和市", name_en="Qinghe"),
        RegionRow(code=COUNTY, name="望山县", name_en="Wangshan"),
    ]
    registry.load_regions(rows=rows, source="invented", actor=SYSTEM, now=now)
    _connect(_release())
    return registry.register_person(
        name="何青松", id_number="990123199905210150", phone=PHONE, region=COUNTY,
        known=known_facts(), source="veterans_affairs", actor=SYSTEM, now=now,
    )  # fmt: skip


def _release() -> Release:
    return catalogue.publish_pack(pack=read_pack(PACK), actor=SYSTEM, now=clock.now())


def _connect(release: Release) -> None:
    for code, department in release.content["departments"].items():
        exchange.connect_department(
            code=code, title=department["title"]["zh"], connector="desk", address="", region=COUNTY,
            organisation=code, actor=SYSTEM, now=clock.now(),
        )  # fmt: skip


def answers() -> dict[str, Any]:
    """Read what the soldier of the published example answers, discharged nine days ago."""
    example = places.packs_root() / PACK / "examples" / "published.yaml"
    given = yaml.safe_load(example.read_text())["answers"]
    given["discharge_date"] = clock.day_of(clock.now()) - timedelta(days=9)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}


def known_facts() -> dict[str, Any]:
    """Give what the registers know of the soldier: every answer that the data dictionary says can be found out."""
    fields = read_pack(PACK).entries["fields"]
    own = {"full_name", "id_number", "phone", "sex", "birth_date"}
    return {n: v for n, v in answers().items() if n not in own and getattr(fields[n], "known_from", None)}


def waiting_orders() -> list[Order]:
    """Find the orders that a desk has before it and has not answered for good."""
    return list(Order.objects.filter(state__in=OPEN).order_by("created_at"))


def reply(order: Order, kind: str, **words: Any) -> None:
    """Answer an order as its department's desk does."""
    exchange.receive_reply(
        order_id=order.pk,
        message_id=f"{order.pk}-{kind}-{order.round}",
        kind=kind,
        actor=SYSTEM,
        now=clock.now(),
        **words,
    )


def work() -> None:
    """Run every job that lies there, as the worker does, in a thread of its own: the browser keeps this one's loop."""
    _in_thread(_run_jobs)


def _run_jobs() -> None:
    with queue.replace_connector(queue.connector.get_worker_connector()) as running:
        running.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def _in_thread(job: Callable[[], None]) -> None:
    failed: list[BaseException] = []

    def run() -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001  # handed over to the thread of the test
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
