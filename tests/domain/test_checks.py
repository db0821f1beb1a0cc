from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from kiosk.domain.card_checks import check_citizen_card, check_health_card, citizen_card_expiry
from kiosk.domain.checks import (
    check_child_age,
    check_family,
    check_guardian_age,
    check_name,
)
from kiosk.domain.dates import PartialDate
from kiosk.domain.findings import Severity
from kiosk.domain.identity import CitizenCard, CitizenLayout, PersonalId, Sex
from kiosk.domain.insurance import BhxhNumber, HealthCard, HealthCardNumber, HealthLayout, VssidCode
from kiosk.domain.scan import read_scan
from kiosk.domain.tables import Ages
from kiosk.tables import load_tables
from tests import cards

TODAY = date(2026, 11, 22)
AGES = Ages()

GUARDIAN = CitizenCard(
    layout=CitizenLayout.CCCD_7,
    personal_id=PersonalId("079185000123"),
    old_id=None,
    full_name="Trần Thị Bình",
    date_of_birth=PartialDate(1985, 6, 15),
    sex=Sex.FEMALE,
    address=None,
    issued_on=PartialDate(2023, 7, 20),
)
CHILD = HealthCard(
    layout=HealthLayout.BHYT_15,
    card_number=HealthCardNumber("TE1797900000017"),
    bhxh_number=BhxhNumber("7900000017"),
    personal_id=None,
    full_name="Nguyễn Minh An",
    date_of_birth=PartialDate(2021, 9, 5),
    sex=Sex.MALE,
    valid_from=PartialDate(2021, 9, 5),
    valid_to=PartialDate(2027, 9, 30),
    issued_on=PartialDate(2021, 10, 20),
    guardian_name="Trần Thị Bình",
    benefit_level="1",
)


def codes(findings):
    return [each.kind.code for each in findings]


def family(guardian=GUARDIAN, child=CHILD, is_parent=True):
    return check_family(guardian, child, TODAY, AGES, is_parent=is_parent)


def guardian_with(**change):
    return codes(check_citizen_card(replace(GUARDIAN, **change), TODAY, AGES))


def child_with(**change):
    return codes(check_health_card(replace(CHILD, **change), TODAY))


def test_two_cards_that_fit_give_no_finding():
    assert family() == ()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"sex": Sex.MALE}, ["id-sex"]),
        ({"date_of_birth": PartialDate(1984, 6, 15)}, ["id-birth-year"]),
        ({"personal_id": PersonalId("079385000123")}, ["id-century"]),
        ({"date_of_birth": PartialDate(1985)}, []),
        ({"issued_on": PartialDate(1984, 1, 1)}, ["issued-before-birth", "citizen-card-expired"]),
        ({"issued_on": PartialDate(2027, 1, 1)}, ["issued-in-future"]),
        ({"issued_on": PartialDate(2026)}, []),
        ({"issued_on": PartialDate(2021, 5, 20)}, ["citizen-card-expired"]),
    ],
)
def test_a_citizen_card_is_checked_against_itself(change, found):
    assert guardian_with(**change) == found


def test_the_values_stand_side_by_side():
    (finding,) = check_citizen_card(replace(GUARDIAN, sex=Sex.MALE), TODAY, AGES)
    assert [(each.label, each.value) for each in finding.shown] == [
        ("Theo số định danh", "Nữ"),
        ("Trên thẻ", "Nam"),
    ]
    assert "Nữ" not in repr(finding)


@pytest.mark.parametrize(
    ("born", "issued", "ends"),
    [
        (PartialDate(1985, 6, 15), PartialDate(2021, 5, 20), date(2025, 6, 15)),
        (PartialDate(1985, 6, 15), PartialDate(2023, 6, 14), date(2025, 6, 15)),
        (PartialDate(1985, 6, 15), PartialDate(2023, 6, 15), date(2045, 6, 15)),
        (PartialDate(1965, 6, 15), PartialDate(2021, 5, 20), date(2025, 6, 15)),
        (PartialDate(1965, 6, 15), PartialDate(2023, 6, 15), None),
        (PartialDate(1955, 6, 15), PartialDate(2021, 5, 20), None),
        (PartialDate(2021, 9, 5), PartialDate(2024, 8, 15), date(2035, 9, 5)),
        (PartialDate(2008, 2, 29), PartialDate(2022, 8, 15), date(2033, 3, 1)),
        (PartialDate(1985), PartialDate(2021, 5, 20), date(2025, 12, 31)),
        (PartialDate(1985), PartialDate(2023, 7, 20), date(2045, 1, 1)),
    ],
)
def test_a_citizen_card_ends_at_the_next_age_unless_issued_shortly_before(born, issued, ends):
    assert citizen_card_expiry(replace(GUARDIAN, date_of_birth=born, issued_on=issued), AGES) == ends


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"valid_to": PartialDate(2026, 11, 21)}, ["health-card-expired"]),
        ({"valid_to": PartialDate(2026, 11, 22)}, []),
        ({"valid_to": PartialDate(2026, 11)}, []),
        ({"valid_to": None}, []),
        ({"valid_from": PartialDate(2026, 12, 1)}, ["health-card-not-yet-valid"]),
        ({"valid_from": PartialDate(2028, 1, 1)}, ["validity-reversed"]),
        ({"issued_on": PartialDate(2020)}, ["issued-before-birth"]),
        ({"date_of_birth": PartialDate(2027), "issued_on": None}, ["born-in-future"]),
    ],
)
def test_a_health_card_is_checked_against_itself_and_today(change, found):
    assert child_with(**change) == found


