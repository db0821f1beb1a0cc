"""Whether an address is free, said before anything starts."""

from __future__ import annotations

import socket


def is_free(host: str, port: int) -> bool:
    """Try to listen there for a moment."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError:
            return False
    return True
