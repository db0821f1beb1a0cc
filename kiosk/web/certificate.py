"""The birth certificate, with as many pages as it has."""

from __future__ import annotations

from kiosk.domain.steps import Step
from kiosk.web.photographing import screens_of

bp = screens_of(Step.CERTIFICATE)
