"""The front of the citizen card, for forms that want its picture."""

from __future__ import annotations

from kiosk.domain.steps import Step
from kiosk.web.photographing import screens_of

bp = screens_of(Step.ID_FRONT)
