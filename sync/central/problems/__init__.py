"""Every refusal of central, a module a theme: code, HTTP status, one sentence. explaining.py tells them."""

from __future__ import annotations

from typing import Any, ClassVar


class WireProblem(Exception):
    """A request central does not fulfil.

    code    what the postman acts on, and what the officer reads out
    title   one sentence for whoever reads the log
    retry_after  seconds to wait, where asking again later will help
    detail  which field or limit; never a value, never personal data
    """

    code: ClassVar[str] = "wrong"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "The request cannot be fulfilled."
    retry_after: ClassVar[int | None] = None

    def __init__(self, detail: str = "", **members: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.members = members
