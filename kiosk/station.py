"""Everything a running station holds. Handed to actions as one argument; nothing of it is global."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hardware.devices import Devices
from hardware.scanner import SerialScanner
from kiosk.adjustments import Adjustments
from kiosk.ballast import Ballast
from kiosk.clock import ClockJudge
from kiosk.config import Config
from kiosk.courier import Courier
from kiosk.domain.agencies import Directory
from kiosk.domain.procedures import Procedures
from kiosk.inbox import Inbox
from kiosk.lockout import Lockout
from kiosk.lookout import Lookout
from kiosk.pulse import Pulse
from kiosk.reference import Shelf
from kiosk.shifts import Shifts
from kiosk.spooler import Spooler
from kiosk.vision.codes import CodeReader
from kiosk.visits import Visits
from sync.keys import Keyring, StationKeys
from sync.parcels import Parcels

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True, repr=False)
class Station:
    """A station at work.

    Shape: without central's keys a station takes no visit. `background`
           has one thread, for what no visitor waits for.
    Units: `now` gives UTC, `tick` monotonic seconds; `pause` waits seconds.
    """

    adjustments: Adjustments
    procedures: Procedures
    agencies: Shelf
    db_path: Path
    parcels: Parcels
    ballast: Ballast
    keyring: Keyring
    devices: Devices
    scanners: tuple[SerialScanner, ...]
    reader: CodeReader
    visits: Visits
    shifts: Shifts
    spooler: Spooler
    courier: Courier
    lockout: Lockout
    inbox: Inbox
    pulse: Pulse
    lookout: Lookout
    background: Executor
    boot_id: str
    clock: ClockJudge
    now: Callable[[], datetime]
    tick: Callable[[], float]
    pause: Callable[[float], None]

    @property
    def config(self) -> Config:
        """Every setting as it is now."""
        return self.adjustments.current()

    @property
    def keys(self) -> StationKeys | None:
        """Central's keys as they are now, and the station's own; None until it was introduced to central."""
        return self.keyring.current()

    @property
    def directory(self) -> Directory:
        """The receiving agencies as they are now."""
        return self.agencies.current()

    def verified_day(self) -> date | None:
        """Today in Vietnam; None while nobody has verified the clock: nothing hangs on it then."""
        if not self.clock.is_verified(None):
            return None
        return self.today()

    def today(self) -> date:
        """Today in Vietnam, by a clock that may be wrong."""
        return self.now().astimezone(HANOI).date()
