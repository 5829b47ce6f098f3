"""A short fire with everything real: processes, database, lines, departments. The long one: docs/evidence/chaos.md."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OFTEN = "kill_worker=4,kill_web=6,restart_database=7,cut=5,job_twice=3,turn_clock=1000,fill_disk=1000"


@pytest.mark.slow
def test_cases_come_to_their_end_through_a_short_fire() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    environment.pop("DATABASE_URL", None)
    run = [sys.executable, "-m", "chaos", "--seed", "11", "--minutes", "0.14", "--people", "4", "--cases", "4"]
    command = [*run, "--every", OFTEN, "--calm", "15", "--echoes", "20"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT)
    assert "{" in done.stdout, done.stdout + done.stderr
    result = json.loads(done.stdout[done.stdout.index("{") :])
    assert (result["broken"], done.returncode) == ({}, 0), done.stdout[-3000:]
    assert result["cases"] >= 1
    assert {"kill_worker", "restart_database"} <= set(result["blows"])
