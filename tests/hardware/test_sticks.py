"""Which mounted disks are sticks: a /proc and a /sys as Linux lays them out, the disks in them invented."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hardware.settings import StickSettings
from hardware.sticks import found_sticks

USB = StickSettings("usb")


class Machine:
    """A machine's /proc and /sys, to be filled with disks."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "proc/self").mkdir(parents=True)
        (root / "sys/dev/block").mkdir(parents=True)
        self.table = root / "proc/self/mountinfo"
        self.table.write_text("21 1 0:20 / /proc rw shared:5 - proc proc rw\n", "utf-8")

    def has(self, bus: str, numbers: str, *, removable: str = "0", partition: bool = True) -> None:
        """Plug in a disk."""
        disk = self.root / "sys/devices" / bus / f"block/sd{numbers.replace(':', '')}"
        disk.mkdir(parents=True)
        (disk / "removable").write_text(removable, "ascii")
        entry = disk
        if partition:
            entry = disk / "part1"
            entry.mkdir()
            (entry / "partition").write_text("1", "ascii")
        (self.root / "sys/dev/block" / numbers).symlink_to(entry)

    def mounts(self, folder: Path, numbers: str, options: str = "rw", of_all: str = "rw", inside: str = "/"):
        folder.mkdir(parents=True, exist_ok=True)
        escaped = str(folder).replace(" ", r"\040")
        line = f"36 35 {numbers} {inside} {escaped} {options} shared:1 - vfat /dev/x {of_all}\n"
        with self.table.open("a", encoding="utf-8") as table:
            table.write(line)

    def sticks(self, own: tuple[Path, ...] = ()) -> list[tuple[str, bool]]:
        return [(each.name, each.is_writable) for each in found_sticks(USB, own, self.root)]


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_a_mounted_stick_is_found_and_the_disk_inside_is_not(machine, tmp_path):
    machine.has("pci0/usb1/1-2", "8:17")
    machine.has("pci0/ata1", "8:1")
    machine.mounts(tmp_path / "media/UỶ BAN", "8:17")
    machine.mounts(tmp_path / "data", "8:1")
    assert machine.sticks() == [("UỶ BAN", True)]


def test_a_card_that_says_it_may_be_taken_out_counts_and_so_does_a_stick_without_partitions(
    machine, tmp_path
):
    machine.has("pci0/mmc0", "179:1", removable="1")
    machine.has("pci0/usb2/2-1", "8:32", partition=False)
    machine.mounts(tmp_path / "media/a", "179:1")
    machine.mounts(tmp_path / "media/b", "8:32")
    assert [name for name, _ in machine.sticks()] == ["a", "b"]


def test_a_lock_on_the_stick_or_on_the_mount_is_seen(machine, tmp_path):
    machine.has("pci0/usb1/1-2", "8:17")
    machine.has("pci0/usb1/1-3", "8:33")
    machine.mounts(tmp_path / "media/a", "8:17", of_all="ro,relatime")
    machine.mounts(tmp_path / "media/b", "8:33", options="ro,noatime")
    assert machine.sticks() == [("a", False), ("b", False)]


def test_a_station_that_starts_from_usb_does_not_offer_its_own_disk(machine, tmp_path):
    own = tmp_path.stat().st_dev
    machine.has("pci0/usb1/1-2", f"{os.major(own)}:{os.minor(own)}")
    machine.mounts(tmp_path / "boot", f"{os.major(own)}:{os.minor(own)}")
    assert machine.sticks() == [("boot", True)]
    assert machine.sticks(own=(tmp_path,)) == []


def test_a_folder_inside_a_stick_and_one_that_is_gone_are_not_offered(machine, tmp_path):
    machine.has("pci0/usb1/1-2", "8:17")
    machine.mounts(tmp_path / "media/bound", "8:17", inside="/photos")
    machine.mounts(tmp_path / "media/gone", "8:17")
    (tmp_path / "media/gone").rmdir()
    assert machine.sticks() == []


def test_a_folder_stands_for_a_stick_while_it_is_there(tmp_path):
    settings = StickSettings(f"folder:{tmp_path / 'usb'}")
    assert found_sticks(settings, ()) == []
    (tmp_path / "usb").mkdir()
    assert [each.folder for each in found_sticks(settings, ())] == [tmp_path / "usb"]


def test_this_machine_can_be_asked():
    assert all(each.folder != Path("/") for each in found_sticks(USB, (Path("/"),)))
