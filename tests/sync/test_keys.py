from dataclasses import replace
from datetime import timedelta

import pytest

from sync.central import setup
from sync.central.rotation import rotate
from sync.envelope import Context, sign_document
from sync.keyfiles import BadKeyFile, signing_key
from sync.keys import Keyring, KeysMissing, KeysRefused, accept_key_set, device_key, load_keys, pin_central
from sync.keyset import KeySet, open_key_set, sign_key_set
from sync.sealing import new_identity
from tests.sync.samples import NOON, a_key
from tests.sync.world import a_station

CENTRAL = a_key()
RECIPIENTS = [new_identity().recipient for _ in range(3)]
FIRST = KeySet(1, "2026-11-20T05:00:00.000+00:00", *RECIPIENTS, CENTRAL.public_key())


@pytest.fixture
def folder(tmp_path):
    pin_central(tmp_path / "keys", CENTRAL.public_key())
    return tmp_path / "keys"


def test_the_device_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    key = device_key(tmp_path / "keys")
    assert device_key(tmp_path / "keys").public_key() == key.public_key()
    assert (tmp_path / "keys" / "device.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_a_key_file_that_others_can_read_is_refused(tmp_path):
    signing_key(tmp_path / "x.key")
    (tmp_path / "x.key").chmod(0o640)
    with pytest.raises(BadKeyFile, match="chmod 600"):
        signing_key(tmp_path / "x.key")


def test_a_broken_key_file_is_never_replaced(tmp_path):
    path = tmp_path / "x.key"
    path.write_bytes(b"-----BEGIN NOTHING-----")
    path.chmod(0o600)
    with pytest.raises(BadKeyFile):
        signing_key(path)
    assert path.read_bytes() == b"-----BEGIN NOTHING-----"


def test_a_station_knows_its_keys_after_set_up(folder):
    with pytest.raises(KeysMissing):
        load_keys(folder)
    accept_key_set(folder, sign_key_set(FIRST, CENTRAL))
    keys = load_keys(folder)
    assert keys.key_set == FIRST
    assert keys.key_set.recipients == tuple(RECIPIENTS)
    assert "Private" not in repr(keys)


def test_a_newer_key_set_is_taken_and_an_older_one_never(folder):
    second = replace(FIRST, version=2, current=FIRST.next, next=new_identity().recipient)
    accept_key_set(folder, sign_key_set(FIRST, CENTRAL))
    accept_key_set(folder, sign_key_set(second, CENTRAL))
    accept_key_set(folder, sign_key_set(second, CENTRAL))
    for older in (FIRST, replace(second, escrow=new_identity().recipient)):
        with pytest.raises(KeysRefused):
            accept_key_set(folder, sign_key_set(older, CENTRAL))
    assert load_keys(folder).key_set == second


def test_another_centrals_key_set_is_refused(folder):
    with pytest.raises(KeysRefused):
        accept_key_set(folder, sign_key_set(FIRST, a_key()))
    with pytest.raises(KeysMissing):
        load_keys(folder)


def test_a_key_set_swapped_on_the_disk_is_noticed(folder):
    accept_key_set(folder, sign_key_set(FIRST, CENTRAL))
    (folder / "keyset.json").write_bytes(sign_key_set(FIRST, a_key()))
    with pytest.raises(KeysMissing):
        load_keys(folder)


def test_a_pinned_central_is_never_exchanged(folder):
    pin_central(folder, CENTRAL.public_key())
    with pytest.raises(KeysRefused):
        pin_central(folder, a_key().public_key())


@pytest.mark.parametrize(
    "change",
    [
        {"version": 0},
        {"version": "1"},
        {"current": "age1x"},
        {"next": 1},
        {"issued_at": None},
        {"central": 7},
    ],
)
def test_a_signed_but_senseless_key_set_is_refused(change, folder):
    payload = {"version": 1, "issued_at": FIRST.issued_at, "current": RECIPIENTS[0], "next": RECIPIENTS[1]}
    payload |= {"escrow": RECIPIENTS[2], "central": "x"} | change
    with pytest.raises(KeysRefused):
        accept_key_set(folder, sign_document(payload, CENTRAL, Context.KEY_SET))


def test_a_key_set_names_nobody_twice_by_accident():
    assert open_key_set(sign_key_set(FIRST, CENTRAL), CENTRAL.public_key()).escrow == RECIPIENTS[2]


def test_a_key_set_that_arrives_counts_without_a_restart(tmp_path):
    keyring = Keyring(tmp_path / "station" / "keys")
    assert keyring.current() is None
    station = a_station(tmp_path / "station", tmp_path / "central")
    first = keyring.current()
    assert first == keyring.current()
    assert first.key_set.version == 1
    rotate(tmp_path / "central", NOON)
    accept_key_set(station.folder / "keys", setup.load(tmp_path / "central").keyset)
    assert keyring.current().key_set.version == 2
    assert first.key_set.recipients[1] == keyring.current().key_set.recipients[0]


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (29, True), (30, False)])
def test_a_key_set_is_old_after_so_many_days_and_never_after_none(tmp_path, days, is_old):
    key_set = a_station(tmp_path / "station", tmp_path / "central").keys.key_set
    assert key_set.is_older_than(days, NOON + timedelta(days=30)) is is_old
