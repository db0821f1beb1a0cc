"""Every problem a person at the station can meet, a module a theme: code, status, Vietnamese sentence."""

from __future__ import annotations

from typing import ClassVar


class Problem(Exception):
    """Something went wrong that the person at the station must be told.

    code  small print on the screen, to be read out to the help line
    vi    the sentence on the screen: polite, plain, ends with what to do next
    log   the line in the journal: what failed and why; never personal data
    """

    code: ClassVar[str] = "K000"
    status: ClassVar[int] = 500
    vi: ClassVar[str] = "Máy đang gặp sự cố. Xin gọi nhân viên hỗ trợ."

    def __init__(self, log: str = "") -> None:
        super().__init__(log or type(self).__name__)
