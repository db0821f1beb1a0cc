from __future__ import annotations

import pytest

from sync.central.folder import CentralFolder
from sync.central.rotation import rotate
from sync.central.setup import load, prepare
from sync.durable import open_db
from sync.sealing import CannotOpen, read_identity, seal, unseal
from tests.sync.samples import NOON


@pytest.fixture
def folder(tmp_path):
    prepare(tmp_path / "central", tmp_path / "escrow", NOON)
    return CentralFolder(tmp_path / "central")


def opens(path, sealed):
    try:
        return unseal(sealed, read_identity(path).secret) == b"answers"
    except CannotOpen:
        return False


def test_the_next_key_takes_over_and_every_station_is_told(folder):
    before = load(folder.root).key_set
    after = rotate(folder.root, NOON)
    assert (after.version, after.current, after.escrow) == (2, before.next, before.escrow)
    assert load(folder.root).key_set == after
    assert read_identity(folder.retired_sealing_key(1)).recipient == before.current
    assert folder.sealing_key.stat().st_mode & 0o777 == 0o600
    with open_db(folder.database) as db:
        [told] = db.table("events").rows
    assert (told["station"], told["kind"]) == (None, "keys")


def test_what_was_sealed_before_any_change_still_opens(folder):
    sealed = [seal(b"answers", load(folder.root).key_set.recipients)]
    for _ in range(3):
        sealed.append(seal(b"answers", rotate(folder.root, NOON).recipients))
    keys = list(folder.review.iterdir())
    assert len(keys) == 5
    assert all(any(opens(path, each) for path in keys) for each in sealed)


@pytest.mark.parametrize("reached", ["fresh made", "set written", "next took over"])
def test_a_change_interrupted_by_a_power_cut_is_finished_by_the_next(folder, reached):
    files = (folder.sealing_key, folder.next_sealing_key, folder.key_set)
    before = {path: path.read_bytes() for path in files}
    rotate(folder.root, NOON)
    folder.fresh_sealing_key.write_bytes(folder.next_sealing_key.read_bytes())
    undone = {"fresh made": files, "set written": files[:2], "next took over": files[1:2]}[reached]
    for path in undone:
        path.write_bytes(before[path])
    interrupted = load(folder.root).key_set

    after = rotate(folder.root, NOON)
    assert after.current == interrupted.next
    assert read_identity(folder.sealing_key).recipient == after.current
    assert read_identity(folder.next_sealing_key).recipient == after.next
    assert not folder.fresh_sealing_key.exists()
    for key_set in (interrupted, after):
        sealed = seal(b"answers", key_set.recipients)
        assert any(opens(path, sealed) for path in folder.review.iterdir())
