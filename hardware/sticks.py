"""USB sticks that are plugged in and mounted: where they are, and how much room they have."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hardware.settings import StickSettings


@dataclass(frozen=True, slots=True)
class FoundStick:
    """One stick. Shape: `folder` is where it is mounted. Units: bytes."""

    folder: Path
    free: int
    is_writable: bool

    @property
    def name(self) -> str:
        """What it is called on the screen: its label, as most mounters use it."""
        return self.folder.name


def found_sticks(settings: StickSettings, own: Sequence[Path], root: Path = Path("/")) -> list[FoundStick]:
    """List the sticks, by name; never a disk that one of the folders of our `own` lies on.

    Shape: `root` is where /proc and /sys are.
    """
    if settings.source.startswith("folder:"):
        folders = [Path(settings.source.removeprefix("folder:"))]
        return [each for each in map(_found, folders) if each]
    ours = {_disk(root, each.stat().st_dev) for each in own}
    mounts = {each.folder: each for each in _mounts(root) if each.disk not in ours and _is_stick(each.disk)}
    found = (_found(each.folder, is_writable=each.is_writable) for each in mounts.values())
    return sorted((each for each in found if each), key=lambda each: each.name)


@dataclass(frozen=True, slots=True)
class _Mount:
    folder: Path
    disk: Path
    is_writable: bool


def _mounts(root: Path) -> Iterator[_Mount]:
    """Whole filesystems of block devices, the newest last. Source: proc_pid_mountinfo(5)."""
    for line in (root / "proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines():
        fields = line.split()
        _, _, device, inside, folder, options = fields[:6]
        disk = _disk(root, os.makedev(*map(int, device.split(":"))))
        if disk is not None and inside == "/":
            writable = "rw" in options.split(",") and "rw" in fields[-1].split(",")
            yield _Mount(Path(_unescaped(folder)), disk, writable)


def _disk(root: Path, device: int) -> Path | None:
    """The whole disk in /sys to which this device number belongs; None for what is no disk."""
    entry = root / "sys/dev/block" / f"{os.major(device)}:{os.minor(device)}"
    if not entry.exists():
        return None
    path = entry.resolve()
    return path.parent if (path / "partition").exists() else path


def _is_stick(disk: Path) -> bool:
    """Whether it hangs on USB or says itself that it may be taken out."""
    if any(re.fullmatch(r"usb\d+", part) for part in disk.parts):
        return True
    try:
        return (disk / "removable").read_text("ascii").strip() == "1"
    except OSError:
        return False


def _found(folder: Path, *, is_writable: bool = True) -> FoundStick | None:
    """None where it was pulled out meanwhile."""
    try:
        return FoundStick(folder, shutil.disk_usage(folder).free, is_writable)
    except OSError:
        return None


def _unescaped(text: str) -> str:
    r"""mountinfo writes a space as \040."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)
