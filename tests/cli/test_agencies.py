"""`kiosk agencies`: the office's own list takes the sample's place, or is refused with a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.reference import IMPORTED_DIRECTORY, BadReference, load_directory, read_directory
from tests.conftest import ROOT
from tests.processes import run_kiosk

SHIPPED = ROOT / "kiosk/data/agencies-sample.csv"
GOOD = """code,name,province,valid_from,valid_to,successor
00105,BHXH quận Cầu Giấy,Hà Nội,,2026-06-30,00151
00151,BHXH cơ sở Cầu Giấy,Hà Nội,2026-07-01,,
"""


def test_a_list_is_taken_and_its_version_travels(tmp_path: Path) -> None:
    source = tmp_path / "office.csv"
    source.write_text("\ufeff" + GOOD, "utf-8")
    done = run_kiosk("--data", str(tmp_path), "agencies", str(source), "--version", "2026-07")
    assert done.returncode == 0, done.stderr
    assert "2 agencies, version 2026-07" in done.stdout
    directory = load_directory(SHIPPED, tmp_path / "station")
    assert directory.version == "2026-07"
    today = date(2026, 11, 25)
    assert [each.code for each in directory.search("cau giay", today)] == ["00151"]
    taken_over = directory.serving("00105", today)
    assert taken_over is not None
    assert taken_over.code == "00151", "a card's old hint leads to whoever took over"
    assert len(directory.search("cau giay", None)) == 2, "no day is known while nobody has verified the clock"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("code,name\n00105,BHXH Cầu Giấy\n", "needs the columns"),
        (GOOD + "00105,BHXH khác,Hà Nội,,,\n", "there twice"),
        ("code,name,province\n12,BHXH,Hà Nội\n", "3 to 5 digits"),
        (GOOD.replace("00151\n00151", "00199\n00151"), "has no line"),
        (GOOD.replace("2026-06-30", "30/06/2026"), "needs the columns"),
        ("code,name,province\n", "no office"),
    ],
)
def test_a_list_that_cannot_be_used_changes_nothing(tmp_path: Path, table: str, told: str) -> None:
    with pytest.raises(BadReference, match=told):
        read_directory(f"# version: x\n{table}", "office.csv")


def test_the_command_names_what_is_wrong(tmp_path: Path) -> None:
    source = tmp_path / "office.csv"
    source.write_bytes("code,name,province\n00105,Cầu Giấy,Hà Nội\n".encode("utf-16"))
    done = run_kiosk("--data", str(tmp_path), "agencies", str(source), "--version", "x")
    assert done.returncode == 2
    assert "UTF-8" in done.stderr
    assert not (tmp_path / "station" / IMPORTED_DIRECTORY).exists()


def test_the_shipped_list_is_a_sample_with_the_codes_of_hanoi(tmp_path: Path) -> None:
    directory = load_directory(SHIPPED, tmp_path)
    assert directory.version.startswith("sample")
    assert [each.code for each in directory.search("00113")] == ["00113"]
    assert {each.code for each in directory.search("tu liem")} == {"00113", "00131"}
    assert directory.find("00130") is None
