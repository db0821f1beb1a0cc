"""What the numbers of the stations tell central."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from uuid_utils.compat import uuid7

from sync.central.chain import Flaw, FlawKind, flaws
from sync.central.cli import main
from sync.central.folder import CentralFolder
from sync.durable import open_db
from sync.manifest import digest_of, sign_manifest
from tests.central.test_wire import announce
from tests.sync.samples import NOON

LATER = NOON + timedelta(days=15)


def found(folder, at=NOON):
    with open_db(folder.database) as db:
        return [(flaw.kind, flaw.seq) for flaw in flaws(db, at)]


@pytest.fixture
def folder(tmp_path):
    return CentralFolder(tmp_path / "central")


@pytest.fixture
def three(station):
    return [station.seals() for _ in range(3)]


def test_a_whole_chain_has_no_flaw_in_whatever_order_it_comes(client, station, folder, three):
    for manifest in reversed(three):
        announce(client, manifest, station.keys.device)
    assert found(folder, LATER) == []


def test_a_gap_is_told_after_its_time_and_being_late_never(client, station, folder, three):
    announce(client, three[2], station.keys.device)
    assert found(folder, NOON + timedelta(days=13)) == []
    assert found(folder, LATER) == [(FlawKind.GAP, 1), (FlawKind.GAP, 2)]
    for manifest in three[:2]:
        announce(client, manifest, station.keys.device)
    assert found(folder, LATER) == []


@pytest.mark.parametrize("change", [{"seq": 3}, {"seq": 9}], ids=["same place", "same predecessor"])
def test_a_copied_station_is_told_at_once(client, station, folder, three, change, caplog):
    for manifest in three:
        announce(client, manifest, station.keys.device)
    with caplog.at_level(logging.WARNING):
        twin = replace(three[2], uuid=str(uuid7()), **change)
        assert announce(client, twin, station.keys.device).status_code == 201, "nothing is lost for it"
    assert "the station was copied or set back" in caplog.text
    assert found(folder) == [(FlawKind.FORK, change["seq"])]


def test_a_reordered_chain_is_told(client, station, folder, three):
    first, second, third = three
    swapped = replace(second, prev=digest_of(sign_manifest(third, station.keys.device)))
    for manifest in (first, swapped, replace(third, prev=digest_of(b"other"))):
        announce(client, manifest, station.keys.device)
    assert found(folder) == [(FlawKind.BREAK, 2), (FlawKind.BREAK, 3)]


def test_the_report_says_it_in_words_and_in_its_exit_code(client, station, folder, three):
    whole = CliRunner().invoke(main, ["report", "--data", str(folder.root)])
    assert (whole.exit_code, "follow one another" in whole.output) == (0, True)
    for manifest in (three[0], replace(three[1], seq=1)):
        announce(client, manifest, station.keys.device)
    told = CliRunner().invoke(main, ["report", "--data", str(folder.root), "--json"])
    assert told.exit_code == 1
    assert Flaw(**json.loads(told.output)[0]).kind == FlawKind.FORK
    shown = CliRunner().invoke(main, ["report", "--data", str(folder.root)]).output
    assert shown.startswith("0042  fork    two declarations claim place 1")
