"""What every test run needs before Django starts: words, styles, static files from the sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils.translation import deactivate, trans_real
from pytest_django import DjangoDbBlocker
from xdist.scheduler.loadfile import LoadFileScheduling

from onething.site.setup import prepare


def pytest_configure(config: pytest.Config) -> None:
    """Make words and styles, and serve static files without a manifest (there is no collectstatic in tests)."""
    if prepare():
        trans_real._translations.clear()  # Django may have read the older ones while it was set up
        trans_real._default = None
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.MIDDLEWARE = ["onething.site.tests.web_role.WebRoleMiddleware", *settings.MIDDLEWARE]


class OneWorld(LoadFileScheduling):
    """Give files to workers; the files that look at one and the same world go to one worker, which builds it once."""

    def _split_scope(self, nodeid: str) -> str:
        return "tests/pages" if nodeid.startswith("tests/pages/") else super()._split_scope(nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """Distribute by file, with the one exception above; other ways of distributing stay as they are."""
    return OneWorld(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """
    Let tests with real commits empty the journal between them; a test of the journal sets its guards again.

    Requests run under a role that is held to its rows.
    """
    from onething.site.tests import web_role

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("journal_entry", "journal_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER journal_is_never_emptied")
        web_role.build()


@pytest.fixture(autouse=True)
def settings_known() -> None:
    """Let every test begin with the settings of the house looked up already: the count of queries rests on no clock."""
    from onething.registry import chosen

    chosen.remember()


@pytest.fixture(autouse=True)
def in_the_house_language() -> Iterator[None]:
    """Let no test inherit the language in which the one before it asked for a page."""
    yield
    deactivate()
