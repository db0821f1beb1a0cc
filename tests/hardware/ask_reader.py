"""A process that opens a reader: `python -m tests.hardware.ask_reader PATH` prints its trouble, or None."""

from __future__ import annotations

import sys
import time
from contextlib import closing

from hardware.protocols import Trouble
from hardware.scanner import SerialScanner


def main(path: str) -> None:
    """Print what is known once it was tried: until then it counts as absent."""
    with closing(SerialScanner(path, lambda _code: None)) as scanner:
        scanner.start()
        until = time.monotonic() + 10
        while scanner.trouble is Trouble.ABSENT and time.monotonic() < until:
            time.sleep(0.02)
        print(scanner.trouble)


if __name__ == "__main__":
    main(sys.argv[1])
