"""The stick on the officer's page: found, written, brought in, and every fault in words."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.carry import carry_out
from kiosk.actions.submit import submit
from kiosk.domain.officers import Role
from kiosk.domain.troubles import in_words
from kiosk.rehearsal import CHILDREN, GUARDIAN
from sync import outbox
from sync.bundle import open_bundle
from sync.central.setup import prepare
from sync.durable import open_db
from sync.homeward import Refusal, Return, write_return
from sync.keys import Keyring
from sync.stick_file import Fault
from tests.stations import NOON
from tests.web.conftest import Screen


@pytest.fixture(autouse=True)
def supervisor(screen: Screen) -> None:
    screen.logs_in(Role.SUPERVISOR)


@pytest.fixture
def usb(screen: Screen) -> Iterator[Path]:
    """A stick that is plugged in; nothing waits that is not its own test's."""
    folder = Path(screen.station.config.stick.source.removeprefix("folder:"))
    folder.mkdir()
    with open_db(screen.station.db_path) as db:
        for each in outbox.for_export(db, everything=True):
            outbox.settle(db, each.uuid, received_at="2026-11-22T05:00:00.000+00:00", acknowledgement=b"x")
    screen.sends("/officer/usb/done")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _seals(screen: Screen) -> str:
    given = submit(screen.station, screen.has_answered_everything())
    screen.sends("/leave")
    screen.logs_in(Role.SUPERVISOR)
    return given.uuid


def _ended(screen: Screen) -> str:
    """Wait for the courier and the slip; return what the page says then."""
    for _ in range(500):
        errand = screen.station.courier.errand
        if errand is not None and errand.has_ended:
            break
        time.sleep(0.02)
    return screen.sees("/officer/usb/").text


def _writes(screen: Screen, folder: Path, **more: str) -> str:
    screen.sends("/officer/usb/export", stick=str(folder), **more)
    return _ended(screen)


def _reads(screen: Screen, folder: Path) -> str:
    screen.sends("/officer/usb/import", stick=str(folder))
    return _ended(screen)


def _answer(screen: Screen, station: str = "0042", **answers: object) -> bytes:
    data = screen.station.db_path.parent.parent
    keys = prepare(data / "central", data / "escrow", NOON)
    return write_return(Return(bundle="b", station=station, after=0, **answers), keys.signing)  # type: ignore[arg-type]


def test_without_a_stick_the_page_asks_for_one(screen: Screen) -> None:
    assert "Xin cắm USB vào máy" in screen.sees("/officer/usb/").text
    refused = screen.sends("/officer/usb/export", stick="/")
    assert refused.status_code == 409, "any other folder is no stick"
    assert "Không thấy USB nữa" in refused.text


def test_one_touch_writes_the_bundle_and_says_when_it_may_be_pulled(screen: Screen, usb: Path) -> None:
    _seals(screen)
    _seals(screen)
    assert "Ghi 2 tờ khai ra USB" in screen.sees("/officer/usb/").text
    page = _writes(screen, usb)
    [bundle] = usb.iterdir()
    assert f"Đã ghi 2 tờ khai vào tệp {bundle.name}" in page
    assert "Có thể rút USB" in page
    for personal in (GUARDIAN.full_name, CHILDREN[0].full_name):
        assert personal not in page
    keys = screen.station.keys
    assert keys is not None
    with open_bundle(bundle, lambda _: keys.device.public_key()) as opened:
        assert all(data is not None for _, data in opened.members())
        assert opened.heading.items == 2
    slips = Path(screen.station.config.printer.address)
    for _ in range(200):
        if list(slips.glob(f"{bundle.stem}*.png")):
            break
        time.sleep(0.02)
    assert list(slips.glob(f"{bundle.stem}*.png")), "the slip that goes with it"
    usb.rename(usb.with_name("pulled"))
    assert "Đã rút USB. Xin mang đến trung tâm" in screen.sees("/officer/usb/").text
    usb.with_name("pulled").rename(usb)
    assert "Ghi lại 2 tờ khai" in screen.sends("/officer/usb/done").text
    assert "Đã ghi 2 tờ khai" in _writes(screen, usb, all="1")
    assert len(list(usb.iterdir())) == 2


def test_the_page_that_asks_by_itself_hears_only_what_is_new(screen: Screen, usb: Path) -> None:
    page = screen.sees("/officer/usb/").text
    shown = page.split('hx-get="/officer/usb/look?shown=')[1].split('"')[0]
    assert screen.browser.get(f"/officer/usb/look?shown={shown}").status_code == 204
    shutil.rmtree(usb)
    assert "Xin cắm USB" in screen.browser.get(f"/officer/usb/look?shown={shown}").text


def test_a_return_is_brought_in_and_frees_the_station(screen: Screen, usb: Path) -> None:
    uuid = _seals(screen)
    (usb / "a.return").write_bytes(_answer(screen, refusals=(Refusal(uuid, "other-bytes"),)))
    assert "1 tệp trên USB" in screen.sees("/officer/usb/").text
    page = _reads(screen, usb)
    assert "1 tờ khai bị từ chối, xin cán bộ kiểm tra" in page
    assert "Có thể rút USB" in page
    with open_db(screen.station.db_path) as db:
        entry = outbox.entry(db, uuid)
    assert entry is not None
    assert entry.state is outbox.State.QUARANTINED


def test_files_of_another_station_and_of_nobody_are_told_apart(screen: Screen, usb: Path) -> None:
    (usb / "a.return").write_bytes(_answer(screen, station="0043"))
    forged = Return(bundle="b", station="0042", after=0)
    (usb / "b.return").write_bytes(write_return(forged, Ed25519PrivateKey.generate()))
    (usb / "c.return").write_bytes(b"half")
    page = _reads(screen, usb)
    assert "Có tệp của trạm 0043. Xin mang USB đến trạm đó." in page
    assert "2 tệp bị hỏng hoặc không phải của trung tâm" in page
    assert "Trung tâm đã nhận" not in page


def test_a_stick_that_goes_while_it_is_read_is_told(screen: Screen, usb: Path) -> None:
    _seals(screen)
    station = screen.station
    carry_out(station, usb.with_name("nowhere"))
    page = _ended(screen)
    assert "Tờ khai vẫn ở máy. Xin cắm lại rồi làm lại." in page
    with open_db(station.db_path) as db:
        assert outbox.count_for_export(db) == (1, 1)


def test_a_station_without_keys_says_so(screen: Screen, usb: Path) -> None:
    nobody = replace(screen.station, keyring=Keyring(usb))
    carry_out(nobody, usb)
    assert "Máy chưa được trung tâm ghi nhận" in _ended(screen)


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_of_a_stick_has_words_of_its_own(fault: Fault) -> None:
    assert "Xin" in in_words(fault.value)
    assert in_words(fault.value) != in_words("no such code")
