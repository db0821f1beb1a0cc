"""A visitor who declares again and again by the pages' own posts, whatever becomes of the station."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from kiosk.domain.receipt import ReceiptCode
from tests.answers import BOTH_CARDS

CONTACT = (
    ("/contact/phone", {"phone": "0912345678"}),
    ("/contact/relationship", {"relationship": "mother"}),
    ("/place/street/27448", {"street": "12/3 Đường Số 1"}),
)
_SHOTS = ("/certificate/shoot",) * 3 + ("/certificate/",) + ("/portrait/shoot",) * 3 + ("/portrait/",)
"""The camera sees nothing: after three tries the best is kept."""

_REST = (("/agency/", {"agency": "07918"}), ("/ask/delivery", {"answer": "in-person"}), ("/pledge/", {}))
_CODE = re.compile(r'<dd class="digits">([^<]+)</dd>')


class CutShort(Exception):
    """The station went away, or came back and knows nothing of this visit."""


@dataclass(frozen=True)
class Visitor:
    """Somebody at the screen of the station at `url`."""

    url: str

    def declares(self, so_many: int, tell: Callable[[str], None]) -> None:
        """Go on until so many receipts were shown; tell each at once. What is cut short is begun again."""
        while so_many:
            try:
                tell(self._declares_once())
            except (CutShort, httpx.TransportError):
                time.sleep(0.05)
            else:
                so_many -= 1

    def _declares_once(self) -> str:
        with httpx.Client(base_url=self.url, timeout=10, trust_env=False) as browser:
            code = pledge(browser)
            browser.post("/leave")
        return code


def pledge(browser: httpx.Client) -> str:
    """Answer page after page; return the receipt code that the last one shows.

    Errors: CutShort, when the station does not go along.
    """
    for path, answers in (*BOTH_CARDS, *CONTACT, *((each, {}) for each in _SHOTS), *_REST):
        if browser.post(path, data=answers).status_code != 303:
            raise CutShort(path)
    shown = _CODE.search(browser.get("/receipt/").text)
    if shown is None:
        raise CutShort("/receipt/")
    return ReceiptCode.typed(shown[1]).text
