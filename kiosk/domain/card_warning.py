"""What was odd about a code that could be read all the same."""

from __future__ import annotations

from enum import StrEnum


class CardWarning(StrEnum):
    """A reason to look twice; never a reason to refuse the card."""

    OBSOLETE_CARD_NUMBER = "obsolete-card-number"
    UNKNOWN_GROUP = "unknown-group"
    UNKNOWN_LEVEL = "unknown-level"
    UNKNOWN_PROVINCE = "unknown-province"
    ID_12_IN_BHYT = "id-12-in-bhyt"
    EXTRA_FIELDS = "extra-fields"
    REPAIRED_IME = "repaired-ime"
    NAME_WITHOUT_MARKS = "name-without-marks"
