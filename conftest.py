"""What every test run needs before Django starts: compiled words, and static files straight from the sources."""

from __future__ import annotations

import pytest
from django.conf import settings

from onething.site.setup import compile_messages


def pytest_configure(config: pytest.Config) -> None:
    """Compile the words, and serve static files without a manifest (there is no collectstatic in tests)."""
    compile_messages()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
