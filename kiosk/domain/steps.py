"""The steps of a visit, in order, and the six groups that the progress line shows."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """One word per step, the same in URL, module, template folder and test."""

    START = "start"
    CHECK = "check"
    CONSENT = "consent"
    GUARDIAN = "guardian"
    CHILD = "child"
    CONTACT = "contact"
    ID_FRONT = "id-front"
    ID_BACK = "id-back"
    CERTIFICATE = "certificate"
    PORTRAIT = "portrait"
    AGENCY = "agency"
    REVIEW = "review"
    PLEDGE = "pledge"
    RECEIPT = "receipt"

    @property
    def group(self) -> int:
        """Which of the six groups this step belongs to, 1 to 6; 0 on the start page."""
        return next((at for at, (_, steps) in enumerate(GROUPS, 1) if self in steps), 0)


GROUPS: tuple[tuple[str, frozenset[Step]], ...] = (
    ("Chuẩn bị", frozenset({Step.CHECK, Step.CONSENT})),
    ("Quét thẻ", frozenset({Step.GUARDIAN, Step.CHILD})),
    ("Kê khai", frozenset({Step.CONTACT})),
    ("Chụp ảnh", frozenset({Step.ID_FRONT, Step.ID_BACK, Step.CERTIFICATE, Step.PORTRAIT})),
    ("Kiểm tra", frozenset({Step.AGENCY, Step.REVIEW})),
    ("Cam kết", frozenset({Step.PLEDGE, Step.RECEIPT})),
)
"""Names are message ids of the catalogue."""
