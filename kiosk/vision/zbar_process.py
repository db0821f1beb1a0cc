"""The station's end of the zbar worker: hand a picture over, take the codes, replace a worker that died."""

from __future__ import annotations

import mmap
import os
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.checkout import ROOT
from kiosk.vision.zbar_wire import HANG_SECONDS, SIZE, Codes, read_codes

_ROOM = 4096 * 3072
"""Largest picture, pixels: a 12-megapixel still. Memory is taken only as it is used."""
_LONGEST_ANSWER = 1 << 17
"""Bytes. Source: the largest QR code holds 2,953; sixteen of them, in hexadecimal."""


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    line: socket.socket
    owes: deque[float]  # when each answer still due was asked for; the first is the hello


class ZbarProcess:
    """zbar behind a wall. A dead or hung worker costs one answer; the next one starts at once.

    The picture lies in memory without a name, so that nothing is left behind when this process is killed.
    """

    def __init__(self, patience_seconds: float = 2 * HANG_SECONDS) -> None:
        self._patience_seconds = patience_seconds  # with a worker that neither answers nor ends itself
        self._lock = threading.Lock()
        self._picture_fd = os.memfd_create("picture", os.MFD_CLOEXEC)
        os.ftruncate(self._picture_fd, _ROOM)
        self._room = np.frombuffer(mmap.mmap(self._picture_fd, _ROOM), np.uint8)
        self._worker: _Worker | None = self._start()

    def read_codes(self, grey: NDArray[np.uint8], seconds: float) -> Codes | None:
        """Read every code, or return None when no answer came in time: busy, starting, dead or hung."""
        until = time.monotonic() + seconds
        if grey.size > _ROOM or not self._lock.acquire(timeout=max(seconds, 0)):
            return None
        try:
            return self._ask(self._worker, grey, until) if self._worker else None
        finally:
            self._lock.release()

    @property
    def pid(self) -> int | None:
        """The worker's process id; None after close."""
        return self._worker.process.pid if self._worker else None

    def close(self) -> None:
        """End the worker. Safe to call twice."""
        with self._lock:
            if self._worker:
                _stop(self._worker)
                self._worker = None
                os.close(self._picture_fd)

    def _ask(self, worker: _Worker, grey: NDArray[np.uint8], until: float) -> Codes | None:
        try:
            while worker.owes:  # the hello, or an answer too late for the frame it was about
                _take_answer(worker, until)
            height, width = grey.shape
            np.copyto(self._room[: grey.size].reshape(height, width), grey)
            worker.line.sendall(SIZE.pack(width, height))
            worker.owes.append(time.monotonic())
            return _take_answer(worker, until)
        except TimeoutError:
            if time.monotonic() - worker.owes[0] < self._patience_seconds:
                return None  # starting, or slow: leave it in peace
        except (OSError, EOFError):
            pass
        _stop(worker)
        self._worker = self._start()
        return None

    def _start(self) -> _Worker:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        fds = (theirs.fileno(), self._picture_fd)
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "kiosk.vision.zbar_worker", *map(str, fds)],
                cwd=ROOT,
                pass_fds=fds,  # and nothing else: no camera, no printer, no database
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        return _Worker(process, ours, deque([time.monotonic()]))


def _take_answer(worker: _Worker, until: float) -> Codes:
    worker.line.settimeout(max(until - time.monotonic(), 0.001))
    answer = worker.line.recv(_LONGEST_ANSWER)
    if not answer:
        raise EOFError
    worker.owes.popleft()
    return read_codes(answer)


def _stop(worker: _Worker) -> None:
    worker.line.close()
    worker.process.kill()
    worker.process.wait()
