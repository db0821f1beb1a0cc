"""The receipt: its code, its QR, its PIN."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford base32: no I, L, O, U, so that a code survives being read aloud."""

_CHECKS = ALPHABET + "*~$=U"
_LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})
_GROUP = 4


class MalformedReceipt(ValueError):
    """Not one of our receipt codes; the message never repeats the input."""


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """The number on the slip, unique over all stations. Not personal data.

    Shape:  station (4) + sequence (4 or more) + check character, Crockford base32 without separators.
    Errors: MalformedReceipt.
    Source: check character as in Crockford's base32 (value modulo 37).
    """

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch(rf"[{ALPHABET}]{{8,16}}[{re.escape(_CHECKS)}]", self.text):
            raise MalformedReceipt(f"{len(self.text)} characters")
        if _check(self.text[:-1]) != self.text[-1]:
            raise MalformedReceipt("check character")

    @classmethod
    def of(cls, station: str, sequence: int) -> ReceiptCode:
        """Make the code of a station's declaration number `sequence`."""
        body = station + _base32(sequence).rjust(_GROUP, "0")
        return cls(body + _check(body))

    @classmethod
    def typed(cls, text: str) -> ReceiptCode:
        """Read what a person typed.

        Errors: MalformedReceipt.
        """
        return cls(as_printed(text))

    @property
    def station(self) -> str:
        """The station that gave the receipt."""
        return self.text[:_GROUP]

    def shown(self) -> str:
        """The code as it is printed: groups of four with dashes."""
        return "-".join(self.text[at : at + _GROUP] for at in range(0, len(self.text), _GROUP))


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptQr:
    """What the receipt's QR holds: the code, and the token that proves the paper is in hand.

    Shape:  "BHXH1|code|token", token 32 lower-case hex digits (128 random bits).
    Errors: MalformedReceipt.
    """

    code: ReceiptCode
    token: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9a-f]{32}", self.token):
            raise MalformedReceipt("token")

    @classmethod
    def from_qr(cls, text: str) -> ReceiptQr:
        """Read the text of a scanned receipt."""
        parts = text.strip().split("|")
        if len(parts) != 3 or parts[0] != "BHXH1":
            raise MalformedReceipt(f"{len(parts)} fields")
        return cls(ReceiptCode(parts[1]), parts[2])

    def to_qr(self) -> str:
        """Write the text for the QR on the slip."""
        return f"BHXH1|{self.code.text}|{self.token}"


def as_printed(text: str) -> str:
    """What a person typed, as the slip has it: any case, spaces and dashes, O for 0, I or L for 1."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper().translate(_LOOK_ALIKES)


def _check(body: str) -> str:
    return _CHECKS[int(_to_number(body) % 37)]


def _to_number(body: str) -> int:
    number = 0
    for letter in body:
        number = number * 32 + ALPHABET.index(letter)
    return number


def _base32(number: int) -> str:
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 32)
        digits = ALPHABET[rest] + digits
    return digits
