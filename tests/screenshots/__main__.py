"""`make screenshots`: walk a visit in both panels and keep what a person would see, in docs/screens."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from kiosk import config
from kiosk.rehearsal import lay_family_desk
from tests.conftest import ROOT
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.journeys.visitor import Visitor
from tests.processes import House
from tests.stations import enrol, take_on_officers

PANELS = ((1080, 1920), (1920, 1080))
SCALE = 0.5  # enough to judge a page by, and a fifth of the bytes in the repository
SETTLE_MS = 700  # until the camera shows something and the fonts stand


class Album:
    """Pictures of one panel."""

    def __init__(self, visitor: Visitor, folder: Path, panel: tuple[int, int]) -> None:
        self._visitor, self._folder, self._panel = visitor, folder, panel

    def keep(self, name: str) -> None:
        self._visitor.page.wait_for_timeout(SETTLE_MS)
        width, height = self._panel
        self._visitor.page.screenshot(path=self._folder / f"{name}-{width}x{height}.png")


def main() -> None:
    folder = ROOT / "docs" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="screens-") as data, sync_playwright() as playwright:
        house = _house(Path(data))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            for panel in PANELS:
                _walk(browser, house, folder, panel)
        finally:
            browser.close()
            house.stop()
        slip = sorted((Path(data) / "slips").glob("*.png"))[0]
        shutil.copy(slip, folder / "slip-576.png")
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder.relative_to(ROOT)}")


def _house(data: Path) -> House:
    enrol(data)
    take_on_officers(data)
    lay_family_desk(data / "desk", ROOT / "static" / "fonts", config.load(ROOT / "kiosk.toml").camera)
    house = House(data)
    house.start("central", "serve", "sync")
    return house


def _walk(browser: Browser, house: House, folder: Path, panel: tuple[int, int]) -> None:
    width, height = panel
    viewport = {"width": width, "height": height}
    page = browser.new_page(viewport=viewport, has_touch=True, device_scale_factor=SCALE)
    visitor = Visitor(page, house.station_url)
    album = Album(visitor, folder, panel)
    for part in (_until_the_cards, _contact, _photographs, _to_the_end, _afterwards, _rehearsal):
        part(visitor, album)
    _desk(visitor, album, house.data / "usb")
    page.close()


def _until_the_cards(visitor: Visitor, album: Album) -> None:
    visitor.arrive()
    album.keep("start")
    visitor.touch("Bắt đầu")
    visitor.sees("tài khoản VssID chưa")
    album.keep("check")
    visitor.touch("Đã có")
    visitor.sees("mã số BHYT chưa")
    visitor.touch("Đã có")
    visitor.sees("đồng ý")
    album.keep("consent")
    visitor.touch("Tôi đồng ý")
    visitor.sees("Đưa thẻ căn cước")
    album.keep("guardian")
    visitor.sees("Đây có phải anh/chị không")
    album.keep("guardian-read")
    visitor.touch("Đúng, tiếp tục")
    visitor.show_child_card()


def _contact(visitor: Visitor, album: Album) -> None:
    visitor.sees("Số điện thoại")
    visitor.done()
    visitor.page.get_by_role("alert").first.wait_for()
    album.keep("contact-missing")
    visitor.page.get_by_label("Số di động").tap()
    visitor.type_phone()
    album.keep("contact")
    visitor.done()
    visitor.sees("là gì của con")
    album.keep("contact-relationship")
    visitor.touch("Mẹ")
    visitor.sees("địa chỉ này")
    visitor.touch("Đúng, tiếp tục")


def _photographs(visitor: Visitor, album: Album) -> None:
    """The shutter fires by itself two seconds after the page is there at the soonest."""
    visitor.sees("Chụp giấy khai sinh")
    visitor.page.wait_for_timeout(900)
    album.keep("certificate")
    visitor.sees("Đọc được chữ không")
    visitor.page.get_by_text("Ảnh đạt").wait_for()
    album.keep("certificate-taken")
    visitor.touch("Dùng ảnh này", exact=True)
    visitor.sees("Chụp chân dung")
    visitor.page.wait_for_timeout(900)
    album.keep("portrait")
    visitor.sees("Thấy rõ mặt không")
    visitor.touch("Dùng ảnh này", exact=True)


def _to_the_end(visitor: Visitor, album: Album) -> None:
    visitor.sees("kiểm tra lại")
    album.keep("review")
    visitor.page.goto(f"{visitor.url}/agency/?from=review")
    album.keep("agency")
    visitor.touch("Quay lại")
    visitor.review()
    visitor.sees("Cam kết")
    album.keep("pledge")
    visitor.pledge()
    visitor.page.get_by_text("Đã in biên nhận").wait_for()
    album.keep("receipt")


def _afterwards(visitor: Visitor, album: Album) -> None:
    code, pin = visitor.receipt()
    visitor.touch("Kết thúc")
    visitor.look_up(code, pin)
    visitor.page.get_by_text("Cơ quan BHXH đã nhận").first.wait_for()
    album.keep("status")
    visitor.logs_in()
    visitor.sees("Bàn nhân viên")
    album.keep("officer")


def _rehearsal(visitor: Visitor, album: Album) -> None:
    visitor.page.goto(f"{visitor.url}/officer/rehearsal/")
    album.keep("rehearsal")
    visitor.page.get_by_role("button", name="Đăng ký tài khoản VssID cho con").tap()
    for answer in ("Đã có", "Đã có", "Tôi đồng ý"):
        visitor.page.wait_for_timeout(SETTLE_MS)
        visitor.page.get_by_role("button", name=answer).first.tap()
    visitor.sees("Đưa thẻ căn cước")
    album.keep("rehearsal-guardian")
    visitor.touch("Kết thúc diễn tập")
    visitor.sees("Đăng ký tài khoản VssID")


def _desk(visitor: Visitor, album: Album, usb: Path) -> None:
    """The officer's other pages; the stick comes and goes."""
    visitor.page.goto(f"{visitor.url}/officer/day/")
    album.keep("day")
    visitor.page.goto(f"{visitor.url}/officer/adjustments/")
    album.keep("adjustments")
    visitor.page.goto(f"{visitor.url}/officer/usb/")
    visitor.page.get_by_text("Xin cắm USB vào máy").wait_for()
    album.keep("usb")
    usb.mkdir()
    visitor.page.locator("#stick-1").wait_for()
    album.keep("usb-found")
    usb.rmdir()


if __name__ == "__main__":
    main()
