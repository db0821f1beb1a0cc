"""What a machine read on a birth certificate, against what was scanned or typed. A finding, never a block."""

from __future__ import annotations

from kiosk.domain import finding_kinds as kinds
from kiosk.domain.certificate import CertificateText
from kiosk.domain.dates import PartialDate
from kiosk.domain.findings import Finding, Shown
from kiosk.domain.insurance import VssidCode
from kiosk.domain.names import NameMatch, compare_names
from kiosk.domain.typed_card import ChildCard

_MISREAD = NameMatch.KEY
"""Marks and spaces are what a machine misreads most: names that differ only there are taken for the same."""


def check_certificate(read: CertificateText, child: ChildCard) -> tuple[Finding, ...]:
    """Compare name, date of birth and number, each where both have it."""
    born = None if isinstance(child, VssidCode) else child.date_of_birth
    return (
        *_name(read.child_name, child.full_name),
        *_birth(read.born, born),
        *_number(read.personal_id, child),
    )


def _name(read: str | None, known: str) -> tuple[Finding, ...]:
    if read is None or compare_names(*("".join(each.split()) for each in (read, known))) <= _MISREAD:
        return ()
    return (Finding(kinds.CERTIFICATE_NAME, _side_by_side(read, known)),)


def _birth(read: PartialDate | None, known: PartialDate | None) -> tuple[Finding, ...]:
    """A card may know only the year; then only the year is compared."""
    if read is None or known is None or known.earliest() <= read.earliest() <= known.latest():
        return ()
    return (Finding(kinds.CERTIFICATE_BIRTH, _side_by_side(read.shown(), known.shown())),)


def _number(read: str | None, child: ChildCard) -> tuple[Finding, ...]:
    known = child.personal_id
    if read is None or known is None or read == known.digits:
        return ()
    return (Finding(kinds.CERTIFICATE_NUMBER, _side_by_side(read, known.digits)),)


def _side_by_side(read: str, known: str) -> tuple[Shown, ...]:
    return Shown("Trên giấy khai sinh", read), Shown("Đã khai", known)
