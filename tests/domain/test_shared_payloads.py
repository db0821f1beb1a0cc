from __future__ import annotations

import json

import pytest

from kiosk.domain.card_json import KEYS, scan_to_json
from kiosk.domain.scan import UnreadableCode, read_scan
from kiosk.tables import load_tables


@pytest.mark.shared
def test_every_shared_case_gives_what_it_must(shared):
    for line in (shared / "cases" / "payloads.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        assert wrong(read(bytes.fromhex(case["hex"])), case["expect"]) == {}, case["name"]


def read(raw):
    try:
        found = scan_to_json(read_scan(raw, load_tables()))
    except UnreadableCode as why:
        return {"error": True, "message": why.message}
    assert tuple(found) == KEYS
    return found


def wrong(found, expected):
    """The expected keys that came out otherwise."""
    pairs = {key: (found.get(key), value) for key, value in expected.items()}
    warnings = pairs.pop("warnings", ([], []))
    assert set(warnings[1]) <= set(warnings[0])
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
