"""The process in which zbar runs, so that a crash in the library takes nothing else down.

A size comes in over a socket of whole messages, the codes found in the shared picture go out. Imports
little, holds no device, and ends when the socket closes: the station is then gone.
"""

from __future__ import annotations

import ctypes
import mmap
import signal
import socket
import sys

from kiosk.no_core import leave_no_core
from kiosk.vision import zbar
from kiosk.vision.zbar_wire import HANG_SECONDS, SIZE, write_codes


def serve(line: socket.socket, picture: mmap.mmap) -> None:
    """Answer until the other end closes."""
    address = ctypes.addressof(ctypes.c_char.from_buffer(picture))
    line.sendall(write_codes([]))
    while size := line.recv(SIZE.size):
        width, height = SIZE.unpack(size)
        signal.alarm(HANG_SECONDS)  # ends this process, should zbar never return
        found = zbar.read_codes(address, width, height)
        signal.alarm(0)
        line.sendall(write_codes(found))


def main() -> None:
    """Serve on the descriptors named by the arguments: socket, shared picture."""
    line_fd, picture_fd = map(int, sys.argv[1:3])
    leave_no_core()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the station, which then closes the line
    with socket.socket(fileno=line_fd) as line:
        serve(line, mmap.mmap(picture_fd, 0))


if __name__ == "__main__":
    main()
