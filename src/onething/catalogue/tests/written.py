"""The noodle shop of docs/how-to/write-a-pack.md, laid out in a folder: the small pack that tests bend."""

from __future__ import annotations

import re
from pathlib import Path

from onething.plumbing.places import PROJECT

DOCUMENT = PROJECT / "docs" / "how-to" / "write-a-pack.md"
_FILE = re.compile(r"```yaml\n# file: (\S+)\n(.*?)```", re.DOTALL)


def files_in_the_document() -> dict[str, str]:
    """Give the files that the document shows, by path."""
    return dict(_FILE.findall(DOCUMENT.read_text(encoding="utf-8")))


def noodle_shop(root: Path, *changes: tuple[str, str, str], **more: str) -> Path:
    """Lay the shop out under `root`, with (file, old, new) exchanged; `old` must be there."""
    files = files_in_the_document()
    for name, old, new in changes:
        assert old in files[name], (name, old)
        files[name] = files[name].replace(old, new)
    folder = root / "town" / "noodle_shop"
    for name, text in {**files, **more}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
