"""Read the guardian's card from its back, when the code on its front cannot be read."""

from __future__ import annotations

from datetime import date

from hardware.protocols import DeviceError, Image, Subject
from kiosk.domain.citizen_mrz import read_card_back
from kiosk.domain.identity import CitizenCard
from kiosk.domain.text import UnreadableCode
from kiosk.problems.devices import CameraUnavailable
from kiosk.problems.reading import BackReaderMissing, BackUnreadable
from kiosk.station import Station
from kiosk.tables import load_tables
from kiosk.vision.tesseract import CannotRead
from kiosk.visits import Visit


def read_back(station: Station, visit: Visit) -> CitizenCard:
    """Photograph the back, read its lines and hold the card until it is confirmed. The picture is not kept.

    Errors: CameraUnavailable; BackUnreadable: try again; BackReaderMissing.
    """
    try:
        image = station.devices.camera.still(Subject.CITIZEN_CARD_BACK).image
    except DeviceError as why:
        raise CameraUnavailable(str(why)) from why
    try:
        card = card_behind(image, station.today())
    except CannotRead as why:
        raise BackReaderMissing(str(why)) from why
    if card is None:
        raise BackUnreadable
    visit.seen, visit.sighting = card, None
    return card


def card_behind(image: Image, today: date) -> CitizenCard | None:
    """Read the card whose back this is; None where its lines are not there, or do not hold.

    Errors: CannotRead, without the program that reads letters.
    """
    from kiosk.vision.mrz import read_lines  # noqa: PLC0415 - the first page reads nothing

    def accept(text: str) -> CitizenCard | None:
        try:
            return read_card_back(text, today, load_tables())
        except UnreadableCode:
            return None

    return read_lines(image, accept)
