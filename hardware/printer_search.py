"""Which printers are plugged in, as kiosk.toml would name them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """A printer, or a serial line that may have one. Shape: `driver` and `address` as in [printer]."""

    driver: str
    address: str
    name: str


def found_printers(system: Path = Path("/")) -> list[Found]:
    """Look at the kernel's USB printers and at serial lines that are named by what is plugged in.

    Source: usblp's class usbmisc in sysfs; udev's /dev/serial/by-id.
    """
    return [*_usb(system / "sys/class/usbmisc"), *_serial(system / "dev/serial/by-id")]


def _usb(classes: Path) -> list[Found]:
    found = []
    for node in sorted(classes.glob("lp*")):
        device = (node / "device").resolve().parent
        address = f"{_word(device, 'idVendor')}:{_word(device, 'idProduct')}"
        found.append(
            Found("usb", address, f"{_word(device, 'manufacturer')} {_word(device, 'product')}".strip())
        )
    return found


def _serial(folder: Path) -> list[Found]:
    return [Found("serial", str(path), "printer or code reader") for path in sorted(folder.glob("*"))]


def _word(device: Path, name: str) -> str:
    try:
        return (device / name).read_text().strip()
    except OSError:
        return ""
