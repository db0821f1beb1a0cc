"""The visits in memory: drafts, their photographs, idle clocks. The one place that forgets.

Nothing here touches a disk. A station has one screen, so there is at most one visit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any

from kiosk.domain.capture import Capture
from kiosk.domain.certificate import CertificateText
from kiosk.domain.draft import Draft
from kiosk.domain.officers import Officer
from kiosk.domain.photo_words import FlawCode
from kiosk.domain.quality import Flaw, accepted
from kiosk.domain.receipt import ReceiptQr
from kiosk.domain.scan import Scan
from kiosk.domain.steps import Step
from kiosk.domain.typed_card import TypedChild
from kiosk.presence import Presence
from kiosk.spooler import OwnSlip


@dataclass(frozen=True, slots=True)
class Settings:
    """How the visitor wants the screen; forgotten with the visit."""

    language: str = "vi"
    size: str = "normal"
    contrast: str = "normal"
    typing: str = "direct"
    speech: str = "off"
    reach: str = "normal"
    hand: str = "right"


@dataclass(frozen=True, slots=True, repr=False)
class Given:
    """A receipt as long as its visitor is there: the only place where PIN and token are in the clear.

    Shape: `own` is the state of a rehearsal's slip, which belongs to no declaration.
    """

    uuid: str
    qr: ReceiptQr
    pin: str
    sealed_at: str
    agency: str
    own: OwnSlip | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Sighting:
    """The frame in which a code was found. Units: corners in pixels of this picture."""

    jpeg: bytes
    width_px: int
    height_px: int
    corners: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Shot:
    """A photograph just taken, with what a reviewer would object to, worst first.

    Shape: `crop` is a JPEG of its writing at reading size; `likeness` a perceptual hash; `repeated` says
           that the same picture was turned down before; `reading`, that a machine is still reading it.
    """

    capture: Capture
    flaws: tuple[Flaw, ...] = ()
    sharpness: float = 0.0
    likeness: int = 0
    crop: bytes | None = None
    repeated: bool = False
    reading: bool = False

    @property
    def accepted(self) -> bool:
        """True if a reviewer would not send it back."""
        return accepted(self.flaws)


@dataclass(frozen=True, slots=True, repr=False)
class Failed:
    """The tries at one photograph that a reviewer would have sent back: how many, and the best of them."""

    best: Shot
    looks: tuple[tuple[int, FlawCode], ...]

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self.looks)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class DrawnForm:
    """The printed form: as PDF, and a PNG of each page. Shape: `digest` is of the words it was drawn from."""

    digest: bytes
    pdf: bytes
    pages: tuple[bytes, ...]


@dataclass(slots=True, repr=False, eq=False)
class Visit:
    """One visitor's stay, from the first touch to leaving.

    `seen` and `shot` hold what was just read or photographed and not yet confirmed; `failed` is by the
    photograph's name, `texts` by its sha256: what a machine read on it; `in_reading` are being read,
    `unread` could not be. A rehearsal is marked on every screen and can never be sealed.
    `replaces` is the declaration that this visit's first one will stand for.
    """

    id: str
    draft: Draft
    settings: Settings = field(default_factory=Settings)
    is_rehearsal: bool = False
    seen: Scan | TypedChild | None = None
    typed: dict[tuple[Step, str], Any] = field(default_factory=dict)  # of a card that cannot be read
    sighting: Sighting | None = None
    shot: Shot | None = None
    failed: dict[str, Failed] = field(default_factory=dict)
    texts: dict[str, CertificateText] = field(default_factory=dict)
    in_reading: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    given: Given | None = None
    form: DrawnForm | None = None  # as it was looked at last
    replaces: str | None = None
    declared: frozenset[str] = frozenset()  # numbers of the children already declared in this visit
    checked: frozenset[str] = frozenset()  # questions of the check page answered with yes
    operator: Officer | None = None  # who was last logged in beside the visitor
    touched_s: float = 0.0
    lock: threading.RLock = field(default_factory=threading.RLock)


class Visits:
    """The visit that is under way, if any.

    Units: `tick` gives monotonic seconds; a visit untouched for `idle_seconds` is forgotten.
    """

    def __init__(self, tick: Callable[[], float], idle_seconds: float, presence: Presence) -> None:
        self._tick = tick
        self._presence = presence
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._visit: Visit | None = None

    def begin(self, draft: Draft, settings: Settings, *, is_rehearsal: bool = False) -> Visit:
        """Start a visit; one that was still open is forgotten."""
        visit = Visit(token_urlsafe(32), draft, settings, is_rehearsal, touched_s=self._tick())
        with self._lock:
            self._presence.come()
            self._visit = visit
        return visit

    def get(self, id: str | None) -> Visit | None:  # noqa: A002 - the cookie's word
        """The visit with this id, if it is the one under way."""
        with self._lock:
            self._forget_if_idle()
            visit = self._visit
        return visit if visit is not None and visit.id == id else None

    @property
    def under_way(self) -> Visit | None:
        """The visit at the screen, for an officer who is not its browser."""
        with self._lock:
            self._forget_if_idle()
            return self._visit

    def touch(self, visit: Visit) -> None:
        """The visitor did something. Questions a page asks by itself do not count."""
        visit.touched_s = self._tick()

    def leave(self, id: str | None) -> None:  # noqa: A002
        """Forget the visit: draft, photographs, receipt secrets."""
        with self._lock:
            if self._visit is not None and self._visit.id == id:
                self._forget()

    def forget_if_idle(self) -> None:
        """Called from time to time, so that a visit is forgotten even if no page asks for it again."""
        with self._lock:
            self._forget_if_idle()

    def _forget_if_idle(self) -> None:
        if self._visit is not None and self._tick() - self._visit.touched_s > self._idle_seconds:
            self._forget()

    def _forget(self) -> None:
        self._visit = None
        self._presence.go()
