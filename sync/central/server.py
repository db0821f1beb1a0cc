"""central under gunicorn."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sync.central.app import create_central
from sync.serving import HttpServer, must_be_free

log = logging.getLogger(__name__)


def serve(data: Path, host: str, port: int, now: Callable[[], datetime]) -> None:
    """Serve until SIGTERM.

    Errors: PortTaken; and those of `create_central`, before anybody is served.
    """
    must_be_free(host, port)
    create_central(data, now)  # fails here with a sentence, not in a worker with a traceback
    log.info("central listens on http://%s:%d/", host, port)
    HttpServer(lambda: create_central(data, now), f"{host}:{port}").run()
