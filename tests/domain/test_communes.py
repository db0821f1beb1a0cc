"""Communes of today, found by name or by what a card of before July 2025 prints."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from kiosk.domain.communes import Gazetteer, search_key
from kiosk.tables import load_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def test_there_are_34_provinces_and_3321_communes_under_the_official_codes(
    gazetteer: Gazetteer, shared: Path
) -> None:
    units = json.loads((shared / "admin-units.json").read_text("utf-8"))
    assert (len(gazetteer.provinces), len(gazetteer.communes)) == (34, 3321)
    official = {each["Code"]: (each["FullName"], unit["Code"]) for unit in units for each in unit["Wards"]}
    assert {each.code for each in gazetteer.communes} == official.keys()
    differ = [
        each.code
        for each in gazetteer.communes
        if (search_key(each.name), each.province.code)
        != (search_key(official[each.code][0]), official[each.code][1])
    ]
    assert differ == []
    assert {each.code: each.name.split(" ")[0] for each in gazetteer.provinces} == {
        unit["Code"]: "Thành" if unit["FullName"].startswith("Thành phố") else "Tỉnh" for unit in units
    }


def test_every_former_commune_leads_to_one_of_today(gazetteer: Gazetteer) -> None:
    assert all(gazetteer.find(code) for old in gazetteer.former for code in old.today)
    divided = Counter(len(old.today) for old in gazetteer.former)
    assert divided[1] > 10_000
    assert any(several > 1 for several in divided)


@pytest.mark.parametrize(
    ("printed", "today", "street"),
    [
        (
            "12/3 Đường Số 1, Bình Trị Đông, Bình Tân, TP. Hồ Chí Minh",
            "Phường Bình Trị Đông, Thành phố Hồ Chí Minh",
            "12/3 Đường Số 1",
        ),
        (
            "5 Trần Phú, Phường Bình Tân, TP. Hồ Chí Minh",
            "Phường Bình Tân, Thành phố Hồ Chí Minh",
            "5 Trần Phú",
        ),
        ("Thôn 3, Ia Mơ, Chư Prông, Gia Lai", "Xã Ia Mơ, Tỉnh Gia Lai", "Thôn 3"),
        ("PHƯỜNG 12, QUẬN GÒ VẤP, THÀNH PHỐ HỒ CHÍ MINH", "Phường An Hội Tây, Thành phố Hồ Chí Minh", ""),
    ],
)
def test_the_place_on_a_card_is_found_in_todays_units(
    gazetteer: Gazetteer, printed: str, today: str, street: str
) -> None:
    assert [each.shown() for each in gazetteer.became(printed)] == [today]
    assert gazetteer.street(printed) == street


def test_a_divided_commune_is_offered_whole(gazetteer: Gazetteer) -> None:
    old = next(each for each in gazetteer.former if len(each.today) > 1)
    offered = gazetteer.became(f"Thôn 1, {old.name}, {old.district}, {old.province}")
    assert {each.code for each in offered} >= set(old.today)


@pytest.mark.parametrize("printed", ["", "Hà Nội", "Nowhere, Somewhere, Elsewhere", ",,,"])
def test_an_address_of_nowhere_is_kept_as_it_is(gazetteer: Gazetteer, printed: str) -> None:
    assert gazetteer.became(printed) == ()
    assert gazetteer.street(printed) == printed


@pytest.mark.parametrize("text", ["bình trị", "BINH TRI", "phuong binh tri dong", "Bình  Trị Đông"])
def test_a_commune_is_found_with_and_without_marks(gazetteer: Gazetteer, text: str) -> None:
    city = gazetteer.province("79")
    assert city is not None
    assert "Phường Bình Trị Đông" in [each.name for each in gazetteer.communes_of(city, text)]


def test_a_province_is_found_by_what_it_is_called_in_short(gazetteer: Gazetteer) -> None:
    assert [each.code for each in gazetteer.provinces_like("tp ho chi minh")] == ["79"]
    assert [each.code for each in gazetteer.provinces_like("dak lak")] == ["66"]
    assert len(gazetteer.provinces_like("")) == 34
