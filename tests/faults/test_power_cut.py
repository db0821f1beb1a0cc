"""The plug is pulled at any instant of a pledge: no receipt lies, nothing is half, the database reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.power_cuts import survive

pytestmark = pytest.mark.fault


def test_a_hundred_power_cuts_take_no_receipt_and_leave_no_half(tmp_path: Path) -> None:
    found = survive(tmp_path, pledges=8, points=100, seed=2026)
    assert found.points == 100
    assert found.receipts > 100, "cuts came when receipts had been given"
    assert found.between >= 8, "some came between a commit and its receipt"
