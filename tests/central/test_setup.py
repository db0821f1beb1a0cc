from __future__ import annotations

import pytest

from sync.central.app import create_central
from sync.central.folder import CentralFolder
from sync.central.setup import CentralNotReady, load, prepare, prepare_for, register_station
from sync.central.stations import BadStation, StationKnown
from sync.sealing import new_identity, read_identity, seal, unseal
from tests.sync.samples import NOON, Clock, a_key


@pytest.fixture
def keys(tmp_path):
    return prepare(tmp_path / "central", tmp_path / "escrow", NOON)


def test_keys_are_made_once_and_found_again(keys, tmp_path):
    again = prepare(tmp_path / "central", tmp_path / "escrow", NOON)
    assert again.keyset == keys.keyset
    assert again.public_key == keys.public_key
    assert keys.key_set.version == 1


def test_every_private_half_opens_what_stations_seal(keys, tmp_path):
    sealed = seal(b"answers", keys.key_set.recipients)
    folder = CentralFolder(tmp_path / "central")
    for path in (folder.sealing_key, folder.next_sealing_key, tmp_path / "escrow" / "escrow.key"):
        assert unseal(sealed, read_identity(path).secret) == b"answers"
        assert path.stat().st_mode & 0o777 == 0o600


def test_central_never_holds_the_private_half_of_escrow(keys, tmp_path):
    secret = read_identity(tmp_path / "escrow" / "escrow.key").secret.encode()
    files = [path for path in (tmp_path / "central").rglob("*") if path.is_file()]
    assert not any(secret in path.read_bytes() for path in files)


def test_escrow_may_be_made_elsewhere(tmp_path):
    escrow = new_identity()
    keys = prepare_for(tmp_path / "central", escrow.recipient, NOON)
    assert keys.key_set.escrow == escrow.recipient


def test_a_start_interrupted_before_the_key_set_is_taken_up_again(keys, tmp_path):
    folder = CentralFolder(tmp_path / "central")
    folder.key_set.unlink()
    again = prepare(tmp_path / "central", tmp_path / "escrow", NOON)
    assert again.keyset == keys.keyset


def test_a_central_without_keys_says_what_to_do(tmp_path):
    with pytest.raises(CentralNotReady, match="central init"):
        create_central(tmp_path / "central", Clock())


def test_a_key_set_by_another_key_is_noticed(keys, tmp_path):
    other = prepare(tmp_path / "other", tmp_path / "escrow", NOON)
    CentralFolder(tmp_path / "central").key_set.write_bytes(other.keyset)
    with pytest.raises(CentralNotReady, match="not signed by"):
        load(tmp_path / "central")


def test_a_station_is_known_by_one_key(tmp_path):
    key = a_key().public_key()
    register_station(tmp_path / "central", "0042", key)
    register_station(tmp_path / "central", "0042", key)
    with pytest.raises(StationKnown, match="0042"):
        register_station(tmp_path / "central", "0042", a_key().public_key())
    with pytest.raises(BadStation):
        register_station(tmp_path / "central", "42", key)
