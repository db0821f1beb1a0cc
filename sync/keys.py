"""The station's keys: its own, and central's as pinned when the station was set up."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.durable import write_durably
from sync.envelope import BadDocument, public_key, public_text
from sync.hostkey import open_sealed, seal_to_host, sealed_path
from sync.keyfiles import signing_key
from sync.keyset import KeySet, open_key_set

_DEVICE, _CENTRAL, _KEY_SET = "device.key", "central.pub", "keyset.json"


class KeysMissing(Exception):
    """The station does not know central yet; the message says what is missing."""


class KeysRefused(Exception):
    """What central sent would take the station back, or is not central's."""


@dataclass(frozen=True, slots=True)
class StationKeys:
    """What a station needs to seal, to sign and to believe.

    Shape: `device` signs manifests; `central` is pinned: its signature alone frees a declaration.
    """

    device: Ed25519PrivateKey = field(repr=False)
    central: Ed25519PublicKey
    key_set: KeySet


class Keyring:
    """The station's keys as they are now: a key set that the postman took over counts without a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._keys: StationKeys | None = None

    def current(self) -> StationKeys | None:
        """Return the keys; None while the station does not know central.

        Errors: BadKeyFile; OSError.
        """
        with self._lock:
            seen = _state_of(self._folder / _KEY_SET)
            if self._keys is None or seen != self._seen:
                self._seen, self._keys = seen, self._load()
            return self._keys

    def _load(self) -> StationKeys | None:
        try:
            return load_keys(self._folder)
        except KeysMissing:
            return None


def device_key(folder: Path) -> Ed25519PrivateKey:
    """Read the station's own signing key, sealed to this machine or not; make it on the first call.

    Errors: BadKeyFile; OSError.
    """
    path = folder / _DEVICE
    return open_sealed(path) if sealed_path(path).exists() else signing_key(path)


def seal_device_key(folder: Path) -> Path:
    """Seal the station's signing key to this machine. Safe to repeat.

    Errors: NotSealed, and then it stays a file that its owner alone can read; BadKeyFile; OSError.
    """
    path = folder / _DEVICE
    return sealed_path(path) if sealed_path(path).exists() else seal_to_host(path)


def load_keys(folder: Path) -> StationKeys:
    """Read all keys of a station.

    Errors: KeysMissing; BadKeyFile; OSError.
    """
    if not (folder / _CENTRAL).exists() or not (folder / _KEY_SET).exists():
        raise KeysMissing(f"{folder} holds no keys of central; the station must be set up first")
    central = _pinned(folder)
    try:
        key_set = open_key_set((folder / _KEY_SET).read_bytes(), central)
    except BadDocument as why:
        raise KeysMissing(f"{folder / _KEY_SET} is not signed by the pinned central: {why}") from why
    return StationKeys(device_key(folder), central, key_set)


def create_station_keys(folder: Path, central: Ed25519PublicKey, key_set: bytes) -> StationKeys:
    """Set a station up: its own key made, central pinned, the key set taken over. Safe to repeat.

    Errors: KeysRefused; BadKeyFile; OSError.
    """
    device_key(folder)
    pin_central(folder, central)
    accept_key_set(folder, key_set)
    return load_keys(folder)


def pin_central(folder: Path, central: Ed25519PublicKey) -> None:
    """Write down whose signature counts, once and for all.

    Errors: KeysRefused, when another central is pinned already; OSError.
    """
    if (folder / _CENTRAL).exists():
        if public_text(_pinned(folder)) != public_text(central):
            raise KeysRefused(f"{folder} is pinned to another central")
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_durably(folder / _CENTRAL, public_text(central).encode() + b"\n")


def accept_key_set(folder: Path, data: bytes) -> KeySet:
    """Take over a key set from central; the same one again is fine, an older one never.

    Errors: KeysMissing, when no central is pinned; KeysRefused; OSError.
    """
    central = _pinned(folder)
    try:
        offered = open_key_set(data, central)
    except BadDocument as why:
        raise KeysRefused(f"the key set is not central's: {why}") from why
    path = folder / _KEY_SET
    if path.exists():
        held_bytes = path.read_bytes()
        held = open_key_set(held_bytes, central)
        if offered.version < held.version or (offered.version == held.version and held_bytes != data):
            raise KeysRefused(f"key set {offered.version} offered, {held.version} held")
    write_durably(path, data)
    return offered


def _state_of(path: Path) -> tuple[int, int] | None:
    """What changes when the file is replaced."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def _pinned(folder: Path) -> Ed25519PublicKey:
    try:
        return public_key((folder / _CENTRAL).read_text("ascii").strip())
    except (FileNotFoundError, BadDocument, UnicodeDecodeError) as why:
        raise KeysMissing(f"{folder / _CENTRAL} holds no key of central") from why
