"""The settings at the screen: administrators change them, supervisors see them; each counts at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.actions.begin import begin
from kiosk.adjustments import FILE, Adjustment, Adjustments
from kiosk.app import create_app
from kiosk.cli.context import Context
from kiosk.domain.officers import Role
from kiosk.store import journal
from kiosk.visits import Settings
from sync.durable import open_db
from tests.conftest import ROOT
from tests.web.conftest import Screen, before

ALL = "/officer/adjustments/"


@pytest.fixture
def screen(screen: Screen) -> Screen:
    """The same station with the settings of kiosk.toml, whatever another test left behind."""
    data_dir = screen.station.config.station.data_dir
    (data_dir / FILE).unlink(missing_ok=True)
    written = Context(ROOT / "kiosk.toml", data_dir.parent).written()
    station = replace(screen.station, adjustments=Adjustments(written))
    return before(create_app(station), station, screen.desk)


def _after_a_restart(screen: Screen) -> Adjustments:
    data = screen.station.config.station.data_dir.parent
    return Adjustments(Context(ROOT / "kiosk.toml", data).written())


def test_each_setting_counts_at_once_and_after_a_restart(screen: Screen) -> None:
    screen.logs_in(Role.ADMINISTRATOR)
    wanted = {
        Adjustment.NAME: "Trường Tiểu học Buôn Ma Thuột",
        Adjustment.MODE: "assisted",
        Adjustment.IDLE: "120",
        Adjustment.SOUND: "off",
        Adjustment.AGENCY: "00101",
        Adjustment.HOTLINE: "0262 385 1234",
    }
    for which, value in wanted.items():
        assert screen.sends(f"{ALL}{which}", value=value).request.path == ALL, which
    for at_work in (screen.station.adjustments, _after_a_restart(screen)):
        assert {which: str(at_work.value(which)) for which in Adjustment} == wanted
    start = screen.sees("/").text
    assert "Trường Tiểu học Buôn Ma Thuột" in start
    assert 'data-loudness="off"' in start
    screen.begins()
    assert 'data-idle="120"' in screen.sees("/check/account").text
    assert "0262 385 1234" in screen.sees("/help").text
    screen.sends("/leave")
    assert "data-officer" in screen.sees("/").text, "in assisted mode the officer stays"
    assert begin(screen.station, Settings(), "adult-registration").draft.agency == "00101"


def test_the_journal_says_who_changed_what_and_holds_no_typed_word(screen: Screen) -> None:
    screen.logs_in(Role.ADMINISTRATOR)
    screen.sends(f"{ALL}idle.page_seconds", value="60")
    screen.sends(f"{ALL}station.name", value="Nhà bà Trần Thị Bình")
    with open_db(screen.station.db_path) as db:
        told = [(each.subject, each.detail) for each in journal.lines(db) if each.event == "adjusted"]
    assert told[-2:] == [("103", "idle.page-seconds=60"), ("103", "station.name")]


@pytest.mark.parametrize(
    ("which", "value", "told"),
    [
        ("station.name", "x", "2 đến 40 chữ"),
        ("station.name", "Trường\u202eTHCS", "2 đến 40 chữ"),
        ("agency.default", "99999", "Không có cơ quan BHXH nào mang mã này"),
        ("agency.default", "", "Không có cơ quan BHXH nào mang mã này"),
        ("receipt.hotline", "1900 abcd", "3 đến 12 chữ số"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(screen: Screen, which: str, value: str, told: str) -> None:
    screen.logs_in(Role.ADMINISTRATOR)
    before = screen.station.config
    refused = screen.sends(f"{ALL}{which}", value=value)
    assert refused.status_code == 422
    assert told in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert screen.station.config == before


@pytest.mark.parametrize(
    ("which", "status"), [("station.mode", 400), ("idle.page_seconds", 400), ("screen.port", 404)]
)
def test_what_no_page_of_ours_offers_is_refused(screen: Screen, which: str, status: int) -> None:
    screen.logs_in(Role.ADMINISTRATOR)
    before = screen.station.config
    assert screen.sends(f"{ALL}{which}", value="8").status_code == status
    assert screen.station.config == before


def test_a_supervisor_sees_them_and_changes_none(screen: Screen) -> None:
    screen.logs_in(Role.SUPERVISOR)
    before = screen.station.config
    shown = screen.sees(ALL).text
    assert "Người dân tự làm" in shown
    assert "Anh/chị chỉ xem được" in shown
    assert 'name="value"' not in shown
    assert screen.sees(f"{ALL}station.name").status_code == 403
    assert screen.sends(f"{ALL}station.mode", value="assisted").status_code == 403
    assert screen.station.config == before
    screen.logs_in(Role.OFFICER)
    assert screen.sees(ALL).status_code == 403


def test_a_trial_slip_is_printed_and_its_state_shown(screen: Screen) -> None:
    screen.logs_in(Role.SUPERVISOR)
    shown = screen.sends(f"{ALL}slip")
    assert "slip=test-" in shown.request.url
    assert "phiếu" in shown.text.split('id="own-slip"')[1].split("</div>")[0]


@pytest.mark.parametrize(
    "text",
    [
        'station.mode = "asisted"',
        "screen.port = 8090",
        "station.mode = ",
        "idle.page_seconds = true",
        "station = 3",
    ],
)
def test_a_file_that_cannot_be_used_is_left_aside_and_said(
    screen: Screen, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    path = screen.station.config.station.data_dir / FILE
    path.write_text(text, "utf-8")
    started = _after_a_restart(screen)
    assert started.current() == screen.station.config, "kiosk.toml counts"
    assert started.left_aside
    assert f"{path} is left aside" in caplog.text
    started.make(Adjustment.MODE, "assisted")
    assert not started.left_aside
    assert _after_a_restart(screen).value(Adjustment.MODE) == "assisted"


def test_commands_know_what_was_changed(screen: Screen) -> None:
    screen.logs_in(Role.ADMINISTRATOR)
    screen.sends(f"{ALL}station.name", value="Điểm mới")
    data = screen.station.config.station.data_dir.parent
    assert Context(ROOT / "kiosk.toml", data).load().station.name == "Điểm mới"
