"""A central that dies right after it has stored a declaration and before it answers.

`python -m tests.central.dying DATA PORT`; everything but the death is the real one.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from sync.central.app import create_central


class Handler(WSGIRequestHandler):
    """Tells the address as it was sent, as gunicorn does; signatures need it."""

    def get_environ(self) -> dict[str, Any]:
        return super().get_environ() | {"RAW_URI": self.path}


def main() -> None:
    app = create_central(Path(sys.argv[1]), lambda: datetime.now(UTC))

    def dying(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = app(environ, start_response)
        if environ["PATH_INFO"].endswith("/commit"):
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    make_server("127.0.0.1", int(sys.argv[2]), dying, handler_class=Handler).serve_forever()


if __name__ == "__main__":
    main()
