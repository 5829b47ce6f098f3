"""A whole hall signs in at once, on the real web server: everybody comes in, and memory does not grow with them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from onething.plumbing.embedded import EmbeddedServer
from tests.api import rush
from tests.api.test_database_goes_away import environment, house, server

pytestmark = pytest.mark.slow

__all__ = ["server"]

COUNT = 24
"""More than there are threads, connections and hashes at a time; `bench/sign_ins.py` lets 150 come."""


def test_everybody_who_comes_at_once_comes_in(server: EmbeddedServer, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "tests.api.rush", str(COUNT)], env=environment(server, tmp_path), check=True)
    with house(server, tmp_path) as web:
        answers = rush.rush(str(web.base_url), COUNT)
    assert {(one.status, one.has_session) for one in answers} == {(302, True)}
    assert len(answers) == COUNT
