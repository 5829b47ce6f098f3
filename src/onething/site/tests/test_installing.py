"""A database of a later version is left alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from onething.site import installing

pytestmark = pytest.mark.django_db


def test_a_database_of_a_later_version_is_refused_by_name() -> None:
    assert installing.migrate_database() is False
    MigrationRecorder(connection).record_applied("cases", "9999_of_tomorrow")
    with pytest.raises(installing.DatabaseIsNewer, match=r"cases\.9999_of_tomorrow"):
        installing.migrate_database()


def test_tables_of_somebody_else_do_not_matter() -> None:
    MigrationRecorder(connection).record_applied("a_neighbour", "0001_initial")
    assert installing.migrate_database() is False
