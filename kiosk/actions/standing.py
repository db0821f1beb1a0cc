"""Where a declaration stands, as its holder may know it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.progress import Progress
from kiosk.domain.receipt import ReceiptCode


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a declaration stands, as far as this station or central knows. No personal data.

    Shape: `is_ours` if it was made here; else central has just been asked.
    Units: times are UTC text; `received_at` is central's, absent until its acknowledgement came, `sealed_at`
           the station's, absent for another's.
    """

    code: ReceiptCode
    procedure: str
    sealed_at: str | None
    progress: Progress
    received_at: str | None
    reasons: tuple[str, ...]
    is_ours: bool = True
