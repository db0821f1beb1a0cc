"""A citizen card read from its back, for whoever's code is scratched."""

from __future__ import annotations

from datetime import date

from kiosk.domain.card_warning import CardWarning
from kiosk.domain.identity import CitizenCard, CitizenLayout
from kiosk.domain.mrz import Mrz, MrzKind, read_mrz
from kiosk.domain.tables import NO_TABLES, Tables
from kiosk.domain.text import MalformedField, UnreadableCode


def read_card_back(text: str, today: date, tables: Tables = NO_TABLES) -> CitizenCard:
    """Read the lines in what OCR made of a card's back.

    Errors: UnreadableCode, whatever the text; also for a passport's lines, and for lines of which sex or
            name could not be read, because no check digit guards these and a better look may bring them.
    """
    mrz = read_mrz(text, today)
    try:
        return _card(mrz, tables)
    except MalformedField as why:
        raise UnreadableCode("bad-mrz", f"The machine-readable lines cannot be used: {why.trouble}.") from why


def _card(mrz: Mrz, tables: Tables) -> CitizenCard:
    if mrz.kind is not MrzKind.CITIZEN_CARD or mrz.personal_id is None:
        raise MalformedField("kind", "not a citizen card's")
    if mrz.sex is None:
        raise MalformedField("sex", "not read")
    strange = tables.lacks_province(mrz.personal_id.province)
    doubts = (CardWarning.UNKNOWN_PROVINCE,) if strange else ()
    return CitizenCard(
        layout=CitizenLayout.TD1,
        personal_id=mrz.personal_id,
        old_id=None,
        full_name=mrz.name,
        date_of_birth=mrz.date_of_birth,
        sex=mrz.sex,
        address=None,
        issued_on=None,
        expires_on=mrz.expires_on,
        warnings=(CardWarning.NAME_WITHOUT_MARKS, *doubts),
    )
