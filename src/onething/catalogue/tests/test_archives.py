"""Archives as people pack them, and as nobody should."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from onething.catalogue import errors
from onething.catalogue.drafts.archives import MOST_ENTRIES, texts_from
from onething.catalogue.tests.written import files_in_the_document
from onething.kernel.errors import Refusal


def packed(files: dict[str, str | bytes], *, start: str = "") -> bytes:
    """Pack files into an archive, below a folder or not."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(start + name, content)
    return made.getvalue()


def linked(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("pack.yaml", "id: a/b")
        entry = zipfile.ZipInfo(name)
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return made.getvalue()


def lying(files: dict[str, str | bytes], name: str, says: int) -> bytes:
    """Pack files, with one that says of itself that it is smaller than it is."""
    raw = bytearray(packed(files))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        real = archive.getinfo(name).file_size
    return bytes(raw).replace(struct.pack("<L", real), struct.pack("<L", says))


SHOP = files_in_the_document()


@pytest.mark.parametrize("start", ["", "noodle_shop/", "town/noodle_shop/"])
def test_a_folder_comes_out_as_it_went_in(start: str) -> None:
    assert texts_from(packed({**SHOP, ".DS_Store": b"\x00"}, start=start)) == SHOP


BAD: dict[str, tuple[bytes, type[Refusal]]] = {
    "nothing": (b"", errors.ArchiveEmpty),
    "no archive": (b"id: a/b\n" * 40, errors.ArchiveUnreadable),
    "cut in half": (packed(dict(SHOP))[:900], errors.ArchiveUnreadable),
    "up and out": (packed({**SHOP, "../../evil.yaml": "a: b"}), errors.ArchiveLeavesFolder),
    "absolute": (packed({**SHOP, "/etc/evil.yaml": "a: b"}), errors.ArchiveLeavesFolder),
    "backslashes": (packed({**SHOP, "..\\evil.yaml": "a: b"}), errors.ArchiveLeavesFolder),
    "a null inside": (
        packed({**SHOP, "matters/evil.yaml?.txt": "a: b"}).replace(b"yaml?", b"yaml\x00"), errors.ArchiveLeavesFolder,
    ),
    "a link": (linked("sources.yaml"), errors.ArchiveLeavesFolder),
    "deep": (packed({**SHOP, "a/b/c/d/e/f/g.yaml": "a: b"}), errors.ArchiveLeavesFolder),
    "a bomb": (packed({**SHOP, **{f"matters/{n}.yaml": b" " * 900_000 for n in range(9)}}), errors.ArchiveTooLarge),
    "one large file": (packed({**SHOP, "matters/big.yaml": b" " * 1_100_000}), errors.ArchiveFileTooLarge),
    "a bomb that says it is small": (
        lying({**SHOP, "matters/big.yaml": b" " * 3_141_592}, "matters/big.yaml", 5), errors.ArchiveUnreadable,
    ),
    "a crowd": (packed({f"matters/{n}.yaml": "" for n in range(MOST_ENTRIES + 1)}), errors.ArchiveCrowded),
    "a stranger": (packed({**SHOP, "run.exe": b"MZ"}), errors.ArchiveStranger),
    "beside the folder": (packed({"shop/pack.yaml": "id: a/b", "other.yaml": "x: y"}), errors.ArchiveStranger),
    "upper and lower": (packed({**SHOP, "FIELDS.yaml": "x: y"}), errors.ArchiveSaysTwice),
    "another writing": (packed({**SHOP, "fields.yaml": "名称".encode("gbk")}), errors.ArchiveNotText),
    "no pack": (packed({"fields.yaml": "x: y"}), errors.ArchiveWithoutPack),
    "two packs": (packed({"a/pack.yaml": "", "b/pack.yaml": ""}), errors.ArchiveWithoutPack),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "refusal"), BAD.values(), ids=BAD.keys())
def test_a_bad_archive_is_refused_by_name(raw: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        texts_from(raw)
