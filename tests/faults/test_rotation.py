"""The keys are rotated while a screen runs: it seals to the new ones without a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.central import store
from sync.central.folder import CentralFolder
from sync.central.setup import load
from sync.durable import open_db
from tests.faults.declaring import Visitor
from tests.faults.kill_everybody import House as Prepared
from tests.processes import House, run_central

pytestmark = pytest.mark.fault


def test_a_running_screen_seals_to_rotated_keys(tmp_path: Path) -> None:
    prepared = Prepared(tmp_path, pledges=2)
    prepared.prepare()
    house, codes = House(tmp_path, config=prepared.config), list[str]()
    visitor = Visitor(house.station_url)
    central = CentralFolder(tmp_path / "central")
    try:
        house.start("central", "serve")
        screen = house.processes["serve"]
        visitor.declares(1, codes.append)
        assert house.central("rotate").returncode == 0
        house.kiosk("sync", "--once", "--central", house.central_url)
        visitor.declares(1, codes.append)
        done = house.kiosk("sync", "--once", "--central", house.central_url)
        assert (done.returncode, screen.poll()) == (0, None), done.stderr
    finally:
        house.stop()
    with open_db(central.database) as db:
        sealed = {each.receipt_code: each.opened().keyset_version for each in store.newest(db, 9)}
    assert sealed == dict(zip(codes, (1, 2), strict=True))
    assert load(central.root).key_set.version == 2
    for code, key in zip(codes, (central.retired_sealing_key(1), central.next_sealing_key), strict=True):
        to = tmp_path / f"opened-{code}"
        opened = run_central("open", code, "--key", str(key), "--to", str(to), "--data", str(central.root))
        assert opened.returncode == 0, opened.stderr
        assert (to / "answers.json").exists()
