"""Commands ask a running `kiosk serve` over a socket that only the station's own user can open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sync.sockets import short

NAME = "serve.sock"
ANSWER_SECONDS = 30.0  # a camera that hangs is given up after three


class NobodyThere(Exception):
    """No `kiosk serve` answers for this station."""


def ask_serve(data_dir: Path, path: str, *, seconds: float = ANSWER_SECONDS) -> Any:
    """Ask the running station; return the JSON of its answer.

    Errors: NobodyThere; then the command may open the devices itself.
    """
    return _exchange(data_dir, "GET", path, seconds)


def tell_serve(data_dir: Path, path: str) -> Any:
    """Have the running station do something; return the JSON of its answer.

    Errors: NobodyThere, also when it went away in the middle.
    """
    return _exchange(data_dir, "POST", path, ANSWER_SECONDS)


def _exchange(data_dir: Path, method: str, path: str, seconds: float) -> Any:
    import httpx  # noqa: PLC0415 - commands need it; the server that answers them does not

    try:
        with (
            short(data_dir) as folder,
            httpx.Client(
                transport=httpx.HTTPTransport(uds=f"{folder}/{NAME}", verify=False),  # no TLS
                base_url="http://localhost",
                timeout=seconds,
                trust_env=False,
            ) as client,
        ):
            return client.request(method, path).raise_for_status().json()
    except (OSError, httpx.HTTPError, ValueError) as why:
        raise NobodyThere(type(why).__name__) from why
