"""Tesseract behind a pipe: a picture in, text out, and nothing of either on a disk or in a log."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from shutil import which

import cv2

from hardware.protocols import Image


class CannotRead(Exception):
    """Tesseract is missing, failed or took too long; says which, and nothing of the picture."""


def recognise(grey: Image, options: tuple[str, ...], seconds: float) -> str:
    """Return what Tesseract makes of a picture.

    Shape:  `options` are its own, without input, output and data path.
    Errors: CannotRead.
    """
    done, png = cv2.imencode(".png", grey, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    assert done, "grey pixels are always a picture"
    return _run(("stdin", "stdout", *options), png.tobytes(), seconds).decode("utf-8", "replace")


@cache
def languages() -> tuple[str, ...]:
    """The languages that are installed.

    Errors: CannotRead.
    """
    return tuple(_run(("--list-langs",), b"", seconds=5.0).decode().split("\n")[1:])


def _run(arguments: tuple[str, ...], picture: bytes, seconds: float) -> bytes:
    program = which("tesseract")
    if program is None:
        raise CannotRead("tesseract is not installed")
    alone = os.environ | {"OMP_THREAD_LIMIT": "1"}  # its threads wait for each other more than they work
    try:
        done = subprocess.run(  # noqa: S603 - no shell, every argument is ours
            (program, *arguments),
            input=picture,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=alone,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotRead(f"tesseract took more than {seconds:.1f} s") from None
    if done.returncode:
        raise CannotRead(f"tesseract ended with {done.returncode}")
    return done.stdout
