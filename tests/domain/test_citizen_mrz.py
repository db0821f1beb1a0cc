"""A citizen card read from its back. Invented numbers with right check digits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.card_checks import check_citizen_card, citizen_card_expiry
from kiosk.domain.card_json import KEYS, scan_to_json
from kiosk.domain.card_warning import CardWarning
from kiosk.domain.checks import check_family
from kiosk.domain.citizen_mrz import read_card_back
from kiosk.domain.dates import PartialDate
from kiosk.domain.identity import CitizenLayout, PersonalId, Sex
from kiosk.domain.mrz import card_lines
from kiosk.domain.tables import Ages, Tables
from kiosk.domain.text import MalformedField, UnreadableCode
from kiosk.rehearsal import CHILDREN
from tests.domain.test_mrz import TODAY, passport

LINES = ["IDVNM1850001232079185000123<<2", "8506151F2506159VNM<<<<<<<<<<<2", "TRAN<<THI<BINH<<<<<<<<<<<<<<<<"]
CARD = read_card_back("\n".join(LINES), TODAY)


def test_the_back_fills_the_same_value_as_the_code():
    assert (CARD.layout, CARD.personal_id) == (CitizenLayout.TD1, PersonalId("079185000123"))
    assert (CARD.date_of_birth.iso(), CARD.sex, CARD.full_name) == ("1985-06-15", Sex.FEMALE, "TRAN THI BINH")
    assert (CARD.address, CARD.issued_on, CARD.old_id, CARD.extra) == (None, None, None, ())
    assert CARD.warnings == (CardWarning.NAME_WITHOUT_MARKS,)


def test_as_json_it_has_every_key():
    told = scan_to_json(CARD)
    assert tuple(told) == KEYS
    assert (told["kind"], told["layout"], told["issued_on"]) == ("citizen-card", "td1", None)
    assert (told["valid_to"], told["warnings"]) == ("2025-06-15", ["name-without-marks"])


def test_the_back_tells_when_the_card_ends():
    assert citizen_card_expiry(CARD, Ages()) == date(2025, 6, 15)
    codes = [each.kind.code for each in check_citizen_card(CARD, TODAY, Ages())]
    assert codes == ["citizen-card-expired", "name-without-marks"]
    assert citizen_card_expiry(replace(CARD, expires_on=None), Ages()) is None


def test_a_name_without_marks_is_no_reason_to_doubt_the_parent():
    child = replace(CHILDREN[0], guardian_name="Trần Thị Bình")

    def found(guardian):
        told = check_family(guardian, child, TODAY, Ages(), is_parent=True)
        return {each.kind.code for each in told} & {"guardian-name-near", "guardian-name-different"}

    assert found(CARD) == set()
    assert found(replace(CARD, full_name="TRAN VAN HUNG")) == {"guardian-name-different"}
    assert found(replace(CARD, warnings=())) == {"guardian-name-near"}


@pytest.mark.parametrize(
    "lines",
    [
        passport(),
        LINES[:2],
        [LINES[0], LINES[1].replace("F", "N"), LINES[2]],
        [LINES[0], LINES[1].replace("2506159", "2506158"), LINES[2]],
        ["nothing"],
    ],
    ids=["a passport", "no name", "sex not read", "a wrong digit", "no lines"],
)
def test_anything_less_is_refused_without_repeating_it(lines):
    with pytest.raises(UnreadableCode) as told:
        read_card_back("\n".join(lines), TODAY)
    assert told.value.code == "bad-mrz"
    assert "185000123" not in told.value.message


def test_an_unknown_province_is_a_warning():
    tables = Tables(provinces={"001": "Hà Nội"})
    assert CardWarning.UNKNOWN_PROVINCE in read_card_back("\n".join(LINES), TODAY, tables).warnings
    abroad = card_lines(PersonalId("001185000123"), PartialDate(1985), Sex.MALE, None, "Lê Văn An")
    assert read_card_back("\n".join(abroad), TODAY, tables).warnings == (CardWarning.NAME_WITHOUT_MARKS,)


def test_only_the_back_leaves_the_issue_open_and_has_no_code_to_write():
    with pytest.raises(MalformedField):
        replace(CARD, layout=CitizenLayout.CCCD_7)
    with pytest.raises(ValueError, match="td1"):
        CARD.to_qr()
