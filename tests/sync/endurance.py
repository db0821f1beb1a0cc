"""Delivering through a bad line until enough has gone wrong, and what must hold afterwards."""

from __future__ import annotations

from typing import Protocol

from sync import outbox
from sync.manifest import Manifest, digest_of
from tests.sync.chaos import Line
from tests.sync.world import AStation, CentralProcess, bytes_of


class HasUrl(Protocol):
    """Any of the lines to central."""

    @property
    def url(self) -> str: ...


TIMEOUT_SECONDS = 0.5
MOST_WAITING = 4  # so that most requests meet the bad line, not the one that got well


def deliver_through(line: Line, station: AStation, requests: int) -> list[Manifest]:
    """Pledge and deliver until the line has seen so many requests; then let it get well and finish."""
    sealed: list[Manifest] = []
    while line.requests < requests:
        if _waiting(station) < MOST_WAITING:
            sealed.append(station.seals(b"answers", bytes_of(90_000, len(sealed) + 1)))
        _round(line, station)
    line.share = 0.0
    deliver_all(line, station)
    return sealed


def deliver_all(line: HasUrl, station: AStation) -> None:
    """Make rounds until nothing waits."""
    while _waiting(station):
        _round(line, station)


def must_all_be_there(central: CentralProcess, station: AStation, sealed: list[Manifest]) -> None:
    """Every declaration at central once, byte for byte, with the word the station holds; nothing else."""
    held = central.holds(station)
    assert [each.opened() for each in held] == sealed
    for stored, manifest in zip(held, sealed, strict=True):
        entry = station.entry(manifest)
        assert entry.acknowledgement == stored.acknowledgement
        assert stored.manifest == entry.manifest
    wanted = {part.sha256 for manifest in sealed for part in manifest.parts}
    blobs = list(central.folder.blobs.iterdir())
    assert {path.name for path in blobs} == wanted
    assert all(digest_of(path.read_bytes()) == path.name for path in blobs)
    assert list(station.parcels.parts()) == []


def _round(line: HasUrl, station: AStation) -> None:
    before = {path.name for path in station.parcels.manifests()}
    done = station.drains(line.url, TIMEOUT_SECONDS)
    assert done.quarantined == 0, "no fault of a line is a declaration's own"
    assert {path.name for path in station.parcels.manifests()} == before
    station.clock.goes(minutes=15)


def _waiting(station: AStation) -> int:
    with station.database() as db:
        return outbox.counts(db).waiting
