"""Watches what is held before the camera while it is aimed at: one message, an outline, and when to press.

One thread of its own judges the newest frame at its own pace; the live picture never waits for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.protocols import Camera, DeviceError, Subject, Trouble
from kiosk.domain.guidance import START, Guidance
from kiosk.domain.measurements import Corners
from kiosk.domain.photo_words import PhotoKind
from kiosk.domain.procedures import CaptureKind
from kiosk.domain.quality import PhotoThresholds
from kiosk.vision.faces import FaceFinder

if TYPE_CHECKING:
    from kiosk.vision.live import LiveJudge

GRACE_SECONDS = 2.0
"""A page must have been there so long before the shutter fires by itself: its heading takes reading."""
REST_SECONDS = 3.0
"""Nobody asked for so long: the page is gone, and the thread rests."""
LEAST_PAUSE_SECONDS = 0.05
"""Between two frames; never less than judging took, so that half a core stays for the live picture."""
OLD_SECONDS = 2.0
"""A newest frame of this age means that the camera hangs; its own alarm comes after three."""

SUBJECTS = {
    CaptureKind.BIRTH_CERTIFICATE: Subject.BIRTH_CERTIFICATE,
    CaptureKind.PORTRAIT: Subject.PORTRAIT,
    CaptureKind.ADULT_PORTRAIT: Subject.PORTRAIT,
    CaptureKind.ID_FRONT: Subject.CITIZEN_CARD,
    CaptureKind.ID_BACK: Subject.CITIZEN_CARD_BACK,
    CaptureKind.PASSPORT: Subject.CITIZEN_CARD,
}
PHOTO_KINDS = {
    CaptureKind.BIRTH_CERTIFICATE: PhotoKind.BIRTH_CERTIFICATE,
    CaptureKind.PORTRAIT: PhotoKind.PORTRAIT,
    CaptureKind.ADULT_PORTRAIT: PhotoKind.PORTRAIT,
    CaptureKind.ID_FRONT: PhotoKind.ID_FRONT,
    CaptureKind.ID_BACK: PhotoKind.ID_BACK,
    CaptureKind.PASSPORT: PhotoKind.ID_FRONT,
}


@dataclass(frozen=True, slots=True)
class Glance:
    """What is to be said and drawn now.

    Shape: `outline` is the sheet's, as parts of the picture's width and height; `ready` asks for the shutter.
    Units: `motion` is the most that changed between two frames of the last second (kiosk.vision.motion).
    """

    guidance: Guidance = START
    ready: bool = False
    outline: Corners | None = None
    motion: float = 0.0
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Watch:
    """One page before the shutter, from its showing to the next."""

    kind: CaptureKind
    begun_at: float


class Lookout:
    """Judges for one page at a time. Any thread may ask. Units: `tick` gives monotonic seconds."""

    def __init__(
        self,
        camera: Camera,
        tick: Callable[[], float],
        limits: PhotoThresholds,
        finder: FaceFinder,
    ) -> None:
        self.limits = limits
        self.finder = finder
        self._camera, self._tick = camera, tick
        self._asked = threading.Condition()
        self._asked_at = float("-inf")
        self._watch: _Watch | None = None
        self._glance = Glance()
        self._stopped = False
        self._thread: threading.Thread | None = None

    def begin(self, kind: CaptureKind) -> None:
        """A page is shown: judge afresh, and give its visitor time to read."""
        with self._asked:
            self._watch, self._glance = _Watch(kind, self._tick()), Glance()
            self._wake()

    def glance(self, kind: CaptureKind) -> Glance:
        """What the newest judged frame says. Asking keeps the thread awake."""
        with self._asked:
            if self._watch is None or self._watch.kind is not kind:
                self.begin(kind)
            self._wake()
            return self._glance

    def glance_at(self, subject: Subject) -> Glance | None:
        """The same for whoever draws the live picture; None while nobody photographs this."""
        watch = self._watch
        awake = self._tick() - self._asked_at < REST_SECONDS
        return self._glance if awake and watch and SUBJECTS[watch.kind] is subject else None

    def close(self) -> None:
        """Stop the thread. Safe to call twice."""
        with self._asked:
            self._stopped = True
            self._asked.notify_all()
        if self._thread is not None:
            self._thread.join(timeout=1.0)

    def _wake(self) -> None:
        self._asked_at = self._tick()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="lookout", daemon=True)
            self._thread.start()
        self._asked.notify_all()

    def _work(self) -> None:
        watch: _Watch | None = None
        judge: LiveJudge | None = None
        number = -1
        while (wanted := self._next_watch()) is not None:
            if wanted is not watch or judge is None:
                watch, judge = wanted, self._new_judge(wanted.kind)
            began = self._tick()
            number = self._look(watch, judge, number)
            with self._asked:
                if not self._stopped:
                    self._asked.wait_for(
                        lambda: self._stopped, max(LEAST_PAUSE_SECONDS, self._tick() - began)
                    )

    def _next_watch(self) -> _Watch | None:
        """Rest until a page asks; None when it is time to stop."""
        with self._asked:
            self._asked.wait_for(lambda: self._stopped or self._tick() - self._asked_at < REST_SECONDS)
            return None if self._stopped else self._watch

    def _new_judge(self, kind: CaptureKind) -> LiveJudge:
        from kiosk.vision.live import LiveJudge  # noqa: PLC0415 - the first page photographs nothing

        photo = PHOTO_KINDS[kind]
        return LiveJudge(photo, self.finder if photo is PhotoKind.PORTRAIT else None, self.limits)

    def _look(self, watch: _Watch, judge: LiveJudge, number: int) -> int:
        """Judge the newest frame, unless it was judged before; return its number."""
        try:
            frame = self._camera.newest(SUBJECTS[watch.kind])
        except DeviceError as why:
            self._say(watch, Glance(trouble=why.trouble))
            return number
        if frame.number == number:
            if self._tick() - frame.taken_at > OLD_SECONDS:
                self._say(watch, Glance(trouble=Trouble.STALLED))
            return number
        guidance = judge.observe(frame.image, frame.taken_at)
        ready = judge.ready and self._tick() - watch.begun_at >= GRACE_SECONDS
        self._say(watch, Glance(guidance, ready, judge.outline, judge.motion))
        return frame.number

    def _say(self, watch: _Watch, glance: Glance) -> None:
        with self._asked:
            if self._watch is watch:  # else the page has changed meanwhile
                self._glance = glance
