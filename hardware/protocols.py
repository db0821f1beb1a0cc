"""What a device may be asked, and how it says no."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Pixels. Shape: (height, width, 3) blue-green-red, or (height, width) grey; 0 to 255."""


class Trouble(StrEnum):
    """Why a device could not do its work; the officer's page has a sentence for each."""

    ABSENT = "absent"
    BUSY = "busy"
    STALLED = "stalled"
    WRONG_FORMAT = "wrong-format"
    NO_PAPER = "no-paper"
    COVER_OPEN = "cover-open"
    UNREACHABLE = "unreachable"  # nothing answers at its address on the network
    FORBIDDEN = "forbidden"  # it is there, and this user may not open it
    SILENT = "silent"
    REFUSED = "refused"  # something is there and takes no caller: another computer has it, or it is not ready
    NO_PRINTER = "no-printer"  # and none is wanted: kiosk.toml says so
    UNSURE = "unsure"  # everything was handed over, and then it said nothing more
    FAILED = "failed"


OPEN_TROUBLES = {
    errno.EBUSY: Trouble.BUSY,
    errno.EACCES: Trouble.FORBIDDEN,
    errno.EPERM: Trouble.FORBIDDEN,
    errno.ENOTTY: Trouble.WRONG_FORMAT,  # another kind of device, or none
}
"""Why a device that is there did not open, by what the kernel said."""


class DeviceError(Exception):
    """A device could not do its work. Repeating the call is always safe."""

    def __init__(self, device: str, trouble: Trouble) -> None:
        super().__init__(f"{device}: {trouble}")
        self.device = device
        self.trouble = trouble


class Subject(StrEnum):
    """What the visitor is asked to hold before a camera; picks the camera and its aim."""

    CITIZEN_CARD = "citizen-card"
    CITIZEN_CARD_BACK = "citizen-card-back"
    HEALTH_CARD = "health-card"
    BIRTH_CERTIFICATE = "birth-certificate"
    PORTRAIT = "portrait"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Frame:
    """One picture from a camera.

    Units: `taken_at` is seconds on the monotonic clock; `number` counts up and never repeats.
    """

    image: Image
    number: int
    taken_at: float


class Camera(Protocol):
    """Something that sees. One owner thread drains the device; these calls never wait for it long."""

    def aim(self, subject: Subject) -> None:
        """Say what will be shown next, so that the right device and profile look at it."""

    def newest(self, subject: Subject) -> Frame:
        """Return the newest frame at the device's own size.

        Errors: DeviceError, when there is no device or no frame younger than two and a half seconds.
        """

    def still(self, subject: Subject) -> Frame:
        """Return the sharpest of several frames taken after this call, at full size.

        Errors: DeviceError.
        """

    def granted(self, subject: Subject) -> str:
        """Say in words what the device agreed to; empty before its first frame."""

    def close(self) -> None:
        """Give the device back. Safe to call twice."""


class PaperState(StrEnum):
    """What the printer says of itself. Unknown, of one that can only be written to, is never ok."""

    OK = "ok"
    NEAR_END = "near-end"
    NO_PAPER = "no-paper"
    COVER_OPEN = "cover-open"
    ERROR = "error"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Title:
    """A centred heading in capitals."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A label with its value; the value is bold and may be set large."""

    label: str
    value: str
    large: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, wrapped at words."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A dashed line across the paper."""


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """A QR code with a caption under it. The text may hold a secret: no repr."""

    text: str
    caption: str = ""


Block = Title | Entry | Paragraph | Rule | Code


@dataclass(frozen=True, slots=True, repr=False)
class Slip:
    """What is to be printed, top to bottom; the printer decides how it is drawn.

    Shape: `name` is the receipt code; it names the twin's files and nothing else.
    """

    name: str
    blocks: tuple[Block, ...]


class ReceiptPrinter(Protocol):
    """Something that prints a slip of 58 or 80 mm."""

    def state(self) -> PaperState | Trouble:
        """Ask the printer how it is; at most one second. Where it gave no answer: the trouble that it has."""

    @property
    def is_stuck(self) -> bool:
        """Say whether a slip is printing and nothing moves; it may still come. Asks nobody."""

    def print_slip(self, slip: Slip) -> None:
        """Return once the paper is cut, or raise DeviceError; `Trouble.UNSURE` when it may have come out."""


class PagePrinter(Protocol):
    """Something that prints A4 pages."""

    def print_pages(self, pdf: bytes) -> None:
        """Print a PDF, from memory.

        Errors: DeviceError.
        """
