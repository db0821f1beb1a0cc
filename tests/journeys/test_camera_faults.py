"""A camera that fails while somebody photographs: the page says so, and goes on when the camera is back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from kiosk.domain.troubles import in_words
from kiosk.rehearsal import OFFICERS
from kiosk.web.preview import PATIENCE_SECONDS
from tests.faults.declaring import BOTH_CARDS, CONTACT
from tests.hardware.video_device import VideoDevice
from tests.journeys.visitor import Visitor
from tests.photos import blurred, glared, good_certificate
from tests.processes import House, write_settings
from tests.stations import enrol, take_on_officers

pytestmark = pytest.mark.journey
NOT_READY = "Máy ảnh chưa sẵn sàng. Xin chờ một lát hoặc gọi nhân viên."


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[VideoDevice]:
    """On the bus, with a paper before it that is not sharp yet."""
    made = VideoDevice(tmp_path, blurred(good_certificate()))
    yield made
    made.throw_away()


@pytest.fixture
def visitor(tmp_path: Path, camera: VideoDevice, page: Page) -> Iterator[Visitor]:
    """Somebody about to photograph the certificate; the cards were typed."""
    enrol(tmp_path)
    take_on_officers(tmp_path)
    settings = write_settings(tmp_path, {'"folder:.demo/desk"': f'"{camera.address}"'})
    house = House(tmp_path, config=settings, environment=camera.environment)
    house.start("serve")
    arrived = Visitor(page, house.station_url)
    for path, answers in (*BOTH_CARDS, *CONTACT):
        assert page.request.post(f"{house.station_url}{path}", form=answers).ok, path
    page.goto(f"{house.station_url}/certificate/")
    arrived.sees("Chụp giấy khai sinh")
    guides(page, "Ảnh mờ")
    yield arrived
    house.stop()
    assert arrived.complaints == []


def test_a_camera_without_frames_is_said_and_the_shutter_fires_when_they_come(
    camera: VideoDevice, visitor: Visitor
) -> None:
    camera.is_now("stalled")
    guides(visitor.page, NOT_READY)
    camera.shows(good_certificate())
    camera.is_now("ok")
    visitor.sees("Đọc được chữ không")


def test_an_unplugged_camera_is_said_and_the_live_picture_comes_back_with_it(
    camera: VideoDevice, visitor: Visitor
) -> None:
    camera.unplug()
    guides(visitor.page, NOT_READY)
    streams: list[str] = []
    visitor.page.on("request", lambda each: streams.append(each.url) if "/preview/" in each.url else None)
    picture = visitor.page.locator("img[data-stream]")
    visitor.page.wait_for_timeout(1000 * (PATIENCE_SECONDS + 1))  # longer than a stream without any waits
    before = picture.screenshot()
    camera.shows(glared(good_certificate()))
    camera.plug()
    guides(visitor.page, "Bị loá")
    changes(picture, before)
    assert streams == [], "nobody had to ask for it anew"
    camera.shows(good_certificate())
    visitor.sees("Đọc được chữ không")


def test_a_camera_that_comes_back_to_another_program_or_with_an_odd_format_is_waited_for(
    camera: VideoDevice, visitor: Visitor
) -> None:
    camera.unplug()
    guides(visitor.page, NOT_READY)
    with camera.taken():
        camera.plug()
        the_officer_reads(visitor, in_words("busy"))
        guides(visitor.page, NOT_READY)
        camera.is_now("raw")
    the_officer_reads(visitor, in_words("wrong-format"))
    camera.shows(good_certificate())
    camera.is_now("ok")
    visitor.sees("Đọc được chữ không")


def the_officer_reads(visitor: Visitor, words: str) -> None:
    """On the lamps of the desk, without leaving the visitor's page."""
    officer, pin = OFFICERS[0]
    ask = visitor.page.request
    ask.post(f"{visitor.url}/officer/login", form={"number": officer.number})
    ask.post(f"{visitor.url}/officer/login/pin", form={"number": officer.number, "pin": pin.digits})
    until = time.monotonic() + 60
    while words not in (
        lamps := ask.get(f"{visitor.url}/officer/health", headers={"HX-Request": "true"}).text()
    ):
        assert time.monotonic() < until, lamps


def changes(picture: Locator, before: bytes) -> None:
    until = time.monotonic() + 60
    while picture.screenshot() == before:
        assert time.monotonic() < until, "still the old picture"


def guides(page: Page, words: str) -> None:
    expect(page.locator("#guidance")).to_contain_text(words)
