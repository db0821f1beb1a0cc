"""An A4 printer for the declaration form. The pages come from memory and go to CUPS through a pipe."""

from __future__ import annotations

import subprocess
from pathlib import Path

from hardware.protocols import DeviceError, PagePrinter, Trouble
from hardware.settings import PagePrinterSettings

PATIENCE_SECONDS = 20.0
"""`lp` only hands the job over; a queue that does not answer for so long will not."""


class CupsPrinter:
    """A queue of CUPS. What CUPS keeps of a job is its own setting: docs/decisions.md says which."""

    def __init__(self, queue: str) -> None:
        self._queue = queue

    def print_pages(self, pdf: bytes) -> None:
        """Hand the pages to the queue.

        Errors: DeviceError.
        """
        command = ["lp", "-s", "-d", self._queue, "-o", "media=A4", "-o", "fit-to-page", "-t", "to-khai", "-"]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program, a queue named in kiosk.toml
                command, input=pdf, capture_output=True, timeout=PATIENCE_SECONDS, check=False
            )
        except FileNotFoundError as why:
            raise DeviceError("page printer", Trouble.ABSENT) from why
        except subprocess.TimeoutExpired as why:
            raise DeviceError("page printer", Trouble.SILENT) from why
        if done.returncode != 0:
            raise DeviceError("page printer", Trouble.FAILED)


class SimPagePrinter:
    """The twin: the last pages printed lie in a folder as PDF, as they would lie in the tray."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print_pages(self, pdf: bytes) -> None:
        """Lay the pages down.

        Errors: DeviceError, when the folder takes none.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{len(list(self._folder.glob('*.pdf'))) + 1:03d}.pdf").write_bytes(pdf)
        except OSError as why:
            raise DeviceError("page printer", Trouble.FAILED) from why


def open_page_printer(settings: PagePrinterSettings) -> PagePrinter | None:
    """Build the printer kiosk.toml names; None where there is none.

    Errors: ValueError naming the key of kiosk.toml that cannot be used.
    """
    if settings.driver == "none":
        return None
    if settings.driver == "sim":
        return SimPagePrinter(Path(settings.address))
    if settings.driver == "cups" and settings.address:
        return CupsPrinter(settings.address)
    raise ValueError('[page_printer] driver must be "none", "sim" or "cups"; cups needs a queue')
