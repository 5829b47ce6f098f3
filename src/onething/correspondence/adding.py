"""Writing behind the end of a PDF (an incremental update), its description left as the typesetter wrote it."""

from __future__ import annotations

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class Addition(IncrementalPdfFileWriter):
    """
    Adds to a PDF and touches neither its metadata nor its version.

    pyHanko would write the metadata anew, with the clock's moment instead of ours and with the schemas that PDF/A asks
    for as links instead of texts; and it would call the file PDF 2.0, which PDF/A-3 (ISO 19005-3, 6.1.2) is not.
    """

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Stay at the version that was printed: 1.7 knows attachments and, by its extensions, PAdES."""

    def _update_meta(self) -> None:
        """Leave title, dates and the PDF/A mark as they are."""
