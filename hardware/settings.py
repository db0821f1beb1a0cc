"""What kiosk.toml says about the devices; a value here counts where it says nothing."""

from __future__ import annotations

from dataclasses import dataclass

PROFILES = {576: "default", 384: "58mm"}
"""Which entry of printers.json serves a paper width in dots."""


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """[camera]: where each subject is looked at.

    Shape: a source is "/dev/v4l/by-id/…" (a device), "folder:PATH" (pictures in a loop),
           "file:PATH" (a film) or "http://…" (MJPEG).
    """

    document: str  # cards and papers on the mat
    portrait: str  # faces; may be the same as `document`
    width: int = 1920  # asked for; what is granted is read back
    height: int = 1080
    fps: int = 20


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """[printer]: the thermal printer."""

    driver: str  # "none", "sim", "network", "usb", "serial", "file" or "cups"
    address: str  # sim: folder; network: IP:port; usb: vendor:product; serial: path@baud; file, cups: name
    width_dots: int  # 576 for 80 mm paper, 384 for 58 mm

    @property
    def can_tell(self) -> bool:
        """Whether the printer says that a slip came out; one that is only written to says nothing."""
        return self.driver not in ("file", "cups")


@dataclass(frozen=True, slots=True)
class PagePrinterSettings:
    """[page_printer]: the A4 printer for the declaration form."""

    driver: str = "none"  # "none", "sim" or "cups"
    address: str = ""  # sim: folder for the PDFs; cups: name of the queue


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """[scanners]: hand-held barcode readers."""

    serial: tuple[str, ...] = ()  # device paths, by id; empty when there are none


@dataclass(frozen=True, slots=True)
class StickSettings:
    """[stick]: where the officer's page looks for USB sticks.

    Shape: a source is "usb", whatever is plugged in and mounted, or "folder:PATH", which stands for a stick
           as long as it is there.
    """

    source: str = "usb"
