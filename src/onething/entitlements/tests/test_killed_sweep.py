"""A sweep killed for real (kill -9) in the middle: no half list is shown, and the next run goes on to the same rows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection, transaction

from onething.entitlements import services, sweeps
from onething.entitlements.models import Decision, Sweep
from onething.entitlements.tests import people
from onething.kernel.access import SYSTEM
from onething.registry import services as persons
from onething.registry.tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SWEEPING = """
import sys, django
django.setup()
from datetime import date
from django.db import connections
connections["default"].settings_dict.update(NAME=sys.argv[1], HOST=sys.argv[2], PORT=sys.argv[3], USER=sys.argv[4],
                                            PASSWORD=sys.argv[5])
from onething.entitlements import sweeps
sweeps.decide_everybody(date.fromisoformat(sys.argv[6]), batch=7)
"""
COLUMNS = ("person_id", "policy", "outcome", "amount", "start", "missing", "terms", "grade", "is_lead")


def rows() -> set[tuple[object, ...]]:
    found = Decision.objects.shown().values_list(*COLUMNS)
    return {(*row[:5], tuple(row[5]), *row[6:]) for row in found}


def test_a_sweep_killed_in_the_middle() -> None:
    factories.load_regions()
    people.publish()
    people.person(serial=1)
    people.crowd(59)
    process = _sweeping()
    _until(lambda: process.poll() is not None or Sweep.objects.filter(persons__gt=3).exists())
    process.send_signal(signal.SIGKILL)
    assert process.wait(10) == -signal.SIGKILL
    cut = Sweep.objects.get()
    assert 3 < cut.persons < cut.expected == 60
    assert Decision.objects.count() == cut.rows > 0  # whole batches, and as many rows as were counted
    assert rows() == set()
    whole = sweeps.decide_everybody(people.DAY)
    assert (whole.pk, whole.persons) == (cut.pk, 60)
    gone_on = rows()
    sweeps.decide_everybody(people.DAY)
    assert rows() == gone_on
    assert len(gone_on) == whole.rows


def test_whoever_writes_meanwhile_does_not_wait() -> None:
    """All that a portion locks is locked before it is committed: the portal writes about its persons all the same."""
    factories.load_regions()
    people.publish()
    one = people.person(serial=1)
    sweep = services.begin_sweep(as_of=people.DAY, actor=SYSTEM, now=people.NOW)
    with transaction.atomic():
        services.sweep_on(sweep_id=sweep.pk, few=0)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as the commit does
        with ThreadPoolExecutor(1) as portal:
            portal.submit(_learn, one.pk).result(60)
        assert Decision.objects.filter(person=one).exists()


def _learn(person_id: UUID) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        persons.learn_facts(
            person_id=person_id, known={"employment": "retired"}, source="portal", grade=1, checked_at=people.NOW,
            actor=SYSTEM, now=people.NOW,
        )  # fmt: skip
        people.person(serial=2)
    finally:
        connection.close()


def _sweeping() -> subprocess.Popen[bytes]:
    base = connection.settings_dict
    where = [str(base[name] or "") for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "onething.site.settings"}
    return subprocess.Popen([sys.executable, "-c", SWEEPING, *where, people.DAY.isoformat()], env=environment)


def _until(holds) -> None:
    end = time.monotonic() + 60
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
