"""A picture as the bytes that print it. python-escpos writes them; a wire carries them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from PIL import Image

from hardware.settings import PROFILES

# At import python-escpos parses its table of 35 printers (0.34 s) and leaves a copy in a new folder under the
# temporary directory, once per process. Our own short table stands in for it, and the folder goes.
os.environ["ESCPOS_CAPABILITIES_FILE"] = str(Path(__file__).with_name("printers.json"))
os.environ.pop("ESCPOS_CAPABILITIES_PICKLE_DIR", None)  # an older copy there would win over our table

from escpos import capabilities
from escpos.printer import Dummy

shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)

_SLICE_ROWS = 200  # 14 kB at 576 dots: some printers stop at 255 rows, and small buffers fill slowly


def rest_of_a_slice(width_dots: int) -> bytes:
    """White dots for a printer that still waits for some; one that waits for none passes over them."""
    return bytes(_SLICE_ROWS * width_dots // 8)


def slip_job(picture: Image.Image) -> bytes:
    """Write the commands that reset the printer, print the picture and cut.

    Shape:  ESC @, GS v 0 for each slice, a feed past the knife, GS V where the profile has a cutter.
    Errors: KeyError when no profile is as wide as the picture.
    """
    job = Dummy(profile=PROFILES[picture.width])
    job.hw("INIT")
    job.image(picture, impl="bitImageRaster", fragment_height=_SLICE_ROWS)
    job.cut()
    return bytes(job.output)
