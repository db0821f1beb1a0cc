"""The printer's twin: the real driver, bytes and questions; only the wire is make-believe."""

from __future__ import annotations

from pathlib import Path

from hardware.escpos_printer import EscposPrinter
from hardware.protocols import DeviceError, Slip, Trouble
from hardware.sim.slips import keep_slip
from hardware.sim.thermal import ROLL_SLIPS, Printed, Thermal


class SimPrinter(EscposPrinter):
    """Prints into a folder: NAME.png as read back from the bytes, and NAME.bin with the bytes.

    Shape: `thermal.paper` counts the slips left; at zero it refuses as the real one does.
    """

    def __init__(self, fonts: Path, folder: Path, width_dots: int, paper: int = ROLL_SLIPS) -> None:
        self.thermal = Thermal(width_dots, self._catch, paper)
        self._folder = folder
        self._caught: list[Printed] = []
        super().__init__(lambda: SimWire(self.thermal), fonts, width_dots)

    @property
    def paper(self) -> int:
        """Slips left."""
        return self.thermal.paper

    def print_slip(self, slip: Slip) -> None:
        """Print, and keep the slip under its name.

        Errors: DeviceError, also when the folder cannot be written.
        """
        super().print_slip(slip)
        try:
            while self._caught:
                keep_slip(self._folder, slip.name, self._caught.pop())
        except OSError as why:
            raise DeviceError("printer", Trouble.FAILED) from why

    def _catch(self, printed: Printed) -> None:
        self._caught.append(printed)


class SimWire:
    """A wire that ends in a make-believe printer in this process."""

    two_way = True

    def __init__(self, thermal: Thermal) -> None:
        self._thermal = thermal
        self._answers = b""

    def send(self, data: bytes) -> None:
        """Hand the bytes to the printer."""
        self._answers += self._thermal.take(data)

    def receive(self, seconds: float) -> bytes:  # noqa: ARG002 (answers are there at once or never)
        """Return what it answered."""
        answers, self._answers = self._answers, b""
        return answers

    def finish(self) -> None:
        """Nothing is left to do: the printer has it."""

    def close(self) -> None:
        """Hang up."""
        self._thermal.hang_up()
