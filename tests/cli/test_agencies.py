"""`kiosk agencies`: the office's own list takes the sample's place, or is refused with a reason."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.actions.take_directory import take_directory
from kiosk.reference import IMPORTED_DIRECTORY, BadReference, load_directory, read_directory
from sync.central.events import since
from sync.directory import directory_text, pack, unpack
from sync.durable import open_db
from sync.envelope import BadDocument, to_base64
from sync.keys import load_keys
from sync.news import believed, take
from tests.conftest import ROOT
from tests.processes import run_central, run_kiosk
from tests.stations import NOON, open_station

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


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Callable[[str, str], str | None]]:
    """Have central tell a table under a name; return the version that the station then took over."""
    with open_station(tmp_path) as opened:
        data_dir = opened.station.db_path.parent
        central = tmp_path / "central"
        keys = load_keys(data_dir / "keys")

        def tell(version: str, table: str, *, whole: bool = True) -> str | None:
            source = tmp_path / f"{version}.csv"
            source.write_text(table, "utf-8")
            done = run_central("directory", str(source), "--version", version, "--data", str(central))
            assert (done.returncode == 0) is whole, done.stderr
            with open_db(central / "central.db") as db:
                documents = [believed(each, keys.central) for each in since(db, "0001", 0)]
            with open_db(data_dir / "station.db") as db:
                take(db, data_dir / "keys", documents)
            return take_directory(data_dir, at=NOON)

        tell.station = opened.station  # type: ignore[attr-defined]
        yield tell


@pytest.mark.slow
def test_what_central_tells_counts_without_a_restart_and_is_never_taken_back(told, tmp_path: Path) -> None:
    station = told.station
    assert station.directory.version.startswith("sample")
    assert told("2026-07", GOOD) == "2026-07"
    assert station.directory.version == "2026-07"
    assert told("2026-08", GOOD + "00152,BHXH cơ sở Ba Đình,Hà Nội,,,\n") == "2026-08"
    assert station.directory.find("00152") is not None
    with open_db(station.db_path) as db:
        db.execute("DELETE FROM events WHERE seq = 2")  # an older one, as a central set back would tell it
        db.conn.commit()
    assert take_directory(station.db_path.parent, at=NOON) is None
    assert station.directory.version == "2026-08"
    told("2026-07", GOOD.replace("Cầu Giấy", "khác"), whole=False)

    source = tmp_path / "2026-07.csv"
    done = run_kiosk("--data", str(tmp_path), "agencies", str(source), "--version", "own")
    assert done.returncode == 0, done.stderr
    assert station.directory.version == "own", "the office's own list counts at once"
    assert take_directory(station.db_path.parent, at=NOON) is None, "until central tells a newer one"


@pytest.mark.slow
def test_a_told_list_that_cannot_be_used_is_refused_whole(told) -> None:
    with pytest.raises(BadReference, match="there twice"):
        told("2026-09", GOOD + "00105,BHXH khác,Hà Nội,,,\n")
    assert told.station.directory.version.startswith("sample")


def test_a_long_list_fits_into_an_event() -> None:
    rows = (
        f"{at:05d},BHXH cơ sở số {at} tỉnh Bắc Ninh,Bắc Ninh,2025-07-01,,,Đường {at}" for at in range(1000)
    )
    text = directory_text("\n".join(("code,name,province,valid_from,valid_to,successor,address", *rows)), "x")
    assert unpack(pack(text)) == text
    with pytest.raises(BadDocument):
        unpack(to_base64(zlib.compress(b" " * 2_000_000)))


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
