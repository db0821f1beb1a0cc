"""Lay the desk: write the loops of numbered pictures that the twin camera plays."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path

from hardware.protocols import Image, Subject
from hardware.sim.desk.studio import Studio
from hardware.sim.desk.things import DeskScenes

EDITION = 4  # of these drawings; a higher one lays every desk anew
FINGERPRINT = "desk.json"


def lay_desk(
    folder: Path, scenes: DeskScenes, fonts: Path, size: tuple[int, int], seed: int, fps: int
) -> None:
    """Write one folder of pictures for each subject; return at once when this very desk is already laid.

    Shape:  `fonts` is the folder of the woff2 files; `size` is width and height of a frame in pixels.
            Papers are photographed at one and a half times that size, as by a camera with a larger mode.
            With several children, each loop shows one after the other.
    Errors: OSError when the folder cannot be written. The desk is there whole or not at all.
    """
    mark = _fingerprint(scenes, size, seed, fps)
    if _laid(folder) == mark:
        return
    fresh = _empty_beside(folder)
    studio = Studio(fonts, size, seed, fps)
    _write(fresh, studio.bare_desk())  # for whoever aims at what is not there
    _write(fresh / Subject.CITIZEN_CARD, studio.citizen_card(scenes.citizen_card))
    cards = [studio.health_card(child.health_card) for child in scenes.children]
    _write(fresh / Subject.HEALTH_CARD, [frame for reel in cards for frame in reel])
    pages = [child.certificate for child in scenes.children]
    _write(fresh / Subject.BIRTH_CERTIFICATE, studio.certificates(pages))
    faces = [studio.portrait(child.looks) for child in scenes.children]
    _write(fresh / Subject.PORTRAIT, [frame for reel in faces for frame in reel])
    if scenes.back_lines:  # last, so that the other loops are as they were without it
        _write(fresh / Subject.CITIZEN_CARD_BACK, studio.citizen_card_back(scenes.back_lines))
    (fresh / FINGERPRINT).write_text(mark, "ascii")
    _swap(fresh, folder)


def lay_receipt(folder: Path, slip: Image, fonts: Path, size: tuple[int, int], fps: int) -> None:
    """Lay a printed slip on a desk that is already laid, in place of the one before."""
    fresh = _empty_beside(folder / Subject.RECEIPT)
    _write(fresh, Studio(fonts, size, 0, fps).receipt(slip))
    _swap(fresh, folder / Subject.RECEIPT)


def _write(folder: Path, reel: list[bytes]) -> None:
    """Number the frames; those shown again share their bytes on the disk."""
    folder.mkdir(exist_ok=True)
    written: dict[int, Path] = {}
    for number, frame in enumerate(reel):
        path = folder / f"{number:03d}.jpg"
        if id(frame) in written:
            path.hardlink_to(written[id(frame)])
        else:
            path.write_bytes(frame)
            written[id(frame)] = path


def _fingerprint(scenes: DeskScenes, size: tuple[int, int], seed: int, fps: int) -> str:
    told = json.dumps([EDITION, asdict(scenes), size, seed, fps])
    return json.dumps({"sha256": hashlib.sha256(told.encode()).hexdigest()})


def _laid(folder: Path) -> str:
    mark = folder / FINGERPRINT
    return mark.read_text("ascii") if mark.is_file() else ""


def _empty_beside(folder: Path) -> Path:
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    return fresh


def _swap(fresh: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
