"""The station's limits for photographs, as shipped."""

from __future__ import annotations

from kiosk.config import load
from tests.conftest import ROOT

LIMITS = load(ROOT / "kiosk.toml").photo
