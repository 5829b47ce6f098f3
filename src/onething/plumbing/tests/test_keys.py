"""The installation's keys: whoever needs one first makes it, and all have the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from onething.plumbing.keys import FileKeys

AT_ONCE = 16


def test_of_many_threads_that_need_a_key_first_one_makes_it(tmp_path: Path) -> None:
    for number in range(20):
        keys, start = FileKeys(tmp_path / str(number)), Barrier(AT_ONCE)
        keys.folder.mkdir()

        def first(keys: FileKeys = keys, start: Barrier = start) -> bytes:
            start.wait(10)
            return keys.secret("index")

        with ThreadPoolExecutor(AT_ONCE) as threads:
            found = {made.result() for made in [threads.submit(first) for _ in range(AT_ONCE)]}
        assert len(found) == 1
        assert [path.name for path in keys.folder.iterdir()] == ["index.1"]
