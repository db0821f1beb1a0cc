"""central under gunicorn."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from sync.central.app import create_central

log = logging.getLogger(__name__)


class PortTaken(Exception):
    """Somebody else listens there; the message names the port."""


def serve(data: Path, host: str, port: int, now: Callable[[], datetime]) -> None:
    """Serve until SIGTERM.

    Errors: PortTaken; and those of `create_central`, before anybody is served.
    """
    _must_be_free(host, port)
    create_central(data, now)  # fails here with a sentence, not in a worker with a traceback
    log.info("central listens on http://%s:%d/", host, port)
    _Server(lambda: create_central(data, now), f"{host}:{port}").run()


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    def __init__(self, build: Callable[[], Flask], address: str) -> None:
        self._build = build
        self._address = address
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": [self._address],
            "workers": 1,
            "worker_class": "gthread",
            "threads": 16,  # an upload on a slow line holds one
            "graceful_timeout": 2,  # a cut upload resumes at its byte
            "keepalive": 75,  # longer than the postman keeps a line, so that he closes it, not we
            "control_socket_disable": True,
            "loglevel": "warning",
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._build()


def _must_be_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as why:
            raise PortTaken(f"cannot listen on {host}:{port} ({why.strerror}); give another --port") from why
