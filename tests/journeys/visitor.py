"""A visitor at the screen: touches what a person would touch, and complains about what a page must not do."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, expect

from kiosk.domain.officers import Role
from kiosk.rehearsal import OFFICERS

PHONE = "0912345678"
PATIENCE_MS = 60_000
"""For whatever must come: a busy machine is slow, and waiting costs nothing when it does come."""
expect.set_options(timeout=PATIENCE_MS)
KEY_NAMES = {
    " ": "{space}",
    "\u0301": "{sac}",
    "\u0300": "{huyen}",
    "\u0309": "{hoi}",
    "\u0303": "{nga}",
    "\u0323": "{nang}",
}
"""Keys that are called otherwise than what they write."""
_ALLOWED = ("422", "404", "410", "503")
"""A refused form logs one console line by itself; these are the statuses our pages give on purpose."""


@dataclass
class Visitor:
    """Drives one page. `complaints` collects console errors, page errors and foreign requests."""

    page: Page
    url: str
    touches: int = 0
    keys: int = 0
    complaints: list[str] = field(default_factory=list)
    forgives: bool = False

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.on("request", self._watch)

    def arrive(self) -> None:
        self.page.goto(f"{self.url}/")
        self.sees("Đăng ký tài khoản VssID cho con")

    def touch(self, name: str, *, exact: bool = False) -> None:
        """Press the button, link or choice with this name."""
        named = {"name": name, "exact": exact}
        target = self.page.get_by_role("button", **named).or_(self.page.get_by_role("link", **named))
        target.first.wait_for()
        self.settled()
        target.first.click()
        self.touches += 1

    def sees(self, heading: str) -> None:
        """Wait for the screen with this heading."""
        expect(self.page.locator("h1")).to_contain_text(heading)

    def type_phone(self, digits: str = PHONE) -> None:
        """On the keys of the screen."""
        self.taps(digits)

    def taps(self, keys: str) -> None:
        """One finger, key after key. A letter of the other case is one touch of HOA away."""
        self.settled()
        board = self.page.locator("#keyboard")
        for key in keys:
            name = KEY_NAMES.get(key, key)
            wanted = board.locator(f'[data-skbtn="{name}"]')
            if not wanted.is_visible():
                board.locator('[data-skbtn="{shift}"]').tap()
            wanted.tap()
            self.keys += 1

    def done(self) -> None:
        """The key that sends what was typed."""
        self.settled()
        self.page.locator('#keyboard [data-skbtn="{done}"]').tap()
        self.touches += 1

    def logs_in(self, role: Role = Role.ADMINISTRATOR) -> None:
        """An officer comes to the screen; it ends at the desk."""
        officer, pin = next(each for each in OFFICERS if each[0].role is role)
        self.page.goto(f"{self.url}/officer/")
        self.sees("Cán bộ đăng nhập")
        self.taps(officer.number)
        self.done()
        self.sees("Nhập mã PIN")
        self.taps(pin.digits)
        self.done()

    # The way through a visit, step by step; each ends where the next begins.

    def begin(self) -> None:
        self.touch("Bắt đầu")
        self.sees("tài khoản VssID chưa")
        self.touch("Đã có")
        self.sees("mã số BHYT chưa")
        self.touch("Đã có")
        self.sees("đồng ý")
        self.touch("Tôi đồng ý")

    def show_guardian_card(self) -> None:
        self.sees("Đưa thẻ căn cước")
        self.sees("Đây có phải anh/chị không")
        self.touch("Đúng, tiếp tục")

    def show_child_card(self) -> None:
        self.sees("Đưa thẻ BHYT")
        self.sees("Đây có phải con của anh/chị không")
        self.touch("Đúng, tiếp tục")

    def give_contact(self) -> None:
        self.sees("Số điện thoại")
        self.type_phone()
        self.done()
        self.sees("là gì của con")
        self.touch("Mẹ")
        self.sees("địa chỉ này")
        self.touch("Đúng, tiếp tục")

    def take_photographs(self) -> None:
        """The shutter fires by itself; only the keeping is a touch."""
        self.sees("Chụp giấy khai sinh")
        self.sees("Đọc được chữ không")
        self.touch("Dùng ảnh này", exact=True)
        self.sees("Chụp chân dung")
        self.sees("Thấy rõ mặt không")
        self.touch("Dùng ảnh này", exact=True)

    def review(self) -> None:
        self.sees("kiểm tra lại")
        self.touch("Tất cả đều đúng")

    def pledge(self) -> None:
        self.sees("Cam kết")
        self.touch("Tôi cam kết và nộp")
        self.sees("Đã lưu tờ khai")

    def answer_everything(self) -> None:
        """All that is asked, up to the page that shows it."""
        self.begin()
        self.show_guardian_card()
        self.show_child_card()
        self.give_contact()
        self.take_photographs()

    def declare(self) -> None:
        """The whole visit, up to the receipt."""
        self.answer_everything()
        self.review()
        self.pledge()

    def look_up(self, code: str, pin: str) -> None:
        """From the start page: where does my declaration stand?"""
        self.touch("Tra cứu biên nhận")
        self.touch("Nhập mã")
        self.sees("Nhập mã trên biên nhận")
        self.page.get_by_label("Mã biên nhận", exact=True).fill(code)
        self.page.get_by_label("Mã tra cứu").fill(pin)
        self.done()

    def receipt(self) -> tuple[str, str]:
        """Code and PIN as the screen shows them."""
        shown = self.page.locator(".receipt__codes dd")
        return shown.nth(0).inner_text(), shown.nth(1).inner_text()

    def forgive_silence(self) -> None:
        """The station is killed under the visitor: that it does not answer is no fault of the page."""
        self.forgives = True

    def settled(self) -> None:
        """Nobody reads and presses faster than a new screen takes presses."""
        self.page.wait_for_load_state("load")  # a page loaded afresh settles only then
        self.page.locator("html:not([data-settling])").wait_for()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type != "error" or any(f"status of {status}" in message.text for status in _ALLOWED):
            return
        if not (self.forgives and ("ERR_" in message.text or "htmx:error" in message.text)):
            self.complaints.append(f"console: {message.text}")

    def _watch(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and f"{address.scheme}://{address.netloc}" != self.url:
            self.complaints.append(f"foreign request: {request.url}")
