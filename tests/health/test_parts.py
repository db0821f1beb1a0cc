"""How each part of a station is said to be, from what the system really tells."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from hardware.devices import open_devices
from hardware.protocols import Subject, Trouble
from hardware.scanner import SerialScanner
from hardware.settings import PrinterSettings
from hardware.sim.printer_server import Mode, PrinterServer
from kiosk.actions.examine import examine
from kiosk.adjustments import FILE, Adjustment, Adjustments
from kiosk.clock import ClockJudge
from kiosk.config import Config
from kiosk.health.clock import examine_clock
from kiosk.health.devices import CAMERAS, examine_camera, examine_scanners
from kiosk.health.disk import examine_disk
from kiosk.health.finding import Finding, Health, Part
from kiosk.health.frames import frame_rate
from kiosk.health.machine import examine_board, examine_browser, examine_fonts, examine_memory
from kiosk.health.records import examine_database, examine_keys
from kiosk.health.settings import examine_settings
from kiosk.store import database
from kiosk.vision.mat import A4
from tests.conftest import ROOT
from tests.pages.desk import photograph
from tests.stations import NOON as ENROLLED
from tests.stations import enrol, open_station, station_config
from tests.vision.test_mat import VIEW, printed

NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


def lay(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_disk_below_its_floor_keeps_visitors_away(tmp_path: Path) -> None:
    assert examine_disk(tmp_path, floor_mb=1).health is not Health.BAD, "a busy disk is slow, no more"
    full = examine_disk(tmp_path, floor_mb=10**9)
    assert (full.health, full.remedy) == (Health.BAD, "Xin dọn thêm %(missing)s MB.")
    assert examine_disk(tmp_path / "nowhere", floor_mb=1).health is Health.WATCH
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_and_missing_keys_are_bad(tmp_path: Path) -> None:
    assert examine_database(tmp_path).health is Health.WATCH
    (tmp_path / "station.db").write_bytes(b"no database at all" * 300)
    assert examine_database(tmp_path).health is Health.BAD
    assert examine_keys(tmp_path, 400, NOON).remedy == "Xin chạy kiosk enrol với mã mời."


@pytest.mark.slow
def test_a_database_that_somebody_holds_is_not_called_damaged(tmp_path: Path) -> None:
    database.prepare(tmp_path / "station.db")
    with closing(sqlite3.connect(tmp_path / "station.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        told = examine_database(tmp_path)
    assert (told.health, told.sentence) == (Health.WATCH, "Chưa xem được cơ sở dữ liệu.")
    assert examine_database(tmp_path).health is Health.GOOD


def test_old_keys_of_central_are_worth_a_note_and_no_more(tmp_path: Path) -> None:
    enrol(tmp_path)
    folder = station_config(tmp_path).station.data_dir
    assert examine_keys(folder, 400, ENROLLED + timedelta(days=400)).health is Health.GOOD
    assert examine_keys(folder, 400, ENROLLED + timedelta(days=401)).health is Health.WATCH
    assert examine_keys(folder, 0, ENROLLED + timedelta(days=4000)).health is Health.GOOD


@pytest.mark.parametrize(
    ("files", "verified", "health"),
    [
        ({"run/systemd/timesync/synchronized": ""}, True, Health.GOOD),
        ({"run/systemd/timesync/synchronized": ""}, False, Health.WATCH),  # as shipped
        ({}, True, Health.WATCH),  # nobody keeps it while the station is off
        ({"sys/class/rtc/rtc0/since_epoch": str(int(NOON.timestamp()))}, True, Health.GOOD),
        ({"sys/class/rtc/rtc0/since_epoch": str(int(NOON.timestamp()))}, False, Health.WATCH),
        ({"sys/class/rtc/rtc0/since_epoch": str(int(NOON.timestamp()) - 90)}, True, Health.WATCH),
        ({"sys/class/rtc/rtc0/since_epoch": "nonsense"}, False, Health.WATCH),
    ],
)
def test_a_clock_is_trusted_as_far_as_somebody_keeps_it(tmp_path, files, verified, health) -> None:
    for name, text in files.items():
        lay(tmp_path, name, text)
    told = examine_clock(NOON, verified=verified, system=tmp_path)
    assert told.health is health
    if told.health is Health.GOOD:
        assert ClockJudge(verified, lambda: NOON, lambda: 0.0).is_verified(None), "green, yet not believed"


def test_a_clock_that_is_set_but_not_vouched_for_names_the_key(tmp_path: Path) -> None:
    nobody = examine_clock(NOON, verified=False, system=tmp_path)
    assert "clock_verified" not in nobody.remedy, "nothing keeps this clock: it must not be vouched for"
    lay(tmp_path, "run/systemd/timesync/synchronized", "")
    assert "clock_verified" in examine_clock(NOON, verified=False, system=tmp_path).remedy


def test_a_clock_that_only_the_network_sets_says_that_no_battery_keeps_it(tmp_path: Path) -> None:
    lay(tmp_path, "run/systemd/timesync/synchronized", "")
    told = examine_clock(NOON, verified=True, system=tmp_path)
    assert "không có pin giữ giờ" in told.sentence
    assert told.values["now"] == "25/11/2026 12:00", "as a clock on the wall has it"
    lay(tmp_path, "sys/class/rtc/rtc0/since_epoch", str(int(NOON.timestamp())))
    assert "có pin giữ giờ" in examine_clock(NOON, verified=True, system=tmp_path).sentence


def test_swap_on_a_disk_is_told_and_in_memory_is_not(tmp_path: Path) -> None:
    head = "Filename Type Size Used Priority\n"
    lay(tmp_path, "proc/swaps", head + "/dev/zram0 partition 1 0 100\n")
    assert examine_memory(tmp_path).health is Health.GOOD
    lay(tmp_path, "proc/swaps", head + "/dev/sda2 partition 1 0 -2\n")
    assert examine_memory(tmp_path).health is Health.WATCH


def test_heat_and_weak_current_are_told_where_the_board_tells(tmp_path: Path) -> None:
    assert list(examine_board(tmp_path)) == []
    lay(tmp_path, "sys/class/thermal/thermal_zone0/temp", "61200\n")
    lay(tmp_path, "sys/devices/platform/soc/soc:firmware/get_throttled", "0\n")
    assert [each.health for each in examine_board(tmp_path)] == [Health.GOOD]
    lay(tmp_path, "sys/class/thermal/thermal_zone1/temp", "84000\n")
    lay(tmp_path, "sys/devices/platform/soc/soc:firmware/get_throttled", "50000\n")
    hot, weak = examine_board(tmp_path)
    assert (hot.values, hot.health, weak.health) == ({"celsius": 84}, Health.WATCH, Health.WATCH)


@pytest.mark.parametrize(
    ("files", "is_weak"),
    [
        ({"devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled": "0"}, False),
        ({"devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled": "10000"}, True),
        ({"class/hwmon/hwmon2/name": "rpi_volt\n", "class/hwmon/hwmon2/in0_lcrit_alarm": "0\n"}, False),
        ({"class/hwmon/hwmon2/name": "rpi_volt\n", "class/hwmon/hwmon2/in0_lcrit_alarm": "1\n"}, True),
        ({"class/hwmon/hwmon1/name": "nct6775\n", "class/hwmon/hwmon1/in0_lcrit_alarm": "1\n"}, False),
    ],
    ids=["strong", "was weak", "sensor strong", "sensor weak", "another's sensor"],
)
def test_weak_current_is_told_on_a_raspberry_pi_5(
    tmp_path: Path, files: dict[str, str], is_weak: bool
) -> None:
    for name, text in files.items():
        lay(tmp_path, f"sys/{name}", text)
    told = [each.sentence for each in examine_board(tmp_path)]
    assert told == (["Nguồn điện đã bị yếu."] if is_weak else [])


def test_missing_fonts_are_bad(tmp_path: Path) -> None:
    assert examine_fonts(ROOT / "static" / "fonts").health is Health.GOOD
    assert examine_fonts(tmp_path).health is Health.BAD


def test_focus_is_measured_on_the_mat(tmp_path: Path, config: Config) -> None:
    sharp = photograph(printed(A4), "wood", np.random.default_rng(1), VIEW).image
    for image, health, words in (
        (sharp, Health.GOOD, "nét trên tấm lót."),
        (cv2.GaussianBlur(sharp, (0, 0), 2), Health.WATCH, "Tấm lót hiện mờ: xin chỉnh nét máy ảnh."),
    ):
        desk = tmp_path / words
        desk.mkdir()
        cv2.imwrite(str(desk / "000.png"), image)
        settings = replace(config.camera, document=f"folder:{desk}", portrait=f"folder:{desk}")
        with closing(
            open_devices(settings, config.printer, config.page_printer, ROOT / "static" / "fonts")
        ) as devices:
            document, portrait = (
                examine_camera(devices.camera, each, 20, lambda *_: 20.0) for each in CAMERAS
            )
        assert document.health is health, words
        assert f"{document.sentence} {document.remedy}".rstrip().endswith(words)
        assert (portrait.health, portrait.remedy) == (Health.GOOD, "")


@pytest.mark.parametrize(
    ("script", "health"),
    [
        ("#!/bin/sh\necho Chromium 142.0.7444.59 built on Debian\n", Health.GOOD),
        ("#!/bin/sh\nexit 0\n", Health.WATCH),
        ("#!/bin/sh\necho cannot open display\n", Health.WATCH),
        ("#!/bin/sh\nexec sleep 60\n", Health.WATCH),
        ("#!/nowhere/sh\n", Health.WATCH),
    ],
    ids=["well", "silent", "no version", "hanging", "broken"],
)
def test_a_browser_that_does_not_say_its_version_is_not_well(tmp_path: Path, script: str, health) -> None:
    program = tmp_path / "chromium"
    program.write_text(script)
    program.chmod(0o755)
    told = examine_browser(str(program), seconds=1)
    assert told.health is health
    assert bool(told.remedy) is (health is not Health.GOOD)
    assert told.values.get("version", "142.0.7444.59") == "142.0.7444.59"


def test_a_station_without_a_reader_of_its_own_is_well(tmp_path: Path) -> None:
    [told] = examine_scanners(())
    assert (told.part, told.health) == (Part.SCANNER, Health.GOOD)
    [other] = examine_scanners([SerialScanner(str(tmp_path / "nowhere"), lambda _code: None)])
    assert other.sentence != told.sentence


def test_a_camera_that_gives_few_pictures_is_told(tmp_path: Path, config: Config) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    cv2.imwrite(str(desk / "000.png"), np.full((1080, 1920, 3), 128, np.uint8))
    slow = replace(config.camera, document=f"folder:{desk}", portrait=f"folder:{desk}", fps=4)
    count = partial(frame_rate, seconds=1.0, tick=time.monotonic, pause=time.sleep)
    with closing(
        open_devices(slow, config.printer, config.page_printer, ROOT / "static" / "fonts")
    ) as devices:
        asked_for_20, asked_for_4 = (
            examine_camera(devices.camera, Subject.PORTRAIT, asked, count) for asked in (20, 4)
        )
    assert (asked_for_20.health, asked_for_4.health) == (Health.WATCH, Health.GOOD)
    assert asked_for_20.remedy.startswith("Hình đến chậm")
    assert 2 <= int(asked_for_20.values["fps"]) <= 5


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return station_config(tmp_path)


def by_part(found: list[Finding], part: Part) -> list[Finding]:
    return [each for each in found if each.part is part]


@pytest.mark.parametrize(
    ("mode", "health"),
    [
        (Mode.OK, Health.GOOD),
        (Mode.NEAR_END, Health.WATCH),
        (Mode.MUTE, Health.BAD),
    ],
)
def test_every_part_of_an_open_station_is_named_once_or_more(tmp_path, config, mode, health) -> None:
    with PrinterServer(0, mode) as server, open_station(tmp_path) as opened:
        threading.Thread(target=server.serve_forever, args=(0.02,)).start()
        settings = replace(config, printer=PrinterSettings("network", f"127.0.0.1:{server.port}", 576))
        devices = open_devices(
            settings.camera, settings.printer, settings.page_printer, ROOT / "static" / "fonts"
        )
        absent = SerialScanner(str(tmp_path / "nowhere"), lambda _code: None)
        try:
            found = examine(
                Adjustments(settings), devices, [absent], lambda: NOON, time.monotonic, time.sleep
            )
        finally:
            devices.close()
            server.shutdown()
    assert {Part.CAMERA, Part.SCANNER, Part.PRINTER, Part.KEYS, Part.CENTRAL} <= {each.part for each in found}
    assert [each.health for each in by_part(found, Part.PRINTER)] == [health]
    assert absent.trouble is Trouble.ABSENT
    assert by_part(found, Part.SCANNER)[0].health is Health.WATCH
    assert {each.health for each in by_part(found, Part.CAMERA)} == {Health.BAD}, "its folder is empty"
    assert by_part(found, Part.CENTRAL)[0].health is Health.WATCH, "nobody listens there"
    assert opened.station.scanners == ()


def test_settings_beside_kiosk_toml_are_named(config: Config) -> None:
    plain, twins = examine_settings(Adjustments(config))
    assert (plain.health, plain.values) == (Health.GOOD, {})
    assert (twins.health, twins.values["names"]) == (Health.WATCH, "[camera], [printer], [stick]")
    config.station.data_dir.mkdir()
    Adjustments(config).make(Adjustment.SOUND, "loud")
    short = replace(config, unwritten=("[sound]", "[photo] most_glare"))
    changed, _, unwritten = examine_settings(Adjustments(short))
    assert (changed.health, changed.values["names"]) == (Health.GOOD, "sound.level")
    assert unwritten.values["names"] == "[sound], [photo] most_glare"
    path = config.station.data_dir / FILE
    path.write_text('sound.level = "lound"')
    broken, _ = examine_settings(Adjustments(config))
    assert (broken.health, broken.remedy) == (Health.WATCH, "Xin chọn lại ở trang Cài đặt của máy.")
    assert broken.values["file"] == str(path)
    assert "did you mean 'loud'" in str(broken.values["why"])
