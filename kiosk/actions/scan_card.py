"""Read a card or a receipt that is held before the camera."""

from __future__ import annotations

from dataclasses import replace

from hardware.protocols import DeviceError, Frame, Subject
from kiosk.actions.sighting import sight
from kiosk.domain.address import Address
from kiosk.domain.draft import Draft
from kiosk.domain.identity import CitizenCard
from kiosk.domain.insurance import HealthCard, VssidCode
from kiosk.domain.receipt import ReceiptQr
from kiosk.domain.scan import Scan, UnreadableCode, read_scan
from kiosk.domain.typed_card import ChildCard
from kiosk.problems.devices import CameraUnavailable
from kiosk.problems.reading import (
    CardUnreadable,
    NoCodeInView,
    NotACitizenCard,
    NotAHealthCard,
    NotAReceipt,
    NothingSeenYet,
    SameCardAgain,
    TwoCodesInView,
)
from kiosk.station import Station
from kiosk.tables import load_tables
from kiosk.vision.codes import FoundCode
from kiosk.visits import Visit

LOOK_SECONDS = 0.6  # of one question; the page asks again, so that nobody has to press anything
PAUSE_SECONDS = 0.01  # when the camera has no newer frame yet


def look_for_guardian(station: Station, visit: Visit) -> CitizenCard:
    """Read the guardian's card and hold it until it is confirmed.

    Errors: CameraUnavailable; NoCodeInView, TwoCodesInView, CardUnreadable, NotACitizenCard: look again.
    """
    scan = _look(station, visit, Subject.CITIZEN_CARD)
    if not isinstance(scan, CitizenCard):
        raise NotACitizenCard(type(scan).__name__)
    visit.seen = scan
    return scan


def confirm_guardian(visit: Visit) -> None:
    """The visitor says that the card was read right. Its address is where the contact address starts."""
    card = visit.seen
    if not isinstance(card, CitizenCard):
        raise NothingSeenYet("guardian")
    contact = replace(visit.draft.contact, address=_address(card, visit.draft))
    visit.draft = replace(visit.draft, guardian=card, contact=contact)
    visit.seen = visit.sighting = None


def _address(card: CitizenCard, draft: Draft) -> Address | None:
    """The back of a card says no address; one that the same person's code said before stays."""
    same = draft.guardian is not None and draft.guardian.personal_id == card.personal_id
    kept = draft.contact.address if same else None
    if card.address is None or (kept and kept.printed == card.address):
        return kept
    return Address(printed=card.address)


def look_for_child(station: Station, visit: Visit) -> ChildCard:
    """Read the child's health card and hold it until it is confirmed.

    Errors: as for the guardian, with NotAHealthCard and SameCardAgain.
    """
    scan = _look(station, visit, Subject.HEALTH_CARD)
    if not isinstance(scan, HealthCard | VssidCode):
        raise NotAHealthCard(type(scan).__name__)
    if number_of(scan) in visit.declared:
        raise SameCardAgain("declared in this visit")
    visit.seen = scan
    return scan


def confirm_child(station: Station, visit: Visit) -> None:
    """The visitor says that the card was read right. Its agency code, if we know it, is proposed later."""
    card = visit.seen
    if not isinstance(card, ChildCard):
        raise NothingSeenYet("child")
    hint = card.agency_hint if isinstance(card, HealthCard) else None
    preset = station.directory.preset(hint, station.config.agency.default, station.verified_day())
    visit.draft = replace(visit.draft, child=card, agency=preset.code if preset else None)
    visit.seen = visit.sighting = None


def look_for_any_health_card(station: Station) -> ChildCard:
    """Read a health card to show what its code says; nothing is kept.

    Errors: as for the guardian, with NotAHealthCard.
    """
    scan = _look(station, None, Subject.HEALTH_CARD)
    if not isinstance(scan, HealthCard | VssidCode):
        raise NotAHealthCard(type(scan).__name__)
    return scan


def look_for_receipt(station: Station) -> ReceiptQr:
    """Read the QR of a receipt.

    Errors: as for the guardian, with NotAReceipt.
    """
    scan = _look(station, None, Subject.RECEIPT)
    if not isinstance(scan, ReceiptQr):
        raise NotAReceipt(type(scan).__name__)
    return scan


def number_of(card: ChildCard) -> str:
    """The number that tells two children apart."""
    number = card.bhxh_number or card.personal_id
    return number.digits if number else ""


def _look(station: Station, visit: Visit | None, subject: Subject) -> Scan:
    """A code from a hand-held reader, or from the camera; look for LOOK_SECONDS before giving up."""
    if code := station.inbox.take():
        return _understand(code)
    deadline = station.tick() + LOOK_SECONDS
    seen = -1
    while station.tick() < deadline:
        frame = _frame(station, subject)
        if frame.number == seen:
            station.pause(PAUSE_SECONDS)
            continue
        seen = frame.number
        codes = station.reader.read_frame(frame.image)
        if codes and _is_sure(station, frame, codes):
            scan = _understand(codes[0].payload)
            if visit is not None:
                visit.sighting = sight(frame.image, codes[0].corners)
            return scan
    raise NoCodeInView


def _frame(station: Station, subject: Subject) -> Frame:
    try:
        return station.devices.camera.newest(subject)
    except DeviceError as why:
        raise CameraUnavailable(str(why)) from why


def _is_sure(station: Station, frame: Frame, codes: tuple[FoundCode, ...]) -> bool:
    """Whether what one decoder read is read alike by another, or in the next frame."""
    payloads = {code.payload for code in codes}
    if len(payloads) > 1:
        raise TwoCodesInView(f"{len(payloads)} codes")
    return station.reader.confirms(frame.image, codes[0])


def _understand(payload: bytes) -> Scan:
    try:
        return read_scan(payload, load_tables())
    except UnreadableCode as why:
        raise CardUnreadable(why.code) from why
