"""Where files are laid down and picked up: a folder of this machine, or of an SFTP server. Bounded in time and size.

A file is written under a name ending in `.part` and then renamed: under its own name it is whole.
"""

from __future__ import annotations

import base64
import io
import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

import paramiko
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings

from onething.exchange import wire
from onething.exchange.errors import FolderNotAllowed
from onething.exchange.wire import CallFailed
from onething.kernel.signing import SigningKey
from onething.plumbing import places

SECONDS = 10.0
_NAME = re.compile(r"[A-Za-z0-9][\w.() -]{0,150}")
PLACES = ("orders", "replies", "receipts", "taken", "refused")


class Folder(Protocol):
    """A folder with the places that the page names."""

    def names(self, place: str) -> list[str]:
        """Name the whole files of a place, the oldest name first."""
        ...

    def read(self, place: str, name: str, most: int) -> bytes:
        """Give a file's bytes, at most one more than `most`."""
        ...

    def write(self, place: str, name: str, content: bytes) -> None:
        """Lay a file down, whole or not at all."""
        ...

    def move(self, place: str, name: str, to: str) -> None:
        """Move a file to another place, over one of the same name."""
        ...


def check_address(address: str) -> str:
    """Check file:///… (below the installation's folder) or sftp://user@host[:port]/… Refuses FolderNotAllowed."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # raises where it is no number
    except ValueError as broken:
        raise FolderNotAllowed from broken
    if parts.fragment or parts.password or (parts.query and parts.query not in ("format=xlsx", "format=csv")):
        raise FolderNotAllowed
    if parts.scheme == "file" and not parts.netloc and _is_inside(Path(unquote(parts.path))):
        return address
    if parts.scheme == "sftp" and parts.hostname and parts.username and parts.path:
        return address
    raise FolderNotAllowed


def _is_inside(path: Path) -> bool:
    root = Path(getattr(settings, "EXCHANGE_FOLDERS", "") or places.private("departments")).resolve()
    return path.is_absolute() and path.resolve().is_relative_to(root) and path.resolve() != root


@contextmanager
def opened(address: str, key: SigningKey, host_key: str) -> Iterator[Folder]:
    """Open the folder at an address. Raises CallFailed when it is not there, or not what was agreed."""
    parts = urlsplit(check_address(address))
    try:
        if parts.scheme == "file":
            yield Local(Path(unquote(parts.path)))
        else:
            with _connected(parts, key, host_key) as files:
                yield Remote(files, unquote(parts.path).rstrip("/"))
    except (OSError, EOFError, paramiko.SSHException) as failure:
        raise CallFailed(type(failure).__name__) from failure


class Local:
    """A folder of this machine."""

    def __init__(self, base: Path) -> None:
        self._base = base
        for place in PLACES:
            (base / place).mkdir(parents=True, exist_ok=True)

    def names(self, place: str) -> list[str]:
        """Name the whole files of a place, the oldest name first; links are left alone."""
        return sorted(
            found.name for found in os.scandir(self._base / place) if found.is_file(follow_symlinks=False)
            and _is_whole(found.name)
        )  # fmt: skip

    def read(self, place: str, name: str, most: int) -> bytes:
        """Give a file's bytes, at most one more than `most`."""
        handle = os.open(self._base / place / name, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(handle, "rb") as file:
            return file.read(most + 1)

    def write(self, place: str, name: str, content: bytes) -> None:
        """Lay a file down, whole or not at all, and on the disk before it has its name."""
        draft = self._base / place / f"{name}.part"
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._base / place / name)

    def move(self, place: str, name: str, to: str) -> None:
        """Move a file to another place, over one of the same name."""
        (self._base / place / name).replace(self._base / to / name)


class Remote:
    """A folder of an SFTP server."""

    def __init__(self, files: paramiko.SFTPClient, base: str) -> None:
        self._files, self._base = files, base
        for place in PLACES:
            self._make(f"{base}/{place}")

    def _make(self, path: str) -> None:
        try:
            self._files.stat(path)
        except FileNotFoundError:
            self._files.mkdir(path)

    def names(self, place: str) -> list[str]:
        """Name the whole files of a place, the oldest name first."""
        found = self._files.listdir_attr(f"{self._base}/{place}")
        return sorted(one.filename for one in found if S_ISREG(one.st_mode or 0) and _is_whole(one.filename))

    def read(self, place: str, name: str, most: int) -> bytes:
        """Give a file's bytes, at most one more than `most`."""
        with self._files.open(f"{self._base}/{place}/{name}", "rb") as file:
            content: bytes = file.read(most + 1)
        return content

    def write(self, place: str, name: str, content: bytes) -> None:
        """Lay a file down, whole or not at all."""
        path = f"{self._base}/{place}/{name}"
        with self._files.open(f"{path}.part", "wb") as file:
            file.write(content)
        self._files.posix_rename(f"{path}.part", path)

    def move(self, place: str, name: str, to: str) -> None:
        """Move a file to another place, over one of the same name."""
        self._files.posix_rename(f"{self._base}/{place}/{name}", f"{self._base}/{to}/{name}")


def _is_whole(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not name.endswith((".part", ".tmp", ".sig"))


@contextmanager
def _connected(parts: SplitResult, key: SigningKey, host_key: str) -> Iterator[paramiko.SFTPClient]:
    host, port = parts.hostname or "", parts.port or 22
    machine = wire.machine_for(host, port)
    with socket.create_connection((machine, port), timeout=SECONDS) as line:
        transport = paramiko.Transport(line)
        transport.banner_timeout = transport.auth_timeout = transport.handshake_timeout = SECONDS
        try:
            transport.connect(hostkey=read_host_key(host_key), username=parts.username or "", pkey=_private(key))
            files = paramiko.SFTPClient.from_transport(transport)
            if files is None:
                raise CallFailed("the server gives no files")
            files.get_channel().settimeout(SECONDS)
            yield files
        finally:
            transport.close()


def read_host_key(text: str) -> paramiko.PKey:
    """Read a server's key as ssh-keyscan writes it: "ssh-ed25519 AAAA…". Refuses FolderNotAllowed."""
    kind, _, rest = text.partition(" ")
    try:
        return paramiko.PKey.from_type_string(kind, base64.b64decode(rest.split(" ")[0], validate=True))
    except (ValueError, paramiko.SSHException, IndexError) as broken:
        raise FolderNotAllowed from broken


def _private(key: SigningKey) -> paramiko.PKey:
    text = key.key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()).decode()
    return paramiko.Ed25519Key(file_obj=io.StringIO(text))


def ssh_public(key: SigningKey) -> str:
    """Write the public half of a key as SSH does."""
    text: str = _private(key).get_base64()
    return text
