"""
The port to a scanner for malware: ClamAV's clamd, by its INSTREAM command over TCP.

    ONETHING_SCANNER=10.0.0.5:3310        without it nothing is scanned
    ONETHING_SCANNER_SILENT=refuse        or `hold`: what happens to a file while the scanner does not answer

Source: clamd(8), COMMANDS: zINSTREAM, then pieces of <length: four bytes, network order><bytes>, ended by
length 0.
"""

from __future__ import annotations

import io
import os
import re
import socket
import struct
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from onething.kernel.errors import Invalid, Unavailable

PIECE: Final = 1 << 16
SECONDS: Final = 20.0
LONGEST_ANSWER: Final = 4096
_FOUND: Final = re.compile(rb"stream: (.{1,200}) FOUND\0?\n?\Z")
_CLEAN: Final = re.compile(rb"stream: OK\0?\n?\Z")


class MalwareFound(Invalid):
    """This file carries malware ({finding}); it was not taken."""

    remedy = "Take a new photo of the paper, or save the PDF anew on a computer that is clean, and hand that in."


class ScannerSilent(Unavailable):
    """Files cannot be checked for malware at the moment, so none can be taken."""

    remedy = "What you have filled in is kept. Please hand the paper in again in a few minutes."


class ScannerMisnamed(Invalid):
    """The scanner's settings cannot be read: {setting}."""

    remedy = "Write ONETHING_SCANNER=host:port, and ONETHING_SCANNER_SILENT=refuse or hold."


class Readable(Protocol):
    """Something that is read piece by piece."""

    def read(self, size: int, /) -> bytes | None:
        """Give the next bytes, at most so many; none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where clamd listens, and what is done with files while it does not."""

    host: str
    port: int
    while_silent: Literal["refuse", "hold"] = "refuse"

    def finding(self, content: bytes) -> str:
        """Ask what a file carries: the name of the malware, "" for none. Refuses ScannerSilent, also for any doubt."""
        return self.finding_in(io.BytesIO(content))

    def finding_in(self, content: Readable) -> str:
        """Ask the same of a file that is read piece by piece, from where it stands to its end."""
        try:
            said = self._asked(content)
        except OSError as silence:
            raise ScannerSilent from silence
        if found := _FOUND.match(said):
            return found[1].decode(errors="replace")
        if _CLEAN.match(said):
            return ""
        raise ScannerSilent  # an error of its own, a file too large for it, half an answer: not known to be clean

    def _asked(self, content: Readable) -> bytes:
        with socket.create_connection((self.host, self.port), timeout=SECONDS) as line:
            line.sendall(b"zINSTREAM\0")
            while piece := content.read(PIECE):
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            return _answer(line)


def configured() -> Scanner | None:
    """Read the settings; None where no scanner is named. Refuses ScannerMisnamed."""
    named = os.environ.get("ONETHING_SCANNER", "")
    if not named:
        return None
    host, _, port = named.rpartition(":")
    silent = os.environ.get("ONETHING_SCANNER_SILENT", "refuse")
    if not host or not port.isdecimal():
        raise ScannerMisnamed(setting="ONETHING_SCANNER")
    if silent not in ("refuse", "hold"):
        raise ScannerMisnamed(setting="ONETHING_SCANNER_SILENT")
    return Scanner(host.strip("[]"), int(port), "hold" if silent == "hold" else "refuse")


def require_clean(content: Readable) -> None:
    """
    Have a file scanned that no person is behind: a roster, a pack. It is never held: whoever brought it tries again.

    Reads to the end. Refuses MalwareFound, and ScannerSilent also where papers are held.
    """
    scanner = configured()
    if scanner and (finding := scanner.finding_in(content)):
        raise MalwareFound(finding=finding)


def _answer(line: socket.socket) -> bytes:
    said = b""
    while len(said) < LONGEST_ANSWER and not said.endswith(b"\0"):
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    return said
