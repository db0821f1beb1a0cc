"""One device and the thread that owns it: drains it, keeps the newest frame, opens it again when it hangs."""

from __future__ import annotations

import itertools
import time
import zlib
from contextlib import closing
from threading import Condition, Event, Thread

import cv2

from hardware.protocols import DeviceError, Frame, Image, Subject, Trouble
from hardware.settings import CameraSettings
from hardware.sources import Source, open_source

STALE_SECONDS = 2.5  # an older frame is no view of the desk: the visitor is told within three
FIRST_SECONDS = 3.0  # for a first frame: a camera on the bus takes one or two to start
REST_SECONDS = 10.0  # unwatched for so long, frames are neither decoded nor kept
PAUSES_SECONDS = (0.25, 0.5, 1.0, 2.0)  # between attempts to open; the last one repeats
COVERED_SPREAD = 12  # grey levels: a covered lens gives equal frames without hanging

_numbers = itertools.count(1)


class Eye:
    """The newest frame of one device, for any number of threads.

    The lock guards a few references and is never held while the device is read.
    """

    def __init__(
        self, device: str, address: str, settings: CameraSettings, rest_seconds: float = REST_SECONDS
    ) -> None:
        self.granted = ""
        self._rest_seconds = rest_seconds
        self._device, self._address, self._settings = device, address, settings
        self._news = Condition()
        self._stop = Event()
        self._thread: Thread | None = None
        self._subject: Subject | None = None
        self._frame: Frame | None = None
        self._trouble: Trouble | None = None
        self._asked_at = 0.0
        self._failures = 0  # in a row
        self._seen = 0  # checksum of the newest frame

    def aim(self, subject: Subject) -> None:
        """Look at something else; the frame from before is dropped."""
        with self._news:
            if subject is not self._subject:
                self._subject, self._frame = subject, None

    def newest(self, subject: Subject, after: float = 0.0) -> Frame:
        """Return the newest frame, or wait for one taken after the monotonic second `after`.

        Errors: DeviceError, what the thread met, or stalled.
        """
        with self._news:
            self._wake(subject)
            self._news.wait_for(
                lambda: self._has(after) or self._trouble or self._stop.is_set(), self._patience()
            )
            if self._frame is not None and self._has(after):
                return self._frame
            if self._stop.is_set():
                raise DeviceError(self._device, Trouble.ABSENT)
            self._trouble = self._trouble or Trouble.STALLED  # so that the next caller need not wait
            raise DeviceError(self._device, self._trouble)

    def close(self) -> None:
        """Stop the thread and give the device back. Safe to call twice."""
        self._stop.set()
        with self._news:
            self._news.notify_all()
            thread, self._frame = self._thread, None
        if thread is not None:
            thread.join(timeout=1.0)  # a hanging read ends by its own timeout, after us

    def _wake(self, subject: Subject) -> None:
        self._asked_at = time.monotonic()
        self._subject = self._subject or subject
        if not self._stop.is_set() and (self._thread is None or not self._thread.is_alive()):
            self._thread = Thread(target=self._own, name=self._device, daemon=True)
            self._thread.start()

    def _patience(self) -> float:
        """How long to wait for a frame, s: no longer than until the one there is has become stale."""
        if self._frame is None:
            return FIRST_SECONDS
        return max(0.0, self._frame.taken_at + STALE_SECONDS - time.monotonic())

    def _has(self, after: float) -> bool:
        frame = self._frame
        return frame is not None and frame.taken_at > max(after, time.monotonic() - STALE_SECONDS)

    def _own(self) -> None:
        """Open, drain, say what went wrong, open again."""
        while not self._stop.is_set():
            try:
                with closing(open_source(self._device, self._address, self._settings)) as source:
                    self.granted = source.granted
                    self._drain(source)
            except DeviceError as why:
                self._say(why.trouble)
            except cv2.error:
                self._say(Trouble.WRONG_FORMAT)
            self._stop.wait(PAUSES_SECONDS[min(self._failures, len(PAUSES_SECONDS) - 1)])
            self._failures += 1

    def _drain(self, source: Source) -> None:
        aimed: Subject | None = None
        changed_at = time.monotonic()
        while not self._stop.is_set():
            began_at = time.monotonic()
            if began_at - self._asked_at > self._rest_seconds:
                self._rest(source)
                aimed, changed_at = None, began_at
            else:
                if self._subject is not None and self._subject is not aimed:
                    aimed = self._subject
                    source.aim(aimed)
                if self._keep(source.read(), aimed, source.must_change):
                    changed_at = time.monotonic()
                elif time.monotonic() - changed_at > STALE_SECONDS:
                    raise DeviceError(self._device, Trouble.STALLED)
            self._stop.wait(max(0.0, began_at + source.pace_seconds - time.monotonic()))

    def _rest(self, source: Source) -> None:
        """Nobody watches: forget what was seen, but notice an unplugged device."""
        with self._news:
            self._frame = None
        if not source.rest():
            raise DeviceError(self._device, Trouble.STALLED)

    def _keep(self, image: Image | None, aimed: Subject | None, must_change: bool) -> bool:
        """Make it the newest frame, unless the device repeats itself; return whether it was new."""
        if image is None:
            raise DeviceError(self._device, Trouble.STALLED)
        if must_change and self._repeats(image):
            return False
        image.setflags(write=False)  # every reader gets this very array
        frame = Frame(image, next(_numbers), time.monotonic())
        with self._news:
            if self._subject is aimed:  # else it shows what was aimed at before
                self._frame, self._trouble = frame, None
            self._news.notify_all()
        self._failures = 0
        return True

    def _repeats(self, image: Image) -> bool:
        sample = image[::8, ::8]
        seen, self._seen = self._seen, zlib.crc32(sample.tobytes())
        return seen == self._seen and int(sample.max()) - int(sample.min()) > COVERED_SPREAD

    def _say(self, trouble: Trouble) -> None:
        with self._news:
            self._trouble = trouble
            self._news.notify_all()
