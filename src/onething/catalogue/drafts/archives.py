"""From an uploaded ZIP archive to the texts of a pack. Nothing is unpacked to disk; a bad one is refused by name."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from onething.catalogue import errors
from onething.plumbing.packs.nodes import MAX_BYTES
from onething.plumbing.packs.sections import HEADER
from onething.plumbing.packs.texts import KEPT

MOST_BYTES = 4_000_000
"""Of the archive, and of everything in it together."""
MOST_ENTRIES = 500
DEEPEST = 6
_LOCKED = 0x1
_PART = re.compile(r"[\w.()（）-][\w .()（）-]{0,99}")
_ODDITIES = ("__MACOSX",)


def texts_from(raw: bytes) -> dict[str, str]:
    """
    Read the files of the one pack in an archive: path inside the pack's folder → text.

    Refuses ArchiveEmpty, ArchiveTooLarge, ArchiveUnreadable, ArchiveLeavesFolder, ArchiveStranger,
    ArchiveFileTooLarge, ArchiveCrowded, ArchiveSaysTwice, ArchiveNotText, ArchiveWithoutPack.
    """
    if not raw:
        raise errors.ArchiveEmpty
    if len(raw) > MOST_BYTES:
        raise errors.ArchiveTooLarge(limit=MOST_BYTES // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _below_header(dict(_texts(archive, list(_wanted(archive)))))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, ValueError, OverflowError) as error:
        raise errors.ArchiveUnreadable from error


def _wanted(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """Look at every entry before the first byte of one is unpacked."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise errors.ArchiveCrowded(limit=MOST_ENTRIES)
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise errors.ArchiveTooLarge(limit=MOST_BYTES // 1_000_000)
    seen: set[str] = set()
    for entry in entries:
        _require_inside(entry)
        if entry.is_dir() or _is_odd(entry.filename):
            continue
        if entry.filename.casefold() in seen:
            raise errors.ArchiveSaysTwice(name=entry.filename)
        seen.add(entry.filename.casefold())
        yield entry


def _require_inside(entry: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    parts = entry.orig_filename.rstrip("/").split("/")
    is_plain = kind in (0, stat.S_IFREG, stat.S_IFDIR)
    if (
        not is_plain
        or len(parts) > DEEPEST
        or not all(_PART.fullmatch(part) and part not in (".", "..") for part in parts)
    ):
        raise errors.ArchiveLeavesFolder(name=entry.orig_filename[:80])


def _is_odd(name: str) -> bool:
    """What file managers leave behind: hidden files and their folders."""
    return any(part.startswith(".") or part in _ODDITIES for part in name.split("/"))


def _texts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    left = MOST_BYTES
    for entry in entries:
        if entry.flag_bits & _LOCKED:
            raise errors.ArchiveUnreadable
        if PurePosixPath(entry.filename).suffix not in KEPT:
            raise errors.ArchiveStranger(name=entry.filename)
        with archive.open(entry) as stream:
            raw = stream.read(MAX_BYTES + 1)  # what the archive says of its size is not believed
        left -= len(raw)
        if len(raw) > MAX_BYTES:
            raise errors.ArchiveFileTooLarge(name=entry.filename)
        if left < 0:
            raise errors.ArchiveTooLarge(limit=MOST_BYTES // 1_000_000)
        yield entry.filename, _decoded(entry.filename, raw)


def _decoded(name: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise errors.ArchiveNotText(name=name) from error


def _below_header(texts: dict[str, str]) -> dict[str, str]:
    headers = [name for name in texts if PurePosixPath(name).name == HEADER]
    if len(headers) != 1:
        raise errors.ArchiveWithoutPack(count=len(headers))
    start = headers[0].removesuffix(HEADER)
    for name in texts:
        if not name.startswith(start):
            raise errors.ArchiveStranger(name=name)
    return {name.removeprefix(start): text for name, text in texts.items()}
