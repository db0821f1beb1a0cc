"""The value types: valid or not at all, and silent about what they hold."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random

import pytest

from kiosk.domain.dates import PartialDate
from kiosk.domain.identity import CitizenLayout, ExtraField, ExtraKind, PersonalId, Sex
from kiosk.domain.insurance import BhxhNumber, HealthCardNumber, HealthLayout, VssidCode
from kiosk.domain.text import MalformedField
from tests import cards


@pytest.mark.parametrize(
    "text", ["", "07918500012", "0791850001234", "07918500012A", "٠٧٩١٨٥٠٠٠١٢٣", "079185000123\n"]
)
def test_a_personal_number_is_twelve_ascii_digits(text):
    with pytest.raises(MalformedField):
        PersonalId(text)


@pytest.mark.parametrize("text", ["", "790000001", "79000000170", "79 0000001", "７９０００００００１"])
def test_a_bhxh_number_is_ten_ascii_digits(text):
    with pytest.raises(MalformedField):
        BhxhNumber(text)


@pytest.mark.parametrize("text", ["", "TE179790000001", "te1797900000017", "1E1797900000017", "79000000170"])
def test_a_card_number_has_one_of_three_shapes(text):
    with pytest.raises(MalformedField):
        HealthCardNumber(text)


def test_a_personal_number_tells_province_sex_and_year():
    number = PersonalId("079185000123")
    assert (number.province, number.sex, number.birth_year) == ("079", Sex.FEMALE, 1985)
    assert PersonalId("001221000123").birth_year == 2021
    assert PersonalId("001221000123").sex is Sex.MALE
    assert PersonalId("001999000123").birth_year == 2399


def test_a_card_number_tells_group_level_and_province():
    number = HealthCardNumber("TE1797900000017")
    assert (number.group, number.level, number.province, number.last_ten) == ("TE", "1", "79", "7900000017")
    assert HealthCardNumber("7900000017").group is None


@pytest.mark.parametrize(
    ("text", "layouts"),
    [
        ("TE1797900000017", (HealthLayout.BHYT_15,)),
        ("DN401AA00000001", (HealthLayout.BHYT_LEGACY,)),
        ("DN401000000000A", (HealthLayout.BHYT_LEGACY,)),
        ("DN4A10000000001", (HealthLayout.BHYT_15,)),
        ("7900000017", (HealthLayout.BHYT_10,)),
        ("079221000456", (HealthLayout.BHYT_15, HealthLayout.BHYT_10)),
    ],
)
def test_a_letter_from_the_sixth_place_on_makes_a_card_number_old(text, layouts):
    assert HealthCardNumber(text).layouts == layouts


@pytest.mark.parametrize("seed", range(20))
def test_no_repr_of_a_card_holds_anything_from_the_card(seed):
    rng = Random(seed)
    for card in (cards.citizen_card(rng), cards.health_card(rng), cards.vssid_code(rng)):
        shown = repr(card) + str(card)
        for each in fields(card):
            value = getattr(card, each.name)
            texts = (
                [value]
                if isinstance(value, str)
                else [getattr(value, "digits", None), getattr(value, "text", None)]
            )
            assert not any(text in shown for text in texts if isinstance(text, str) and len(text) > 2)
        assert card.full_name not in repr([card])


@pytest.mark.parametrize(
    "change",
    [
        {"full_name": ""},
        {"full_name": "Trần|Thị"},
        {"full_name": "Trần Thị 4"},
        {"full_name": "Tra\u0302\u0300n"},
        {"full_name": " Trần"},
        {"full_name": "Trần\x00"},
        {"full_name": "陳氏平"},
        {"address": "một\nhai"},
        {"address": ""},
        {"old_id": "123"},
        {"old_id": "12345678A"},
        {"layout": CitizenLayout.CCCD_7, "extra": (ExtraField.by_shape("x"),)},
    ],
)
def test_a_citizen_card_is_valid_or_not_at_all(change):
    card = cards.citizen_card(Random(1), CitizenLayout.CCCD_11)
    with pytest.raises(MalformedField):
        replace(card, **change)


@pytest.mark.parametrize(
    "change",
    [
        {"layout": HealthLayout.BHYT_10},
        {"card_number": HealthCardNumber("7900000017")},
        {"benefit_level": "9"},
        {"personal_id": PersonalId("079221000456")},
        {"bhxh_number": None},
        {"hospital_code": "79 - 024"},
        {"agency_hint": "7918"},
        {"guardian_name": ""},
        {"living_area": "K 1"},
    ],
)
def test_a_health_card_is_valid_or_not_at_all(change):
    card = cards.health_card(Random(2), HealthLayout.BHYT_15)
    with pytest.raises(MalformedField):
        replace(card, **change)


def test_a_short_code_needs_a_number():
    with pytest.raises(MalformedField):
        VssidCode(None, None, "Nguyễn Minh An")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("079000000001", ExtraKind.PERSONAL_ID),
        ("01012016", ExtraKind.DATE),
        ("2016", ExtraKind.DATE),
        ("99999999", ExtraKind.OTHER),
        ("024681357", ExtraKind.OTHER),
        ("Nguyễn Văn Cha", ExtraKind.NAME),
    ],
)
def test_an_extra_field_is_judged_by_its_shape(text, kind):
    assert ExtraField.by_shape(text).kind is kind


def test_masked_numbers_keep_four_digits():
    assert PersonalId("079185000123").masked() == "••••••••0123"
    assert BhxhNumber("7900000017").masked() == "••••••0017"


def test_warnings_do_not_make_two_cards_different():
    card = cards.citizen_card(Random(3))
    assert replace(card, warnings=("x",)) == card
    assert replace(card, issued_on=PartialDate(2021)) != card
