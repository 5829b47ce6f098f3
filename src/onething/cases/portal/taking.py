"""Taking in files: each for the paper whose box it came from; one that is no good spoils no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from onething.cases import papers
from onething.cases.forms.slips import NoFileChosen
from onething.kernel.errors import Invalid, Refusal
from onething.plumbing.ui.doors import Request

MOST_FILES = 12
"""Files taken for one paper at a time; a household book has some sixteen pages, two to a photograph."""


class Upload(Protocol):
    """A file that came with a page."""

    def read(self, size: int) -> bytes:
        """Read at most `size` bytes."""


Attach = Callable[[str, bytes], object]


def take_files(request: Request, attach: Attach, *, required: Iterable[str] = ()) -> dict[str, Refusal]:
    """Attach every file of the page by `attach(material, content)`. Gives the slips by material."""
    slips: dict[str, Refusal] = {m: NoFileChosen() for m in required if f"file_{m}" not in request.FILES}
    for box in [name for name in request.FILES if name.startswith("file_")]:
        material = box.removeprefix("file_")
        for file in request.FILES.getlist(box)[:MOST_FILES]:
            slip = _take(file, material, attach)
            slips |= {material: slip} if slip else {}
    return slips


def _take(file: Upload, material: str, attach: Attach) -> Refusal | None:
    try:
        attach(material, file.read(papers.LIMIT + 1))
    except Invalid as refusal:
        return refusal
    return None
