"""A birth certificate that is shown otherwise than the family's lies: badly first, or badly throughout."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from hardware.protocols import Image, Subject

FPS = 20
EACH_SECONDS = 3
_LAID_DOWN = "035.jpg"  # of the family's desk: the paper has come to rest


def lying_well(desk: Path) -> Image:
    """The family's certificate as the camera sees it at rest."""
    return np.asarray(cv2.imread(str(desk / Subject.BIRTH_CERTIFICATE / _LAID_DOWN)), np.uint8)


def show(data: Path, desk: Path, *scenes: Image) -> None:
    """Give a house the family's desk, on which the certificate shows these scenes, three seconds each."""
    mine = data / "desk"
    mine.unlink()
    mine.mkdir()
    for each in desk.iterdir():
        if each.name != Subject.BIRTH_CERTIFICATE:
            (mine / each.name).symlink_to(each)
    folder, frames = mine / Subject.BIRTH_CERTIFICATE, FPS * EACH_SECONDS
    folder.mkdir()
    for at, scene in enumerate(scenes):
        first = folder / f"{at * frames:03d}.jpg"
        cv2.imwrite(str(first), scene, [cv2.IMWRITE_JPEG_QUALITY, 90])
        for number in range(at * frames + 1, (at + 1) * frames):
            (folder / f"{number:03d}.jpg").hardlink_to(first)
