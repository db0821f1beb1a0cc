"""Our own decoder, for codes that others see and cannot read: it undoes blur, and knows its doubts."""

from __future__ import annotations

from kiosk.vision.budget import Budget
from kiosk.vision.enhance import Grey
from kiosk.vision.qr_content import payload
from kiosk.vision.qr_sampling import Place, flattened, settled
from kiosk.vision.qr_symbol import symbol
from kiosk.vision.qr_unblur import darkness


def read_place(grey: Grey, rough: Place, budget: Budget) -> tuple[bytes, Place] | None:
    """Read the code at a place that may be off by 1.5 modules; None if it cannot be had, or not in time."""
    if not budget.allows("settle"):
        return None
    with budget.spending("settle"):
        place = settled(grey, rough)
    if place is None:
        return None
    plan = symbol((place.modules - 17) // 4)
    rounds = darkness(flattened(grey, place), plan)
    size = (place.modules / 41) ** 2
    while budget.allows("round", size):
        with budget.spending("round", size):
            modules = next(rounds, None)
            content = None if modules is None else payload(modules, plan)
        if modules is None:
            return None
        if content is not None:
            return content, place
    return None
