"""Serve, sync and central, as they ship, are killed at random while a visitor declares over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kills import survive_kills

pytestmark = pytest.mark.fault


def test_twenty_five_kills_lose_double_and_invent_nothing(tmp_path: Path) -> None:
    passed = survive_kills(tmp_path, kills=25, pledges=8, seed=2026)
    assert passed.receipts == 8
