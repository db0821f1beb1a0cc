"""Serial lines of printers and readers; why one does not open, in the kernel's own numbers."""

from __future__ import annotations

import errno
import termios

from serial import Serial, SerialException


def open_line(path: str, baud: int, *, seconds: float) -> Serial:
    """Open a serial or USB-CDC port for this process alone; a read waits for so many seconds.

    Errors: OSError, ENOTTY where the path is no serial line.
    """
    try:
        return Serial(path, baud, timeout=seconds, write_timeout=0, exclusive=True)
    except SerialException as why:  # without a number: the path opens and takes no speed
        raise OSError(why.errno or errno.ENOTTY, f"no serial line at {path}") from why
    except termios.error as why:  # no OSError of Python's: unplugged while it was opened
        raise OSError(why.args[0], f"no serial line at {path}") from why
