"""The invented county, and the roles of these tests."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from onething.registry.tests.factories import load_regions


@pytest.fixture(autouse=True)
def door(request: pytest.FixtureRequest, settings: Settings) -> None:
    settings.ROLES = "onething.identity.tests.roles.ROLES"
    settings.ROOT_URLCONF = "onething.identity.tests.urls"
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.PASSWORD_HASHERS = ["onething.identity.tests.factories.Quick"]  # but where speed is what is tested
    mark = request.node.get_closest_marker("django_db")
    if mark is not None:
        request.getfixturevalue("transactional_db" if mark.kwargs.get("transaction") else "db")
        load_regions()
