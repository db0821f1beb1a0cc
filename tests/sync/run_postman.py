"""The postman as a process of his own: `python -m tests.sync.run_postman STATION URL EVERY_SECONDS`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from sync.logs import start_logging
from sync.postman import PostmanSettings, run_postman


def main() -> None:
    start_logging()
    station, url, every = sys.argv[1:]
    settings = PostmanSettings(Path(station), url, every_seconds=float(every), timeout_seconds=60.0)
    run_postman(settings, lambda: datetime.now(UTC))


if __name__ == "__main__":
    main()
