"""One run: set the house up, let people work, set it on fire, let it come to rest, and judge."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chaos import sums

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "docs" / "evidence" / "chaos"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run once. Exit codes: 0 nothing is broken, 1 something is, 2 wrong usage."""
    asked = _asked(arguments)
    base = Path(tempfile.mkdtemp(prefix="chaos-"))
    base.chmod(0o711)
    (base / "home").mkdir(mode=0o700)
    os.environ |= {
        "ONETHING_HOME": str(base / "home"), "ONETHING_PG_HOME": str(base / "pg"),
        "DJANGO_SETTINGS_MODULE": "onething.site.settings",
    }  # fmt: skip
    os.environ.pop("DATABASE_URL", None)
    from chaos.run import Run

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    run = Run(asked, base / "home")
    try:
        result = run.through()
    finally:
        run.close()
    _keep(asked, result)
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    if not result["broken"]:
        shutil.rmtree(base, ignore_errors=True)
    return 1 if result["broken"] else 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="everything that goes wrong follows from it")
    parser.add_argument("--minutes", type=float, default=5.0, help="how long it burns")
    parser.add_argument("--cases", type=int, default=100_000, help="at most so many cases")
    parser.add_argument("--people", type=int, default=200, help="so many persons submit them (at most 400)")
    parser.add_argument("--open", type=int, default=60, help="at most so many cases run at once")
    parser.add_argument("--calm", type=float, default=15.0, help="minutes that it may take to come to rest")
    parser.add_argument("--echoes", type=float, default=60.0, help="so many old messages come again every second")
    parser.add_argument("--pace", type=float, default=0.6, help="seconds that a department's slowest matter takes")
    parser.add_argument("--every", default="", help="seconds between blows of a kind: kill_worker=3,fill_disk=60")
    parser.add_argument("--keep", action="store_true", help=f"add the result to {RESULTS.relative_to(ROOT)}")
    return parser.parse_args(arguments)


def _keep(asked: argparse.Namespace, result: dict[str, Any]) -> None:
    if asked.keep:
        RESULTS.mkdir(parents=True, exist_ok=True)
        text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
        (RESULTS / f"seed-{asked.seed:05d}.json").write_text(text)
        sums.write(RESULTS.with_suffix(".md"), RESULTS)


if __name__ == "__main__":
    sys.exit(main())
