"""A visitor at a browser that the station started itself."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

_ANY_VERDICT = re.compile("Đọc được chữ không|Thấy rõ mặt không|Ảnh này có thể bị trả lại|Đây là ảnh rõ nhất")


class Mouse(Visitor):
    """Playwright taps only in a context of its own making; this one is the station's."""

    def taps(self, keys: str) -> None:
        self.settled()
        for key in keys:
            self.page.locator(f'#keyboard [data-skbtn="{key}"]').click()

    def done(self) -> None:
        self.settled()
        self.page.locator('#keyboard [data-skbtn="{done}"]').click()

    def show_guardian_card(self) -> None:
        """The card may be read before the page that asks for it was seen."""
        self.sees("Đây có phải anh/chị không")
        self.touch("Đúng, tiếp tục")

    def show_child_card(self) -> None:
        self.sees("Đây có phải con của anh/chị không")
        self.touch("Đúng, tiếp tục")

    def take_photographs(self) -> None:
        """As on any day: what is doubtful is taken again, and after three tries the best is kept."""
        for paper in ("Chụp giấy khai sinh", "Chụp chân dung"):
            self.sees(paper)
            while "trả lại" in self._verdict():
                self.touch("Chụp lại")
                self.sees(paper)
            self.touch("Dùng ảnh này", exact=True)

    def _verdict(self) -> str:
        """What the page says that shows the photograph."""
        heading = self.page.locator("h1")
        expect(heading).to_contain_text(_ANY_VERDICT)
        return heading.inner_text()
