"""What the station has plugged in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hardware.camera import OpencvCamera
from hardware.page_printer import open_page_printer
from hardware.printer import open_printer
from hardware.protocols import Camera, PagePrinter, ReceiptPrinter
from hardware.settings import CameraSettings, PagePrinterSettings, PrinterSettings


@dataclass(frozen=True, slots=True)
class Devices:
    """The camera and the printers, handed to whoever needs them; `pages` is None without an A4 printer."""

    camera: Camera
    printer: ReceiptPrinter
    pages: PagePrinter | None

    def close(self) -> None:
        """Give every device back. Safe to call twice."""
        self.camera.close()


def open_devices(
    camera: CameraSettings, printer: PrinterSettings, pages: PagePrinterSettings, fonts: Path
) -> Devices:
    """Build the devices kiosk.toml names; each is opened at its first use, so a missing one stops nothing.

    Shape: `fonts` is the folder of the woff2 files that slips are drawn with.
    """
    return Devices(OpencvCamera(camera), open_printer(printer, fonts), open_page_printer(pages))
