"""What an officer would notice and send back, told while it can still be put right. It never blocks."""

from __future__ import annotations

from kiosk.domain.capture import Capture
from kiosk.domain.card_checks import check_citizen_card, check_health_card
from kiosk.domain.certificate_checks import check_certificate
from kiosk.domain.checks import check_family
from kiosk.domain.finding_kinds import CERTIFICATE_UNREAD
from kiosk.domain.findings import Finding, Severity, worst_first
from kiosk.domain.insurance import HealthCard
from kiosk.domain.number_checks import check_typed_numbers
from kiosk.domain.photo_words import FlawCode, words_of
from kiosk.domain.procedures import CaptureKind
from kiosk.domain.typed_card import ChildCard
from kiosk.lookout import PHOTO_KINDS
from kiosk.tables import load_tables
from kiosk.visits import Visit
from kiosk.web.flaw_marks import MARKS
from kiosk.web.station import station

_PARENTS = frozenset({"mother", "father"})


def of_card(card: ChildCard) -> list[Finding]:
    """What the child's card says about itself."""
    return _worth_telling(check_health_card(card, station().today()) if isinstance(card, HealthCard) else ())


def of_visit(visit: Visit, least: Severity = Severity.CHECK) -> list[Finding]:
    """What cards, answers and the photographed certificate say about each other, worst first.

    Shape: without hints, which are for the officer: a visitor can do nothing about them.
    """
    draft = visit.draft
    ages = load_tables().ages
    found = check_typed_numbers(draft)
    if draft.guardian and draft.child:
        is_parent = draft.contact.relationship in _PARENTS
        found += check_family(draft.guardian, draft.child, station().today(), ages, is_parent=is_parent)
        found += _of_certificate(visit, draft.child)
    elif draft.guardian:
        found += check_citizen_card(draft.guardian, station().today(), ages)
    return _worth_telling(worst_first(found), least)


def _of_certificate(visit: Visit, child: ChildCard) -> tuple[Finding, ...]:
    """What a machine read on it, as far as it has; the first page has all that is compared."""
    capture = visit.draft.capture(CaptureKind.BIRTH_CERTIFICATE)
    if capture and capture.sha256 in visit.unread:
        return (Finding(CERTIFICATE_UNREAD),)
    text = visit.texts.get(capture.sha256) if capture else None
    return check_certificate(text, child) if text else ()


def of_kept(capture: Capture) -> list[tuple[str, str]]:
    """What a reviewer will object to on a photograph that was kept all the same: mark and sentence."""
    kind = PHOTO_KINDS[capture.kind]
    return [(MARKS[code], words_of(FlawCode(code), kind).message) for code in capture.flaws]


def _worth_telling(found: tuple[Finding, ...], least: Severity = Severity.CHECK) -> list[Finding]:
    return [each for each in found if each.severity >= least]
