"""Slips of a make-believe printer, kept in a folder to be looked at."""

from __future__ import annotations

import io
import os
from pathlib import Path

from hardware.sim.thermal import Printed

_DOTS_PER_INCH = 203  # 8 to the millimetre


def keep_slip(folder: Path, name: str, slip: Printed) -> None:
    """Write NAME.bin, the bytes, and NAME.png, the paper; a power cut leaves whole files or none."""
    folder.mkdir(parents=True, exist_ok=True)
    picture = io.BytesIO()
    slip.paper.picture.save(picture, "PNG", dpi=(_DOTS_PER_INCH, _DOTS_PER_INCH))
    _write(folder / f"{name}.bin", slip.stream)
    _write(folder / f"{name}.png", picture.getvalue())
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)  # the names, too
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes) -> None:
    half = path.with_name(path.name + ".part")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
