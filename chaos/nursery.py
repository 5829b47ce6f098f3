"""A process that has everything loaded and makes workers by fork: the real worker, without the seconds of its start.

It makes one for every line it reads, answers with the process id, and takes its workers along when it ends.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

from onething.site import tied, worker


def main() -> None:
    """Load everything once; then fork a worker per line, until the lines end."""
    import django

    django.setup()
    from procrastinate.contrib.django import app

    app.perform_import_paths()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        born = os.fork()
        if born == 0:
            _work()
        sys.stdout.write(f"{born}\n")
        sys.stdout.flush()


def _work() -> None:
    ctypes.CDLL(None).prctl(tied.PARENT_DEATH_SIGNAL, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    try:
        worker.main()
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
