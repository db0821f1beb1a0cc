"""From the bytes a scanner gives to text: what surrounds the code is trimmed, the alphabet is not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.domain.text import UnreadableCode, composed, is_plausible

MAX_BYTES = 4096
"""A QR code holds at most 2,953 bytes (ISO/IEC 18004, version 40-L); the rest is room around it."""

_AROUND = "".join(map(chr, range(0x21))) + "\x7f\xa0\ufeff\u200b"
"""Control characters, spaces and byte order marks."""
_PREFIX = re.compile(rf"(?:CCCD:|\]Q[0-9]|[{re.escape(_AROUND)}])+")
"""The word some cards or readers put first, or a reader's mark for "QR code"."""


def read_text(raw: bytes) -> str:
    """Decode and trim a payload.

    Shape:  strict UTF-8; failing that UTF-16LE, if every character is one a card could carry. NFC.
    Errors: UnreadableCode.
    """
    if len(raw) > MAX_BYTES:
        raise UnreadableCode("too-long", "The code is longer than any QR code can be.")
    text = next((each for each in map(_trimmed, _decodings(raw)) if not each or is_plausible(each)), None)
    if text is None:
        raise UnreadableCode("not-text", "The code holds no Vietnamese text.")
    if not text:
        raise UnreadableCode("empty", "The code is empty.")
    return composed(text)


def utf8(raw: bytes) -> str | None:
    """The text, or None if these bytes are none."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def utf16(raw: bytes) -> str | None:
    """The text, or None if these bytes are none: Vietnamese always has a letter or space below U+0100."""
    try:
        return raw.decode("utf-16-le") if b"\x00" in raw else None
    except UnicodeDecodeError:
        return None


def _decodings(raw: bytes) -> Iterator[str]:
    body = raw.rstrip(b"\r\n")
    candidates = utf8(raw), utf16(_even(body)), utf16(_even(body[1:]))
    return (each for each in candidates if each is not None)


def _even(raw: bytes) -> bytes:
    """Leave out a zero byte added to 16-bit text, or put back a lost one where it can be no other byte."""
    if len(raw) % 2 == 0 or b"\x00" not in raw:
        return raw
    return raw + b"\x00" if raw[-1:] in b"0123456789|$#" else raw.removesuffix(b"\x00")


def _trimmed(text: str) -> str:
    prefix = _PREFIX.match(text)
    return text[prefix.end() if prefix else 0 :].rstrip(_AROUND)
