"""A worker killed for real (kill -9) in the middle of a call: nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from onething.exchange import jobs, services
from onething.exchange.delivery import LEASE
from onething.exchange.models import Attempt, Circuit, Order
from onething.exchange.tests.conftest import Town, until
from onething.exchange.tests.factories import order
from onething.kernel.access import SYSTEM
from onething.plumbing import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("onething.exchange.tests.urls")]

WORKER = """
import sys, django
django.setup()
from django.conf import settings
from django.db import connections
connections["default"].settings_dict.update(NAME=sys.argv[1], HOST=sys.argv[2], PORT=sys.argv[3], USER=sys.argv[4],
                                            PASSWORD=sys.argv[5])
from uuid import UUID
from onething.exchange import jobs
jobs.deliver(UUID(sys.argv[6]))
"""


def test_a_worker_killed_in_the_middle_of_a_call(town: Town) -> None:
    town.behave(department="police", slow=2)
    one = order()
    base = connection.settings_dict
    where = [str(base[name] or "") for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "onething.site.settings"}
    worker = subprocess.Popen([sys.executable, "-c", WORKER, *where, str(one.pk)], env=environment)
    until(lambda: Attempt.objects.filter(order=one).exists() or worker.poll() is not None)
    worker.send_signal(signal.SIGKILL)
    assert worker.wait(10) == -signal.SIGKILL
    assert (Attempt.objects.get().outcome, Order.objects.get().claimed_at is not None) == ("open", True)
    town.behave(department="police")
    later = clock.now() + LEASE + timedelta(seconds=1)
    assert services.send_due(actor=SYSTEM, now=later) == 1
    jobs.deliver(one.pk)
    until(lambda: Order.objects.get().state == "answered")
    assert town.ledger["orders"][str(one.pk)]["executed"] == 1
    assert Attempt.objects.filter(outcome="delivered").count() == 1
    assert Circuit.objects.get(port__code="police").failures == 0
