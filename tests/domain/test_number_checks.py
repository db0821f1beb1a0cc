from __future__ import annotations

from dataclasses import replace

from kiosk.domain.dates import PartialDate
from kiosk.domain.identity import PersonalId
from kiosk.domain.insurance import BhxhNumber
from kiosk.domain.number_checks import check_bhxh_number, check_phone, check_typed_numbers
from kiosk.domain.phone import MobilePhone
from kiosk.domain.typed_card import TypedChild
from kiosk.reference import load_procedures
from tests.conftest import ROOT
from tests.stations import a_draft

PHONE = MobilePhone("0912345678")


def codes(findings):
    return [each.kind.code for each in findings]


def test_a_personal_id_in_place_of_a_bhxh_number_is_taken_and_told():
    assert codes(check_bhxh_number(PersonalId("079221000456"), PHONE)) == ["id-in-bhxh-box"]


def test_a_bhxh_number_that_was_typed_may_be_something_else():
    assert codes(check_bhxh_number(BhxhNumber(PHONE.digits), PHONE)) == ["number-is-phone"]
    assert codes(check_bhxh_number(BhxhNumber(PHONE.digits), None)) == ["maybe-household"]
    assert codes(check_bhxh_number(BhxhNumber("7900000017"), PHONE)) == ["maybe-household"]


def test_a_prefix_nobody_has_is_told():
    assert codes(check_phone(MobilePhone("0541234567"))) == ["phone-prefix-unknown"]
    assert check_phone(PHONE) == ()


def test_what_was_typed_is_checked_and_what_was_scanned_is_not():
    forms = ROOT / "kiosk" / "data" / "forms"
    child, adult = load_procedures(forms, ("child-through-guardian", "adult-registration")).all
    scanned = a_draft(child)
    assert check_typed_numbers(scanned) == ()
    typed = TypedChild(BhxhNumber("7900000017"), None, "Nguyễn Minh An", PartialDate(2021, 9, 5))
    assert codes(check_typed_numbers(replace(scanned, child=typed))) == ["maybe-household"]
    answered = replace(a_draft(adult), answers={"bhxh-number": "079221000456"})
    assert codes(check_typed_numbers(answered)) == ["id-in-bhxh-box"]
