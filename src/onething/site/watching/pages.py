"""Three addresses for programs that watch: is it up, is it ready, how does it go."""

from __future__ import annotations

import hmac
import os
import shutil
from collections.abc import Callable
from functools import cache
from typing import Final

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpResponse, JsonResponse
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import CollectorRegistry

from onething.kernel.errors import NotFound
from onething.plumbing import keys, places, rows
from onething.plumbing.ui.doors import Request, page
from onething.site.watching import counters
from onething.site.watching.figures import Figures

ROOM: Final = 256 * 1024 * 1024
"""Bytes that must be free where papers are kept: below it, uploads will soon be refused."""
WORKER_SILENT: Final = 2  # minutes
_ALIVE = "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(mins => %s))"


@page(public="monitors ask without an account; the answer holds no data", methods=("GET",))
def healthz(request: Request) -> HttpResponse:
    """Answer 200 if the database answers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@page(public="load balancers ask without an account; the answer holds no data", methods=("GET",))
def readyz(request: Request) -> HttpResponse:
    """Answer 200 if whoever comes now can be served to the end, else 503 naming what is missing."""
    found = {name: is_well() for name, is_well in CHECKS.items()}
    return JsonResponse({"ready": all(found.values()), **found}, status=200 if all(found.values()) else 503)


@page(public="a monitor shows its own token; the figures name nobody", methods=("GET",))
def metrics(request: Request) -> HttpResponse:
    """Give the figures as OpenMetrics text. Without ONETHING_METRICS_TOKEN there is no such page."""
    wanted = os.environ.get("ONETHING_METRICS_TOKEN", "")
    if not wanted or not hmac.compare_digest(request.headers.get("Authorization", ""), f"Token {wanted}"):
        raise NotFound
    together = CollectorRegistry()
    together.register(counters.registry())
    together.register(Figures())
    text: bytes = generate_latest(together)  # type: ignore[no-untyped-call]
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def _tables() -> bool:
    with rows.as_house(), connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return set(cursor.fetchall()) >= _newest_tables()


@cache
def _newest_tables() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).graph.leaf_nodes())


def _worker() -> bool:
    with rows.as_house(), connection.cursor() as cursor:
        cursor.execute(_ALIVE, [WORKER_SILENT])
        return bool(cursor.fetchone()[0])


def _keys() -> bool:
    return all(keys.provider().held(purpose) for purpose in ("field", "index"))


def _room() -> bool:
    return shutil.disk_usage(places.private("files")).free > ROOM


CHECKS: Final[dict[str, Callable[[], bool]]] = {"tables": _tables, "worker": _worker, "keys": _keys, "room": _room}
