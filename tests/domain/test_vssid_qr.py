from __future__ import annotations

import pytest

from kiosk.domain.card_json import scan_to_json
from kiosk.domain.scan import UnreadableCode, read_scan
from kiosk.tables import load_tables

HEX = "Thạch Quốc Khoẻ".encode().hex()


def read(text):
    return scan_to_json(read_scan(text.encode(), load_tables()))


@pytest.mark.parametrize(
    "text",
    [
        f"2171781800|{HEX}",
        f"2171781800|{HEX.upper()}",
        f"2171781800${HEX}",
        "2171781800|Thạch Quốc Khoẻ",
        "2171781800$Thạch Quốc Khoẻ",
        "2171781800|Thạch Quốc Khoẻ|$",
        "2171781800|Thạch Quốc Khoẻ|#",
        "2171781800$Thạch Quốc Khoẻ$",
        "2171781800| Thạch  Quốc Khoẻ #",
    ],
)
def test_number_and_name_are_all_there_is(text):
    known = {key: value for key, value in read(text).items() if value is not None}
    assert known == {
        "kind": "vssid",
        "layout": "vssid-2",
        "bhxh_number": "2171781800",
        "full_name": "Thạch Quốc Khoẻ",
        "warnings": [],
    }


def test_the_number_may_be_a_personal_one():
    found = read("079221000456|Nguyễn Minh An")
    assert (found["personal_id"], found["bhxh_number"]) == ("079221000456", None)
    assert read("999221000456|Nguyễn Minh An")["warnings"] == ["unknown-province"]


def test_a_name_in_hex_that_an_input_method_changed_is_mended():
    found = read("2171781800|" + HEX.replace("aa", "â").replace("af", "à").replace("ee", "ê") + "")
    assert found["full_name"] == "Thạch Quốc Khoẻ"
    assert read("2171781800|4ê1bbà20c490e1bba963")["warnings"] == ["repaired-ime"]


@pytest.mark.parametrize(
    "text",
    [
        "2171781800|",
        "|Thạch Quốc Khoẻ",
        "217178180|Thạch Quốc Khoẻ",
        "X2171781800|Thạch Quốc Khoẻ",
        "2171781800|123456",
        "2171781800|0912345678",
        "079185000123|024681357",
        "2171781800|http://a.b",
        "2171781800|Tuan",
        "2171781800|Tuấn",
        "2171781800|" + "Tuấn".encode().hex(),
        "2171781800|Thạch Quốc Khoẻ|",
        f"TE1797900000017|{HEX}",
        f"2171781800|{HEX[:-1]}",
        f"2171781800|{HEX[:-2]}",
        "2171781800|Thạch Quốc Khoẻ|x",
        "2171781800",
    ],
)
def test_less_or_else_than_that_is_refused(text):
    with pytest.raises(UnreadableCode):
        read_scan(text.encode())
