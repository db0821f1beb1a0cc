"""What the chains of the stations show: a copied station, a declaration missing or out of order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from sync.manifest import Manifest
from sync.times import stamp

PATIENCE = timedelta(days=14)
"""A number may be on a stick or wait for a line for so long. Source: design.md, P4."""


class FlawKind(StrEnum):
    """What is wrong with a chain."""

    FORK = "fork"  # two declarations with one number or one predecessor: the station was copied
    BREAK = "break"  # a declaration names another predecessor than the one that has the number before
    GAP = "gap"  # a number that never came


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw. Units: `since` is central's clock: when what shows the flaw was announced."""

    station: str
    kind: FlawKind
    seq: int
    since: str

    def words(self) -> str:
        """One sentence for whoever watches the stations."""
        return {
            FlawKind.FORK: f"two declarations claim place {self.seq}: the station was copied or set back",
            FlawKind.BREAK: f"declaration {self.seq} does not follow the one before it",
            FlawKind.GAP: f"declaration {self.seq} has not come within {PATIENCE.days} days",
        }[self.kind]


@dataclass(frozen=True, slots=True)
class _Link:
    station: str
    seq: int
    manifest_sha256: str
    prev: str | None
    announced_at: str


def flaws(db: Database, at: datetime) -> list[Flaw]:
    """List the flaws of all stations. A fork counts at once, a gap after its time, being late never."""
    chains = groupby(_links(db, "1", []), key=lambda link: link.station)
    return [flaw for _, chain in chains for flaw in _flaws(list(chain), stamp(at - PATIENCE))]


def forks_at(db: Database, manifest: Manifest) -> list[Flaw]:
    """List the forks that this declaration, written down already, has brought to light."""
    where = "station = ? AND (seq = ? OR prev IS ?)"
    return list(_forks(_links(db, where, [manifest.station, manifest.seq, manifest.prev])))


def _links(db: Database, where: str, values: list[Any]) -> list[_Link]:
    query = "SELECT station, seq, manifest_sha256, prev, announced_at FROM declarations WHERE "
    order = " ORDER BY station, seq, announced_at"
    return [_Link(*row) for row in db.execute(query + where + order, values).fetchall()]


def _flaws(chain: list[_Link], long_ago: str) -> Iterator[Flaw]:
    forks = list(_forks(chain))
    yield from forks
    forked = {flaw.seq for flaw in forks}  # one finding for one fault: what follows a fork breaks too
    by_seq = {link.seq: link for link in reversed(chain)}
    in_order = sorted(by_seq.values(), key=lambda link: link.seq)
    for link in in_order:
        before = by_seq.get(link.seq - 1)
        follows = before is None or link.prev == before.manifest_sha256
        if not follows and not forked & {link.seq, link.seq - 1}:
            yield Flaw(link.station, FlawKind.BREAK, link.seq, link.announced_at)
    yield from _gaps(in_order, long_ago)


def _forks(chain: list[_Link]) -> Iterator[Flaw]:
    numbers: set[int] = set()
    before: set[str | None] = set()
    for link in chain:
        if link.seq in numbers or link.prev in before:
            yield Flaw(link.station, FlawKind.FORK, link.seq, link.announced_at)
        numbers.add(link.seq)
        before.add(link.prev)


def _gaps(chain: list[_Link], long_ago: str) -> Iterator[Flaw]:
    expected = 1
    for link in chain:
        if link.announced_at <= long_ago:
            for seq in range(expected, link.seq):
                yield Flaw(link.station, FlawKind.GAP, seq, link.announced_at)
        expected = link.seq + 1
