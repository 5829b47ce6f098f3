"""Runs a module as `python -m` would, tied to the process that started it: if that one is killed, this one ends.

Linux sends the signal (prctl, PR_SET_PDEATHSIG); elsewhere the module runs untied.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys

PARENT_DEATH_SIGNAL = 1


def main() -> None:
    """Run the module that the second argument names; the first is the id of the parent."""
    parent, module = int(sys.argv[1]), sys.argv[2]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:  # it was killed before we were tied
            return
    sys.argv = sys.argv[2:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
