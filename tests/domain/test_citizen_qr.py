"""The code on the citizen card. All invented; shapes as in real ones of 2021 to 2025."""

from __future__ import annotations

import pytest

from kiosk.domain.card_json import scan_to_json
from kiosk.domain.identity import CitizenCard, ExtraKind
from kiosk.domain.scan import read_scan
from kiosk.tables import load_tables
from tests.domain.payloads import put, refusal

CCCD = "079185000123|024681357|Trần Thị Bình|15061985|Nữ|12/3 Đường Số 1, Bình Tân, TP. Hồ Chí Minh|20052021"
CAN_CUOC = "079221000456||Nguyễn Minh An|05092021|Nam|Phường Bình Tân, TP. Hồ Chí Minh|15082024||||"


def read(text: str) -> CitizenCard:
    card = read_scan(text.encode(), load_tables())
    assert isinstance(card, CitizenCard)
    return card


def test_a_card_with_an_old_number_is_read():
    known = {key: value for key, value in scan_to_json(read(CCCD)).items() if value is not None}
    assert known == {
        "kind": "citizen-card",
        "layout": "cccd-7",
        "personal_id": "079185000123",
        "old_id": "024681357",
        "full_name": "Trần Thị Bình",
        "date_of_birth": "1985-06-15",
        "sex": "female",
        "address": "12/3 Đường Số 1, Bình Tân, TP. Hồ Chí Minh",
        "issued_on": "2021-05-20",
        "warnings": [],
    }


def test_a_card_of_2024_has_four_more_fields():
    card = read(CAN_CUOC)
    assert (card.layout, card.old_id, card.extra) == ("cccd-11", None, ())


def test_the_extra_fields_are_told_apart_by_shape():
    card = read(CAN_CUOC.replace("||||", "|01012016|079000000001|NGUYEN VAN CHA|TRAN THI ME"))
    assert [each.kind for each in card.extra] == [
        ExtraKind.DATE,
        ExtraKind.PERSONAL_ID,
        ExtraKind.NAME,
        ExtraKind.NAME,
    ]
    assert card.warnings == ("extra-fields",)
    assert scan_to_json(card)["extra"][1] == {"kind": "personal-id", "text": "079000000001"}


def test_an_extra_field_that_is_neither_name_number_nor_date_is_not_called_a_name():
    card = read(CAN_CUOC.replace("||||", "|-|123456789|K/2016|(?)"))
    assert [(each.kind, each.text) for each in card.extra] == [
        (ExtraKind.OTHER, "123456789"),
        (ExtraKind.OTHER, "K/2016"),
        (ExtraKind.OTHER, "(?)"),
    ]


def test_more_fields_than_any_card_has_today_are_kept_and_warned_about():
    card = read(CAN_CUOC + "|thêm|")
    assert (card.layout, card.warnings) == ("cccd-11", ("extra-fields",))
    assert [each.text for each in card.extra] == ["thêm"]


def test_a_code_that_lost_its_last_empty_fields_is_still_that_of_2024():
    assert read(CAN_CUOC[:-2]).layout == "cccd-11"


@pytest.mark.parametrize(("birth", "iso"), [("061985", "1985-06"), ("1985", "1985")])
def test_a_birth_may_be_known_only_by_month_or_year(birth, iso):
    assert read(put(CCCD, 3, birth)).date_of_birth.iso() == iso


@pytest.mark.parametrize(
    "dummy",
    [
        "001234567890|123456789|NGUYEN VAN TEST|15081990|Nam|Ha Noi|01012021",
        "001234567890||NGUYEN VAN TEST|01011990|Nữ||01012021",
    ],
)
def test_capitals_without_marks_and_an_empty_address_are_read(dummy):
    assert read(dummy).full_name == "NGUYEN VAN TEST"


def test_a_number_that_does_not_fit_sex_or_birth_is_read_all_the_same():
    assert read(put(put(CCCD, 4, "Nam"), 3, "15061999")).sex == "male"


def test_a_card_issued_before_birth_is_read_all_the_same():
    assert read(put(CCCD, 6, "20051980")).issued_on.iso() == "1980-05-20"


@pytest.mark.parametrize("sex", ["NỮ", "nữ", "Nư\u0303", " Nữ "])
def test_the_word_for_the_sex_may_come_in_any_case_or_decomposed(sex):
    assert read(put(CCCD, 4, sex)).sex == "female"


def test_spaces_around_fields_and_within_a_name_are_tidied():
    assert read(put(CCCD, 2, "  Trần   Thị  Bình ")).full_name == "Trần Thị Bình"


def test_an_unknown_province_is_a_warning():
    assert read(put(CCCD, 0, "999185000123")).warnings == ("unknown-province",)
    assert read(CCCD).warnings == ()


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, ""),
        (0, "X79185000123"),
        (0, "X079185000123"),
        (0, "07918500012"),
        (0, "٠٧٩١٨٥٠٠٠١٢٣"),
        (1, "12345"),
        (2, ""),
        (2, "12345"),
        (2, "https://"),
        (3, ""),
        (3, "31022010"),
        (3, "15/13/1985"),
        (6, ""),
        (6, "30022021"),
        (6, "2005202"),
    ],
)
def test_a_wrong_or_missing_field_is_refused(at, value):
    why = refusal(put(CCCD, at, value))
    assert why.code in ("malformed-field", "missing-field", "not-text")
    assert not value or value not in why.message


@pytest.mark.parametrize("count", range(1, 7))
def test_a_code_cut_between_fields_is_refused(count):
    refusal("|".join(CCCD.split("|")[:count]))


@pytest.mark.parametrize("lost", range(1, 8))
def test_a_code_cut_within_the_date_of_issue_is_refused(lost):
    refusal(CCCD[:-lost])


@pytest.mark.parametrize("issue", ["2001", "20012", "012012"])
def test_what_is_left_of_a_date_is_not_taken_for_a_short_one(issue):
    refusal(put(CCCD, 6, issue))


def test_a_short_date_of_issue_in_the_years_of_such_cards_is_read():
    assert read(put(CAN_CUOC, 6, "2024")).issued_on.iso() == "2024"


@pytest.mark.parametrize(
    "text",
    [
        "079185000123|Trần Thị Bình|15061985|Nữ|12/3 Đường Số 1|20052021|024681357",
        "079185000123|Trần Thị Bình|15061985|Nữ|12/3 Đường Số 1|20052021",
    ],
)
def test_the_order_no_card_has_is_named_and_refused(text):
    assert refusal(text).code == "name-first"


@pytest.mark.parametrize(
    "text",
    [
        "111111111111|000000000|tên|12122000|địa chỉ chỉ|08072021",
        "111111111111|000000000|tên|12122000|Nam|08072021",
        CCCD[::-1],
        CAN_CUOC[::-1],
        CCCD + "\n" + CCCD,
        CCCD.replace("Nữ", "Khác"),
    ],
)
def test_what_only_resembles_a_card_is_refused(text):
    refusal(text)
