"""The process in which a form is drawn. fpdf2 takes 30 MB, which the station would keep until the evening.

Asked once, over pipes: nothing about a person touches the disk.
Shape: JSON comes in, with "paper" as sync.paper has it, "portrait" (a JPEG in base64, or ""), "mark" and "at"
       (ISO 8601); JSON goes out, with "pdf" and "pages" (PNG), all in base64.
"""

from __future__ import annotations

import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import pypdfium2

from kiosk.checkout import FONTS
from kiosk.no_core import leave_no_core
from sync.paper import draw_paper

PIXELS_PER_POINT = 1.8
"""A page is about 1,070 pixels wide then: its small print is read on the panel without a glass."""


def draw(asked: dict[str, Any]) -> dict[str, Any]:
    """Draw the form and its pages. Errors: BadPaper; OSError, when the fonts are not there."""
    portrait = b64decode(asked["portrait"]) or None
    at = datetime.fromisoformat(asked["at"])
    pdf = draw_paper(asked["paper"], portrait, FONTS, at, asked["mark"])
    return {"pdf": _text(pdf), "pages": [_text(page) for page in _pages(pdf)]}


def _pages(pdf: bytes) -> Iterator[bytes]:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        png = BytesIO()
        page.render(scale=PIXELS_PER_POINT).to_pil().save(png, "PNG", compress_level=1)
        yield png.getvalue()
    document.close()


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def main() -> None:
    """Draw what stands on standard input."""
    leave_no_core()
    try:
        drawn = draw(json.load(sys.stdin.buffer))
    except Exception as why:  # noqa: BLE001 - by its kind alone: a message might repeat what the form says
        sys.exit(f"the form was not drawn: {type(why).__name__}")
    json.dump(drawn, sys.stdout)


if __name__ == "__main__":
    main()
