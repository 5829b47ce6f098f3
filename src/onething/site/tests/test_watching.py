"""Whoever watches from outside sees whether it is up and ready and how it goes, and nobody's data."""

from __future__ import annotations

import io
import json
import logging
import re

import pytest
from django.db import connection
from django.test import Client
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from onething.cases.tests import factories
from onething.plumbing import logs
from onething.site.watching.figures import FIGURES

TOKEN = "a-token-of-the-monitor"  # of this test


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("ONETHING_METRICS_TOKEN", TOKEN)
    return {"Authorization": f"Token {TOKEN}"}


def read(client: Client, headers: dict[str, str]) -> dict[tuple[str, ...], float]:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    samples = [sample for family in families for sample in family.samples]
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


@pytest.mark.django_db
def test_the_figures_count_what_is_open(client: Client, token: dict[str, str]) -> None:
    before = read(client, token)
    factories.case()
    after = read(client, token)
    assert after["onething_cases_open",] == before["onething_cases_open",] + 1
    open_orders = sum(value for name, value in after.items() if name[0] == "onething_orders")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM exchange_order WHERE state NOT IN ('answered', 'cancelled')")
        assert open_orders == cursor.fetchone()[0] > 0


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_never_by_address(client: Client, token: dict[str, str]) -> None:
    client.get("/matters/HLJ-2026-9999/", headers={"X-Request-ID": "given-by-proxy"})
    answer = client.get("/metrics", headers=token).content.decode()
    assert 'route="cases:case"' in answer
    assert "HLJ-2026-9999" not in answer


@pytest.mark.django_db
@pytest.mark.parametrize("given", [{}, {"Authorization": "Token wrong"}, {"Authorization": TOKEN}])
def test_without_its_token_there_is_no_such_page(client: Client, token: dict[str, str], given: dict[str, str]) -> None:
    assert client.get("/metrics", headers=given).status_code == 404


@pytest.mark.django_db
def test_without_a_token_set_nobody_reads_them(client: Client) -> None:
    assert client.get("/metrics", headers={"Authorization": "Token "}).status_code == 404


@pytest.mark.django_db
def test_no_figure_reads_a_whole_table() -> None:
    """Where many rows have ended, each statement finds the open ones by an index."""
    factories.case()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for figure in FIGURES:
            cursor.execute("EXPLAIN " + figure.sql)
            plan = "\n".join(line for (line,) in cursor.fetchall())
            grown = re.findall(r"Seq Scan on (cases_case|exchange_order|journal_entry|cases_concern)\b", plan)
            assert not grown, f"{figure.name}: {plan}"


@pytest.mark.django_db
def test_ready_needs_a_worker_that_lives(client: Client) -> None:
    told = client.get("/readyz")
    assert told.status_code == 503
    assert told.json() == {"ready": False, "tables": True, "worker": False, "keys": True, "room": True}
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert client.get("/readyz").json()["ready"] is True
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'")
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_ready_needs_tables_of_this_version(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'cases'")
    assert client.get("/readyz").json()["tables"] is False


@pytest.mark.django_db
def test_every_answer_has_a_number_and_a_strange_one_is_replaced(client: Client) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "proxy-12345678"})["X-Request-ID"] == "proxy-12345678"
    made = client.get("/healthz", headers={"X-Request-ID": "a\tb {evil}"})["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", made)


@pytest.mark.django_db
def test_a_line_of_the_log_names_request_and_case_and_no_address(client: Client) -> None:
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.addFilter(logs.AboutFilter())
    handler.setFormatter(logs.JsonFormatter())
    logger = logging.getLogger("onething.requests")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        client.get("/matters/HLJ-2026-9999/?phone=19900000001", headers={"X-Request-ID": "proxy-12345678"})
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
    line = json.loads(heard.getvalue())
    assert (line["request"], line["case"]) == ("proxy-12345678", "HLJ-2026-9999")
    assert line["message"].startswith("GET cases:case 302 ")
    assert "19900000001" not in heard.getvalue()


def test_what_a_line_is_about_ends_with_it() -> None:
    with logs.about(job="outer"):
        with logs.about(job="inner", subject=""):
            logs.note(case="HLJ-2026-0001")
            assert _told() == {"job": "inner", "case": "HLJ-2026-0001"}
        assert _told() == {"job": "outer"}
    assert _told() == {}


def _told() -> dict[str, str]:
    record = logging.LogRecord("test", logging.INFO, "", 0, "said", (), None)
    logs.AboutFilter().filter(record)
    told: dict[str, str] = record.about  # type: ignore[attr-defined]  # put there by the filter
    return told
