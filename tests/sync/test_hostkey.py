"""The device key sealed to its machine: by the real systemd-creds, where there is one and we are root."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from sync.hostkey import NotSealed
from sync.keyfiles import BadKeyFile
from sync.keys import device_key, seal_device_key

can_seal = shutil.which("systemd-creds") is not None and os.geteuid() == 0
sealing = pytest.mark.skipif(not can_seal, reason="needs systemd-creds and root")


@sealing
def test_a_sealed_key_is_the_same_key_and_lies_nowhere_in_the_clear(tmp_path):
    key = device_key(tmp_path)
    plain = (tmp_path / "device.key").read_bytes()
    sealed = seal_device_key(tmp_path)
    assert device_key(tmp_path).private_bytes_raw() == key.private_bytes_raw()
    assert seal_device_key(tmp_path) == sealed, "again is fine"
    assert [path.name for path in tmp_path.iterdir()] == ["device.cred"]
    assert sealed.stat().st_mode & 0o077 == 0
    assert plain.splitlines()[1] not in sealed.read_bytes()


@sealing
def test_a_service_gets_it_from_systemd(tmp_path, monkeypatch):
    key = device_key(tmp_path)
    sealed = seal_device_key(tmp_path)
    handed = tmp_path / "credentials"
    handed.mkdir()
    command = ["systemd-creds", "decrypt", "--name=device.key", str(sealed), str(handed / "device.key")]
    subprocess.run(command, check=True, capture_output=True)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(handed))
    monkeypatch.setenv("PATH", "")
    assert device_key(tmp_path).private_bytes_raw() == key.private_bytes_raw()


@sealing
def test_what_was_sealed_elsewhere_is_said_to_be(tmp_path):
    device_key(tmp_path)
    sealed = seal_device_key(tmp_path)
    sealed.write_bytes(sealed.read_bytes()[:-8] + b"AAAAAAA\n")
    with pytest.raises(BadKeyFile, match=r"device\.cred cannot be opened"):
        device_key(tmp_path)


def test_without_systemd_creds_it_stays_its_owners_file_and_the_reason_is_told(tmp_path, monkeypatch):
    key = device_key(tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotSealed, match="not on this machine"):
        seal_device_key(tmp_path)
    assert device_key(tmp_path).private_bytes_raw() == key.private_bytes_raw()
    assert (tmp_path / "device.key").stat().st_mode & 0o777 == 0o600
