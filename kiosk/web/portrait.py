"""The portrait: the child's, or one's own."""

from __future__ import annotations

from kiosk.domain.steps import Step
from kiosk.web.photographing import screens_of

bp = screens_of(Step.PORTRAIT)
