"""Files by their content, on real disks, a full one included."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onething.plumbing import places, storage

pytestmark = pytest.mark.django_db


@given(st.binary(max_size=5000))
def test_what_was_put_is_read_again_under_its_sha256(content):
    stored = storage.put(content)
    assert stored.key == hashlib.sha256(content).hexdigest()
    assert stored.digest == bytes.fromhex(stored.key)
    assert stored.size == len(content)
    assert storage.read(stored.key) == content


def test_a_file_is_taken_piece_by_piece():
    content = os.urandom(3_000_001)
    stored = storage.put(io.BytesIO(content))
    with storage.open(stored.key) as file:
        assert file.read() == content


def test_equal_content_is_one_file_that_only_its_owner_reads():
    first, again = storage.put(b"equal"), storage.put(b"equal")
    assert first == again
    (path,) = (places.home() / "files").rglob(first.key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not list((places.home() / "files" / "drafts").iterdir())


def test_a_deleted_file_is_gone_and_may_be_deleted_again():
    key = storage.put(b"to be deleted").key
    storage.delete(key)
    storage.delete(key)
    with pytest.raises(storage.FileMissing):
        storage.read(key)


@pytest.mark.parametrize("key", ["../../keys/django.1", "", "A" * 64, "0" * 63, "0" * 64])
def test_a_key_that_is_none_opens_nothing(key):
    with pytest.raises(storage.FileMissing):
        storage.open(key)


def test_a_damaged_file_is_not_handed_out():
    key = storage.put(b"as it was").key
    (path,) = (places.home() / "files").rglob(key)
    path.write_bytes(b"as it is")
    with pytest.raises(storage.FileDamaged):
        storage.read(key)


FILL = """
import os, resource, sys
from pathlib import Path
from onething.plumbing import storage
small = storage.put(b"small").key
if sys.argv[1] == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    storage.put(os.urandom(3_000_000))
except storage.StorageFull as full:
    home = Path(os.environ["ONETHING_HOME"])
    (left,) = [p for p in (home / "files").rglob("*") if p.is_file()]
    assert (left.name, left.read_bytes()) == (small, b"small"), left
    print("refused, nothing left")
"""


def _fill(home: Path, how: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ONETHING_HOME": str(home), "PYTHONPATH": str(Path(places.__file__).parents[2])}
    return subprocess.run(
        [sys.executable, "-c", FILL, how], capture_output=True, text=True, env=environment, check=False
    )


def test_a_file_that_the_system_cuts_off_leaves_nothing_behind(tmp_path):
    assert _fill(tmp_path, "limit").stdout == "refused, nothing left\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_leaves_nothing_behind(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"this machine does not let us mount: {mounted.stderr.strip()}")
    try:
        done = _fill(disk, "disk")
        assert done.stdout == "refused, nothing left\n", done.stderr
    finally:
        subprocess.run(["umount", disk], check=True)
