"""Run the department simulators until told to stop."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from onething.exchange.simulators.server import Server
from onething.exchange.simulators.town import Credentials, Town


def main() -> int:
    """Listen until SIGTERM or SIGINT. Exit codes: 0 stopped, 2 wrong usage."""
    arguments = _arguments()
    keys = json.loads(arguments.keys.read_text())
    town = Town(
        {name: Credentials.read(values) for name, values in keys.items()},
        arguments.callback,
        arguments.pace,
        arguments.memory,
    )
    if arguments.script:
        town.follow(arguments.script)
    town.go_on()
    server = Server(arguments.port, town)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    sys.stdout.write(f"{len(keys)} departments listen on http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m onething.exchange.simulators", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one and prints it")
    parser.add_argument("--callback", required=True, help="where replies go")
    parser.add_argument("--keys", type=Path, required=True, help="JSON: name in the path → source and keys")
    parser.add_argument("--pace", type=float, default=2.0, help="seconds that the slowest matter takes")
    parser.add_argument("--memory", default=":memory:", help="file that keeps orders over a restart; without it: none")
    parser.add_argument("--script", type=Path, help="JSON: list of control calls; read again whenever it changes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
