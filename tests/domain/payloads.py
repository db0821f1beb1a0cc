"""Payloads that are changed in one place, and how they are refused."""

from __future__ import annotations

import pytest

from kiosk.domain.scan import UnreadableCode, read_scan


def refusal(text: str) -> UnreadableCode:
    with pytest.raises(UnreadableCode) as caught:
        read_scan(text.encode())
    return caught.value


def put(text: str, at: int, value: str) -> str:
    parts = text.split("|")
    parts[at] = value
    return "|".join(parts)
