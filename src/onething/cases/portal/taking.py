"""Taking in files: each for the paper whose box it came from; one that is no good spoils no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from onething.cases import papers
from onething.cases.forms.slips import NoFileChosen
from onething.kernel.errors import Invalid, Refusal
from onething.plumbing.ui.doors import Request


class Upload(Protocol):
    """A file that came with a page."""

    def read(self, size: int) -> bytes:
        """Read at most `size` bytes."""


Attach = Callable[[str, bytes], object]
AttachTogether = Callable[[str, bytes, list[bytes]], object]


def take_files(request: Request, attach: Attach) -> dict[str, Refusal]:
    """Attach every file of the page by `attach(material, content)`. Gives the slips by material."""
    slips: dict[str, Refusal] = {}
    for material, files in _boxes(request).items():
        for content in files:
            try:
                attach(material, content)
            except Invalid as refusal:
                slips[material] = refusal
    return slips


def take_papers(request: Request, attach: AttachTogether, *, required: Iterable[str] = ()) -> dict[str, Refusal]:
    """
    Attach each paper of the page as a whole: its photographs, in their order, become one document.

    `attach(material, content, further)`; a PDF stands for itself. Gives the slips by material.
    """
    boxes = _boxes(request)
    slips: dict[str, Refusal] = {material: NoFileChosen() for material in required if material not in boxes}
    for material, files in boxes.items():
        try:
            for first, *further in _documents(files):
                attach(material, first, further)
        except Invalid as refusal:
            slips[material] = refusal
    return slips


def _boxes(request: Request) -> dict[str, list[bytes]]:
    boxes = [name for name in request.FILES if name.startswith("file_")]
    return {box.removeprefix("file_"): [_read(file) for file in request.FILES.getlist(box)] for box in boxes}


def _read(file: Upload) -> bytes:
    return file.read(papers.LIMIT + 1)


def _documents(files: list[bytes]) -> list[list[bytes]]:
    """Put the photographs of a box together, and every other file by itself. Refuses what `papers.kind_of` does."""
    photographs = [content for content in files if papers.kind_of(content) != papers.PDF]
    others = [[content] for content in files if papers.kind_of(content) == papers.PDF]
    return [photographs, *others] if photographs else others
