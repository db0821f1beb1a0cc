from __future__ import annotations

import tomllib
from datetime import date

import pytest

from kiosk.tables import load_tables


def test_there_are_sixty_three_provinces_by_three_digits():
    provinces = load_tables().provinces
    assert len(provinces) == 63
    assert all(len(code) == 3 and code.isdigit() for code in provinces)
    assert (provinces["001"], provinces["079"], provinces["096"]) == ("Hà Nội", "Hồ Chí Minh", "Cà Mau")


def test_groups_have_two_letters_and_levels_that_exist():
    tables = load_tables()
    for code, group in tables.groups.items():
        assert len(code) == 2
        assert code.isupper()
        assert all(each.level in tables.levels for each in group.levels)
    assert tables.groups["TE"].name == "Trẻ em dưới 6 tuổi"


def test_each_group_has_one_level_on_any_day():
    for group in load_tables().groups.values():
        for day in (date(2016, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 11, 22)):
            assert len([each for each in group.levels if each.holds_on(day)]) == 1


def test_a_group_can_change_its_level_on_a_day():
    levels = load_tables().groups["CN"].levels
    assert [each.level for each in levels if each.holds_on(date(2025, 12, 31))] == ["3"]
    assert [each.level for each in levels if each.holds_on(date(2026, 1, 1))] == ["2"]


def test_the_ages_are_those_in_the_file():
    ages = load_tables().ages
    assert (ages.adult, ages.milestones, ages.early_years) == (18, (14, 25, 40, 60), 2)


def test_a_broken_file_is_not_passed_over(tmp_path):
    for name in ("provinces.toml", "groups.toml", "ages.toml"):
        (tmp_path / name).write_text("[", "utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        load_tables(tmp_path)