def test_an_obsolete_number_is_shown_beside_the_one_to_use():
    card = read_scan(CHILD.to_qr().replace("TE1797900000017", "TE179AA00000001").encode())
    (finding,) = check_health_card(card, TODAY)
    assert finding.kind.code == "obsolete-card-number"
    assert [each.value for each in finding.shown] == ["TE179AA00000001", "7900000017"]


def test_a_personal_number_on_a_health_card_is_checked_but_never_called_obsolete():
    text = CHILD.to_qr().replace("TE1797900000017", "079185000123")
    assert codes(check_health_card(read_scan(text.encode()), TODAY)) == [
        "id-sex",
        "id-century",
        "id-12-in-bhyt",
    ]


def test_what_the_tables_do_not_know_is_said_in_words():
    text = CHILD.to_qr().replace("TE1797900000017", "ZZ9007900000017")
    card = read_scan(text.encode(), load_tables())
    assert codes(check_health_card(card, TODAY)) == ["unknown-group", "unknown-level", "unknown-province"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("NGUYỄN MINH AN", []),
        ("Nguyễn Minh Án", ["name-marks"]),
        ("Minh An Nguyễn", ["name-order"]),
        ("Nguyễn Minh Anh", ["name-near"]),
        ("Lê Văn Cường", ["name-different"]),
    ],
)
def test_the_typed_name_is_compared_with_the_cards(typed, found):
    assert codes(check_name(typed, "Nguyễn Minh An")) == found


def test_where_the_tone_mark_stands_is_no_finding():
    assert check_name("Lê Hòa Thúy", "Lê Hoà Thuý") == ()


def test_a_child_is_under_eighteen():
    assert codes(check_child_age(PartialDate(2008, 11, 22), TODAY, AGES)) == ["child-is-adult"]
    assert check_child_age(PartialDate(2008, 11, 23), TODAY, AGES) == ()
    assert check_child_age(PartialDate(2008), TODAY, AGES) == ()


def test_a_guardian_is_eighteen():
    assert codes(check_guardian_age(PartialDate(2008, 11, 23), TODAY, AGES)) == ["guardian-is-minor"]
    assert check_guardian_age(PartialDate(2008, 11, 22), TODAY, AGES) == ()
    assert check_guardian_age(PartialDate(2008), TODAY, AGES) == ()


def test_a_parent_is_older_than_the_child_by_enough():
    child = replace(CHILD, date_of_birth=PartialDate(1996), issued_on=None, valid_from=None)
    found = family(child=child)
    assert "ages-too-close" in codes(found)
    assert "ages-too-close" not in codes(family(child=child, is_parent=False))


@pytest.mark.parametrize(
    ("on_card", "found"),
    [
        ("TRẦN THỊ BÌNH", []),
        (None, []),
        ("Trần Thị Binh", ["guardian-name-near"]),
        ("Nguyễn Văn Dũng", ["guardian-name-different"]),
    ],
)
def test_a_parents_name_is_compared_with_the_childs_card(on_card, found):
    child = replace(CHILD, guardian_name=on_card)
    assert codes(family(child=child)) == found
    assert codes(family(child=child, is_parent=False)) == []


def test_the_same_card_twice_is_noticed():
    number = GUARDIAN.personal_id
    child = VssidCode(None, number, "Nguyễn Minh An")
    assert codes(family(child=child)) == ["same-number"]


def test_the_worst_finding_comes_first():
    child = replace(
        CHILD, date_of_birth=PartialDate(1990), valid_to=PartialDate(2020), issued_on=None, valid_from=None
    )
    severities = [each.severity for each in family(child=child)]
    assert severities == sorted(severities, reverse=True)
    assert severities[0] is Severity.RETURN


@pytest.mark.parametrize("seed", range(200))
def test_checks_never_fail_whatever_the_cards(seed):
    rng = Random(seed)
    child = cards.health_card(rng) if seed % 3 else cards.vssid_code(rng)
    for finding in check_family(cards.citizen_card(rng), child, TODAY, AGES, is_parent=bool(seed % 2)):
        assert all(each.value for each in finding.shown)
