"""What a process says of itself: words for a person at a terminal, one JSON object a line for all else.

The standard library does it in a page; another package would only be another spelling of the same.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

_QUIET = ("httpx", "httpcore", "apscheduler")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
WORDS = "%(levelname)s %(name)s %(message)s"


class JsonLines(logging.Formatter):
    """Time, level, name and message, and whatever was given as `extra`. Personal data is never logged."""

    def format(self, record: logging.LogRecord) -> str:
        """Called by logging."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "name": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def formatter() -> logging.Formatter:
    """Words where somebody reads along, JSON where a program does."""
    return logging.Formatter(WORDS) if sys.stderr.isatty() else JsonLines()


def start_logging() -> None:
    """Say it all on stderr; what the libraries say only when it is a warning."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for noisy in _QUIET:
        logging.getLogger(noisy).setLevel(logging.WARNING)
