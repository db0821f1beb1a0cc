"""Answer what no card carries."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.declaration import Consent
from kiosk.domain.phone import MalformedPhone, MobilePhone, PhoneFault
from kiosk.problems import (
    AddressMissing,
    AgencyUnknown,
    ChoiceMissing,
    LandlineGiven,
    OldPhoneGiven,
    PhoneMissing,
    PhoneWrong,
    Problem,
)
from kiosk.station import Station
from kiosk.visits import Visit

_PHONE_PROBLEMS: dict[PhoneFault, type[Problem]] = {
    PhoneFault.LANDLINE: LandlineGiven,
    PhoneFault.OLD_NUMBER: OldPhoneGiven,
    PhoneFault.MALFORMED: PhoneWrong,
}


def agree(station: Station, visit: Visit) -> None:
    """Record the visitor's consent to the data notice, with the wording it was given to."""
    version = station.procedure.consent_version
    consent = Consent(version, visit.settings.language, station.now())
    visit.draft = replace(visit.draft, consent=consent)


def give_phone(visit: Visit, text: str) -> None:
    """Take the number that receives the result.

    Errors: PhoneMissing, PhoneWrong, LandlineGiven, OldPhoneGiven.
    """
    if not text.strip():
        raise PhoneMissing
    try:
        phone = MobilePhone.read(text)
    except MalformedPhone as why:
        raise _PHONE_PROBLEMS[why.fault](why.fault.value) from why
    visit.draft = replace(visit.draft, contact=replace(visit.draft.contact, phone=phone))


def choose_relationship(visit: Visit, id: str) -> None:  # noqa: A002 - the form's word
    """Say whose child it is.

    Errors: ChoiceMissing.
    """
    if visit.draft.procedure.relationship(id) is None:
        raise ChoiceMissing("relationship")
    visit.draft = replace(visit.draft, contact=replace(visit.draft.contact, relationship=id))


def keep_address(visit: Visit) -> None:
    """The address on the card is where the agency can reach the guardian.

    Errors: AddressMissing, when the card had none.
    """
    if not visit.draft.contact.address:
        raise AddressMissing("card without address")


def choose_agency(station: Station, visit: Visit, code: str) -> None:
    """Say who receives the declaration.

    Errors: AgencyUnknown.
    """
    agency = station.directory.find(code)
    if agency is None:
        raise AgencyUnknown(f"directory {station.directory.version}")
    visit.draft = replace(visit.draft, agency=agency.code)
