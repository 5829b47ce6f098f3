"""A case applies for the policies whose ids its matters bear; then they are not offered."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from onething.cases import jobs
from onething.cases.events import CaseSubmitted
from onething.cases.tests import factories
from onething.catalogue.models import Release
from onething.entitlements import queries as entitlements
from onething.entitlements.models import Application
from onething.entitlements.tests import people

pytestmark = pytest.mark.django_db


def test_a_matter_with_a_policys_id_is_its_application() -> None:
    case = factories.case()
    matters = set(case.tasks.values_list("matter", flat=True))
    assert "skills_training" in matters
    fact = CaseSubmitted(case_id=case.pk, release_id=UUID(int=0), matters=(), promised=date(2026, 10, 1))
    jobs.record_applications(fact)
    assert not Application.objects.exists()  # no entitlements are published here
    assert not entitlements.are_policies(matters)
    people.publish()
    assert entitlements.are_policies(matters)
    assert not entitlements.are_policies(matters - {"skills_training"})
    for _again in range(2):
        jobs.record_applications(fact)
    named = matters & set(Release.objects.get(pk=UUID(int=5)).content["policies"])
    assert set(Application.objects.filter(person_id=case.person_id).values_list("policy", flat=True)) == named
    assert Application.objects.count() == len(named)
