import os
import subprocess

import pytest

from sync.sealing import CannotOpen, CannotSeal, new_identity, prove_sealing, read_identity, seal, unseal


def test_each_recipient_opens_what_was_sealed_and_a_stranger_does_not():
    keys = [new_identity() for _ in range(3)]
    photo = os.urandom(300_000)
    sealed = seal(photo, [key.recipient for key in keys])
    assert photo[:32] not in sealed
    for key in keys:
        assert unseal(sealed, key.secret) == photo
    with pytest.raises(CannotOpen):
        unseal(sealed, new_identity().secret)


def test_a_changed_byte_anywhere_is_noticed():
    key = new_identity()
    sealed = seal(b"Ba chu cai", [key.recipient])
    for at in range(0, len(sealed), 7):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(CannotOpen):
            unseal(bytes(changed), key.secret)


def test_nothing_is_sealed_for_nobody_or_for_nonsense():
    for recipients in ([], ["age1nonsense"], [new_identity().secret]):
        with pytest.raises(CannotSeal):
            seal(b"x", recipients)


def test_debians_age_opens_it_with_our_key_file(tmp_path):
    key = new_identity()
    (tmp_path / "key").write_bytes(key.to_file())
    (tmp_path / "part.age").write_bytes(seal("Lê Thị Mẫu".encode(), [key.recipient]))
    command = ["age", "--decrypt", "--identity", tmp_path / "key", tmp_path / "part.age"]
    assert subprocess.run(command, capture_output=True, check=True).stdout.decode() == "Lê Thị Mẫu"
    assert read_identity(tmp_path / "key") == key


def test_a_file_without_a_key_is_refused(tmp_path):
    for content in (b"", b"# only a comment\n", b"AGE-SECRET-KEY-1NO\n", b"\xff\xfe"):
        (tmp_path / "key").write_bytes(content)
        with pytest.raises(CannotOpen):
            read_identity(tmp_path / "key")


def test_a_secret_stays_out_of_reprs():
    key = new_identity()
    assert key.secret not in repr(key)


def test_sealing_proves_itself():
    prove_sealing()
