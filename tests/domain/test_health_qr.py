"""The code on the health card. All invented; shapes as in real ones of 2017 to 2023."""

from __future__ import annotations

import pytest

from kiosk.domain.card_json import scan_to_json
from kiosk.domain.insurance import HealthCard
from kiosk.domain.scan import read_scan
from kiosk.tables import load_tables
from tests.domain.payloads import put, refusal


def hexed(text: str) -> str:
    return text.encode().hex()


NAME, PARENT = hexed("Nguyễn Minh An"), hexed("Trần Thị Bình")
PLACE = "Quận Bình Tân, Thành phố Hồ Chí Minh"
CHECK = "0123456789abcdef-7102"
OF_15 = (
    f"TE1797900000017|{NAME}|05/09/2021|1|{hexed(PLACE)}|79 - 024|05/09/2021|30/09/2027|20/10/2021|"
    f"79187900000017|{PARENT}|4|-|{CHECK}|$"
)
OF_10 = (
    f"7900000017|{NAME}|05/09/2021|1|-|79 - 024|01/01/2026|-|05/01/2026|79187900000017|{PARENT}|4|"
    f" 01/01/2031|{CHECK}|1|{hexed(PLACE)}|$"
)
OLD = (
    f"DN401AA00000001|{hexed('Lê Văn Cường')}|04/09/1985|1|{hexed('Công ty Mẫu')}|01 - 043|01/07/2017|"
    f"31/12/2017|21/07/2017|01059700000012|-|4|01/07/2022|{CHECK}|$"
)


def read(text: str) -> HealthCard:
    card = read_scan(text.encode(), load_tables())
    assert isinstance(card, HealthCard)
    return card


def test_a_card_of_15_characters_is_read():
    known = {key: value for key, value in scan_to_json(read(OF_15)).items() if value is not None}
    assert known == {
        "kind": "health-card",
        "layout": "bhyt-15",
        "bhxh_number": "7900000017",
        "card_number": "TE1797900000017",
        "full_name": "Nguyễn Minh An",
        "date_of_birth": "2021-09-05",
        "sex": "male",
        "address": PLACE,
        "issued_on": "2021-10-20",
        "hospital_code": "79024",
        "valid_from": "2021-09-05",
        "valid_to": "2027-09-30",
        "agency_hint": "07918",
        "guardian_name": "Trần Thị Bình",
        "living_area": "4",
        "benefit_level": "1",
        "warnings": [],
    }


def test_a_card_of_10_digits_has_level_and_place_at_the_end():
    card = read(OF_10)
    assert (card.layout, card.benefit_level, card.issued_at_place) == ("bhyt-10", "1", PLACE)
    assert (card.address, card.valid_to) == (None, None)
    assert card.five_years_from.iso() == "2031-01-01"


def test_a_card_with_letters_in_its_number_has_the_bhxh_number_in_field_nine():
    card = read(OLD)
    assert (card.layout, card.bhxh_number.digits) == ("bhyt-legacy", "9700000012")
    assert card.warnings == ("obsolete-card-number",)


def test_a_number_that_differs_from_field_nine_is_obsolete_letters_or_not():
    assert read(put(OF_15, 0, "TE1791234567890")).warnings == ("obsolete-card-number",)
    assert read(put(OF_10, 0, "1234567890")).warnings == ("obsolete-card-number",)
    assert read(put(OF_10, 0, "1234567890")).bhxh_number.digits == "7900000017"


@pytest.mark.parametrize(("text", "layout"), [(OF_10, "bhyt-10"), (OF_15, "bhyt-15")])
def test_a_personal_number_in_place_of_the_card_number_is_taken_and_told(text, layout):
    card = read(put(text, 0, "079221000456"))
    assert (card.layout, card.personal_id.digits) == (layout, "079221000456")
    assert card.bhxh_number.digits == "7900000017"
    assert "id-12-in-bhyt" in card.warnings


def test_a_personal_number_may_be_repeated_in_field_nine():
    card = read(put(put(OF_10, 0, "079221000456"), 9, "7918079221000456"))
    assert (card.bhxh_number, card.agency_hint) == (None, "07918")


@pytest.mark.parametrize("end", ["|$", "|#", "|", "", "$", "#", " |$ ", "|$\r\n"])
@pytest.mark.parametrize("text", [OF_15, OF_10, OLD])
def test_the_end_marker_may_be_anything_or_nothing(text, end):
    assert read(text.removesuffix("|$") + end) == read(text)


@pytest.mark.parametrize("text", [OF_15, OF_10, OLD])
def test_hex_may_be_in_capitals_and_dates_without_zeros(text):
    loud = put(put(text, 1, text.split("|")[1].upper()), 8, "5/1/2026")
    assert read(loud) == read(put(text, 8, "05/01/2026"))


@pytest.mark.parametrize("text", ["01 - 043", "01 – 043", "01-043", "01043", "01 \u2011 043", "01 — 043"])
def test_any_dash_in_a_hospital_code_goes(text):
    assert read(put(OF_15, 5, text)).hospital_code == "01043"


def test_a_hospital_code_may_have_letters_or_be_missing_or_odd():
    assert read(put(OF_15, 5, "01 - C54")).hospital_code == "01C54"
    assert read(put(OF_15, 5, "-")).hospital_code is None
    assert read(put(OF_15, 5, "bệnh viện")).hospital_code is None


