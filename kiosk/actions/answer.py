"""Answer what no card carries."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.address import Address
from kiosk.domain.draft import Consent
from kiosk.domain.names import tidied
from kiosk.domain.phone import MalformedPhone, MobilePhone, PhoneFault
from kiosk.domain.procedures import Page
from kiosk.domain.text import MalformedField, require_line
from kiosk.problems import Problem
from kiosk.problems.answers import (
    AddressMissing,
    AgencyUnknown,
    AnswerWrong,
    ChoiceMissing,
    LandlineGiven,
    OldPhoneGiven,
    PhoneMissing,
    PhoneWrong,
    PlaceUnknown,
)
from kiosk.station import Station
from kiosk.tables import load_gazetteer
from kiosk.visits import Visit

_PHONE_PROBLEMS: dict[PhoneFault, type[Problem]] = {
    PhoneFault.LANDLINE: LandlineGiven,
    PhoneFault.OLD_NUMBER: OldPhoneGiven,
    PhoneFault.MALFORMED: PhoneWrong,
}


def agree(station: Station, visit: Visit) -> None:
    """Record the visitor's consent to the data notice, with the wording it was given to."""
    version = visit.draft.procedure.consent_version
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


def keep_address(visit: Visit, commune_code: str = "") -> None:
    """The address on the card is where the agency can reach the visitor; of today's communes one was chosen.

    Errors: AddressMissing, when the card had none; PlaceUnknown.
    """
    address = visit.draft.contact.address
    if not address:
        raise AddressMissing("card without address")
    if commune_code:
        street = load_gazetteer().street(address.printed or "") if address.commune is None else address.street
        give_address(visit, commune_code, street)


def give_address(visit: Visit, commune_code: str, street: str) -> None:
    """Take an address of today's communes; what the card prints stays beside it.

    Errors: PlaceUnknown; AnswerWrong, for a street that no form can carry.
    """
    commune = load_gazetteer().find(commune_code)
    if commune is None:
        raise PlaceUnknown("commune")
    line = tidied(street)
    try:
        require_line("street", line or None)
    except MalformedField as why:
        raise AnswerWrong(str(why)) from why
    printed = visit.draft.contact.address.printed if visit.draft.contact.address else None
    contact = replace(visit.draft.contact, address=Address(line, commune, printed))
    visit.draft = replace(visit.draft, contact=contact)


def give_answer(station: Station, visit: Visit, page: Page, text: str) -> None:
    """Answer one question of the profile.

    Errors: AnswerWrong; ChoiceMissing, when it may not be left open.
    """
    assert page.field is not None
    if not text.strip():
        if not visit.draft.may_pass_over(page):
            raise ChoiceMissing(page.field.id)
        visit.draft = visit.draft.with_answer(page.field.id, "")
        return
    try:
        answer = page.field.read(text, station.verified_day())
    except (MalformedField, MalformedPhone) as why:
        raise AnswerWrong(page.field.id) from why
    visit.draft = visit.draft.with_answer(page.field.id, answer)


def choose_agency(station: Station, visit: Visit, code: str) -> None:
    """Say who receives the declaration.

    Errors: AgencyUnknown.
    """
    agency = station.directory.find(code)
    if agency is None or not agency.holds_on(station.verified_day()):
        raise AgencyUnknown(f"directory {station.directory.version}")
    visit.draft = replace(visit.draft, agency=agency.code)
