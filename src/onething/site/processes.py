"""The processes of one installation, started, watched and ended by their supervisor."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onething.site.terminal import translated as _

Say = Callable[[str], None]

GRACE_SECONDS = 25.0
CALM_SECONDS = 30.0
LOOK_EVERY_SECONDS = 0.5


@dataclass(slots=True)
class Process:
    """One child: its command, its log, and how often it had to be started again."""

    name: str
    command: list[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    child: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0

    def start(self) -> None:
        """Start the child in a session of its own: Ctrl-C reaches only the supervisor, which ends things in order."""
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                self.command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )
        self.started = time.monotonic()

    def end(self) -> None:
        """Ask the child to end; after the grace time end it."""
        if self.child is None or self.child.poll() is not None:
            return
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait(timeout=5)

    @property
    def has_fallen(self) -> bool:
        """Tell whether the child ended by itself."""
        return self.child is not None and self.child.poll() is not None


class Supervisor:
    """Keeps processes running: one that falls is started again, each time a little later."""

    def __init__(self, say: Say) -> None:
        self.processes: list[Process] = []
        self.say = say
        self._ending = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def add(self, process: Process) -> None:
        """Start a process and keep it running; later ones are ended first."""
        process.start()
        self.processes.append(process)
        if not self._watcher.is_alive():
            self._watcher.start()

    def _watch(self) -> None:
        while not self._ending.wait(LOOK_EVERY_SECONDS):
            self._look()

    def _look(self) -> None:
        """Look once at every process and start the fallen ones again when their pause is over."""
        for process in self.processes:
            if not process.has_fallen:
                if time.monotonic() - process.started > CALM_SECONDS:
                    process.falls = 0
                continue
            if time.monotonic() - process.started < min(2**process.falls, 60):
                continue
            process.falls += 1
            self._start_again(process)

    def _start_again(self, process: Process) -> None:
        fallen = _("{name} ended by itself and is started again (see {log})")
        try:
            process.start()
        except OSError as why:  # a full disk takes no log; the next look tries again
            fallen, process.started = f"{{name}}: {why.strerror}", time.monotonic()
        self.say(fallen.format(name=_(process.name), log=process.log))

    def end(self) -> None:
        """End everything, the last started first."""
        self._ending.set()
        if self._watcher.is_alive():
            self._watcher.join()
        for process in reversed(self.processes):
            process.end()
        self.processes.clear()