def test_spaces_around_any_field_are_left_out():
    assert read(" | ".join(OF_10.split("|"))) == read(OF_10)


@pytest.mark.parametrize(
    ("birth", "iso"), [("2021", "2021"), ("09/2021", "2021-09"), ("5/9/2021", "2021-09-05")]
)
def test_a_birth_may_be_known_by_halves(birth, iso):
    assert read(put(OF_15, 2, birth)).date_of_birth.iso() == iso


@pytest.mark.parametrize(
    ("number", "warnings"),
    [
        ("ZZ1797900000017", ("unknown-group",)),
        ("TE9797900000017", ("unknown-level",)),
        ("TE1007900000017", ("unknown-province",)),
        ("TEX797900000017", ("unknown-level",)),
        ("ND4797900000017", ()),
        ("te1 79 79 00000017", ()),
    ],
)
def test_an_unknown_group_level_or_province_is_a_warning(number, warnings):
    assert read(put(OF_15, 0, number)).warnings == warnings


def test_an_unknown_level_at_the_end_is_kept():
    card = read(put(OF_10, 14, "7"))
    assert (card.benefit_level, card.warnings) == ("7", ("unknown-level",))


def test_an_address_in_two_lines_becomes_one():
    assert read(put(OF_15, 4, hexed("Phố Mỹ,\r\nHà Nội"))).address == "Phố Mỹ, Hà Nội"


def test_without_tables_nothing_is_doubted():
    assert read_scan(put(OF_15, 0, "ZZ9007900000017").encode()).warnings == ()


def test_a_bhxh_number_need_not_begin_with_a_province():
    text = put(put(OF_10, 0, "9700000012"), 9, "79189700000012")
    assert read(text).warnings == ()


def test_the_parent_may_stand_there_in_plain_letters():
    assert read(put(OF_15, 10, "Trần Thị Bình")).guardian_name == "Trần Thị Bình"


def test_hex_of_digits_only_is_still_hex():
    assert read(put(OF_15, 4, "313233")).address == "123"


def test_decomposed_and_sixteen_bit_hex_give_composed_letters():
    decomposed = "Nguye\u0302\u0303n Minh An".encode().hex()
    assert read(put(OF_15, 1, decomposed)).full_name == "Nguyễn Minh An"
    assert read(put(OF_15, 1, "Lê Ý".encode("utf-16-le").hex())).full_name == "Lê Ý"


@pytest.mark.parametrize("lost", [1, 2, 3, 4, 5])
def test_of_an_address_cut_within_a_letter_the_rest_is_kept(lost):
    assert read(put(OF_15, 4, hexed("Phố Mỹ")[:-lost])).address == "Phố M"


def test_fields_beyond_the_sixteenth_are_warned_about():
    assert read(OF_10.removesuffix("$") + "mới|$").warnings == ("extra-fields",)


def test_level_and_place_on_a_card_of_15_characters_are_no_contradiction():
    card = read(OF_15.removesuffix("$") + f"4|{hexed(PLACE)}|$")
    assert (card.layout, card.benefit_level, card.issued_at_place) == ("bhyt-15", "1", PLACE)


def test_without_field_nine_only_the_short_number_is_known():
    assert read(put(OF_10, 9, "-")).bhxh_number.digits == "7900000017"
    assert refusal(put(OF_15, 9, "-")).code == "missing-field"


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, ""),
        (0, "X7900000017"),
        (0, "7900000"),
        (1, ""),
        (1, "-"),
        (1, "zz"),
        (1, "4e6775zz79e1bb85"),
        (1, "ffff"),
        (1, "00"),
        (1, "31323334"),
        (2, ""),
        (2, "-"),
        (2, "31/02/2021"),
        (2, "2021-09-05"),
        (3, "3"),
        (3, ""),
        (4, "ff00ff"),
        (6, "31/13/2020"),
        (7, "30/02/2027"),
        (8, "chưa rõ"),
        (9, "123"),
        (9, "7918790000001"),
        (9, "7918790000001A"),
        (10, "ffffffff"),
        (12, "00/00/2030"),
    ],
)
@pytest.mark.parametrize("text", [OF_15, OF_10])
def test_a_wrong_or_missing_field_is_refused(text, at, value):
    why = refusal(put(text, at, value))
    assert why.code in ("malformed-field", "missing-field", "unknown-layout")
    assert len(value) < 3 or value not in why.message


@pytest.mark.parametrize("count", [1, *range(3, 14)])
@pytest.mark.parametrize("text", [OF_15, OF_10, OLD])
def test_a_code_cut_between_fields_is_refused(text, count):
    refusal("|".join(text.split("|")[:count]))


def test_a_code_cut_within_the_check_string_is_refused():
    for lost in range(1, 21):
        refusal(OF_15.removesuffix("|$")[:-lost])
    assert read(put(OF_15, 13, "của năm sau")).card_number.text == "TE1797900000017"


def test_a_short_card_without_its_last_fields_and_its_end_was_cut():
    refusal("|".join(OF_10.split("|")[:14]))
    refusal("|".join(OF_10.split("|")[:15]))


@pytest.mark.parametrize("text", [OF_15, OF_10, OLD])
def test_a_code_backwards_or_with_a_letter_before_it_is_refused(text):
    refusal(text[::-1])
    refusal("X" + text)
