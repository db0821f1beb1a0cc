"""A drawn form read back: the words that can be copied out of its PDF."""

from __future__ import annotations

import pypdfium2


def words_on(pdf: bytes) -> str:
    """The text of all pages in one line."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    return text
