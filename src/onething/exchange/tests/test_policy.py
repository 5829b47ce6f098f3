"""Whose orders somebody sees, where a forgotten division must show nothing."""

from __future__ import annotations

import pytest

from onething.exchange.models import Department, Order
from onething.exchange.tests import factories
from onething.exchange.tests.factories import COUNTY, NEIGHBOUR

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("region", "sees"), [(COUNTY, True), (NEIGHBOUR, False), ("", False)])
def test_a_watcher_sees_the_own_division_and_one_without_a_division_nothing(region: str, sees: bool) -> None:
    factories.load_regions()
    factories.connect(region=COUNTY)
    factories.order()
    watcher = factories.supervisor(region)
    assert Order.objects.visible_to(watcher).exists() is sees
    assert Department.objects.visible_to(watcher).exists() is sees
