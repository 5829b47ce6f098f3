import pytest

from onething.cases.tests import factories

pytestmark = pytest.mark.django_db


def test_submitting_lays_out_thirteen_tasks():
    case = factories.case()
    assert case.tasks.count() == 13
