"""The printer kiosk.toml names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from hardware.cups import connect_cups
from hardware.escpos_printer import EscposPrinter
from hardware.printer_wires import (
    Wire,
    connect_file,
    connect_network,
    connect_serial,
    connect_usb,
    network_address,
    serial_address,
)
from hardware.protocols import DeviceError, ReceiptPrinter, Slip, Trouble
from hardware.settings import PROFILES, PrinterSettings

_CONNECT: dict[str, Callable[[str], Wire]] = {
    "network": connect_network,
    "usb": connect_usb,
    "serial": connect_serial,
    "file": connect_file,
    "cups": connect_cups,
}
_ONLY_A_CABLE = ("usb", "serial", "file")
"""Over these a printer cannot see that its line was cut."""
_READ_ADDRESS: dict[str, Callable[[str], object]] = {"network": network_address, "serial": serial_address}
"""Of the drivers whose address may be wrong in itself, whatever is plugged in."""


class NoPrinter:
    """A station without one: the receipt is what the screen shows."""

    is_stuck = False

    def state(self) -> Trouble:
        """Say that there is none."""
        return Trouble.NO_PRINTER

    def print_slip(self, slip: Slip) -> None:  # noqa: ARG002 - whatever it is
        """Refuse.

        Errors: DeviceError.
        """
        raise DeviceError("printer", Trouble.NO_PRINTER)


def open_printer(settings: PrinterSettings, fonts: Path) -> ReceiptPrinter:
    """Build the printer; nothing is touched until the first slip or question.

    Errors: ValueError naming the key of kiosk.toml that cannot be used.
    """
    if settings.width_dots not in PROFILES:
        raise ValueError(f"[printer] width_dots must be one of {sorted(PROFILES)}: {settings.width_dots}")
    if settings.driver == "sim":
        from hardware.sim.printer import SimPrinter  # noqa: PLC0415 - no station at work needs it

        return SimPrinter(fonts, Path(settings.address), settings.width_dots)
    if settings.driver == "none":
        return NoPrinter()
    if settings.driver not in _CONNECT:
        raise ValueError(
            f"[printer] driver must be one of none, sim, {', '.join(_CONNECT)}: {settings.driver!r}"
        )
    try:
        _READ_ADDRESS.get(settings.driver, str)(settings.address)
    except ValueError as why:
        raise ValueError(f"[printer] address {why}: {settings.address!r}") from why
    return EscposPrinter(
        partial(_CONNECT[settings.driver], settings.address),
        fonts,
        settings.width_dots,
        sees_hang_up=settings.driver not in _ONLY_A_CABLE,
    )
