"""The number a person types, whichever of the three it is."""

from __future__ import annotations

import re

from kiosk.domain.identity import PersonalId
from kiosk.domain.insurance import BhxhNumber, HealthCardNumber
from kiosk.domain.text import MalformedField

TypedNumber = BhxhNumber | PersonalId | HealthCardNumber


def read_number(text: str) -> TypedNumber:
    """Read a BHXH number (10 digits), a personal number (12) or a card code (15), with any spaces and dashes.

    Errors: MalformedField, if it is none of them.
    """
    number = re.sub(r"[\s.\u2010-\u2015-]", "", text).upper()
    if re.fullmatch(r"[0-9]{10}", number):
        return BhxhNumber(number)
    if re.fullmatch(r"[0-9]{12}", number):
        return PersonalId(number)
    if re.fullmatch(r"[A-Z]{2}[0-9A-Z]{13}", number):
        return HealthCardNumber(number)
    raise MalformedField("number", f"{len(number)} characters, not 10, 12 or 15")
