"""Noting how stations are: the last heartbeat of each."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from flask import Blueprint, Response, request
from sqlite_utils import Database

from sync.central import guard
from sync.central.context import answer, central, database
from sync.central.problems.stations import BadHeartbeat
from sync.central.spoken import Speech, speaks
from sync.durable import writing
from sync.envelope import BadDocument
from sync.heartbeat import Heartbeat
from sync.times import stamp

bp = Blueprint("heartbeats", __name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """The last heartbeat of a station. Units: `at` is central's clock, UTC text with milliseconds."""

    at: str
    heartbeat: Heartbeat


@dataclass(frozen=True, slots=True)
class Noted:
    """Nothing more to say."""


@bp.post("/v1/heartbeats")
@speaks(Speech(takes=Heartbeat, gives={200: Noted}, refuses=(BadHeartbeat,)))
def note() -> Response:
    """Replace the station's last heartbeat by this one."""
    data = request.get_data()
    try:
        Heartbeat.from_bytes(data)
    except BadDocument as why:
        raise BadHeartbeat(str(why)) from why
    row = {"station": guard.asking().id, "at": stamp(central().now()), "body": data}
    with writing(database()):
        database().table("heartbeats").insert(row, replace=True)
    return answer(Noted())


@dataclass(frozen=True, slots=True)
class DeviceTrouble:
    """A device that somebody must see to. Shape: `device` and `state` are codes of the heartbeat."""

    station: str
    device: str
    state: str
    since: str

    @property
    def kind(self) -> str:
        """What kind of finding this is, beside the flaws of the chains."""
        return "device"

    def words(self) -> str:
        """One sentence for whoever watches the stations."""
        return f"{self.device.replace('_', ' ')}: {self.state}"


_FINE = {None, "ok", "near-end", "no-printer"}


def troubles(db: Database) -> list[DeviceTrouble]:
    """What the last heartbeats say of devices that do not work."""
    return [
        DeviceTrouble(station, device, state, seen.at)
        for station, seen in sorted(last(db).items())
        for device, state in asdict(seen.heartbeat.devices).items()
        if state not in _FINE
    ]


def last(db: Database) -> dict[str, Seen]:
    """The last heartbeat of every station that sent one."""
    rows = list(db.table("heartbeats").rows)
    return {row["station"]: Seen(row["at"], Heartbeat.from_bytes(row["body"])) for row in rows}
