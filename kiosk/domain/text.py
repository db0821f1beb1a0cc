"""What a piece of text on a card may look like, and the two ways in which reading it fails."""

from __future__ import annotations

import re
import unicodedata


class MalformedField(ValueError):
    """One value is not what it must be. Names the field and the trouble, never the content."""

    def __init__(self, field: str, trouble: str) -> None:
        super().__init__(f"{field}: {trouble}")
        self.field = field
        self.trouble = trouble

    @property
    def code(self) -> str:
        """The word for programs: "missing-field" or "malformed-field"."""
        return "missing-field" if self.trouble == MISSING else "malformed-field"


class UnreadableCode(ValueError):
    """A scanned code is nothing we know, or is damaged.

    code     a word for programs: empty, too-long, not-text, unknown-layout, name-first, missing-field,
             malformed-field, malformed-receipt, bad-mrz
    message  a sentence for people, in English, without anything from the code itself
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


MISSING = "missing"

# Latin letters with every mark a Vietnamese or minority-language name uses, composed or not, and ordinary
# punctuation. Anything else (control characters, other scripts, direction marks) means that we misread.
_LINE = re.compile(
    "[\x20-\x7e\u00a0-\u00ac\u00ae-\u024f\u02b0-\u036f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20ab\u2116]+"
)
_TOO_MANY_MARKS = re.compile("[\u0300-\u036f]{5}")
_NOT_IN_NAMES = re.compile(r"[^\w\s'’‘ʼ`´.,()·-]|[\d_]")


def is_plausible(text: str) -> bool:
    """True if every character can stand on a Vietnamese card."""
    return _LINE.fullmatch(text) is not None and not _TOO_MANY_MARKS.search(text)


def composed(text: str) -> str:
    """The same text with composed letters (NFC) and no space around it."""
    return unicodedata.normalize("NFC", text).strip()


def without_marks(text: str) -> str:
    """The letters alone, as large or small as they were: "Đức Hòa" -> "Duc Hoa"."""
    letters = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(each for each in letters if not unicodedata.combining(each))


def require_line(field: str, text: str | None) -> None:
    """Insist on printable, composed text without our separator; None passes.

    Errors: MalformedField.
    """
    if text is None:
        return
    if not text:
        raise MalformedField(field, MISSING)
    if "|" in text or not is_plausible(text):
        raise MalformedField(field, "a character that no card carries")
    if text != composed(text):
        raise MalformedField(field, "not composed or not trimmed")


def require_name(field: str, text: str) -> None:
    """Insist on a person's name: letters, spaces and apostrophes, no digits.

    Errors: MalformedField.
    """
    require_line(field, text)
    if _NOT_IN_NAMES.search(text) or not any(each.isalpha() for each in text):
        raise MalformedField(field, "not a name")
