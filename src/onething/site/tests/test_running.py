from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from onething.site import running

HOLD = """
import sys
from onething.site import running
with running.alone(8123):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_installation_is_run_by_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONETHING_HOME", str(tmp_path))
    other = subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdin and other.stdout
    assert other.stdout.readline() == "held\n"
    with pytest.raises(running.AlreadyRunning, match=rf"{other.pid}.*8123"), running.alone(8000):
        pass
    assert running.address() == "http://127.0.0.1:8123"
    other.kill()  # however it ends, the next one may start
    other.communicate()
    with running.alone(8001):
        assert running.address() == "http://127.0.0.1:8001"
