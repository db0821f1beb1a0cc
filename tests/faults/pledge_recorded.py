"""`python -m tests.faults.pledge_recorded DIR N`: pledge N times, and write each receipt down."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kiosk.actions.submit import submit
from kiosk.visits import Settings
from tests.stations import a_draft, open_station


def main() -> None:
    data, pledges = Path(sys.argv[1]), int(sys.argv[2])
    with open_station(data) as opened:
        station = opened.station
        receipts = os.open(data / "station" / "receipts", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for number in range(pledges):
            visit = station.visits.begin(a_draft(station.procedures.first, number * 10), Settings())
            os.write(receipts, f"{submit(station, visit).qr.code.text}\n".encode())


if __name__ == "__main__":
    main()
