"""A finding: two papers, or a paper and an answer, do not fit. It never blocks; it says what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

_LONG_NUMBER = re.compile(r"\b[0-9A-Z]{5,}(?=[0-9]{4}\b)")
"""All but the last four of a card's, a person's or a telephone's number; no date is so long."""


class Severity(IntEnum):
    """How much it matters, least first."""

    HINT = 0
    """Good to know."""
    CHECK = 1
    """One of the two is probably wrong: compare."""
    RETURN = 2
    """The agency would send such a declaration back."""


@dataclass(frozen=True, slots=True)
class FindingKind:
    """What can be found, in words.

    Shape:  `code` for programs; `what` and `advice` are message ids in Vietnamese: what does not fit, and
            what to do about it. Neither holds personal data.
    """

    code: str
    severity: Severity
    what: str
    advice: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the values to be compared by eye.

    Shape:  `label` is a message id; `value` is as the paper has it.
    """

    label: str
    value: str

    @property
    def masked(self) -> str:
        """The value as a screen shows it: of a long number the end alone."""
        return _LONG_NUMBER.sub(lambda found: "•" * len(found[0]), self.value)

    def __repr__(self) -> str:
        return f"Shown({self.label!r})"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit, with the values side by side."""

    kind: FindingKind
    shown: tuple[Shown, ...] = ()

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.kind.severity


def worst_first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The same findings, the most serious first, otherwise in their order."""
    return tuple(sorted(findings, key=lambda each: -each.severity))
