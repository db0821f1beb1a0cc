"""What the first page does not wait for."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

HEAVY = {
    "babel",
    "escpos",
    "fpdf",
    "httpx",
    "phonenumbers",
    "PIL",
    "prometheus_client",
    "pypdfium2",
    "pyzbar",
}
"""Together they take longer to import than Flask and OpenCV do."""
WITH_THE_FIRST_PICTURE = {
    "kiosk.vision.assess",
    "kiosk.vision.code_search",
    "kiosk.vision.live",
    "kiosk.vision.mrz",
}


def test_what_is_heavy_waits_until_it_is_wanted():
    code = "import sys, kiosk.cli.serve, kiosk.cli.open_station; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (HEAVY | WITH_THE_FIRST_PICTURE) & set(ran.stdout.split()) == set()
