"""A wire application under gunicorn: central's, and a relay's."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication


class PortTaken(Exception):
    """Somebody else listens there; the message names the port."""


class HttpServer(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """Serves until SIGTERM: `run`."""

    def __init__(self, build: Callable[[], Flask], address: str) -> None:
        self._build = build
        self._address = address
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn."""
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
        """Called by gunicorn."""
        return self._build()


def must_be_free(host: str, port: int) -> None:
    """Return if nobody listens there.

    Errors: PortTaken.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as why:
            raise PortTaken(f"cannot listen on {host}:{port} ({why.strerror}); give another --port") from why
