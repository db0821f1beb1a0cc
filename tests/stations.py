"""A whole station in a test's folder: real database, real keys, twin devices; and a visitor's answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from kiosk import config
from kiosk.actions.pins import hash_pin
from kiosk.cli.context import under
from kiosk.cli.open_station import OpenStation
from kiosk.cli.serve import read_procedures
from kiosk.domain.address import Address
from kiosk.domain.capture import Capture
from kiosk.domain.draft import Consent, Contact, Draft
from kiosk.domain.officers import Officer
from kiosk.domain.phone import MobilePhone
from kiosk.domain.procedures import Procedure
from kiosk.rehearsal import CHILDREN, GUARDIAN, OFFICERS
from kiosk.store import database, officers
from sync.central.setup import CentralKeys, prepare, register_station
from sync.durable import open_db, writing
from sync.keys import accept_key_set, device_key, pin_central
from sync.parcels import Parcels
from tests.conftest import ROOT

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


def station_config(data: Path) -> config.Config:
    """kiosk.toml of the checkout, kept under the test's folder."""
    settings = under(config.load(ROOT / "kiosk.toml"), data)
    return replace(settings, disk=replace(settings.disk, floor_mb=1, ballast_mb=1))


def enrol(data: Path) -> CentralKeys:
    """Give central and the station their keys, as the demo does."""
    settings = station_config(data)
    keys_dir = settings.station.data_dir / "keys"
    keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    central = prepare(data / "central", data / "escrow", NOON)
    pin_central(keys_dir, central.public_key)
    accept_key_set(keys_dir, central.keyset)
    register_station(data / "central", settings.station.id, device_key(keys_dir).public_key())
    return central


def take_on_officers(data: Path) -> None:
    """The invented officers of the demo. Their hashes are made once: each is slow on purpose."""
    path = station_config(data).station.data_dir / "station.db"
    database.prepare(path)
    with open_db(path) as db, writing(db):
        for officer, pin_hash in _officers():
            if not officers.find(db, officer.number):  # a mended database has them from its backup
                officers.add(db, officer, pin_hash)


@cache
def _officers() -> tuple[tuple[Officer, str], ...]:
    return tuple((officer, hash_pin(pin)) for officer, pin in OFFICERS)


@contextmanager
def open_station(data: Path) -> Iterator[OpenStation]:
    """Open an enrolled station and give its devices back afterwards."""
    settings = station_config(data)
    enrol(data)
    Parcels(settings.station.data_dir).prepare()
    take_on_officers(data)
    opened = OpenStation(settings, read_procedures(settings))
    try:
        yield opened
    finally:
        opened.close()


def a_photograph(seed: int) -> bytes:
    """A JPEG that no other photograph equals."""
    rng = np.random.default_rng(seed)
    done, data = cv2.imencode(".jpg", rng.integers(0, 255, (120, 160, 3), dtype=np.uint8))
    assert done
    return data.tobytes()


def a_draft(procedure: Procedure, seed: int = 1) -> Draft:
    """Everything answered: the invented family of the demo."""
    draft = Draft(
        procedure,
        consent=Consent(procedure.consent_version, "vi", NOON),
        guardian=GUARDIAN,
        child=CHILDREN[0],
        contact=Contact(MobilePhone.read("0912 345 678"), "mother", Address(printed=GUARDIAN.address)),
        agency="07918",
        answers={"delivery": "in-person"},
    )
    for offset, kind in enumerate(procedure.captures):
        draft = draft.with_capture(Capture(kind, a_photograph(seed + offset), 160, 120, NOON))
    return draft
