"""From the bytes a scanner gives to text: what surrounds the code is trimmed, the alphabet is not guessed."""

from __future__ import annotations

import re

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
    text = decoded(raw)
    if text is None:
        raise UnreadableCode("not-text", "The code holds no Vietnamese text.")
    if not text:
        raise UnreadableCode("empty", "The code is empty.")
    return text


def decoded(raw: bytes) -> str | None:
    """The trimmed, composed text in these bytes, or None if no alphabet makes sense of them."""
    candidates = (_utf8(raw), _utf16(raw), _utf16(raw[1:]))
    return next((each for each in candidates if each is not None), None)


def _utf8(raw: bytes) -> str | None:
    try:
        return _plausible(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _utf16(raw: bytes) -> str | None:
    """Line ends added by a scanner and a last zero byte lost by one make the length odd; both are mended."""
    body = raw.rstrip(b"\r\n")
    if b"\x00" not in body:  # no Vietnamese text is without a letter or space below U+0100
        return None
    try:
        return _plausible((body + b"\x00" * (len(body) % 2)).decode("utf-16-le"))
    except UnicodeDecodeError:
        return None


def _plausible(text: str) -> str | None:
    trimmed = _trimmed(text)
    if trimmed and not is_plausible(trimmed):
        return None
    return composed(trimmed)


def _trimmed(text: str) -> str:
    prefix = _PREFIX.match(text)
    return text[prefix.end() if prefix else 0 :].rstrip(_AROUND)
